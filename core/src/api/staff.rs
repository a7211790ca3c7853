//! A shop's staff, as who runs the shop sees them: invited, listed, given another role or another
//! link, removed. These routes take no idempotency key.

use super::{Call, Endpoint, LinkAnswer, Nothing};
use crate::id::{ShopId, StaffId};
use crate::order::StaffRole;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// `GET /v1/shops/{shop}/staff`: who works there, and who is invited.
#[derive(Debug, Clone)]
pub struct ListStaff {
    /// Where.
    pub shop: ShopId,
}

/// `POST /v1/shops/{shop}/staff`: one more.
#[derive(Debug, Clone)]
pub struct InviteStaff {
    /// Where.
    pub shop: ShopId,
    /// Whom.
    pub body: InviteStaffBody,
}

/// Whom to invite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InviteStaffBody {
    /// As colleagues read it, 1 to 40 characters.
    pub name: String,
    /// Barista or manager; organisers are not of one shop.
    pub role: StaffRole,
}

/// `PUT /v1/shops/{shop}/staff/{staff}`: gives another role. Open sessions have it at once.
#[derive(Debug, Clone)]
pub struct ChangeStaff {
    /// Where.
    pub shop: ShopId,
    /// Whose.
    pub staff: StaffId,
    /// Which.
    pub body: ChangeStaffBody,
}

/// Another role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeStaffBody {
    /// As of an invitation.
    pub role: StaffRole,
}

/// `DELETE /v1/shops/{shop}/staff/{staff}`: out at once, wherever they are signed in.
#[derive(Debug, Clone)]
pub struct RemoveStaff {
    /// Where.
    pub shop: ShopId,
    /// Whom.
    pub staff: StaffId,
}

/// `POST /v1/shops/{shop}/staff/{staff}/link`: another link for one of them, in place of one that
/// nobody used yet. Whoever is in already comes in on one more device.
#[derive(Debug, Clone)]
pub struct LinkStaff {
    /// Where.
    pub shop: ShopId,
    /// For whom.
    pub staff: StaffId,
}

/// `POST /v1/organisers`: for the `presso` command.
#[derive(Debug, Clone)]
pub struct InviteOrganiser {
    /// Whom.
    pub body: InviteOrganiserBody,
}

/// Whom to invite as an organiser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InviteOrganiserBody {
    /// As colleagues read it, 1 to 40 characters.
    pub name: String,
}

/// `GET /v1/organisers`: who runs the whole event, and who is invited to. For the `presso` command.
#[derive(Debug, Clone, Copy)]
pub struct ListOrganisers;

/// `DELETE /v1/organisers/{staff}`: out at once, wherever they are signed in, and their name erased.
#[derive(Debug, Clone, Copy)]
pub struct RemoveOrganiser {
    /// Whom.
    pub staff: StaffId,
}

/// `POST /v1/organisers/{staff}/link`: another link for one of them, as of staff.
#[derive(Debug, Clone, Copy)]
pub struct LinkOrganiser {
    /// For whom.
    pub staff: StaffId,
}

/// Staff: managers first, then by name; at most 1,000.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAnswer {
    /// They.
    pub staff: Vec<StaffView>,
}

/// One of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffView {
    /// What they are called where they are changed.
    pub staff: StaffId,
    /// As colleagues read it; none once it was erased.
    pub name: Option<String>,
    /// What they may do.
    pub role: StaffRole,
    /// Have they ever come in?
    pub joined: bool,
    /// Have they a PIN?
    #[serde(default)]
    pub has_pin: bool,
    /// Until when a link waits for them that nobody used yet.
    pub link_until: Option<Timestamp>,
    /// Is it who asks?
    pub current: bool,
}

/// An invitation: the link is shown this once, and kept nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedAnswer {
    /// Who was invited.
    pub staff: StaffId,
    /// To be opened once.
    pub link: String,
    /// Until when.
    pub expires_at: Timestamp,
}

impl fmt::Debug for InvitedAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvitedAnswer")
            .field("staff", &self.staff)
            .finish_non_exhaustive()
    }
}

const ORGANISERS: &str = "/v1/organisers";

fn of_shop(shop: &ShopId) -> String {
    format!("/v1/shops/{shop}/staff")
}

impl Endpoint for ListStaff {
    type Answer = StaffAnswer;
    fn call(&self) -> Call {
        Call::get(of_shop(&self.shop))
    }
}
impl Endpoint for InviteStaff {
    type Answer = InvitedAnswer;
    fn call(&self) -> Call {
        Call::post(of_shop(&self.shop), &self.body).unkeyed()
    }
}
impl Endpoint for ChangeStaff {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::put(
            format!("{}/{}", of_shop(&self.shop), self.staff),
            &self.body,
        )
        .unkeyed()
    }
}
impl Endpoint for RemoveStaff {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::delete(format!("{}/{}", of_shop(&self.shop), self.staff))
    }
}
impl Endpoint for LinkStaff {
    type Answer = LinkAnswer;
    fn call(&self) -> Call {
        let path = format!("{}/{}/link", of_shop(&self.shop), self.staff);
        Call::post(path, &Nothing {}).unkeyed()
    }
}
impl Endpoint for InviteOrganiser {
    type Answer = LinkAnswer;
    fn call(&self) -> Call {
        Call::post(ORGANISERS.into(), &self.body).unkeyed()
    }
}
impl Endpoint for ListOrganisers {
    type Answer = StaffAnswer;
    fn call(&self) -> Call {
        Call::get(ORGANISERS.into())
    }
}
impl Endpoint for RemoveOrganiser {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::delete(format!("{ORGANISERS}/{}", self.staff))
    }
}
impl Endpoint for LinkOrganiser {
    type Answer = LinkAnswer;
    fn call(&self) -> Call {
        let path = format!("{ORGANISERS}/{}/link", self.staff);
        Call::post(path, &Nothing {}).unkeyed()
    }
}
