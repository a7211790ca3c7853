//! Signing out, at the end of a shift: a button in the header, and a question before.

use super::desk::Desk;
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_ui::{Button, ButtonKind, Dialog, host, t};

/// The button, and what it asks.
#[component]
pub(super) fn Leave() -> impl IntoView {
    let desk = Desk::here();
    let asking = RwSignal::new(false);
    let waiting = Memo::new(move |_| desk.mine(|outbox, by| outbox.waiting_of(by)));
    let title = desk.hand.with_value(|hand| match &hand.name {
        Some(name) => t!("barista-leave-title", name = name),
        None => t!("barista-leave-title-unnamed"),
    });
    let leave = move |()| {
        asking.set(false);
        spawn_local(host::sign_out());
    };
    view! {
        <button
            type="button" class="button quiet icon-button" aria-label=t!("barista-leave") title=t!("barista-leave")
            data-test="leave" on:click=move |_| asking.set(true)
        >
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
                <path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>
            </svg>
        </button>
        <Dialog open=asking title=title dismiss=t!("barista-leave-no")>
            <p>{t!("barista-leave-body")}</p>
            {move || match waiting.get() {
                0 => None,
                count => Some(view! { <p>{t!("barista-leave-waiting", count = count)}</p> }),
            }}
            <Button label=t!("barista-leave") kind=ButtonKind::Danger class="wide" on_press=leave test="leave-yes"/>
        </Dialog>
    }
}
