//! Alerts that reach a phone whose page is closed: web push. These routes take no idempotency key:
//! subscribing again replaces, and unsubscribing twice changes nothing.

use super::{Call, Endpoint, Nothing};
use crate::board::Alert;
use crate::id::{OrderId, ShopId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// `GET /v1/push/key`: whom a browser is to let send.
#[derive(Debug, Clone, Copy)]
pub struct GetPushKey;

/// The server's public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushKeyAnswer {
    /// A point on P-256, uncompressed, in URL-safe base64: what `applicationServerKey` takes.
    pub key: String,
}

/// `PUT /v1/shops/{shop}/push`: alerts about one's orders at this shop go to this browser, too,
/// from now on and until the session ends.
#[derive(Debug, Clone)]
pub struct Subscribe {
    /// Where.
    pub shop: ShopId,
    /// How the browser is reached.
    pub body: SubscribeBody,
}

/// How a browser is reached: what its `PushSubscription` says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubscribeBody {
    /// Where messages are left for it: at its vendor's push service.
    pub endpoint: String,
    /// Its public key, base64.
    pub p256dh: String,
    /// Its secret for messages, base64.
    pub auth: String,
}

/// Whoever knows these can write to the phone, so they are not printed.
impl fmt::Debug for SubscribeBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubscribeBody").finish_non_exhaustive()
    }
}

/// `DELETE /v1/push`: this session gets no more such alerts, from no shop.
#[derive(Debug, Clone, Copy)]
pub struct Unsubscribe;

/// What travels to the browser, encrypted for it alone. It has no words: those wait in the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushMessage {
    /// Where.
    pub shop: ShopId,
    /// Which order.
    pub order: OrderId,
    /// What to tell.
    #[serde(flatten)]
    pub alert: Alert,
}

impl Endpoint for GetPushKey {
    type Answer = PushKeyAnswer;
    fn call(&self) -> Call {
        Call::get("/v1/push/key".into())
    }
}
impl Endpoint for Subscribe {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::put(format!("/v1/shops/{}/push", self.shop), &self.body).unkeyed()
    }
}
impl Endpoint for Unsubscribe {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::delete("/v1/push".into())
    }
}
