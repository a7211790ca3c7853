//! Changing hands at one tablet: whoever works at the shop and has a PIN comes in at a tablet that
//! is signed in already. These routes take no idempotency key.

use super::{Call, Endpoint, Nothing, Tokens};
use crate::id::{ShopId, StaffId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A PIN's fewest digits.
pub const PIN_LEAST: usize = 4;
/// A PIN's most digits.
pub const PIN_MOST: usize = 6;

/// Why a text is no PIN to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinFault {
    /// It has other than four to six digits.
    Malformed,
    /// One digit over and over, or digits in a row: the first that anybody tries.
    Easy,
}

/// Is this four to six digits?
#[must_use]
pub fn is_pin(text: &str) -> bool {
    (PIN_LEAST..=PIN_MOST).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// What is wrong with a PIN that somebody wants to set.
#[must_use]
pub fn pin_fault(text: &str) -> Option<PinFault> {
    if !is_pin(text) {
        return Some(PinFault::Malformed);
    }
    let steps = text.as_bytes().windows(2);
    let mut steps = steps.map(|pair| i16::from(pair[1]) - i16::from(pair[0]));
    let first = steps.next()?;
    let even = (-1..=1).contains(&first) && steps.all(|step| step == first);
    even.then_some(PinFault::Easy)
}

/// `GET /v1/shops/{shop}/colleagues`: who may come in at this tablet by a PIN.
#[derive(Debug, Clone)]
pub struct ListColleagues {
    /// Where.
    pub shop: ShopId,
}

/// Those of the shop's staff who have a PIN, by name; at most 1,000.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColleaguesAnswer {
    /// They.
    pub colleagues: Vec<ColleagueView>,
}

/// Somebody who has a PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColleagueView {
    /// Who.
    pub staff: StaffId,
    /// As colleagues read it.
    pub name: Option<String>,
    /// Is it who asks?
    pub current: bool,
}

/// `PUT /v1/me/pin`: sets one's own.
#[derive(Clone)]
pub struct PutPin {
    /// Which, and the one before.
    pub body: PutPinBody,
}

/// A new PIN.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutPinBody {
    /// Four to six digits.
    pub pin: String,
    /// The one before, where there is one: a try at it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
}

/// `POST /v1/me/pin`: is this one's own? To go on at a tablet that was locked.
#[derive(Clone)]
pub struct CheckPin {
    /// What was typed.
    pub pin: String,
}

/// What was typed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckPinBody {
    /// Four to six digits.
    pub pin: String,
}

/// `DELETE /v1/shops/{shop}/staff/{staff}/pin`: has none any more, and may set another.
#[derive(Debug, Clone)]
pub struct ClearPin {
    /// Where.
    pub shop: ShopId,
    /// Whose.
    pub staff: StaffId,
}

/// `POST /v1/session/switch`: comes in at a tablet that another session has signed in.
#[derive(Clone)]
pub struct Switch {
    /// Who.
    pub staff: StaffId,
    /// What they typed.
    pub pin: String,
}

/// Who comes in.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwitchBody {
    /// Who.
    pub staff: StaffId,
    /// What they typed.
    pub pin: String,
}

impl fmt::Debug for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Switch")
            .field("staff", &self.staff)
            .finish_non_exhaustive()
    }
}

impl Endpoint for ListColleagues {
    type Answer = ColleaguesAnswer;
    fn call(&self) -> Call {
        Call::get(format!("/v1/shops/{}/colleagues", self.shop))
    }
}
impl Endpoint for PutPin {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::put("/v1/me/pin".into(), &self.body).unkeyed()
    }
}
impl Endpoint for CheckPin {
    type Answer = Nothing;
    fn call(&self) -> Call {
        let pin = self.pin.clone();
        Call::post("/v1/me/pin".into(), &CheckPinBody { pin }).unkeyed()
    }
}
impl Endpoint for ClearPin {
    type Answer = Nothing;
    fn call(&self) -> Call {
        let Self { shop, staff } = self;
        Call::delete(format!("/v1/shops/{shop}/staff/{staff}/pin"))
    }
}
impl Endpoint for Switch {
    type Answer = Tokens;
    fn call(&self) -> Call {
        let body = SwitchBody {
            staff: self.staff,
            pin: self.pin.clone(),
        };
        Call::post("/v1/session/switch".into(), &body).unkeyed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_four_to_six_digits_and_is_not_the_first_that_anybody_tries() {
        for good in ["2580", "19734", "905512", "1357", "1123"] {
            assert_eq!(pin_fault(good), None, "{good}");
        }
        for easy in ["0000", "1234", "987654", "55555", "3210"] {
            assert_eq!(pin_fault(easy), Some(PinFault::Easy), "{easy}");
        }
        for odd in ["", "123", "1234567", "12a4", "12 4", "\u{661}234"] {
            assert_eq!(pin_fault(odd), Some(PinFault::Malformed), "{odd}");
        }
    }
}
