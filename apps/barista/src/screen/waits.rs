//! Taps that wait: on their cards, and those of people who are not signed in here any more.

use super::{desk::Desk, keeping, notes::list};
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_barista::deed::{Deed, Hand};
use presso_barista::outbox::Outbox;
use presso_core::client::seam;
use presso_core::id::OrderId;
use presso_ui::{Button, ButtonKind, host, t};

/// On a card: what waits for the network, and a way to take the last of it back.
#[component]
pub(super) fn Waits(
    /// Of which order.
    id: OrderId,
    /// Its number, for those who do not see the card around the button.
    ticket: String,
) -> impl IntoView {
    let desk = Desk::here();
    let waiting = Memo::new(move |_| {
        desk.mine(|outbox, by| {
            let waiting = outbox.waiting(id, by);
            let deeds: Vec<Deed> = waiting.iter().map(|tap| tap.deed).collect();
            (deeds, outbox.can_take_back(id, by))
        })
    });
    let take_back = move |()| {
        let by = desk.hand.get_value();
        desk.outbox.update(|outbox| outbox.take_back(id, &by));
    };
    move || {
        let (deeds, can) = waiting.get();
        if deeds.is_empty() {
            return None;
        }
        let name = t!("barista-take-back-full", ticket = ticket.clone());
        let button = can.then(|| {
            view! { <Button label=t!("barista-take-back") name=name kind=ButtonKind::Plain on_press=take_back test="take-back"/> }
        });
        Some(view! {
            <div class="waits" data-test="waits">
                <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M3 1h10v2L9.500 8l3.500 5v2H3v-2l3.500-5L3 3Z"/></svg>
                <p class="grow">{t!("barista-waits", deeds = list(&deeds))}</p>
                {button}
            </div>
        })
    }
}

/// Whose taps are not sent because somebody else is signed in, or nobody.
pub(super) fn whose(hand: &Hand, count: usize) -> String {
    match &hand.name {
        Some(name) => t!("barista-strangers", name = name, count = count),
        None => t!("barista-strangers-unnamed", count = count),
    }
}

/// At the foot: one person's taps that are not sent under another's name.
#[component]
pub(super) fn Stranger(
    /// Whose.
    hand: Hand,
    /// How many.
    count: usize,
) -> impl IntoView {
    let desk = Desk::here();
    // Whose session is here, too: nothing is lost.
    let here = RwSignal::new(false);
    let staff = hand.staff;
    spawn_local(async move {
        let all = host::hands().await;
        let is = |one: &seam::Hand| one.who.member().is_some_and(|(own, _)| own == staff);
        here.try_set(all.iter().any(is));
    });
    let (away, name) = (whose(&hand, count), hand.name.clone());
    let words = move || match &name {
        Some(name) if here.get() => t!("hands-waits", name = name.clone(), count = count),
        _ => away.clone(),
    };
    let give_up = move |()| desk.outbox.update(|outbox| outbox.give_up(&hand));
    view! {
        <div class="strip-item" role="status" data-test="stranger">
            <span class="strip-words">{words}</span>
            <Button label=t!("barista-strangers-forget") kind=ButtonKind::Plain on_press=give_up/>
        </div>
    }
}

/// While nobody is signed in: whose taps still wait on this tablet.
#[component]
pub(super) fn Left() -> impl IntoView {
    let left = RwSignal::new(Vec::<(Hand, usize)>::new());
    spawn_local(async move {
        if let Some(text) = keeping::recall().await {
            let mut outbox = Outbox::default();
            outbox.restore(&text);
            left.try_set(outbox.strangers(None));
        }
    });
    move || {
        let lines = left.get().into_iter();
        let line =
            |(hand, count): (Hand, usize)| view! { <p class="banner">{whose(&hand, count)}</p> };
        lines.map(line).collect_view()
    }
}
