//! Words for the values of the workflow.

use crate::t;
use presso_core::order::CancelReason;

/// A reason as its customer would give it.
#[must_use]
pub fn reason(reason: CancelReason) -> String {
    match reason {
        CancelReason::ChangedMind => t!("reason-changed-mind"),
        CancelReason::TooLong => t!("reason-too-long"),
        CancelReason::Mistake => t!("reason-mistake"),
        CancelReason::Other => t!("reason-other"),
        CancelReason::OutOfStock | CancelReason::NoShow | CancelReason::Closing => {
            reason_staff(reason)
        }
    }
}

/// A reason as the staff would give it.
#[must_use]
pub fn reason_staff(reason: CancelReason) -> String {
    match reason {
        CancelReason::OutOfStock => t!("reason-out-of-stock"),
        CancelReason::NoShow => t!("reason-no-show"),
        CancelReason::Closing => t!("reason-closing"),
        CancelReason::Mistake => t!("reason-mistake"),
        CancelReason::ChangedMind => t!("reason-changed-mind"),
        CancelReason::TooLong => t!("reason-too-long"),
        CancelReason::Other => t!("reason-other"),
    }
}

/// Why the shop cancelled an order, as a sentence to its customer.
#[must_use]
pub fn cancelled_because(reason: CancelReason) -> String {
    match reason {
        CancelReason::OutOfStock => t!("because-out-of-stock"),
        CancelReason::NoShow => t!("because-no-show"),
        CancelReason::Closing => t!("because-closing"),
        CancelReason::Mistake => t!("because-mistake"),
        CancelReason::ChangedMind | CancelReason::TooLong | CancelReason::Other => {
            t!("because-other")
        }
    }
}
