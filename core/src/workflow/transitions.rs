//! The transition table: state × verb × role.

use crate::order::{OrderState, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What can be done to an order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Order what was chosen.
    Submit,
    /// Call it off.
    Cancel,
    /// Start making it.
    Claim,
    /// Give it back to the queue.
    Unclaim,
    /// Take the claim of a silent tablet.
    TakeOver,
    /// Put it on the counter.
    Complete,
    /// Hand it over.
    Collect,
    /// Take back one's last verb.
    Undo,
    /// Its deadline passed.
    TimeOut,
    /// Nobody came for it.
    Sweep,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 10] = [
        Self::Submit,
        Self::Cancel,
        Self::Claim,
        Self::Unclaim,
        Self::TakeOver,
        Self::Complete,
        Self::Collect,
        Self::Undo,
        Self::TimeOut,
        Self::Sweep,
    ];
    /// The name on the wire; also the last part of its route.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Cancel => "cancel",
            Self::Claim => "claim",
            Self::Unclaim => "unclaim",
            Self::TakeOver => "takeover",
            Self::Complete => "complete",
            Self::Collect => "collect",
            Self::Undo => "undo",
            Self::TimeOut => "time_out",
            Self::Sweep => "sweep",
        }
    }
}

/// Where a transition leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// To this state.
    State(OrderState),
    /// To whatever was before the last verb.
    Back,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Transition {
    /// In this state …
    pub from: OrderState,
    /// … this verb …
    pub verb: Verb,
    /// … by this role …
    pub by: Role,
    /// … leads there, if the verb's own conditions hold.
    pub to: To,
}

const fn row(from: OrderState, verb: Verb, by: Role, to: OrderState) -> Transition {
    Transition {
        from,
        verb,
        by,
        to: To::State(to),
    }
}
const fn back(from: OrderState, by: Role) -> Transition {
    Transition {
        from,
        verb: Verb::Undo,
        by,
        to: To::Back,
    }
}

use OrderState::{Cancelled, Choosing, Collected, Making, Queued, Ready, Swept, TimedOut};
use Role::{Barista, Clock, Customer};

/// All that may happen. What is not here is refused.
pub const TRANSITIONS: &[Transition] = &[
    row(Choosing, Verb::Submit, Customer, Queued),
    row(Choosing, Verb::Cancel, Customer, Cancelled),
    row(Choosing, Verb::Cancel, Barista, Cancelled),
    row(Choosing, Verb::TimeOut, Clock, TimedOut),
    row(Queued, Verb::Cancel, Customer, Cancelled),
    row(Queued, Verb::Cancel, Barista, Cancelled),
    row(Queued, Verb::Claim, Barista, Making),
    row(Queued, Verb::Complete, Barista, Ready),
    row(Queued, Verb::TimeOut, Clock, TimedOut),
    back(Queued, Barista), // an unclaim
    row(Making, Verb::Unclaim, Barista, Queued),
    row(Making, Verb::TakeOver, Barista, Making),
    row(Making, Verb::Complete, Barista, Ready),
    row(Making, Verb::Cancel, Barista, Cancelled),
    row(Making, Verb::TimeOut, Clock, TimedOut),
    back(Making, Barista), // a claim or a take-over
    row(Ready, Verb::Collect, Barista, Collected),
    row(Ready, Verb::Cancel, Barista, Cancelled),
    row(Ready, Verb::Sweep, Clock, Swept),
    back(Ready, Barista),      // a completion
    back(Collected, Barista),  // a hand-over
    back(Cancelled, Customer), // their own cancel
    back(Cancelled, Barista),
];

/// The row for this state, verb and role, if there is one.
#[must_use]
pub fn transition(from: OrderState, verb: Verb, by: Role) -> Option<&'static Transition> {
    TRANSITIONS
        .iter()
        .find(|t| t.from == from && t.verb == verb && t.by == by)
}
