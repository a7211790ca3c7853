//! Pairing a device after RFC 8628: it shows a short code, whoever runs the shop says yes, and the
//! device, which has asked all the while, is let in. These routes take no idempotency key.

use super::{Call, Endpoint, Tokens};
use crate::id::ShopId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// `POST /v1/devices`: a device that wants to be let in.
#[derive(Debug, Clone, Copy)]
pub struct BeginPairing {
    /// As what.
    pub wants: DeviceFor,
}

/// As what a device wants to be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeginPairingBody {
    /// As what.
    #[serde(rename = "for")]
    pub wants: DeviceFor,
}

/// What a device can be let in as: no more than it needs, so never as a manager's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceFor {
    /// A screen.
    Display,
    /// A barista's tablet.
    Barista,
}

/// A pairing that has begun.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairingAnswer {
    /// What the device asks with. A secret: it is shown to nobody.
    pub device_code: String,
    /// What the device shows, as `BCDF-GHJK`.
    pub user_code: String,
    /// Until when.
    pub expires_at: Timestamp,
    /// How long to wait between asking, seconds.
    pub interval_s: u32,
}

impl fmt::Debug for PairingAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PairingAnswer")
            .field("user_code", &self.user_code)
            .finish_non_exhaustive()
    }
}

/// `POST /v1/devices/token`: has somebody said yes?
#[derive(Clone)]
pub struct ClaimPairing {
    /// The device's own code.
    pub device_code: String,
}

/// The body of such a question.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimPairingBody {
    /// The device's own code.
    pub device_code: String,
}

/// `POST /v1/shops/{shop}/devices`: lets in the device that shows this code.
#[derive(Debug, Clone)]
pub struct ApprovePairing {
    /// Where.
    pub shop: ShopId,
    /// Which, and whose.
    pub body: ApprovePairingBody,
}

/// Which device is let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovePairingBody {
    /// What it shows; small letters, spaces and dashes do not matter.
    pub user_code: String,
    /// A tablet: its barista's name, 1 to 40 characters. A display: ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// It will be let in when it asks next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairedAnswer {
    /// As what.
    #[serde(rename = "for")]
    pub paired: DeviceFor,
}

impl Endpoint for BeginPairing {
    type Answer = PairingAnswer;
    fn call(&self) -> Call {
        let wants = self.wants;
        Call::post("/v1/devices".into(), &BeginPairingBody { wants }).unkeyed()
    }
}
impl Endpoint for ClaimPairing {
    type Answer = Tokens;
    fn call(&self) -> Call {
        let device_code = self.device_code.clone();
        let body = ClaimPairingBody { device_code };
        Call::post("/v1/devices/token".into(), &body).unkeyed()
    }
}
impl Endpoint for ApprovePairing {
    type Answer = PairedAnswer;
    fn call(&self) -> Call {
        Call::post(format!("/v1/shops/{}/devices", self.shop), &self.body).unkeyed()
    }
}
