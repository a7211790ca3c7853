//! What one must know before reading on: no connection, closed, full.

use super::desk::Desk;
use leptos::prelude::*;
use presso_ui::{clock, host::Status, t};

/// At most one at a time: whatever outweighs the others.
#[component]
pub(super) fn Banners() -> impl IntoView {
    let desk = Desk::here();
    let facts = desk.facts();
    let stale = desk.stale();
    let waiting = Memo::new(move |_| {
        desk.outbox
            .with(|outbox| desk.hand.with_value(|by| outbox.waiting_of(by)))
    });
    let outdated = Memo::new(move |_| desk.status.get() == Status::UpdateNeeded);
    let closed = Memo::new(move |_| facts.with(|f| f.as_ref().is_some_and(|f| !f.open)));
    let full = Memo::new(move |_| facts.with(|f| f.as_ref().is_some_and(|f| f.full)));
    let banner = move || match stale.get() {
        Some(since) => {
            let time = clock::time_of_day(since);
            let what = match waiting.get() {
                _ if !desk.keeps.get() => t!("barista-banner-not-kept"),
                0 => t!("barista-banner-go-on"),
                count => t!("barista-banner-waiting", count = count),
            };
            view! {
                <p class="banner bad" data-test="banner-stale"><strong>{t!("barista-banner-stale", time = time)}</strong>" "{what}</p>
            }
            .into_any()
        }
        None if outdated.get() => view! {
            <p class="banner bad">{t!("update-needed-banner")}</p>
        }
        .into_any(),
        None if closed.get() => view! {
            <p class="banner" data-test="banner-closed">{t!("barista-banner-closed")}</p>
        }
        .into_any(),
        None if full.get() => {
            view! { <p class="banner" data-test="banner-full">{t!("barista-banner-full")}</p> }
                .into_any()
        }
        None => ().into_any(),
    };
    view! { <div class="banners" role="status">{banner}</div> }
}
