//! One order's whole history: a timeline, what it waits for now, and the path it took through the
//! state graph ([`graph()`]).

mod graph;

pub use graph::{Arrow, Graph, Node, graph};

use crate::board::{Audience, Names};
use crate::id::{OrderId, StaffId};
use crate::order::{Actor, CancelReason, OrderState, Role, Ticket, TimeOutCause};
use crate::time::Timestamp;
use crate::workflow::{Event, EventKind, Verb};
use serde::{Deserialize, Serialize};

/// One order's whole history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journey {
    /// The order.
    pub order: OrderId,
    /// Its number, once drawn.
    pub ticket: Option<Ticket>,
    /// What happened, first thing first.
    pub steps: Vec<Step>,
    /// What it waits for now; nothing once it has ended.
    pub waiting: Option<Waiting>,
}

/// What an order waits for in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Awaited {
    /// That its customer chooses and orders.
    Choice,
    /// That a barista takes it.
    Barista,
    /// That the drink is made.
    Drink,
    /// That somebody fetches it.
    Collection,
}

impl Awaited {
    /// What an order in this state waits for; nothing once it has ended.
    #[must_use]
    pub const fn in_state(state: OrderState) -> Option<Self> {
        match state {
            OrderState::Choosing => Some(Self::Choice),
            OrderState::Queued => Some(Self::Barista),
            OrderState::Making => Some(Self::Drink),
            OrderState::Ready => Some(Self::Collection),
            OrderState::Collected
            | OrderState::Swept
            | OrderState::Cancelled
            | OrderState::TimedOut => None,
        }
    }
}

/// What an order waits for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// What for.
    #[serde(rename = "for")]
    pub awaited: Awaited,
    /// Since when.
    pub since: Timestamp,
    /// When time itself acts on it.
    pub until: Option<Timestamp>,
}

/// One step of a journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The event's version in the shop's stream.
    pub version: u64,
    /// When.
    pub at: Timestamp,
    /// How long the order had waited for it, milliseconds since the step before.
    pub waited_ms: i64,
    /// What it had waited for meanwhile; none for the scan, and where an ending is taken back.
    pub waited_for: Option<Awaited>,
    /// The verb; none for the scan, which has no state before it.
    pub verb: Option<Verb>,
    /// For [`Verb::Undo`]: what was undone.
    pub undid: Option<Verb>,
    /// Which side.
    pub by: Role,
    /// Who of the staff; hidden from customers.
    pub staff: Option<StaffId>,
    /// Their name, as long as there is one; hidden from customers.
    pub name: Option<String>,
    /// The state before; none for the scan.
    pub from: Option<OrderState>,
    /// The state after.
    pub to: OrderState,
    /// Why it was cancelled.
    pub reason: Option<CancelReason>,
    /// Who let the deadline pass.
    pub cause: Option<TimeOutCause>,
}

/// The journey of an order, from its shop's events (those of other orders are passed over).
#[must_use]
pub fn journey(order: OrderId, events: &[Event], audience: Audience) -> Journey {
    let mut journey = Journey {
        order,
        ticket: None,
        steps: Vec::new(),
        waiting: None,
    };
    let (mut submit_by, mut make_by, mut sweep_at) = (Timestamp::default(), None, None);
    // The state in front of each verb that could still be undone.
    let mut before = OrderState::Choosing;
    for event in events.iter().filter(|e| e.kind.order() == Some(order)) {
        let from = journey.steps.last().map(|s: &Step| s.to);
        let Some((verb, to)) = meaning(&event.kind, before) else {
            continue;
        };
        match event.kind {
            EventKind::OrderStarted { submit_by: by, .. } => submit_by = by,
            EventKind::OrderSubmitted {
                ticket,
                make_by: by,
                ..
            } => (journey.ticket, make_by) = (Some(ticket), Some(by)),
            EventKind::OrderCompleted { sweep_at: at, .. } => sweep_at = Some(at),
            _ => {}
        }
        if verb != Some(Verb::Undo) {
            before = from.unwrap_or(to);
        }
        journey
            .steps
            .push(step(event, verb, from, to, journey.steps.last(), audience));
    }
    journey.waiting = journey.steps.last().and_then(|last| {
        Some(Waiting {
            awaited: Awaited::in_state(last.to)?,
            since: last.at,
            until: last.to.deadline(submit_by, make_by, sweep_at),
        })
    });
    journey
}

impl Journey {
    /// With the names of whom it shows of the staff.
    #[must_use]
    pub fn named(mut self, names: &impl Names) -> Self {
        for step in &mut self.steps {
            step.name = step.staff.and_then(|staff| names.of_staff(staff));
        }
        self
    }
}

fn step(
    event: &Event,
    verb: Option<Verb>,
    from: Option<OrderState>,
    to: OrderState,
    last: Option<&Step>,
    audience: Audience,
) -> Step {
    Step {
        version: event.version,
        at: event.at,
        waited_ms: last.map_or(0, |s| event.at.ms_since(s.at)),
        waited_for: from.and_then(Awaited::in_state),
        verb,
        undid: match event.kind {
            EventKind::OrderUndone { verb, .. } => Some(verb),
            _ => None,
        },
        by: event.actor.role(),
        staff: match event.actor {
            Actor::Staff { staff, .. } if audience == Audience::Staff => Some(staff),
            _ => None,
        },
        name: None,
        from,
        to,
        reason: match event.kind {
            EventKind::OrderCancelled { reason, .. } => Some(reason),
            _ => None,
        },
        cause: match event.kind {
            EventKind::OrderTimedOut { cause, .. } => Some(cause),
            _ => None,
        },
    }
}

const fn meaning(kind: &EventKind, before: OrderState) -> Option<(Option<Verb>, OrderState)> {
    Some(match kind {
        EventKind::OrderStarted { .. } => (None, OrderState::Choosing),
        EventKind::OrderSubmitted { .. } => (Some(Verb::Submit), OrderState::Queued),
        EventKind::OrderClaimed { .. } => (Some(Verb::Claim), OrderState::Making),
        EventKind::OrderUnclaimed { .. } => (Some(Verb::Unclaim), OrderState::Queued),
        EventKind::OrderTakenOver { .. } => (Some(Verb::TakeOver), OrderState::Making),
        EventKind::OrderCompleted { .. } => (Some(Verb::Complete), OrderState::Ready),
        EventKind::OrderCollected { .. } => (Some(Verb::Collect), OrderState::Collected),
        EventKind::OrderCancelled { .. } => (Some(Verb::Cancel), OrderState::Cancelled),
        EventKind::OrderTimedOut { .. } => (Some(Verb::TimeOut), OrderState::TimedOut),
        EventKind::OrderSwept { .. } => (Some(Verb::Sweep), OrderState::Swept),
        EventKind::OrderUndone { .. } => (Some(Verb::Undo), before),
        _ => return None,
    })
}
