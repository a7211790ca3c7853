//! Orders: the scan, the customer's and the staff's verbs, and reading.

use super::{Call, Endpoint, Nothing};
use crate::board::OrderView;
use crate::code::Code;
use crate::id::{DrinkId, OptionId, OrderId, ShopId};
use crate::journey::Journey;
use crate::order::{CancelReason, OrderState, Role, TimeOutCause};
use crate::time::Timestamp;
use crate::workflow::Verb;
use serde::{Deserialize, Serialize};

/// `POST /v1/shops/{shop}/scans`: takes a place on the code and starts an order.
#[derive(Debug, Clone)]
pub struct Scan {
    /// Where.
    pub shop: ShopId,
    /// What was scanned.
    pub code: Code,
}

/// The body of a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScanBody {
    /// What was scanned, as it was typed or read.
    pub code: String,
}

/// An order was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanAnswer {
    /// Its identifier.
    pub order: OrderId,
    /// By when something must be ordered.
    pub expires_at: Timestamp,
}

/// `POST /v1/orders/{order}/submit`
#[derive(Debug, Clone)]
pub struct Submit {
    /// The order.
    pub order: OrderId,
    /// What.
    pub body: SubmitBody,
}

/// The body of a submit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmitBody {
    /// The drink.
    pub drink: DrinkId,
    /// Chosen options.
    #[serde(default)]
    pub options: Vec<OptionId>,
    /// The name to call, 1 to 40 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// `POST /v1/orders/{order}/cancel`
#[derive(Debug, Clone)]
pub struct Cancel {
    /// The order.
    pub order: OrderId,
    /// Why; `other` when none is given.
    pub reason: Option<CancelReason>,
}

/// The body of a cancel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelBody {
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<CancelReason>,
}

/// `POST /v1/orders/{order}/{claim,unclaim,takeover,complete,collect,undo}`
#[derive(Debug, Clone, Copy)]
pub struct StaffVerb {
    /// The order.
    pub order: OrderId,
    /// Which; [`Verb::Undo`] is also a customer's.
    pub verb: Verb,
}

/// The order after a verb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderAnswer {
    /// Its shop.
    pub shop: ShopId,
    /// As the asker may see it.
    pub order: OrderView,
}

/// `GET /v1/orders/{order}`
#[derive(Debug, Clone, Copy)]
pub struct GetOrder {
    /// Which.
    pub order: OrderId,
}

/// `GET /v1/orders/{order}/journey`
#[derive(Debug, Clone, Copy)]
pub struct GetJourney {
    /// Which.
    pub order: OrderId,
}

/// `GET /v1/me/orders?after=`: one's own, newest first.
#[derive(Debug, Clone, Default)]
pub struct MyOrders {
    /// Cursor: `next` of the page before.
    pub after: Option<String>,
}

/// `GET /v1/shops/{shop}/orders?state=&after=`: for staff, newest first.
#[derive(Debug, Clone)]
pub struct ListOrders {
    /// Where.
    pub shop: ShopId,
    /// Only those in this state.
    pub state: Option<OrderState>,
    /// Cursor: `next` of the page before.
    pub after: Option<String>,
}

/// `GET /v1/shops/{shop}/orders?ending=&search=&after=`: those that have ended, newest first.
#[derive(Debug, Clone)]
pub struct FindOrders {
    /// Where.
    pub shop: ShopId,
    /// How they ended.
    pub ending: EndedHow,
    /// A ticket's number, or an order's identifier.
    pub search: Option<String>,
    /// Cursor: `next` of the page before.
    pub after: Option<String>,
}

/// How orders ended, to choose by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedHow {
    /// However it was.
    Any,
    /// Handed over.
    Collected,
    /// Not collected in time.
    Swept,
    /// Cancelled by this side.
    CancelledBy(Role),
    /// Timed out because of this side.
    TimedOutBy(TimeOutCause),
}

