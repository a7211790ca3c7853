//! The orders as they will be once the waiting taps are done: what a barista without a network
//! works on. Built from the last true view; each tap must have been offered on it.

use crate::deed::{Deed, Hand};
use crate::outbox::{Outbox, Tap};
use presso_core::board::{ClaimView, OrderView, QueueView, ShopFacts};
use presso_core::order::{Actor, OrderState};
use presso_core::time::Timestamp;
use presso_core::workflow::{To, Verb, offers, transition};

/// A tablet that has not been heard for this long may lose its claims, milliseconds: after it the
/// server lets colleagues take them over. The default of a shop's `tablet_silent_s`.
pub const UNSURE_AFTER_MS: i64 = 120_000;

/// The queue with this person's waiting taps done. An order that a tap would end stays where it
/// is, so that there is a card to say that the tap waits.
#[must_use]
pub fn ahead(queue: &QueueView, outbox: &Outbox, by: &Hand, actor: &Actor) -> QueueView {
    let mut ahead = queue.clone();
    for tap in outbox.ahead(by) {
        let order = ahead.orders.iter_mut().find(|o| o.order == tap.order);
        if let Some(order) = order {
            do_it(order, &queue.facts, tap, actor);
        }
    }
    ahead
}

fn do_it(order: &mut OrderView, facts: &ShopFacts, tap: &Tap, actor: &Actor) {
    let verb = tap.deed.verb();
    let offered = offers(order, facts, actor, tap.at);
    let row = transition(order.state, verb, actor.role());
    let (Some(To::State(to)), true) = (row.map(|t| t.to), offered.iter().any(|o| o.verb == verb))
    else {
        // Done already, or it will be refused: either way the view is right as it is.
        return;
    };
    if tap.deed.ends() {
        return;
    }
    order.state = to;
    order.undo = None;
    order.claim = (to == OrderState::Making).then(|| ClaimView {
        staff: Some(tap.by.staff),
        name: tap.by.name.clone(),
        since: tap.at,
        takeable: false,
    });
    if to == OrderState::Ready {
        order.ready_at = Some(tap.at);
        order.sweep_at = Some(tap.at.plus_s(facts.collect_within_s));
    }
}

/// Does a tap of this person's wait that ends this order? Then there is nothing more to do to it.
#[must_use]
pub fn is_as_good_as_over(outbox: &Outbox, by: &Hand, order: &OrderView) -> bool {
    let mut waiting = outbox.waiting(order.order, by).into_iter();
    waiting.any(|tap| tap.deed.ends())
}

/// How sure a barista can be that an order is theirs to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// The server said so, and has heard from this tablet since.
    Sure,
    /// The server does not know of the claim yet: a colleague may be quicker.
    Unsent,
    /// The server has not heard from this tablet for so long that a colleague may have taken over.
    Unsure,
}

/// How sure it is that this claim of one's own stands.
#[must_use]
pub fn hold(
    outbox: &Outbox,
    by: &Hand,
    order: &OrderView,
    stale_since: Option<Timestamp>,
    now: Timestamp,
) -> Hold {
    let claims = |tap: &Tap| matches!(tap.deed, Deed::Verb(Verb::Claim | Verb::TakeOver));
    if outbox.waiting(order.order, by).into_iter().any(claims) {
        return Hold::Unsent;
    }
    match stale_since {
        Some(since) if now.ms_since(since) >= UNSURE_AFTER_MS => Hold::Unsure,
        _ => Hold::Sure,
    }
}

#[cfg(test)]
mod tests;
