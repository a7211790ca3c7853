//! On a phone: which of the lanes is shown.

use super::{desk::Desk, lane::title};
use leptos::prelude::*;
use presso_barista::lanes::{Lane, in_lane};
use presso_ui::t;

/// One button a lane, with its count; the style sheet hides them where all lanes fit.
#[component]
pub(super) fn PhoneTabs(
    /// The lane shown.
    shown: RwSignal<Lane>,
) -> impl IntoView {
    let desk = Desk::here();
    let tab = move |lane: Lane| {
        let count = move || {
            desk.queue
                .with(|q| q.as_ref().map_or(0, |q| in_lane(q, lane).len()))
        };
        let noted = Memo::new(move |_| {
            desk.queue.with(|q| {
                let orders = q.as_ref().map(|q| in_lane(q, lane)).unwrap_or_default();
                desk.outbox
                    .with(|outbox| orders.iter().any(|id| outbox.note(*id).is_some()))
            })
        });
        // The card that says it may be in a lane that is not shown.
        let mark = move || {
            noted.get().then(|| {
                view! { <span class="mark"><span class="sr-only">{t!("barista-tab-note")}</span></span> }
            })
        };
        let pressed = move || (shown.get() == lane).to_string();
        view! {
            <button type="button" class="tab" aria-pressed=pressed data-test=format!("tab-{}", lane.name()) on:click=move |_| shown.set(lane)>
                {title(lane)}
                <span class="count digits">{count}</span>
                {mark}
            </button>
        }
    };
    view! { <nav class="tabs" aria-label=t!("barista-lanes")>{Lane::ALL.map(tab)}</nav> }
}
