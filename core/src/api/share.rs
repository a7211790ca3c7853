//! Sharing a journey: its customer makes a link by which anyone may look at it, without anybody's
//! name or pseudonym. The link's secret travels in a fragment and in a body, never in an address.

use super::{Call, Endpoint, Nothing};
use crate::id::OrderId;
use crate::journey::{Step, Waiting};
use crate::order::Ticket;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// `POST /v1/orders/{order}/share`: a link to its journey, in place of the one before.
#[derive(Debug, Clone, Copy)]
pub struct ShareJourney {
    /// Of which order.
    pub order: OrderId,
}

/// The link, told once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedLink {
    /// It carries its secret in the fragment.
    pub link: String,
    /// When it ends by itself.
    pub ends_at: Timestamp,
}

/// Whoever knows the link can look, so it is not printed.
impl std::fmt::Debug for SharedLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ends_at = &self.ends_at;
        let mut shown = f.debug_struct("SharedLink");
        shown.field("ends_at", ends_at).finish_non_exhaustive()
    }
}

/// `DELETE /v1/orders/{order}/share`: the link leads nowhere any more.
#[derive(Debug, Clone, Copy)]
pub struct UnshareJourney {
    /// Of which order.
    pub order: OrderId,
}

/// `POST /v1/shared`: the journey that a link leads to.
#[derive(Debug, Clone)]
pub struct ReadShared {
    /// The secret of the link's fragment.
    pub secret: String,
}

/// The body of that.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadSharedBody {
    /// The secret of the link's fragment.
    pub secret: String,
}

/// A journey without its order's identifier, and without anybody of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedJourney {
    /// The shop's name.
    pub shop_name: String,
    /// The order's number, once drawn.
    pub ticket: Option<Ticket>,
    /// What happened, first thing first.
    pub steps: Vec<Step>,
    /// What it waits for now; nothing once it has ended.
    pub waiting: Option<Waiting>,
    /// When the link ends by itself.
    pub ends_at: Timestamp,
}

impl Endpoint for ShareJourney {
    type Answer = SharedLink;
    fn call(&self) -> Call {
        Call::post(format!("/v1/orders/{}/share", self.order), &Nothing {}).unkeyed()
    }
}
impl Endpoint for UnshareJourney {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::delete(format!("/v1/orders/{}/share", self.order))
    }
}
impl Endpoint for ReadShared {
    type Answer = SharedJourney;
    fn call(&self) -> Call {
        let secret = self.secret.clone();
        Call::post("/v1/shared".into(), &ReadSharedBody { secret }).unkeyed()
    }
}
