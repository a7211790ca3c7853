//! The bar at the top: whose shop, open or closed, live or not; sound, menu, door, and the way
//! out.

use super::{
    desk::Desk, door::Door, hands::HandsButton, keys::KeysButton, leave::Leave,
    manage::ManageButton, news::SoundToggle, switches::MenuSwitches,
};
use leptos::prelude::*;
use presso_core::board::ShopFacts;
use presso_ui::{LiveBadge, t};

/// The bar at the top.
#[component]
pub(super) fn Header() -> impl IntoView {
    let facts = Desk::here().facts();
    let name = move || facts.with(|f| f.as_ref().map(|f| f.name.clone()));
    let open = Memo::new(move |_| facts.with(|f| f.as_ref().is_some_and(is_open)));
    let state = move || {
        if open.get() {
            t!("barista-open")
        } else {
            t!("barista-closed")
        }
    };
    view! {
        <header class="bar">
            <h1 class="shop">{name}</h1>
            <span class="pill" class:good=open class:bad=move || !open.get() data-test="door-state">{state}</span>
            <LiveBadge/>
            <span class="grow"></span>
            <KeysButton/>
            <SoundToggle/>
            <MenuSwitches/>
            <ManageButton/>
            <Door/>
            <HandsButton/>
            <Leave/>
        </header>
    }
}

fn is_open(facts: &ShopFacts) -> bool {
    facts.open
}
