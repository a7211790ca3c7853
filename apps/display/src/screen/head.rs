//! The line at the top: whose shop, how long it takes, and whether all this is true.

use super::{shop::Shop, sound::SoundToggle};
use leptos::prelude::*;
use presso_ui::{LiveBadge, clock, t};

/// The line at the top.
#[component]
pub(super) fn Head() -> impl IntoView {
    let shop = Shop::here();
    let facts = shop.facts();
    let stale = shop.stale();
    let wait = move || {
        let range = facts.with(|f| f.as_ref().filter(|f| f.open).and_then(|f| f.wait));
        range.filter(|_| stale.get().is_none()).map(|w| {
            let words = t!("display-wait", low = w.low_min, high = w.high_min);
            view! { <p class="wait digits">{words}</p> }
        })
    };
    let alarm = move || {
        stale.get().map(|since| {
            let words = t!("no-connection-since", time = clock::time_of_day(since));
            view! { <p class="alarm digits" data-test="stale-since">{words}</p> }
        })
    };
    let time = move || clock::time_of_day(shop.now.get());
    view! {
        <header class="head">
            <h1 class="shop">{move || shop.name.get()}</h1>
            <SoundToggle/>
            <div role="status">{alarm}</div>
            {wait}
            <Show when=move || stale.get().is_none()><LiveBadge/></Show>
            <p class="clock digits">{time}</p>
        </header>
    }
}
