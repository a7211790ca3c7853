//! One order: its states, who acts on it, and what it remembers.

use crate::code::Window;
use crate::id::{CustomerId, OrderId, StaffId, TabletId};
use crate::menu::Choice;
use crate::time::Timestamp;
use crate::workflow::Verb;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where an order is in its life.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// The code was scanned; the customer is choosing.
    Choosing,
    /// Ordered, ticket drawn, nobody makes it yet.
    Queued,
    /// A barista has claimed it.
    Making,
    /// It stands on the counter.
    Ready,
    /// Handed over. An end.
    Collected,
    /// Ready, not collected in time, swept from the board. An end.
    Swept,
    /// Cancelled by either side. An end.
    Cancelled,
    /// A deadline passed. An end.
    TimedOut,
}

impl OrderState {
    /// Every state, in the order of a happy life, ends last.
    pub const ALL: [Self; 8] = [
        Self::Choosing,
        Self::Queued,
        Self::Making,
        Self::Ready,
        Self::Collected,
        Self::Swept,
        Self::Cancelled,
        Self::TimedOut,
    ];
    /// Does it count against capacity and the customer's limit? Scanned, neither ready nor ended.
    #[must_use]
    pub const fn in_progress(self) -> bool {
        matches!(self, Self::Choosing | Self::Queued | Self::Making)
    }
    /// Is its life over (undo aside)?
    #[must_use]
    pub const fn ended(self) -> bool {
        matches!(
            self,
            Self::Collected | Self::Swept | Self::Cancelled | Self::TimedOut
        )
    }
    /// Which of an order's deadlines counts in this state; none once ended.
    #[must_use]
    pub const fn deadline(
        self,
        submit_by: Timestamp,
        make_by: Option<Timestamp>,
        sweep_at: Option<Timestamp>,
    ) -> Option<Timestamp> {
        match self {
            Self::Choosing => Some(submit_by),
            Self::Queued | Self::Making => make_by,
            Self::Ready => sweep_at,
            Self::Collected | Self::Swept | Self::Cancelled | Self::TimedOut => None,
        }
    }
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Choosing => "choosing",
            Self::Queued => "queued",
            Self::Making => "making",
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Swept => "swept",
            Self::Cancelled => "cancelled",
            Self::TimedOut => "timed_out",
        }
    }
}

/// The short number called out; from 1 in each period of a shop.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Ticket(pub u32);

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who acts. Carries identifiers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A customer, under this shop's pseudonym.
    Customer {
        /// The pseudonym.
        customer: CustomerId,
        /// Have they shown that a number or an address is theirs?
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        verified: bool,
    },
    /// A member of this shop's staff.
    Staff {
        /// Who.
        staff: StaffId,
        /// What they may do.
        role: StaffRole,
        /// On which tablet.
        tablet: TabletId,
    },
    /// A deadline passed, or a tablet fell silent.
    Clock,
    /// Whoever runs the server, by the `presso` command.
    Operator,
}

/// What a member of staff may do; a manager may do all that a barista may.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Works the queue, opens and closes, switches drinks off.
    Barista,
    /// Also changes settings and the menu, and says who else works here.
    Manager,
    /// Runs the whole event: a manager in every shop, who also makes shops.
    Organiser,
}

impl Actor {
    /// A customer who has shown nothing of themselves.
    #[must_use]
    pub const fn guest(customer: CustomerId) -> Self {
        Self::Customer {
            customer,
            verified: false,
        }
    }
    /// The role as the transition table names it.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::Customer { .. } => Role::Customer,
            Self::Staff { .. } => Role::Barista,
            Self::Clock => Role::Clock,
            Self::Operator => Role::Operator,
        }
    }
    /// May it change settings and the menu?
    #[must_use]
    pub const fn manages(&self) -> bool {
        matches!(
            self,
            Self::Operator
                | Self::Staff {
                    role: StaffRole::Manager | StaffRole::Organiser,
                    ..
                }
        )
    }
    /// May it set up a shop?
    #[must_use]
    pub const fn makes_shops(&self) -> bool {
        matches!(
            self,
            Self::Operator
                | Self::Staff {
                    role: StaffRole::Organiser,
                    ..
                }
        )
    }
    /// The same person, on whatever device?
    #[must_use]
    pub fn is_same_person(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Customer { customer: a, .. }, Self::Customer { customer: b, .. }) => a == b,
            (Self::Staff { staff: a, .. }, Self::Staff { staff: b, .. }) => a == b,
            (a, b) => a == b,
        }
    }
}

