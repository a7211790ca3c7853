//! Above everything while choosing: how much time is left, a way back, a way out.

use super::cancel::CancelDialog;
use crate::phone::Phone;
use leptos::prelude::*;
use presso_core::workflow::Verb;
use presso_ui::{Button, ButtonKind, Countdown, t};

/// Time left, and a way out; `back` adds a way back.
#[component]
pub(crate) fn ChoosingBar(
    /// Shows "Back", too.
    #[prop(optional)]
    back: bool,
) -> impl IntoView {
    let phone = Phone::here();
    let until = Signal::derive(move || phone.state.with(|s| s.order.as_ref().map(|o| o.submit_by)));
    let may_cancel = phone.offer(Verb::Cancel);
    let asking = RwSignal::new(false);
    let go_back = move |()| {
        if let Some(menu) = phone.menu.get_untracked() {
            phone.state.update(|s| s.draft.back(&menu));
        }
    };
    view! {
        <div class="row apart choosing-bar">
            {back.then(|| view! { <Button label=t!("back") kind=ButtonKind::Plain on_press=go_back test="back"/> })}
            <span class="pill brand-pill grow-none">
                <span>{t!("order-within")}</span>
                <Countdown until=until/>
            </span>
            <Show when=move || may_cancel.get().is_some()>
                <Button label=t!("leave") kind=ButtonKind::Plain on_press=move |()| asking.set(true) test="cancel"/>
            </Show>
        </div>
        <CancelDialog open=asking/>
    }
}
