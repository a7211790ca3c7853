//! What became of a tap that was not done: told on the order's card, or beside the lanes.

use crate::deed::Deed;
use presso_core::api::Problem;
use presso_core::board::OrderView;
use presso_core::id::OrderId;
use presso_core::order::{Actor, Ending, Role, Ticket};
use presso_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// For how long a refusal that one waited for is shown beside the lanes, milliseconds. One about a
/// tap that had waited for the network stays until it was read.
pub const NOTE_MS: i64 = 12_000;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// The order had been cancelled.
    Cancelled {
        /// By its customer, else by the shop.
        by_customer: bool,
    },
    /// Its time had run out.
    TimedOut,
    /// It had been handed over, or swept from the counter.
    Gone,
    /// A colleague makes it.
    TakenOver {
        /// Their name, where they have one.
        by: Option<String>,
    },
    /// Any other refusal, by the problem's code.
    Refused {
        /// The stable code.
        code: String,
    },
    /// Undoing is a matter of seconds, and does not wait for a network.
    UndoOffline,
    /// More taps wait than are kept.
    TooMany,
    /// It waited for longer than taps are kept.
    TooOld,
}

impl Why {
    /// Reads a refusal by what the order has become since (as `actor` sees it), where that is
    /// known.
    #[must_use]
    pub fn of(problem: &Problem, order: Option<&OrderView>, actor: &Actor) -> Self {
        let claim = order.and_then(|o| o.claim.as_ref());
        match order.and_then(|o| o.ending) {
            Some(Ending::Cancelled { by, .. }) => Self::Cancelled {
                by_customer: by == Role::Customer,
            },
            Some(Ending::TimedOut { .. }) => Self::TimedOut,
            Some(Ending::Collected | Ending::Swept) => Self::Gone,
            None => match claim.filter(|claim| !claim.is_of(actor)) {
                Some(claim) => Self::TakenOver {
                    by: claim.name.clone(),
                },
                None => Self::Refused {
                    code: problem.code.clone(),
                },
            },
        }
    }
}

/// Something that was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Of which order.
    pub order: OrderId,
    /// Its number.
    pub ticket: Option<Ticket>,
    /// Why not.
    pub why: Why,
    /// What was not done: what was refused, and what rested on it.
    pub deeds: Vec<Deed>,
    /// When that was learnt.
    pub at: Timestamp,
    /// It stays until it was read.
    pub lasting: bool,
    /// The order's version that the screen showed then: with a newer one a passing note is beside
    /// the point.
    #[serde(default)]
    pub(crate) version: u64,
}

impl Note {
    /// Is it still worth a place beside the lanes?
    #[must_use]
    pub const fn fresh(&self, now: Timestamp) -> bool {
        self.lasting || now.ms_since(self.at) < NOTE_MS
    }
}
