//! Look at it once more, say a name, order.

use super::{choosing_bar::ChoosingBar, summary::Summary};
use crate::{actions, memory, phone::Phone, state::Place};
use leptos::{prelude::*, task::spawn_local};
use presso_core::api::Problem;
use presso_core::workflow::Verb;
use presso_ui::{Button, ButtonKind, Heading, t, words};

/// Longest name on a cup, characters.
const LONGEST_NAME: usize = 40;

/// The review.
#[component]
pub(crate) fn Review() -> impl IntoView {
    let phone = Phone::here();
    let name = RwSignal::new(memory::name());
    let (busy, problem) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let may_submit = phone.offer(Verb::Submit);
    let must_sign_in = phone.must_sign_in();
    let off_menu = Memo::new(move |_| {
        phone
            .menu
            .with(|menu| phone.state.with(|s| s.draft.wrong(menu.as_ref()?)))
    });
    let sentence = move || {
        let of_menu = off_menu
            .get()
            .map(|wrong| words::problem_with_code(wrong.code()));
        of_menu.or_else(|| problem.get().map(|p| words::problem(&p)))
    };
    let order = move |()| {
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let name = name
                .get_untracked()
                .trim()
                .chars()
                .take(LONGEST_NAME)
                .collect();
            let result = actions::submit(phone, name).await;
            // The screen is gone when all went well.
            let _ = busy.try_set(false);
            let _ = problem.try_set(result.err());
        });
    };
    let change = move |()| {
        if let Some(menu) = phone.menu.get_untracked() {
            phone.state.update(|s| s.draft.back(&menu));
        }
    };
    let summary = move || {
        let choice = phone.state.with(|s| s.draft.choice());
        choice.map(|choice| view! { <Summary choice=choice menu=phone.menu.get()/> })
    };
    view! {
        <ChoosingBar back=true/>
        <Heading text=t!("review-title")/>
        {summary}
        <Show when=move || off_menu.get().is_some()>
            <Button label=t!("change") kind=ButtonKind::Quiet class="wide" on_press=change test="change"/>
        </Show>
        <div class="field">
            <label for="cup-name">{t!("name-label")}</label>
            <input
                id="cup-name" class="input" type="text" maxlength=LONGEST_NAME autocomplete="given-name"
                autocapitalize="words" enterkeyhint="done" aria-describedby="cup-name-hint" data-test="name"
                prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event))
            />
            <p id="cup-name-hint" class="soft small">{t!("name-hint")}</p>
        </div>
        <div class="page-foot">
            <p class="banner bad" role="alert">{sentence}</p>
            <Show when=move || must_sign_in.get()>
                <p class="soft small">{t!("sign-in-needed")}</p>
                <Button
                    label=t!("sign-in") kind=ButtonKind::Accent class="wide large" test="sign-in"
                    on_press=move |()| phone.state.update(|s| s.place = Place::SignIn)
                />
            </Show>
            <Show when=move || may_submit.get().is_some()>
                <Button
                    label=t!("place-order") kind=ButtonKind::Accent class="wide large"
                    busy=busy disabled=Signal::derive(move || off_menu.get().is_some()) on_press=order test="submit"
                />
            </Show>
        </div>
    }
}
