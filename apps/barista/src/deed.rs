//! What a barista asks of an order, and who asks.

use presso_core::id::{ShopId, StaffId};
use presso_core::order::CancelReason;
use presso_core::workflow::Verb;
use serde::{Deserialize, Serialize};

/// What was asked of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A verb that says all.
    Verb(Verb),
    /// Cancelling, which has a reason.
    Cancel(CancelReason),
}

impl Deed {
    /// The verb, without a reason.
    #[must_use]
    pub const fn verb(self) -> Verb {
        match self {
            Self::Verb(verb) => verb,
            Self::Cancel(_) => Verb::Cancel,
        }
    }
    /// Is the order over after it?
    #[must_use]
    pub const fn ends(self) -> bool {
        matches!(self.verb(), Verb::Collect | Verb::Cancel)
    }
}

/// Whose tap it was: only under this person's session may it be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Where they work.
    pub shop: ShopId,
    /// Who they are.
    pub staff: StaffId,
    /// What they are called, to tell a colleague whose taps are still here.
    pub name: Option<String>,
}

impl Hand {
    /// Are both the same person at the same shop?
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.shop == other.shop && self.staff == other.staff
    }
}
