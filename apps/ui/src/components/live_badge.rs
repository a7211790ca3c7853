//! The live/stale badge: never a stale screen without saying so.

use crate::{clock, host, host::Status};
use leptos::prelude::*;
use presso_words::t;

/// "Live", or for how long not.
#[component]
pub fn LiveBadge() -> impl IntoView {
    let status = host::status();
    let now = clock::now();
    let text = move || match status.get() {
        Status::Live => t!("live"),
        Status::Connecting => t!("connecting"),
        Status::UpdateNeeded => t!("update-needed"),
        Status::Stale { since } => {
            let seconds =
                u32::try_from(now.get().ms_since(since).max(0) / 1000).unwrap_or(u32::MAX);
            if seconds < 60 {
                t!("stale-seconds", count = seconds)
            } else {
                t!("stale-minutes", count = seconds / 60)
            }
        }
    };
    let live = move || status.get() == Status::Live;
    view! {
        <span class="pill" class:good=live class:warn=move || !live() data-test="live-badge" data-live=move || live().to_string()>
            <span class="live-dot" aria-hidden="true"></span>
            {text}
        </span>
    }
}
