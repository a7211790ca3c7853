//! I4, and the small model of an order's life that I1, I3, I5 and I6 count with: it knows the
//! events' kinds and nothing of how the server folds them.

use super::{Found, History, Invariant};
use presso_core::code::Window;
use presso_core::id::OrderId;
use presso_core::order::OrderState;
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, EventKind, Verb};
use std::collections::BTreeMap;

/// One order, as its events tell it.
#[derive(Debug, Clone)]
pub(super) struct Life {
    pub(super) state: OrderState,
    pub(super) window: Window,
    pub(super) ticket: Option<u32>,
    submit_by: Timestamp,
    make_by: Option<Timestamp>,
    sweep_at: Option<Timestamp>,
    /// The last verb that a person may take back: which, and where that leads.
    last: Option<(Verb, OrderState)>,
}

impl Life {
    /// When time acts on it; none once it has ended.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match self.state {
            OrderState::Choosing => Some(self.submit_by),
            OrderState::Queued | OrderState::Making => self.make_by,
            OrderState::Ready => self.sweep_at,
            _ => None,
        }
    }
}

/// What one event did to an order's life.
pub(super) struct Step {
    pub(super) was: Option<Life>,
    pub(super) now: Life,
}

/// Every order's life so far.
#[derive(Default)]
pub(super) struct Lives(pub(super) BTreeMap<OrderId, Life>);

impl Lives {
    /// Takes in an event; none where it is about no order, an error where it may not happen now.
    pub(super) fn step(&mut self, event: &Event) -> Result<Option<Step>, String> {
        let Some(id) = event.kind.order() else {
            if matches!(event.kind, EventKind::PeriodStarted { .. }) {
                // Nothing of the period before can be taken back.
                self.0.values_mut().for_each(|life| life.last = None);
            }
            return Ok(None);
        };
        let was = self.0.get(&id).cloned();
        let now = after(was.as_ref(), &event.kind)?;
        self.0.insert(id, now.clone());
        Ok(Some(Step { was, now }))
    }
}

fn after(was: Option<&Life>, kind: &EventKind) -> Result<Life, String> {
    use OrderState::{Cancelled, Choosing, Collected, Making, Queued, Ready, Swept, TimedOut};
    let name = kind.name();
    let mut life = match (was, kind) {
        (
            None,
            EventKind::OrderStarted {
                window, submit_by, ..
            },
        ) => {
            return Ok(Life {
                state: Choosing,
                window: *window,
                ticket: None,
                submit_by: *submit_by,
                make_by: None,
                sweep_at: None,
                last: None,
            });
        }
        (None, _) => return Err(format!("{name} of an order that never began")),
        (Some(_), EventKind::OrderStarted { .. }) => return Err("it begins twice".into()),
        (Some(was), _) => was.clone(),
    };
    let from = life.state;
    if matches!(kind, EventKind::OrderHandedOver { .. }) {
        return match from.ended() {
            true => Err(format!(
                "{name} of an order that has ended: {}",
                from.name()
            )),
            false => Ok(life),
        };
    }
    let (verb, to) = match kind {
        EventKind::OrderSubmitted {
            ticket, make_by, ..
        } => {
            (life.ticket, life.make_by) = (Some(ticket.0), Some(*make_by));
            (Verb::Submit, Queued)
        }
        EventKind::OrderClaimed { .. } => (Verb::Claim, Making),
        EventKind::OrderUnclaimed { .. } => (Verb::Unclaim, Queued),
        EventKind::OrderTakenOver { .. } => (Verb::TakeOver, Making),
        EventKind::OrderCompleted { sweep_at, .. } => {
            life.sweep_at = Some(*sweep_at);
            (Verb::Complete, Ready)
        }
        EventKind::OrderCollected { .. } => (Verb::Collect, Collected),
        EventKind::OrderCancelled { .. } => (Verb::Cancel, Cancelled),
        EventKind::OrderTimedOut { .. } => (Verb::TimeOut, TimedOut),
        EventKind::OrderSwept { .. } => (Verb::Sweep, Swept),
        EventKind::OrderUndone { verb, .. } => {
            let Some((last, back)) = life.last.take().filter(|(last, _)| last == verb) else {
                return Err(format!(
                    "{verb:?} is taken back, which was not its last verb"
                ));
            };
            debug_assert_eq!(last, *verb);
            life.state = back;
            return Ok(life);
        }
        _ => return Err(format!("{name} is no event of an order")),
    };
    let legal = match verb {
        Verb::Submit => from == Choosing,
        Verb::Claim => from == Queued,
        Verb::Unclaim | Verb::TakeOver | Verb::Complete => from == Making,
        Verb::Collect | Verb::Sweep => from == Ready,
        Verb::Cancel => !from.ended(),
        Verb::TimeOut => from.in_progress(),
        Verb::Undo => false,
    };
    if !legal {
        return Err(match from.ended() {
            true => format!("{name} of an order that has ended: {}", from.name()),
            false => format!("{name} of an order that is {}", from.name()),
        });
    }
    let undoable = !matches!(verb, Verb::Submit | Verb::TimeOut | Verb::Sweep);
    life.last = undoable.then_some((verb, from));
    life.state = to;
    Ok(life)
}

/// I4: each event of an order may happen when it does.
pub(super) fn legal(history: &History) -> Found {
    let mut found = Found::new(Invariant::I4);
    let mut lives = Lives::default();
    for event in &history.journal {
        if let Err(why) = lives.step(event) {
            let order = event.kind.order().map(|id| format!("order {id}: "));
            found.at(event.version, false, || order.unwrap_or_default() + &why);
        }
    }
    found
}
