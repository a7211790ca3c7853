//! An order's journey, over the lanes or the manager's list, live.

use super::desk::Desk;
use leptos::prelude::*;
use presso_core::id::OrderId;
use presso_ui::{Dialog, Followed, JourneyView, follow_journey, t};

/// The journey of the order that is being looked at.
#[component]
pub(super) fn JourneyDialog() -> impl IntoView {
    let desk = Desk::here();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        let looked_at = desk.looking.get().is_some();
        if open.get_untracked() != looked_at {
            open.set(looked_at);
        }
    });
    Effect::new(move |_| {
        if !open.get() && desk.looking.get_untracked().is_some() {
            desk.looking.set(None);
        }
    });
    let followed = RwSignal::new(None::<Followed>);
    let title = Signal::derive(move || {
        let of = followed.get();
        let ticket = of.and_then(|of| of.journey.with(|j| j.as_ref().and_then(|j| j.ticket)));
        match ticket {
            Some(ticket) => t!("journey-title-ticket", ticket = ticket.0),
            None => t!("journey-title"),
        }
    });
    view! {
        <Dialog open=open title=title>
            {move || desk.looking.get().map(|order| view! { <Of order=order followed=followed/> })}
        </Dialog>
    }
}

#[component]
fn Of(order: OrderId, followed: RwSignal<Option<Followed>>) -> impl IntoView {
    let here = follow_journey(order);
    followed.set(Some(here));
    on_cleanup(move || {
        let _ = followed.try_set(None);
    });
    view! { <JourneyView followed=here/> }
}

/// The way there, from an order's card.
#[component]
pub(super) fn ToJourney(
    /// Of which order.
    id: OrderId,
    /// Its number, for those who do not see the card around the button.
    ticket: String,
) -> impl IntoView {
    let desk = Desk::here();
    let name = t!("barista-journey", ticket = ticket);
    view! {
        <button
            type="button" class="button plain icon-button to-journey" aria-label=name data-test="to-journey"
            on:click=move |_| desk.looking.set(Some(id))
        >
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
                <circle cx="6" cy="5" r="2.4"></circle>
                <circle cx="6" cy="19" r="2.4"></circle>
                <circle cx="18" cy="12" r="2.4"></circle>
                <path d="M6 7.500v9M8 6.200l8 4.600"></path>
            </svg>
        </button>
    }
}
