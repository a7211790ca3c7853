//! One order's card.

use super::{
    deeds::Deeds, desk::Desk, journey::ToJourney, meter::Meter, notes::OnCard, waits::Waits,
};
use leptos::{html, prelude::*};
use presso_barista::ahead::{Hold, hold};
use presso_barista::recipe::{Chip, recipe};
use presso_barista::urgency::{Urgency, clock};
use presso_core::board::{ClaimView, OrderView};
use presso_core::id::OrderId;
use presso_core::order::Actor;
use presso_ui::{DrinkArt, t};

/// One order's card.
#[component]
pub(super) fn Card(
    /// Which.
    id: OrderId,
) -> impl IntoView {
    let desk = Desk::here();
    let order = desk.order(id);
    let recipe = Memo::new(move |_| {
        let choice = order.with(|o| o.as_ref()?.choice.clone())?;
        desk.menu
            .with(|menu| menu.as_ref().map(|menu| recipe(&choice, menu)))
    });
    let clock = Memo::new(move |_| order.with(|o| clock(o.as_ref()?, desk.now.get())));
    let ticket = order
        .with_untracked(|o| o.as_ref().and_then(|o| o.ticket))
        .map(|t| t.to_string())
        .unwrap_or_default();
    let name = move || {
        let name = order.with(|o| o.as_ref().and_then(|o| o.name.clone()));
        name.map(|name| view! { <p class="cup-name">{t!("barista-for", name = name)}</p> })
    };
    let drink = move || recipe.with(|r| r.as_ref().map(|r| r.drink.clone()));
    let icon = Signal::derive(move || {
        recipe.with(|r| r.as_ref().map(|r| r.icon.clone()).unwrap_or_default())
    });
    let node = NodeRef::<html::Article>::new();
    node.on_load(move |card| {
        if desk.follow.get_value() == Some(id) {
            desk.follow.set_value(None);
            // Fails only when the card is gone again.
            let _ = card.focus();
        }
    });
    let heading = format!("order-{id}");
    let (labelled_by, number, spoken) = (heading.clone(), ticket.clone(), ticket.clone());
    let urgency = move || clock.get().map(|c| urgency_name(c.urgency));
    Effect::new(move |_| {
        if desk.picked.get() == Some(id)
            && let Some(card) = node.get()
        {
            desk.picked.set(None);
            let _ = card.focus();
        }
    });
    let stale = desk.stale();
    let hold = Memo::new(move |_| {
        let (since, now) = (stale.get(), desk.now.get());
        order.with(|o| {
            let order = o.as_ref()?;
            Some(desk.mine(|outbox, by| hold(outbox, by, order, since, now)))
        })
    });
    let waiting = ticket.clone();
    view! {
        <li class="order">
            <article
                class="order-card" tabindex="0" aria-labelledby=labelled_by node_ref=node
                data-urgency=urgency data-ticket=number data-test="order"
                on:focusin=move |_| desk.at.set_value(Some(id)) on:focusout=move |_| desk.at.set_value(None)
            >
                <div class="order-head">
                    <h3 id=heading class="ticket digits">
                        <span class="sr-only">{t!("barista-card", ticket = spoken)}</span>
                        <span aria-hidden="true">{ticket.clone()}</span>
                    </h3>
                    <div class="what">
                        <p class="drink">{drink}</p>
                        {name}
                    </div>
                    <div class="drawing"><DrinkArt icon=icon/></div>
                    <ToJourney id=id ticket=ticket.clone()/>
                </div>
                {move || order.with(|o| o.as_ref().and_then(|o| claim(o, desk.actor, hold.get().unwrap_or(Hold::Sure))))}
                <Chips chips=Signal::derive(move || recipe.with(|r| r.as_ref().map(|r| r.chips.clone()).unwrap_or_default()))/>
                <Meter clock=clock order=order/>
                <Waits id=id ticket=waiting/>
                <OnCard id=id/>
                <Deeds id=id order=order ticket=ticket/>
            </article>
        </li>
    }
}

const fn urgency_name(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Calm => "calm",
        Urgency::Soon => "soon",
        Urgency::Pressing => "pressing",
    }
}

/// The options; those that one would not make without looking stand out.
#[component]
fn Chips(#[prop(into)] chips: Signal<Vec<Chip>>) -> impl IntoView {
    let chip = |chip: Chip| view! { <li class="chip" class:special=chip.special>{chip.name}</li> };
    move || {
        let chips = chips.get();
        (!chips.is_empty())
            .then(|| view! { <ul class="chips">{chips.into_iter().map(chip).collect_view()}</ul> })
    }
}

/// Whose it is.
fn claim(order: &OrderView, actor: Actor, hold: Hold) -> Option<impl IntoView + use<>> {
    let claim = order.claim.as_ref()?;
    let mine = claim.is_of(&actor);
    let class = match (mine, claim.takeable) {
        (true, _) if hold != Hold::Sure => "claim unsure",
        (true, _) => "claim mine",
        (false, true) => "claim silent",
        (false, false) => "claim",
    };
    Some(view! {
        <p class=class data-test="claim">
            <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d="M8 8.2a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2ZM1.5 15c.3-3.300 3-5.300 6.500-5.300s6.200 2 6.500 5.300Z"/>
            </svg>
            {whose(claim, mine, hold)}
        </p>
    })
}

fn whose(claim: &ClaimView, mine: bool, hold: Hold) -> String {
    match (&claim.name, mine, claim.takeable) {
        (_, true, _) => match hold {
            Hold::Sure => t!("barista-mine"),
            Hold::Unsent => t!("barista-mine-unsent"),
            Hold::Unsure => t!("barista-mine-unsure"),
        },
        (Some(name), false, false) => t!("barista-theirs", name = name),
        (None, false, false) => t!("barista-theirs-unnamed"),
        (Some(name), false, true) => t!("barista-silent", name = name),
        (None, false, true) => t!("barista-silent-unnamed"),
    }
}
