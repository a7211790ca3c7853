//! The code is typed: for phones without a camera, or a hand that shakes.

use crate::screens::picture::PictureButton;
use crate::{actions, phone::Phone, state::Place};
use leptos::{ev, prelude::*};
use presso_core::code::Code;
use presso_ui::{Button, ButtonKind, Heading, t};

/// The code is typed.
#[component]
pub(crate) fn Typing() -> impl IntoView {
    let phone = Phone::here();
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let text = text.get_untracked();
        wrong.set(Code::parse(&text).is_err());
        if !wrong.get_untracked() {
            actions::redeem(phone, &text);
        }
    };
    let type_in = move |event: ev::Event| {
        text.set(event_target_value(&event));
        wrong.set(false);
    };
    view! {
        <Heading text=t!("type-title")/>
        <p class="soft">{t!("type-text")}</p>
        <form class="stack loose" on:submit=send>
            <div class="field">
                <label for="code">{t!("code-label")}</label>
                <input
                    id="code" class="input code-input" type="text" data-test="code" required
                    autocomplete="off" autocapitalize="characters" spellcheck="false" enterkeyhint="go" maxlength="24"
                    aria-describedby="code-wrong" aria-invalid=move || wrong.get().then_some("true")
                    prop:value=move || text.get() on:input=type_in
                />
                <p id="code-wrong" class="wrong-text" role="alert">{move || wrong.get().then(|| t!("code-wrong"))}</p>
            </div>
            <button type="submit" class="button accent wide large" data-test="go">{t!("code-go")}</button>
        </form>
        <Button label=t!("scan-instead") kind=ButtonKind::Quiet class="wide" on_press=move |()| phone.state.update(|s| s.place = Place::Camera)/>
        <PictureButton/>
        <Button label=t!("back") kind=ButtonKind::Plain class="wide" on_press=move |()| phone.state.update(|s| s.place = Place::Here) test="back"/>
    }
}
