//! Sessions as those see them who have them, or who run the shop: listed, and ended.

use super::{Call, Endpoint, Nothing, Who};
use crate::id::ShopId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `GET /v1/me/sessions`: one's own, on whatever device.
#[derive(Debug, Clone, Copy)]
pub struct OwnSessions;

/// `GET /v1/shops/{shop}/sessions`: those of the shop's staff and displays.
#[derive(Debug, Clone)]
pub struct ShopSessions {
    /// Where.
    pub shop: ShopId,
}

/// `DELETE /v1/shops/{shop}/sessions/{session}`: ends one of them, open sockets included.
#[derive(Debug, Clone)]
pub struct EndShopSession {
    /// Where.
    pub shop: ShopId,
    /// Which, as it was listed.
    pub session: Uuid,
}

/// `POST /v1/session/end-all`: signs out everywhere, here too.
#[derive(Debug, Clone, Copy)]
pub struct EndAllSessions;

/// Sessions that are alive, the one used last first; at most 1,000.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsAnswer {
    /// They.
    pub sessions: Vec<SessionView>,
}

/// One session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// What it is called where it is ended.
    pub session: Uuid,
    /// Whose.
    pub who: Who,
    /// Their name, where they have one.
    pub name: Option<String>,
    /// Since when; none of sessions that are older than this note.
    pub began_at: Option<Timestamp>,
    /// When it was renewed last: every ten minutes while it is used.
    pub used_at: Timestamp,
    /// Is it the one that asks?
    pub current: bool,
}

impl Endpoint for OwnSessions {
    type Answer = SessionsAnswer;
    fn call(&self) -> Call {
        Call::get("/v1/me/sessions".into())
    }
}
impl Endpoint for ShopSessions {
    type Answer = SessionsAnswer;
    fn call(&self) -> Call {
        Call::get(format!("/v1/shops/{}/sessions", self.shop))
    }
}
impl Endpoint for EndShopSession {
    type Answer = Nothing;
    fn call(&self) -> Call {
        let Self { shop, session } = self;
        Call::delete(format!("/v1/shops/{shop}/sessions/{session}"))
    }
}
impl Endpoint for EndAllSessions {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::post("/v1/session/end-all".into(), &Nothing {}).unkeyed()
    }
}
