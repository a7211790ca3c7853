//! What to alert a customer about: decided here, so that a phone with its screen off and a page
//! agree. The words are the apps'.

use super::OrderView;
use crate::order::{CancelReason, Ending, OrderState, Role, Ticket, TimeOutCause};
use serde::{Deserialize, Serialize};

/// Something to be told of at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "alert", rename_all = "snake_case")]
pub enum Alert {
    /// It stands on the counter.
    Ready {
        /// Its number.
        ticket: Ticket,
    },
    /// A correction: it was called ready and is not.
    NotReadyAfterAll {
        /// Its number.
        ticket: Ticket,
    },
    /// The shop called it off.
    Cancelled {
        /// Why.
        reason: CancelReason,
    },
    /// A deadline passed.
    TimedOut {
        /// Who let it pass.
        cause: TimeOutCause,
    },
}

/// What the step from one view of an order to the next means for its customer. `before` is none
/// on a first sight, which alerts of nothing: one sees it on the screen.
#[must_use]
pub fn alert(before: Option<&OrderView>, after: &OrderView) -> Option<Alert> {
    let before = before.filter(|b| b.order == after.order && b.version < after.version)?;
    if before.state == after.state {
        return None;
    }
    match (after.state, after.ticket, after.ending) {
        (OrderState::Ready, Some(ticket), _) if !before.state.ended() => {
            Some(Alert::Ready { ticket })
        }
        (state, Some(ticket), _) if state.in_progress() && before.state == OrderState::Ready => {
            Some(Alert::NotReadyAfterAll { ticket })
        }
        (
            _,
            _,
            Some(Ending::Cancelled {
                by: Role::Barista,
                reason,
            }),
        ) => Some(Alert::Cancelled { reason }),
        (_, _, Some(Ending::TimedOut { cause })) => Some(Alert::TimedOut { cause }),
        _ => None,
    }
}