/// The columns of the transition table.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The customer whose order it is.
    Customer,
    /// Any of the shop's staff.
    Barista,
    /// Time itself.
    Clock,
    /// Whoever runs the server; has no verbs on orders.
    Operator,
}

/// A barista has taken an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Whose it is.
    pub staff: StaffId,
    /// On which tablet it was claimed.
    pub tablet: TabletId,
    /// Since when.
    pub since: Timestamp,
}

/// Why an order was cancelled; an enumerated reason, since free text may name people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// The customer thought better of it.
    ChangedMind,
    /// It takes too long.
    TooLong,
    /// Ordered by mistake.
    Mistake,
    /// Something it needs ran out.
    OutOfStock,
    /// Nobody came.
    NoShow,
    /// The shop closes.
    Closing,
    /// None of these.
    Other,
}

impl CancelReason {
    /// What a customer may give.
    pub const CUSTOMER: [Self; 4] = [Self::ChangedMind, Self::TooLong, Self::Mistake, Self::Other];
    /// What staff may give.
    pub const STAFF: [Self; 5] = [
        Self::OutOfStock,
        Self::NoShow,
        Self::Mistake,
        Self::Closing,
        Self::Other,
    ];
}

/// Who let a deadline pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeOutCause {
    /// Nothing was ordered in time.
    Customer,
    /// The drink was not made in time.
    Barista,
}

/// How an order ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Ending {
    /// Handed over.
    Collected,
    /// Not collected in time.
    Swept,
    /// Cancelled.
    Cancelled {
        /// Which side: [`Role::Customer`] or [`Role::Barista`].
        by: Role,
        /// Why.
        reason: CancelReason,
    },
    /// Timed out.
    TimedOut {
        /// Who let it pass.
        cause: TimeOutCause,
    },
}

/// An order as the shop holds it; screens get an [`crate::board::OrderView`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its identifier.
    pub id: OrderId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The window of the code that admitted it.
    pub window: Window,
    /// Where it is.
    pub state: OrderState,
    /// When the code was scanned.
    pub started_at: Timestamp,
    /// By when it must be ordered.
    pub submit_by: Timestamp,
    /// What was ordered.
    pub choice: Option<Choice>,
    /// Its number, once ordered.
    pub ticket: Option<Ticket>,
    /// When it was ordered.
    pub submitted_at: Option<Timestamp>,
    /// By when it must be made.
    pub make_by: Option<Timestamp>,
    /// Who makes it.
    pub claim: Option<Claim>,
    /// When it was ready.
    pub ready_at: Option<Timestamp>,
    /// When it leaves the board.
    pub sweep_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// Its place on the code was given back, and not taken again.
    pub place_returned: bool,
    /// The last verb that a person did to it, while it may be undone.
    pub last: Option<LastVerb>,
    /// Version of the last event that touched it.
    pub version: u64,
}

/// A verb that may be undone, and what to go back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastVerb {
    /// The verb.
    pub verb: Verb,
    /// Who did it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// What the order was before.
    pub before: Before,
}

/// The part of an order that a verb changes and undo restores; deadlines are not among it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The state.
    pub state: OrderState,
    /// The claim.
    pub claim: Option<Claim>,
    /// When it was ready.
    pub ready_at: Option<Timestamp>,
    /// When it would leave the board.
    pub sweep_at: Option<Timestamp>,
}

impl Order {
    /// The instant at which time itself acts on it; none once ended.
    #[must_use]
    pub const fn deadline(&self) -> Option<Timestamp> {
        self.state
            .deadline(self.submit_by, self.make_by, self.sweep_at)
    }
    /// Deadlines keep their instants: the one that would count again if the last verb were undone.
    #[must_use]
    pub fn deadline_after_undo(&self) -> Option<Timestamp> {
        let before = &self.last.as_ref()?.before;
        before
            .state
            .deadline(self.submit_by, self.make_by, before.sweep_at)
    }
    /// What undo would restore, were the next verb undone.
    #[must_use]
    pub const fn before(&self) -> Before {
        Before {
            state: self.state,
            claim: self.claim,
            ready_at: self.ready_at,
            sweep_at: self.sweep_at,
        }
    }
}
