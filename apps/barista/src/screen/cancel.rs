//! Cancelling asks why: the reason is the answer.

use super::desk::{Desk, is_offline};
use leptos::prelude::*;
use presso_barista::deed::Deed;
use presso_core::order::CancelReason;
use presso_ui::{Button, ButtonKind, Dialog, t, words};

/// Which reason? One tap cancels.
#[component]
pub(super) fn CancelDialog() -> impl IntoView {
    let desk = Desk::here();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        let asked = desk.cancelling.get().is_some();
        if open.get_untracked() != asked {
            open.set(asked);
        }
    });
    Effect::new(move |_| {
        if !open.get() && desk.cancelling.get_untracked().is_some() {
            desk.cancelling.set(None);
        }
    });
    let ticket = Memo::new(move |_| {
        let id = desk.cancelling.get()?;
        desk.order(id)
            .with(|o| o.as_ref()?.ticket.map(|t| t.to_string()))
    });
    // Somebody else may finish or cancel it while one thinks: then there is nothing to ask.
    Effect::new(move |_| {
        if let Some(id) = desk.cancelling.get() {
            let gone = desk
                .order(id)
                .with(|o| o.as_ref().is_none_or(|o| o.state.ended()));
            if gone {
                desk.cancelling.set(None);
            }
        }
    });
    let choose = move |reason: CancelReason| {
        if let Some(id) = desk.cancelling.get_untracked() {
            desk.act(id, Deed::Cancel(reason));
        }
        desk.cancelling.set(None);
    };
    let title = Signal::derive(move || {
        t!(
            "barista-cancel-title",
            ticket = ticket.get().unwrap_or_default()
        )
    });
    view! {
        <Dialog open=open title=title dismiss=t!("barista-cancel-keep")>
            <p>{move || if is_offline(desk.status.get()) { t!("barista-cancel-body-offline") } else { t!("barista-cancel-body") }}</p>
            <div class="dialog-actions">
                {CancelReason::STAFF.map(|reason| view! {
                    <Button label=words::reason_staff(reason) kind=ButtonKind::Quiet class="wide" on_press=move |()| choose(reason) test="reason"/>
                })}
            </div>
        </Dialog>
    }
}
