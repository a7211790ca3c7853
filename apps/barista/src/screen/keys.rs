//! Keyboard shortcuts: what they do, the panel that shows them, and the switch that turns them off.

use super::{deeds::label, desk::Desk, hands::Hands, switch::on_or_off};
use leptos::prelude::*;
use presso_barista::ahead::is_as_good_as_over;
use presso_barista::deed::Deed;
use presso_barista::shortcut::{KEYS, Shortcut, pick, shortcut, step};
use presso_barista::undo::undoable;
use presso_core::id::OrderId;
use presso_core::workflow::{Verb, offers};
use presso_ui::keys::on_key;
use presso_ui::{Dialog, page, t};

/// Under which key this tablet remembers that single keys do nothing.
const OFF: &str = "presso-barista-keys-off";

/// Listens for keys; draws the panel while it is open.
#[component]
pub(super) fn Keys() -> impl IntoView {
    let desk = Desk::here();
    let on = RwSignal::new(page::remembered(OFF).is_none());
    let locked = Hands::here().locked;
    on_key(move |key| {
        on.get_untracked()
            && !locked.get_untracked()
            && !desk.managing.get_untracked()
            && shortcut(key).is_some_and(|s| press(desk, s))
    });
    let toggle = move |_| {
        on.update(|on| *on = !*on);
        page::remember(OFF, (!on.get_untracked()).then_some("yes"));
    };
    let state = move || on_or_off(on.get());
    view! {
        <Dialog open=desk.helping title=t!("barista-keys")>
            <button
                type="button" role="switch" class="switch" aria-checked=move || on.get().to_string()
                data-test="keys-switch" on:click=toggle
            >
                <span class="grow">{t!("barista-keys-switch")}</span>
                <span class="switch-state" aria-hidden="true">{state}</span>
                <span class="switch-track" aria-hidden="true"></span>
            </button>
            <dl class="keys">{rows().map(|(keys, what)| view! { <dt>{keys}</dt><dd>{what}</dd> }).collect_view()}</dl>
        </Dialog>
    }
}

/// The button that opens the panel.
#[component]
pub(super) fn KeysButton() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <button
            type="button" class="button quiet icon-button for-keyboards" aria-label=t!("barista-keys") title=t!("barista-keys")
            data-test="keys" on:click=move |_| desk.helping.set(true)
        >
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
                <path d="M3 6h18v12H3ZM7 10h.01M11 10h.01M15 10h.01M17.500 10h.01M7 14h10"/>
            </svg>
        </button>
    }
}

/// Keys, and what each does.
fn rows() -> impl Iterator<Item = (String, String)> {
    let fixed = [
        (t!("barista-keys-digits"), t!("barista-keys-pick")),
        (t!("barista-keys-arrows"), t!("barista-keys-lane")),
    ];
    let letters = KEYS
        .iter()
        .map(|(key, does)| ((*key).to_owned(), meaning(*does)));
    let help = ("?".to_owned(), t!("barista-keys-help"));
    fixed.into_iter().chain(letters).chain([help])
}

fn meaning(shortcut: Shortcut) -> String {
    match shortcut {
        Shortcut::Do(verbs) => {
            let words: Vec<String> = verbs.iter().filter_map(|verb| label(*verb)).collect();
            words.join(", ")
        }
        Shortcut::Undo => t!("barista-keys-undo"),
        Shortcut::Pick(_) => t!("barista-keys-pick"),
        Shortcut::Lane { .. } => t!("barista-keys-lane"),
        Shortcut::Help => t!("barista-keys-help"),
    }
}

/// Does it; false where there is nothing to do.
fn press(desk: Desk, shortcut: Shortcut) -> bool {
    let at = desk.at.get_value();
    let goes_to = |find: &dyn Fn(&_) -> Option<OrderId>| {
        let found = desk.queue.with_untracked(|queue| find(queue.as_ref()?));
        if found.is_some() {
            desk.picked.set(found);
        }
        found.is_some()
    };
    match shortcut {
        Shortcut::Pick(place) => goes_to(&|queue| pick(queue, at, place)),
        Shortcut::Lane { forward } => goes_to(&|queue| step(queue, at, forward)),
        Shortcut::Do(verbs) => at.is_some_and(|order| does(desk, order, verbs)),
        Shortcut::Undo => undo(desk, at),
        Shortcut::Help => {
            desk.helping.set(true);
            true
        }
    }
}

/// Does the first of these verbs that is offered on the order.
fn does(desk: Desk, id: OrderId, verbs: &[Verb]) -> bool {
    let now = desk.now.get_untracked();
    let verb = desk.queue.with_untracked(|queue| {
        let queue = queue.as_ref()?;
        let order = queue.orders.iter().find(|o| o.order == id)?;
        let over = untrack(|| desk.mine(|outbox, by| is_as_good_as_over(outbox, by, order)));
        let offers = offers(order, &queue.facts, &desk.actor, now);
        let offered = |verb: &&Verb| !over && offers.iter().any(|o| o.verb == **verb);
        verbs.iter().find(offered).copied()
    });
    match verb {
        Some(Verb::Cancel) => desk.cancelling.set(Some(id)),
        Some(verb) => desk.act(id, Deed::Verb(verb)),
        None => return false,
    }
    true
}

/// Takes back the last thing done; without a connection the last tap on this card.
fn undo(desk: Desk, at: Option<OrderId>) -> bool {
    if desk.offline() {
        let can = at.filter(|id| untrack(|| desk.mine(|outbox, by| outbox.can_take_back(*id, by))));
        if let Some(id) = can {
            let by = desk.hand.get_value();
            desk.outbox.update(|outbox| outbox.take_back(id, &by));
        }
        return can.is_some();
    }
    let now = desk.now.get_untracked();
    let newest = desk.queue.with_untracked(|queue| {
        let all = undoable(queue.as_ref()?, &desk.actor, now);
        all.first().map(|undo| undo.order)
    });
    if let Some(order) = newest {
        desk.act(order, Deed::Verb(Verb::Undo));
    }
    newest.is_some()
}
