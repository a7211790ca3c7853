//! What others put on the bus: their keys, and their events. Those can start rules and never touch
//! an order.

use super::{Call, Endpoint, Nothing};
use crate::id::ShopId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use uuid::Uuid;

/// The longest `detail` of an event, bytes.
pub const MAX_DETAIL: usize = 16 * 1024;

/// `POST /v1/shops/{shop}/events`, under a source's key.
#[derive(Debug, Clone)]
pub struct PutEvent {
    /// On whose bus.
    pub shop: ShopId,
    /// What.
    pub body: PutEventBody,
}

/// An event, as EventBridge's `PutEvents` has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutEventBody {
    /// Who puts it: the source whose key it is.
    pub source: String,
    /// What it is.
    #[serde(rename = "detail-type")]
    pub detail_type: String,
    /// What it says: an object of at most 16 KiB.
    pub detail: serde_json::Map<String, Value>,
}

/// It is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutEventAnswer {
    /// The `id` of its envelopes.
    pub id: Uuid,
}

/// `GET /v1/shops/{shop}/sources`: who may put events there.
#[derive(Debug, Clone)]
pub struct ListSources {
    /// Where.
    pub shop: ShopId,
}
/// `POST /v1/shops/{shop}/sources`: lets one more.
#[derive(Debug, Clone)]
pub struct AddSource {
    /// Where.
    pub shop: ShopId,
    /// Whom.
    pub body: AddSourceBody,
}
/// `DELETE /v1/shops/{shop}/sources/{source}`: its key is good no more.
#[derive(Debug, Clone)]
pub struct RemoveSource {
    /// Where.
    pub shop: ShopId,
    /// Whose.
    pub source: String,
}

/// A source by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddSourceBody {
    /// The `source` of its events.
    pub source: String,
}

/// The key of a new source; told once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceKey {
    /// Whose.
    pub source: String,
    /// To be sent as `Authorization: Bearer`.
    pub key: String,
}

/// Whoever knows the key can put events, so it is not printed.
impl fmt::Debug for SourceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceKey").finish_non_exhaustive()
    }
}

/// All of a shop, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcesAnswer {
    /// They.
    pub sources: Vec<SourceView>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceView {
    /// The `source` of its events.
    pub source: String,
    /// Since when.
    pub added_at: Timestamp,
}

impl Endpoint for PutEvent {
    type Answer = PutEventAnswer;
    fn call(&self) -> Call {
        Call::post(format!("/v1/shops/{}/events", self.shop), &self.body)
    }
}
impl Endpoint for ListSources {
    type Answer = SourcesAnswer;
    fn call(&self) -> Call {
        Call::get(format!("/v1/shops/{}/sources", self.shop))
    }
}
impl Endpoint for AddSource {
    type Answer = SourceKey;
    fn call(&self) -> Call {
        Call::post(format!("/v1/shops/{}/sources", self.shop), &self.body).unkeyed()
    }
}
impl Endpoint for RemoveSource {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::delete(format!("/v1/shops/{}/sources/{}", self.shop, self.source))
    }
}
