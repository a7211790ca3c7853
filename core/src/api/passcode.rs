//! Signing in by one-time code: a customer shows that a number or an address is theirs. "Code" alone
//! is what the shop's screen shows, so this one is called a passcode.

use super::{Call, Endpoint, Nothing};
use crate::id::ShopId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many digits a one-time code has.
pub const PASSCODE_DIGITS: usize = 6;

/// `POST /v1/session/code`: asks for a one-time code. The answer is the same whether or not the
/// number is known.
#[derive(Clone)]
pub struct AskPasscode {
    /// All of it.
    pub body: AskPasscodeBody,
}

/// Where to send a one-time code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskPasscodeBody {
    /// For signing in at which shop.
    pub shop: ShopId,
    /// A number as +49 170 1234567, or an e-mail address.
    pub to: String,
}

/// A one-time code is on its way, or is not: that is told to nobody but its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasscodeAnswer {
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// When another one may be asked for.
    pub resend_at: Timestamp,
}

/// `POST /v1/session/verify`: signs in with the one-time code that this session asked for. The next
/// access token of the session says so: renew it at once.
#[derive(Clone)]
pub struct VerifyPasscode {
    /// All of it.
    pub body: VerifyPasscodeBody,
}

/// A one-time code, and where it came.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifyPasscodeBody {
    /// At which shop.
    pub shop: ShopId,
    /// The number or address that it was asked for with.
    pub to: String,
    /// The six digits.
    pub code: String,
}

impl Endpoint for AskPasscode {
    type Answer = PasscodeAnswer;
    fn call(&self) -> Call {
        Call::post("/v1/session/code".into(), &self.body).unkeyed()
    }
}
impl Endpoint for VerifyPasscode {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::post("/v1/session/verify".into(), &self.body).unkeyed()
    }
}
