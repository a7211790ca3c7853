//! The live badge: never a screen that may be wrong without saying so, and since when.

use crate::{clock, host, host::Status};
use leptos::prelude::*;
use presso_words::t;

/// "Live", or since when there is no connection.
#[component]
pub fn LiveBadge() -> impl IntoView {
    let status = host::status();
    let text = move || match status.get() {
        Status::Live => t!("live"),
        Status::Connecting => t!("connecting"),
        Status::UpdateNeeded => t!("update-needed"),
        Status::Stale { since } => {
            t!("no-connection-since", time = clock::time_of_day(since))
        }
    };
    let live = move || status.get() == Status::Live;
    view! {
        <span class="pill" class:good=live class:warn=move || !live() data-test="live-badge" data-live=move || live().to_string()>
            <span class="live-dot" aria-hidden="true"></span>
            <span class="live-text digits">{text}</span>
        </span>
    }
}
