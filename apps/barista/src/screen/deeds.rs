//! The buttons of a card: what `offers` offers, and nothing else.

use super::desk::Desk;
use leptos::prelude::*;
use presso_barista::ahead::is_as_good_as_over;
use presso_barista::deed::Deed;
use presso_core::board::OrderView;
use presso_core::id::OrderId;
use presso_core::workflow::{Verb, offers};
use presso_ui::{Button, ButtonKind, t};

/// The buttons of a card. Undo is not among them: it has a place of its own.
#[component]
pub(super) fn Deeds(
    /// Of which order.
    id: OrderId,
    /// As it is now.
    order: Memo<Option<OrderView>>,
    /// Its number, in words for those who do not see the card around the button.
    ticket: String,
) -> impl IntoView {
    let desk = Desk::here();
    let facts = desk.facts();
    let verbs = Memo::new(move |_| {
        let now = desk.now.get();
        let (Some(order), Some(facts)) = (order.get(), facts.get()) else {
            return Vec::new();
        };
        if desk.mine(|outbox, by| is_as_good_as_over(outbox, by, &order)) {
            return Vec::new();
        }
        let offers = offers(&order, &facts, &desk.actor, now);
        let mut verbs: Vec<Verb> = offers
            .iter()
            .map(|o| o.verb)
            .filter(|v| label(*v).is_some())
            .collect();
        verbs.sort_by_key(|v| rank(*v));
        verbs
    });
    let busy = move |verb: Verb| {
        desk.outbox
            .with(|outbox| outbox.deed(id).is_some_and(|deed| deed.verb() == verb))
    };
    let any = Memo::new(move |_| desk.outbox.with(|outbox| outbox.deed(id).is_some()));
    let press = move |verb: Verb| match verb {
        Verb::Cancel => desk.cancelling.set(Some(id)),
        verb => desk.act(id, Deed::Verb(verb)),
    };
    view! {
        <div class="deeds">
            <For each=move || verbs.get() key=|verb| *verb let(verb)>
                <Button
                    label=label(verb).unwrap_or_default()
                    name=full(verb, &ticket)
                    kind=kind(verb, verbs.with_untracked(|all| all.first() == Some(&verb)))
                    busy=Signal::derive(move || busy(verb))
                    disabled=any
                    on_press=move |()| press(verb)
                    test=verb.name()
                />
            </For>
        </div>
    }
}

/// The button's words; none for what is no button of a card.
pub(super) fn label(verb: Verb) -> Option<String> {
    Some(match verb {
        Verb::Claim => t!("barista-claim"),
        Verb::Unclaim => t!("barista-unclaim"),
        Verb::TakeOver => t!("barista-takeover"),
        Verb::Complete => t!("barista-complete"),
        Verb::Collect => t!("barista-collect"),
        Verb::Cancel => t!("barista-cancel"),
        Verb::Submit | Verb::Undo | Verb::TimeOut | Verb::Sweep => return None,
    })
}

fn full(verb: Verb, ticket: &str) -> String {
    match verb {
        Verb::Claim => t!("barista-claim-full", ticket = ticket),
        Verb::Unclaim => t!("barista-unclaim-full", ticket = ticket),
        Verb::TakeOver => t!("barista-takeover-full", ticket = ticket),
        Verb::Complete => t!("barista-complete-full", ticket = ticket),
        Verb::Collect => t!("barista-collect-full", ticket = ticket),
        _ => t!("barista-cancel-full", ticket = ticket),
    }
}

/// The usual next step first, cancelling last.
const fn rank(verb: Verb) -> u8 {
    match verb {
        Verb::Claim | Verb::TakeOver | Verb::Collect => 0,
        Verb::Complete => 1,
        Verb::Unclaim => 2,
        _ => 3,
    }
}

const fn kind(verb: Verb, first: bool) -> ButtonKind {
    match verb {
        Verb::Claim | Verb::TakeOver => ButtonKind::Primary,
        Verb::Complete | Verb::Collect if first => ButtonKind::Go,
        Verb::Cancel => ButtonKind::Plain,
        _ => ButtonKind::Quiet,
    }
}
