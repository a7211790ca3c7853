//! Sessions: how guests, staff and displays get in. These routes take no idempotency key.

use super::{Call, Endpoint, Nothing};
use crate::id::{CustomerId, ShopId, StaffId, TabletId};
use crate::order::{Actor, StaffRole};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Who a session is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Who {
    /// A customer; a pseudonym is known to each shop.
    Guest {
        /// The same for all of this phone's sessions until it signs out.
        account: Uuid,
        /// Where they have shown by a one-time code that a number or an address is theirs.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        verified: Vec<Verified>,
    },
    /// One of a shop's staff.
    Staff {
        /// Where.
        shop: ShopId,
        /// Who.
        staff: StaffId,
        /// What they may do.
        role: StaffRole,
        /// On which device.
        tablet: TabletId,
        /// They came in by their PIN, at a device that somebody else had signed in: for a shift, as
        /// a barista and no more.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_pin: bool,
    },
    /// A shop's screen.
    Display {
        /// Where.
        shop: ShopId,
    },
    /// Who runs the whole event: a manager in every shop.
    Organiser {
        /// Who.
        staff: StaffId,
        /// On which device.
        tablet: TabletId,
    },
    /// The `presso` command beside the server.
    Operator,
}

/// A customer who has signed in at a shop.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Verified {
    /// Where.
    pub shop: ShopId,
    /// Whom the number or address belongs to there: the same on every phone.
    pub account: Uuid,
}

impl Who {
    /// Whose session it is, where that is one of the staff, and on which device.
    #[must_use]
    pub const fn member(&self) -> Option<(StaffId, TabletId)> {
        match self {
            Self::Staff { staff, tablet, .. } | Self::Organiser { staff, tablet } => {
                Some((*staff, *tablet))
            }
            Self::Guest { .. } | Self::Display { .. } | Self::Operator => None,
        }
    }
    /// Did they come in by their PIN?
    #[must_use]
    pub const fn by_pin(&self) -> bool {
        matches!(self, Self::Staff { by_pin: true, .. })
    }
    /// What they may do, where they are of the staff.
    #[must_use]
    pub const fn role(&self) -> Option<StaffRole> {
        match self {
            Self::Staff { role, .. } => Some(*role),
            Self::Organiser { .. } => Some(StaffRole::Organiser),
            Self::Guest { .. } | Self::Display { .. } | Self::Operator => None,
        }
    }
    /// A guest who has signed in nowhere.
    #[must_use]
    pub const fn guest(account: Uuid) -> Self {
        Self::Guest {
            account,
            verified: Vec::new(),
        }
    }
    /// The account that they have signed in to at this shop.
    #[must_use]
    pub fn verified_at(&self, shop: &ShopId) -> Option<Uuid> {
        match self {
            Self::Guest { verified, .. } => {
                let here = verified.iter().find(|one| one.shop == *shop)?;
                Some(here.account)
            }
            _ => None,
        }
    }
    /// As an actor in the workflow, for asking [`crate::workflow::offers`] on a screen. A guest's
    /// pseudonym is the server's business: the nil one stands for "whoever looks at their own".
    #[must_use]
    pub fn actor(&self) -> Option<Actor> {
        Some(match self {
            Self::Guest { .. } => Actor::guest(CustomerId(Uuid::nil())),
            Self::Staff {
                staff,
                role,
                tablet,
                ..
            } => Actor::Staff {
                staff: *staff,
                role: *role,
                tablet: *tablet,
            },
            Self::Organiser { staff, tablet } => Actor::Staff {
                staff: *staff,
                role: StaffRole::Organiser,
                tablet: *tablet,
            },
            Self::Operator => Actor::Operator,
            Self::Display { .. } => return None,
        })
    }
}

/// `POST /v1/session/guest`
#[derive(Debug, Clone, Copy)]
pub struct BeginGuest;

/// `POST /v1/session/link`: redeems a single-use link.
#[derive(Clone)]
pub struct RedeemLink {
    /// The secret from the link's fragment.
    pub secret: String,
}

/// The body of a link's redemption.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedeemLinkBody {
    /// The secret.
    pub secret: String,
}

/// `POST /v1/session/refresh`
#[derive(Clone)]
pub struct Refresh {
    /// The refresh token.
    pub refresh: String,
}

/// The body of a refresh, and of a session's end.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefreshBody {
    /// The refresh token.
    pub refresh: String,
}

/// `POST /v1/session/end`
#[derive(Clone)]
pub struct EndSession {
    /// The refresh token.
    pub refresh: String,
}

/// A session. Never printed, never passed to a webview's page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// For the `Authorization` header and the realtime hello.
    pub access: String,
    /// When it must have been renewed.
    pub access_expires_at: Timestamp,
    /// For the next session; used once.
    pub refresh: String,
    /// Who it is.
    pub who: Who,
    /// Their name, where they have one.
    pub name: Option<String>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("who", &self.who)
            .finish_non_exhaustive()
    }
}

/// `POST /v1/shops/{shop}/links`: a single-use link for a member of staff or a display.
#[derive(Debug, Clone)]
pub struct CreateLink {
    /// Where.
    pub shop: ShopId,
    /// For whom.
    pub body: LinkBody,
}

/// For whom a link is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkBody {
    /// For what.
    #[serde(rename = "for")]
    pub link_for: LinkFor,
    /// Staff: their name, 1 to 40 characters. Display: ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What a link lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkFor {
    /// A barista's tablet.
    Barista,
    /// A manager's.
    Manager,
    /// A screen.
    Display,
}

/// A link, its secret in the fragment.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkAnswer {
    /// To be opened once.
    pub link: String,
    /// Until when.
    pub expires_at: Timestamp,
}

impl Endpoint for BeginGuest {
    type Answer = Tokens;
    fn call(&self) -> Call {
        Call::post("/v1/session/guest".into(), &Nothing {}).unkeyed()
    }
}
impl Endpoint for RedeemLink {
    type Answer = Tokens;
    fn call(&self) -> Call {
        let body = RedeemLinkBody {
            secret: self.secret.clone(),
        };
        Call::post("/v1/session/link".into(), &body).unkeyed()
    }
}
impl Endpoint for Refresh {
    type Answer = Tokens;
    fn call(&self) -> Call {
        let body = RefreshBody {
            refresh: self.refresh.clone(),
        };
        Call::post("/v1/session/refresh".into(), &body).unkeyed()
    }
}
impl Endpoint for EndSession {
    type Answer = Nothing;
    fn call(&self) -> Call {
        let body = RefreshBody {
            refresh: self.refresh.clone(),
        };
        Call::post("/v1/session/end".into(), &body).unkeyed()
    }
}
impl Endpoint for CreateLink {
    type Answer = LinkAnswer;
    fn call(&self) -> Call {
        Call::post(format!("/v1/shops/{}/links", self.shop), &self.body).unkeyed()
    }
}