impl EndedHow {
    /// Every choice.
    pub const ALL: [Self; 7] = [
        Self::Any,
        Self::Collected,
        Self::Swept,
        Self::CancelledBy(Role::Customer),
        Self::CancelledBy(Role::Barista),
        Self::TimedOutBy(TimeOutCause::Customer),
        Self::TimedOutBy(TimeOutCause::Barista),
    ];
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Collected => "collected",
            Self::Swept => "swept",
            Self::CancelledBy(Role::Customer) => "cancelled_by_customer",
            Self::CancelledBy(_) => "cancelled_by_barista",
            Self::TimedOutBy(TimeOutCause::Customer) => "timed_out_by_customer",
            Self::TimedOutBy(TimeOutCause::Barista) => "timed_out_by_barista",
        }
    }
    /// The state that it left them in, where that is one.
    #[must_use]
    pub const fn state(self) -> Option<OrderState> {
        match self {
            Self::Any => None,
            Self::Collected => Some(OrderState::Collected),
            Self::Swept => Some(OrderState::Swept),
            Self::CancelledBy(_) => Some(OrderState::Cancelled),
            Self::TimedOutBy(_) => Some(OrderState::TimedOut),
        }
    }
    /// Whose doing it was, as the ending names them.
    #[must_use]
    pub const fn side(self) -> Option<&'static str> {
        match self {
            Self::Any | Self::Collected | Self::Swept => None,
            Self::CancelledBy(Role::Customer) | Self::TimedOutBy(TimeOutCause::Customer) => {
                Some("customer")
            }
            Self::CancelledBy(_) | Self::TimedOutBy(TimeOutCause::Barista) => Some("barista"),
        }
    }
}

/// Some orders, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    /// At most 50.
    pub orders: Vec<OrderAnswer>,
    /// The next page's cursor; none at the end.
    pub next: Option<String>,
}

impl Endpoint for Scan {
    type Answer = ScanAnswer;
    fn call(&self) -> Call {
        let body = ScanBody {
            code: self.code.as_str().into(),
        };
        Call::post(format!("/v1/shops/{}/scans", self.shop), &body)
    }
}
impl Endpoint for Submit {
    type Answer = OrderAnswer;
    fn call(&self) -> Call {
        Call::post(format!("/v1/orders/{}/submit", self.order), &self.body)
    }
}
impl Endpoint for Cancel {
    type Answer = OrderAnswer;
    fn call(&self) -> Call {
        let body = CancelBody {
            reason: self.reason,
        };
        Call::post(format!("/v1/orders/{}/cancel", self.order), &body)
    }
}
impl Endpoint for StaffVerb {
    type Answer = OrderAnswer;
    fn call(&self) -> Call {
        Call::post(
            format!("/v1/orders/{}/{}", self.order, self.verb.name()),
            &Nothing {},
        )
    }
}
impl Endpoint for GetOrder {
    type Answer = OrderAnswer;
    fn call(&self) -> Call {
        Call::get(format!("/v1/orders/{}", self.order))
    }
}
impl Endpoint for GetJourney {
    type Answer = Journey;
    fn call(&self) -> Call {
        Call::get(format!("/v1/orders/{}/journey", self.order))
    }
}
impl Endpoint for MyOrders {
    type Answer = OrderPage;
    fn call(&self) -> Call {
        Call::get(with_query(
            "/v1/me/orders".into(),
            &[("after", self.after.as_deref())],
        ))
    }
}
impl Endpoint for ListOrders {
    type Answer = OrderPage;
    fn call(&self) -> Call {
        let path = format!("/v1/shops/{}/orders", self.shop);
        let state = self.state.map(OrderState::name);
        Call::get(with_query(
            path,
            &[("state", state), ("after", self.after.as_deref())],
        ))
    }
}

impl Endpoint for FindOrders {
    type Answer = OrderPage;
    fn call(&self) -> Call {
        let path = format!("/v1/shops/{}/orders", self.shop);
        // Neither a number nor an identifier has anything else; the server refuses what does.
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        };
        let search = self.search.as_ref();
        let search = search.map(|text| text.chars().map(plain).collect::<String>());
        let (search, after) = (search.as_deref(), self.after.as_deref());
        let ending = Some(self.ending.name());
        let pairs = [("ending", ending), ("search", search), ("after", after)];
        Call::get(with_query(path, &pairs))
    }
}

/// Cursors and states are URL-safe as they are.
fn with_query(path: String, pairs: &[(&str, Option<&str>)]) -> String {
    let given = pairs
        .iter()
        .filter_map(|(k, v)| v.map(|v| format!("{k}={v}")));
    let query = given.collect::<Vec<_>>().join("&");
    if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    }
}
