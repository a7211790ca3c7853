//! The banner of a lost connection.

use crate::{clock, host, host::Status};
use leptos::prelude::*;
use presso_words::t;

/// Says that the connection is lost, aloud too, until it is back.
#[component]
pub fn OfflineBanner() -> impl IntoView {
    let status = host::status();
    let text = move || match status.get() {
        Status::Stale { since } => t!("offline-banner", time = clock::time_of_day(since)),
        Status::UpdateNeeded => t!("update-needed-banner"),
        Status::Live | Status::Connecting => String::new(),
    };
    view! { <p class="banner" role="status">{text}</p> }
}
