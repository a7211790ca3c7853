//! The one error body: RFC 9457 problem details, with a stable code.

use crate::menu::OffMenu;
use crate::workflow::Rejection;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The media type of a problem.
pub const PROBLEM_TYPE: &str = "application/problem+json";

/// What went wrong with a request. `code` is stable; `title` is for developers, people read the
/// sentence that an app has for the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// A URI reference that names the kind of problem: `/problems/{code}`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short sentence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code, as `shop_full`.
    pub code: String,
    /// The field of the request that is wrong, as `options`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The rejection itself, where the workflow refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejection: Option<Rejection>,
    /// After how many seconds it is worth trying again; also the `Retry-After` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

impl Problem {
    /// A problem of this status, code and sentence.
    #[must_use]
    pub fn new(status: u16, code: &str, title: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{code}"),
            title: title.into(),
            status,
            code: code.into(),
            field: None,
            rejection: None,
            retry_after_s: None,
        }
    }
    /// With the field that is wrong.
    #[must_use]
    pub fn at(self, field: impl Into<String>) -> Self {
        Self {
            field: Some(field.into()),
            ..self
        }
    }
    /// With a time after which to try again.
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        Self {
            retry_after_s: Some(seconds),
            ..self
        }
    }
    /// Is it worth trying again as it is?
    #[must_use]
    pub const fn retry(&self) -> bool {
        matches!(self.status, 429 | 502 | 503 | 504)
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        let problem = Self::new(rejection.status(), rejection.code(), rejection.to_string());
        Self {
            field: rejection.field(),
            rejection: Some(rejection),
            ..problem
        }
    }
}

impl Rejection {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ShopUnknown => "shop_unknown",
            Self::ShopExists => "shop_exists",
            Self::ShopClosed => "shop_closed",
            Self::ShopFull { .. } => "shop_full",
            Self::CodeUsedUp { .. } => "code_used_up",
            Self::CodeExpired => "code_expired",
            Self::CodeUnknown => "code_unknown",
            Self::AlreadyOrdered { .. } => "already_ordered",
            Self::DailyLimit { .. } => "daily_limit",
            Self::SignInNeeded => "sign_in_needed",
            Self::OrderUnknown => "order_unknown",
            Self::NotAllowed => "not_allowed",
            Self::NotOnMenu { why } => why.code(),
            Self::OrderAlreadyClaimed { .. } => "order_already_claimed",
            Self::NotYourClaim => "not_your_claim",
            Self::NotTakeable => "not_takeable",
            Self::OrderBeingMade => "order_being_made",
            Self::OrderEnded { .. } => "order_ended",
            Self::WrongState { .. } => "wrong_state",
            Self::DeadlinePassed => "deadline_passed",
            Self::ReasonNotYours => "reason_not_yours",
            Self::NothingToUndo => "nothing_to_undo",
            Self::UndoTooLate { .. } => "undo_too_late",
            Self::CustomerHasOther => "customer_has_other",
            Self::OrdersAlive => "orders_alive",
            Self::MenuEmpty => "menu_empty",
            Self::DrinkUnknown { .. } => "drink_unknown",
            Self::OptionUnknown { .. } => "option_unknown",
            Self::BadSettings(_) => "bad_settings",
            Self::BadMenu(_) => "bad_menu",
        }
    }
    /// The HTTP status it answers with.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotAllowed | Self::SignInNeeded => 403,
            Self::ShopUnknown
            | Self::OrderUnknown
            | Self::CodeUnknown
            | Self::DrinkUnknown { .. }
            | Self::OptionUnknown { .. } => 404,
            Self::CodeExpired => 410,
            Self::NotOnMenu { .. }
            | Self::ReasonNotYours
            | Self::BadSettings(_)
            | Self::BadMenu(_) => 422,
            _ => 409,
        }
    }
    /// The field of the request that is wrong, where one is.
    #[must_use]
    pub fn field(&self) -> Option<String> {
        Some(match self {
            Self::CodeUnknown | Self::CodeExpired | Self::CodeUsedUp { .. } => "code".into(),
            Self::NotOnMenu { why } => why.field().into(),
            Self::ReasonNotYours => "reason".into(),
            Self::DrinkUnknown { .. } => "drink".into(),
            Self::OptionUnknown { .. } => "option".into(),
            Self::BadSettings(bad) => bad.field.clone(),
            Self::BadMenu(bad) => bad.field.clone(),
            _ => return None,
        })
    }
}

impl OffMenu {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownDrink => "drink_not_on_menu",
            Self::DrinkOff => "drink_off",
            Self::UnknownOption { .. } => "option_not_on_menu",
            Self::OptionOff { .. } => "option_off",
            Self::OptionTwice { .. } => "option_twice",
            Self::TooManyOptions { .. } => "too_many_options",
            Self::MissingOption { .. } => "missing_option",
        }
    }
    /// The field of the request that is wrong.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::UnknownDrink | Self::DrinkOff => "drink",
            _ => "options",
        }
    }
}
