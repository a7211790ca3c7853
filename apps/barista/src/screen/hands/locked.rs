//! The tablet is locked: nothing of the shop is shown, and taps that wait go out all the same.

use super::super::desk::Desk;
use super::{Hands, choose::Choose};
use leptos::prelude::*;
use presso_ui::{Heading, LiveBadge, Logo, t};

/// Who goes on.
#[component]
pub(in super::super) fn Locked() -> impl IntoView {
    let (desk, hands) = (Desk::here(), Hands::here());
    hands.reads_people(desk.shop.get_value());
    let facts = desk.facts();
    let shop = move || facts.with(|f| f.as_ref().map(|f| f.name.clone()));
    view! {
        <main class="enter" data-test="locked">
            <div class="locked">
                <Logo/>
                <Heading text=t!("hands-locked")/>
                <p class="soft">{shop} " " <LiveBadge/></p>
                <section class="panel" aria-label=t!("hands-title")><Choose but=None/></section>
                <p class="soft small">{t!("hands-locked-hint")}</p>
            </div>
        </main>
    }
}
