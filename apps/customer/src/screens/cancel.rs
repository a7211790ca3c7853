//! The question before cancelling: why?

use crate::{actions, phone::Phone};
use leptos::{prelude::*, task::spawn_local};
use presso_core::order::{CancelReason, OrderState};
use presso_ui::{Button, ButtonKind, Dialog, t, words};

/// Asks whether to cancel, and why.
#[component]
pub(crate) fn CancelDialog(
    /// Asked?
    open: RwSignal<bool>,
) -> impl IntoView {
    let phone = Phone::here();
    let choosing = phone.state.with_untracked(|s| {
        s.order
            .as_ref()
            .is_some_and(|o| o.state == OrderState::Choosing)
    });
    let reason = RwSignal::new(CancelReason::ChangedMind);
    let busy = RwSignal::new(false);
    let confirm = move |()| {
        busy.set(true);
        spawn_local(async move {
            actions::cancel(phone, reason.get_untracked()).await;
            // The screen may be gone already.
            let _ = busy.try_set(false);
            let _ = open.try_set(false);
        });
    };
    let (title, text, yes) = if choosing {
        (t!("leave-title"), t!("leave-text"), t!("leave-confirm"))
    } else {
        (t!("cancel-title"), t!("cancel-text"), t!("cancel-confirm"))
    };
    view! {
        <Dialog open=open title=title dismiss=t!("keep")>
            <p class="soft">{text.clone()}</p>
            <fieldset class="choices">
                <legend class="small soft">{t!("cancel-why")}</legend>
                <div class="choice-list">
                    {CancelReason::CUSTOMER.into_iter().map(|one| view! {
                        <label class="choice">
                            <input
                                type="radio" name="reason"
                                prop:checked=move || reason.get() == one
                                on:change=move |_| reason.set(one)
                            />
                            <span>{words::reason(one)}</span>
                        </label>
                    }).collect_view()}
                </div>
            </fieldset>
            <Button label=yes.clone() kind=ButtonKind::Danger class="wide" busy=busy on_press=confirm test="cancel-confirm"/>
        </Dialog>
    }
}
