//! What is counted anew, from the events alone: a second opinion on every step.

use crate::morning::Morning;
use crate::shop::{CAPACITY, barista, choice, customer, empty, window};
use presso_core::code::Window;
use presso_core::id::OrderId;
use presso_core::order::{Actor, OrderState, Ticket};
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, EventKind, Verb, evolve};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// The counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Books {
    /// Tickets drawn.
    pub drawn: u32,
    /// Where each order stands, and where its last verb came from.
    pub states: BTreeMap<OrderId, (OrderState, Option<OrderState>)>,
    /// Which code let it in.
    windows: BTreeMap<OrderId, Window>,
    /// Places taken of each code.
    pub taken: BTreeMap<Window, u32>,
    /// The first rule that was broken on this road.
    pub broken: Option<&'static str>,
}

impl Books {
    fn hold(&mut self, holds: bool, rule: &'static str) {
        if !holds && self.broken.is_none() {
            self.broken = Some(rule);
        }
    }

    /// Enters an event, with the shop as it was before it.
    pub fn enter(&mut self, event: &Event, before: &Shop) {
        let Some(id) = event.kind.order() else {
            return;
        };
        let was = self.states.get(&id).copied();
        let Some((to, may)) = self.target(&event.kind, was) else {
            return self.hold(false, "something happens to an order that never began");
        };
        let from = was.map(|(state, _)| state);
        let ended_before = from.is_some_and(OrderState::ended);
        let undone = matches!(event.kind, EventKind::OrderUndone { .. });
        self.hold(undone || !ended_before, "an order ends twice");
        self.hold(may, "an illegal transition");
        self.places(&event.kind, id, before.settings.code_places);
        if let EventKind::OrderSubmitted { ticket, .. } = &event.kind {
            self.drawn += 1;
            let drawn = self.drawn;
            self.hold(ticket.0 == drawn, "tickets have a gap or a repeat");
        }
        let due = before
            .orders
            .get(&id)
            .and_then(presso_core::order::Order::deadline);
        let by_time = event.actor == Actor::Clock;
        let passed = due.is_some_and(|at| at <= event.at);
        self.hold(
            from.is_none() || ended_before || by_time == passed,
            "a deadline was early, or a verb after it",
        );
        let back = if undone { None } else { from };
        self.states.insert(id, (to, back));
        let working = self
            .states
            .values()
            .filter(|(state, _)| state.in_progress());
        let working = working.count();
        self.hold(working <= CAPACITY as usize, "more than the shop takes");
    }

    /// Where an event leads, and whether it may happen in that state.
    fn target(
        &self,
        kind: &EventKind,
        was: Option<(OrderState, Option<OrderState>)>,
    ) -> Option<(OrderState, bool)> {
        use OrderState::{Cancelled, Choosing, Collected, Making, Queued, Ready, Swept, TimedOut};
        let Some((from, back)) = was else {
            let begins = matches!(kind, EventKind::OrderStarted { .. });
            return begins.then_some((Choosing, true));
        };
        Some(match kind {
            EventKind::OrderSubmitted { .. } => (Queued, from == Choosing),
            EventKind::OrderClaimed { .. } => (Making, from == Queued),
            EventKind::OrderUnclaimed { .. } => (Queued, from == Making),
            EventKind::OrderTakenOver { .. } => (Making, from == Making),
            EventKind::OrderCompleted { .. } => (Ready, from == Making),
            EventKind::OrderCollected { .. } => (Collected, from == Ready),
            EventKind::OrderCancelled { .. } => (Cancelled, !from.ended()),
            EventKind::OrderTimedOut { .. } => (TimedOut, from.in_progress()),
            EventKind::OrderSwept { .. } => (Swept, from == Ready),
            EventKind::OrderUndone { .. } => {
                let final_one = matches!(from, TimedOut | Swept);
                (back.unwrap_or(from), back.is_some() && !final_one)
            }
            EventKind::OrderHandedOver { .. } => (from, !from.ended()),
            _ => (from, false),
        })
    }

    fn places(&mut self, kind: &EventKind, id: OrderId, places: u32) {
        let change = match kind {
            EventKind::OrderStarted { window, .. } => {
                self.windows.insert(id, *window);
                1
            }
            EventKind::OrderUndone {
                place_retaken: true,
                ..
            } => 1,
            EventKind::OrderCancelled {
                place_returned: true,
                ..
            }
            | EventKind::OrderTimedOut {
                place_returned: true,
                ..
            } => -1,
            _ => 0,
        };
        let Some(window) = self.windows.get(&id) else {
            return;
        };
        let taken = self.taken.entry(*window).or_default();
        let sum = taken.checked_add_signed(change);
        *taken = sum.unwrap_or(0);
        let fits = sum.is_some_and(|taken| taken <= places);
        self.hold(fits, "more places than the code has, or fewer than none");
    }

