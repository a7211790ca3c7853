//! One order's whole history: a timeline, and the path it took through the state graph.

use crate::board::Audience;
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
    /// The verb; none for the scan, which has no state before it.
    pub verb: Option<Verb>,
    /// For [`Verb::Undo`]: what was undone.
    pub undid: Option<Verb>,
    /// Which side.
    pub by: Role,
    /// Who of the staff; hidden from customers.
    pub staff: Option<StaffId>,
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
    };
    // The state in front of each verb that could still be undone.
    let mut before = OrderState::Choosing;
    for event in events.iter().filter(|e| e.kind.order() == Some(order)) {
        let from = journey.steps.last().map(|s: &Step| s.to);
        let Some((verb, to)) = meaning(&event.kind, before) else {
            continue;
        };
        if let EventKind::OrderSubmitted { ticket, .. } = event.kind {
            journey.ticket = Some(ticket);
        }
        if verb != Some(Verb::Undo) {
            before = from.unwrap_or(to);
        }
        journey
            .steps
            .push(step(event, verb, from, to, journey.steps.last(), audience));
    }
    journey
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
