//! I2: tickets run 1, 2, 3 … in each period.

use super::{Found, History, Invariant};
use presso_core::workflow::EventKind;

pub(super) fn drawn_in_order(history: &History) -> Found {
    let mut found = Found::new(Invariant::I2);
    let (mut period, mut next) = (0, 1);
    for event in &history.journal {
        match &event.kind {
            EventKind::PeriodStarted { period: new, .. } => {
                found.at(event.version, *new == period + 1, || {
                    format!("period {new} after {period}")
                });
                (period, next) = (*new, 1);
            }
            EventKind::OrderSubmitted { ticket, .. } => {
                found.at(event.version, ticket.0 == next, || {
                    format!("ticket {ticket} where {next} was due, in period {period}")
                });
                next = ticket.0 + 1;
            }
            _ => {}
        }
    }
    found
}
