//! The code: what to scan, what to type, how many places are left, when the next one comes.

use super::shop::Shop;
use leptos::prelude::*;
use presso_core::qr;
use presso_display::code::{address, groups, permille_left, seconds_left};
use presso_ui::{clock, t};

/// The code.
#[component]
pub(super) fn CodePanel() -> impl IntoView {
    let shop = Shop::here();
    let code = shop.code;
    let facts = shop.facts();
    // The picture is drawn anew only when the link changes.
    let link = Memo::new(move |_| code.with(|c| c.as_ref().map(|c| c.link.clone())));
    let picture = move || {
        let link = link.get()?;
        let (path, side) = qr::svg_path(&link).ok()?;
        let name = facts.with(|f| f.as_ref().map(|f| f.name.clone()).unwrap_or_default());
        Some(view! {
            <svg
                class="qr" role="img" aria-label=t!("display-qr", shop = name) data-test="qr"
                viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges"
            >
                <rect width="100%" height="100%" fill="#fff"/>
                <path d=path fill="#000"/>
            </svg>
        })
    };
    let words = move || code.with(|c| c.as_ref().map(groups).unwrap_or_default());
    let spelt = move || code.with(|c| c.as_ref().map(|c| c.code.to_string()));
    let type_at = move || {
        code.with(|c| {
            c.as_ref()
                .map(|c| t!("display-or-type", address = address(c)))
        })
    };
    let places = move || {
        code.with(|c| {
            c.as_ref()
                .map(|c| t!("display-places", count = c.places_left))
        })
    };
    let few = move || code.with(|c| c.as_ref().is_some_and(|c| c.places_left <= 2));
    view! {
        <div class="code-panel">
            <h2 class="how-to">{t!("display-how-to")}</h2>
            <div class="qr-tile">{picture}</div>
            <p class="or-type">{type_at}</p>
            <p class="code-text" dir="ltr" data-test="code" data-code=spelt>
                {move || words().into_iter().map(|group| view! { <span>{group}</span> }).collect_view()}
            </p>
            <div class="facts digits">
                <p class="places" class:few=few data-test="places">{places}</p>
                <NextCode/>
            </div>
        </div>
    }
}

/// How long until the next code: a bar that runs out, and the time in figures.
#[component]
fn NextCode() -> impl IntoView {
    let shop = Shop::here();
    let seconds = Memo::new(move |_| {
        let now = shop.now.get();
        shop.code
            .with(|c| c.as_ref().map_or(0, |c| seconds_left(c, now)))
    });
    let width = move || {
        let now = shop.now.get();
        let permille = shop
            .code
            .with(|c| c.as_ref().map_or(0, |c| permille_left(c, now)));
        format!("{}.{}%", permille / 10, permille % 10)
    };
    let words = move || {
        let time = clock::minutes_and_seconds(seconds.get());
        t!("display-next-code", time = time)
    };
    view! {
        <p class="next-code">{words}</p>
        <div class="next-bar" aria-hidden="true"><span style:inline-size=width></span></div>
    }
}
