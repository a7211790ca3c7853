//! Verbs on their way to the server: one at a time per order, and what came of them. This is what
//! makes a double tap safe: a button is dead from the tap until the screen shows the verb's result.

use presso_core::board::QueueView;
use presso_core::id::OrderId;
use presso_core::order::{CancelReason, Ticket};
use presso_core::time::Timestamp;
use presso_core::workflow::Verb;
use std::collections::BTreeMap;

/// For how long a refusal about an order that has left the lanes is shown, milliseconds.
pub const NOTE_MS: i64 = 12_000;

/// What was asked of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// A verb that says all.
    Verb(Verb),
    /// Cancelling, which has a reason.
    Cancel(CancelReason),
}

/// A refusal, as the screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The order's number.
    pub ticket: Option<Ticket>,
    /// Why, in words.
    pub sentence: String,
    /// When it was refused.
    pub at: Timestamp,
    /// The order's version that the screen showed then: with a newer one it is beside the point.
    version: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flight {
    /// Not answered yet.
    Asked(Deed),
    /// Done; the screen will show it with this version of the order.
    Done(Deed, u64),
}

/// All verbs on their way, and all refusals worth showing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flights {
    on_their_way: BTreeMap<OrderId, Flight>,
    refusals: BTreeMap<OrderId, Refusal>,
}

impl Flights {
    /// Starts one; false when another verb of this order is on its way, and then nothing is to be
    /// sent.
    pub fn begin(&mut self, order: OrderId, deed: Deed) -> bool {
        if self.on_their_way.contains_key(&order) {
            return false;
        }
        self.refusals.remove(&order);
        self.on_their_way.insert(order, Flight::Asked(deed));
        true
    }
    /// It was done, and made the order what it is at `version`.
    pub fn done(&mut self, order: OrderId, version: u64) {
        if let Some(Flight::Asked(deed)) = self.on_their_way.get(&order).copied() {
            self.on_their_way.insert(order, Flight::Done(deed, version));
        }
    }
    /// It was refused, or could not be sent: `sentence` says why.
    pub fn refused(&mut self, queue: &QueueView, order: OrderId, sentence: String, at: Timestamp) {
        self.on_their_way.remove(&order);
        let seen = queue.orders.iter().find(|o| o.order == order);
        let refusal = Refusal {
            ticket: seen.and_then(|o| o.ticket),
            sentence,
            at,
            version: seen.map_or(0, |o| o.version),
        };
        self.refusals.insert(order, refusal);
    }
    /// What the screen shows has changed: verbs that it shows have arrived.
    pub fn look(&mut self, queue: &QueueView) {
        let version = |id: &OrderId| queue.orders.iter().find(|o| o.order == *id);
        self.on_their_way.retain(|id, flight| match flight {
            Flight::Asked(_) => true,
            Flight::Done(_, at) => version(id).is_some_and(|o| o.version < *at),
        });
        self.refusals
            .retain(|id, refusal| version(id).is_none_or(|o| o.version == refusal.version));
    }
    /// What is on its way for this order.
    #[must_use]
    pub fn deed(&self, order: OrderId) -> Option<Deed> {
        match self.on_their_way.get(&order)? {
            Flight::Asked(deed) | Flight::Done(deed, _) => Some(*deed),
        }
    }
    /// Why the last tap on this order was refused.
    #[must_use]
    pub fn refusal(&self, order: OrderId) -> Option<&Refusal> {
        self.refusals.get(&order)
    }
    /// Recent refusals about orders that no lane shows, oldest first.
    #[must_use]
    pub fn homeless(&self, queue: &QueueView, now: Timestamp) -> Vec<(OrderId, Refusal)> {
        let in_lane = |id: &OrderId| {
            let seen = queue.orders.iter().find(|o| o.order == *id);
            seen.is_some_and(|o| crate::lanes::Lane::of(o.state).is_some())
        };
        let mut all: Vec<(OrderId, Refusal)> = self
            .refusals
            .iter()
            .filter(|(id, refusal)| !in_lane(id) && now.ms_since(refusal.at) < NOTE_MS)
            .map(|(id, refusal)| (*id, refusal.clone()))
            .collect();
        all.sort_by_key(|(id, refusal)| (refusal.at, *id));
        all
    }
    /// The person has read it.
    pub fn dismiss(&mut self, order: OrderId) {
        self.refusals.remove(&order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{queue, queued};

    const CLAIM: Deed = Deed::Verb(Verb::Claim);

    #[test]
    fn a_second_tap_sends_nothing_until_the_screen_shows_the_first_ones_result() {
        let mut flights = Flights::default();
        let order = queued(1, 0, 900);
        assert!(flights.begin(order.order, CLAIM));
        assert!(!flights.begin(order.order, CLAIM), "not answered yet");
        flights.done(order.order, 5);
        flights.look(&queue(vec![order.clone()]));
        assert!(!flights.begin(order.order, CLAIM), "answered, not shown");
        let mut shown = order.clone();
        shown.version = 5;
        flights.look(&queue(vec![shown]));
        assert!(flights.begin(order.order, CLAIM));
    }

    #[test]
    fn an_order_that_left_with_its_verb_done_is_forgotten() {
        let mut flights = Flights::default();
        let order = queued(1, 0, 900).order;
        flights.begin(order, CLAIM);
        flights.done(order, 5);
        flights.look(&queue(vec![]));
        assert_eq!(flights.deed(order), None);
    }

    #[test]
    fn a_refusal_stays_on_the_card_until_the_order_moves_or_is_tapped_again() {
        let mut flights = Flights::default();
        let mut order = queued(1, 0, 900);
        let view = queue(vec![order.clone()]);
        flights.begin(order.order, CLAIM);
        flights.refused(&view, order.order, "no".into(), Timestamp(0));
        flights.look(&view);
        assert_eq!(flights.refusal(order.order).unwrap().sentence, "no");
        assert!(flights.begin(order.order, CLAIM));
        assert_eq!(flights.refusal(order.order), None);
        flights.refused(&view, order.order, "no".into(), Timestamp(0));
        order.version += 1;
        flights.look(&queue(vec![order.clone()]));
        assert_eq!(flights.refusal(order.order), None);
    }

    #[test]
    fn a_refusal_about_an_order_that_has_left_the_lanes_is_shown_beside_them_for_a_while() {
        let mut flights = Flights::default();
        let order = queued(1, 0, 900);
        let view = queue(vec![order.clone()]);
        flights.begin(order.order, CLAIM);
        flights.refused(&view, order.order, "over".into(), Timestamp(0));
        assert_eq!(flights.homeless(&view, Timestamp(1)), []);
        let gone = queue(vec![]);
        flights.look(&gone);
        assert_eq!(flights.homeless(&gone, Timestamp(1)).len(), 1);
        assert_eq!(flights.homeless(&gone, Timestamp(NOTE_MS)).len(), 0);
    }
}
