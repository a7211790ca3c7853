//! What identity wants written. The engine's writer does it, in the transaction of its batch.

use super::pin::PinHash;
use super::secret::Hash;
use presso_core::api::{LinkFor, Who};
use presso_core::id::{ShopId, StaffId, TabletId};
use presso_core::order::StaffRole;
use presso_core::time::Timestamp;
use uuid::Uuid;

/// How long a refresh token goes on being good after it was exchanged, in case the answer was
/// lost, milliseconds.
pub const GRACE_MS: i64 = 30_000;
/// How long a session lives unused, milliseconds.
pub const SESSION_MS: i64 = 30 * 86_400_000;

/// How long a session that began by a PIN lives, used or not, milliseconds.
pub const SHIFT_MS: i64 = 12 * 3_600_000;

/// A session to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFamily {
    /// Its identifier, fresh.
    pub id: Uuid,
    /// Of its first refresh token.
    pub refresh: Hash,
}

/// Somebody comes in at a device that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// The device's own session.
    pub under: Uuid,
    /// Where.
    pub shop: ShopId,
    /// Who.
    pub staff: StaffId,
    /// On which device.
    pub tablet: TabletId,
    /// What their PIN was compared with: a PIN that was changed meanwhile lets nobody in.
    pub compared: PinHash,
    /// The session to begin.
    pub family: NewFamily,
}

/// A write, atomic by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Begin a session for somebody who needs no leave.
    Begin {
        /// Who.
        who: Who,
        /// The session.
        family: NewFamily,
    },
    /// Keep a display's link.
    AddLink {
        /// Of its secret.
        secret: Hash,
        /// Where it lets in.
        shop: ShopId,
        /// Until when.
        expires_at: Timestamp,
    },
    /// One more of the staff, and a link for them.
    Invite {
        /// Where; none: an organiser.
        shop: Option<ShopId>,
        /// Who, fresh.
        staff: StaffId,
        /// As what.
        role: StaffRole,
        /// As colleagues read it.
        name: String,
        /// Of the link's secret.
        secret: Hash,
        /// Until when.
        expires_at: Timestamp,
    },
    /// Another link for one of the staff, in place of those that nobody used.
    LinkAgain {
        /// Where; none: an organiser.
        shop: Option<ShopId>,
        /// The manager who asks for it; none where it is an organiser or the command.
        by: Option<StaffId>,
        /// Who.
        staff: StaffId,
        /// Of the link's secret.
        secret: Hash,
        /// Until when.
        expires_at: Timestamp,
    },
    /// Give one of the staff another role.
    ChangeRole {
        /// Where.
        shop: ShopId,
        /// Who.
        staff: StaffId,
        /// Which.
        role: StaffRole,
    },
    /// Put one of the staff out, wherever they are signed in.
    Remove {
        /// Where; none: an organiser, whose name goes too.
        shop: Option<ShopId>,
        /// Who.
        staff: StaffId,
    },
    /// Let in whoever has the link's secret, once.
    RedeemLink {
        /// Of the secret given.
        secret: Hash,
        /// For a new member of staff, fresh.
        staff: StaffId,
        /// For their device, fresh.
        tablet: TabletId,
        /// The session to begin.
        family: NewFamily,
    },
    /// Let in a device that somebody said yes to.
    Admit {
        /// Where.
        shop: ShopId,
        /// As what.
        admit_as: LinkFor,
        /// Its barista's name; none of a display.
        name: Option<String>,
        /// For a new member of staff, fresh.
        staff: StaffId,
        /// For their device, fresh.
        tablet: TabletId,
        /// The session to begin.
        family: NewFamily,
    },
    /// Exchange a refresh token for its successor.
    Rotate {
        /// The session.
        family: Uuid,
        /// Of the token given.
        presented: Hash,
        /// Of its successor, which follows from it, by the newest key and by those before: asking
        /// again gets the same one.
        successors: Vec<Hash>,
        /// Was the token made here? One that was made up is refused, and changes nothing.
        made: bool,
    },
    /// Begin a session of somebody whose PIN was right.
    Switch(Switch),
    /// End all sessions of a customer or a member of staff.
    EndAll {
        /// Who.
        account: Uuid,
    },
    /// End a session of a shop's staff or display.
    EndAtShop {
        /// Where.
        shop: ShopId,
        /// Which.
        session: Uuid,
    },
    /// End a session.
    End {
        /// Which.
        family: Uuid,
        /// Of the token given.
        presented: Hash,
    },
}

/// What came of a [`Write`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// A link is kept.
    LinkAdded,
    /// A session began or goes on.
    Session {
        /// Whose.
        who: Who,
        /// Their name, where they have one.
        name: Option<String>,
    },
    /// A session goes on, by the successor that was given out already.
    Repeated {
        /// Whose.
        who: Who,
        /// Their name, where they have one.
        name: Option<String>,
        /// Which of the successors it is.
        nth: usize,
    },
    /// There is no such member of staff at this shop.
    StaffUnknown,
    /// They lead themselves, and have come in: nobody of the same shop opens their door.
    Leads,
    /// They may do something else from now on.
    RoleChanged,
    /// These sessions have ended.
    EndedAll(Vec<Uuid>),
    /// No such link.
    LinkUnknown,
    /// Nobody came in by this link in time.
    LinkExpired,
    /// Somebody came in by this link already.
    LinkUsed,
    /// The session is over, or never was.
    SessionOver,
    /// A token came that was exchanged long ago: it is in two hands. These sessions have ended.
    Reused(Vec<Uuid>),
    /// Somebody came in by PIN.
    Switched {
        /// Whose session began.
        who: Who,
        /// Their name, where they have one.
        name: Option<String>,
        /// What they had begun at this device before, and has ended.
        ended: Vec<Uuid>,
    },
}
