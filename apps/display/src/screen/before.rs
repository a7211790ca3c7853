//! Before the first connection: the shop's name as it was last time, and a true word. The boards
//! are not known, so no empty boards are shown.

use super::shop::Shop;
use leptos::prelude::*;
use presso_ui::{Logo, clock, t};

/// The waiting screen.
#[component]
pub(super) fn Before() -> impl IntoView {
    let shop = Shop::here();
    let stale = shop.stale();
    let title = move || match stale.get() {
        None => t!("display-starting"),
        Some(since) => t!("no-connection-since", time = clock::time_of_day(since)),
    };
    let more = move || stale.get().map(|_| t!("display-before"));
    view! {
        <main class="before" data-test="before">
            <Logo/>
            <h1 class="before-shop">{move || shop.name.get()}</h1>
            <div role="status">
                <p class="before-title digits">{title}</p>
                <p class="before-more">{more}</p>
            </div>
        </main>
    }
}