    /// The shop after the event says the same.
    pub fn compare(&mut self, shop: &Shop) {
        let same = |id: &OrderId| {
            let counted = self.states.get(id).map(|(state, _)| *state);
            counted == shop.orders.get(id).map(|order| order.state)
        };
        let states = shop.orders.keys().all(same);
        // Whom the shop has forgotten has ended.
        let gone = |(id, (state, _)): (&OrderId, &(OrderState, _))| {
            shop.orders.contains_key(id) || state.ended()
        };
        let all = self.states.iter().all(gone);
        self.hold(states && all, "the shop has an order in another state");
        let working = shop.orders.values().filter(|o| o.state.in_progress());
        let working = working.count();
        self.hold(working == shop.in_progress as usize, "the shop miscounts");
        let due = shop.orders.values().filter(|o| o.deadline().is_some());
        let due = due.count();
        self.hold(due == shop.deadlines.len(), "a deadline is lost");
        self.hold(
            shop.tickets.next == self.drawn + 1,
            "the next ticket is wrong",
        );
    }
}

/// A journal that shares its past with other roads.
#[derive(Debug, PartialEq)]
pub struct Link {
    pub event: Event,
    pub before: Option<Arc<Link>>,
}

impl Link {
    /// The shop as this journal has it.
    pub fn replay(newest: Option<&Self>) -> Shop {
        let mut events = Vec::new();
        let mut at = newest;
        while let Some(link) = at {
            events.push(&link.event);
            at = link.before.as_deref();
        }
        let mut shop = empty();
        for event in events.into_iter().rev() {
            evolve(&mut shop, event);
        }
        shop
    }
}

/// For each rule, what is seen when one step breaks it.
pub fn broken_steps() -> Vec<(&'static str, Option<&'static str>)> {
    let id = |n| OrderId(Uuid::from_u128(n));
    let start = |morning: &mut Morning, n: u128| {
        let (window, now) = (window(morning.now), morning.now);
        let Actor::Customer { customer, .. } = customer(0) else {
            return;
        };
        let kind = EventKind::OrderStarted {
            order: id(n),
            customer,
            window,
            place: 1,
            submit_by: now.plus_s(10),
        };
        morning.happen(crate::shop::customer(0), kind);
    };
    let submit = |morning: &mut Morning, n, ticket| {
        let kind = EventKind::OrderSubmitted {
            order: id(n),
            choice: choice(),
            ticket: Ticket(ticket),
            make_by: morning.now.plus_s(20),
        };
        morning.happen(customer(0), kind);
    };
    let cancel = |morning: &mut Morning, n| {
        let kind = EventKind::OrderCancelled {
            order: id(n),
            reason: presso_core::order::CancelReason::Other,
            place_returned: false,
        };
        morning.happen(barista(0), kind);
    };
    let mut rows = Vec::new();
    let mut with = |rule, steps: &dyn Fn(&mut Morning)| {
        let mut morning = Morning::begin();
        steps(&mut morning);
        rows.push((rule, morning.books.broken));
    };
    with("capacity", &|m| (1..=3).for_each(|n| start(m, n)));
    with("a ticket's number", &|m| {
        start(m, 1);
        submit(m, 1, 2);
    });
    with("one end", &|m| {
        start(m, 1);
        cancel(m, 1);
        cancel(m, 1);
    });
    with("the order of states", &|m| {
        start(m, 1);
        m.happen(barista(0), EventKind::OrderCollected { order: id(1) });
    });
    with("the deadline's time", &|m| {
        start(m, 1);
        let (order, place_returned) = (id(1), false);
        let cause = presso_core::order::TimeOutCause::Customer;
        let kind = EventKind::OrderTimedOut {
            order,
            cause,
            place_returned,
        };
        m.happen(Actor::Clock, kind);
    });
    with("verbs end with the deadline", &|m| {
        start(m, 1);
        m.now = Timestamp(m.now.0 + 10_000);
        submit(m, 1, 1);
    });
    with("undo needs a verb", &|m| {
        start(m, 1);
        let (order, verb) = (id(1), Verb::Claim);
        let kind = EventKind::OrderUndone {
            order,
            verb,
            place_retaken: false,
        };
        m.happen(barista(0), kind);
    });
    rows
}
