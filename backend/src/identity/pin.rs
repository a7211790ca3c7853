//! PINs on disk: whose, and how often they were tried. A try is counted before it is compared, in
//! the writer's transaction: however many come at once, no more than the limit is compared.
//! Why it is so, and what a stolen tablet gives: docs/decisions/0013-pins.md.

mod hash;

pub use hash::{PinHash, PinHasher};

use super::listing::end_where;
use super::rows::{begin, staff_name, whose};
use super::write::{Switch, Written};
use presso_core::api::Who;
use presso_core::id::{ShopId, StaffId, TabletId};
use presso_core::order::StaffRole;
use presso_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use uuid::Uuid;

/// How often somebody's PIN may be tried at one device without having been right.
pub const PIN_TRIES: u32 = 5;
/// The same over all devices.
pub const PIN_TRIES_IN_ALL: u32 = 15;
/// How many are listed.
const MOST: usize = 1_000;

/// Whether a try may be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// It counts as wrong already: compare it with this.
    Compare(PinHash),
    /// It was tried too often.
    Locked,
    /// They have none.
    Unset,
    /// There is no such member of staff at this shop.
    Unknown,
}

/// One more try at somebody's PIN.
///
/// # Errors
/// The database's; the caller then drops the transaction.
pub fn count(db: &Connection, shop: &ShopId, staff: StaffId, tablet: TabletId) -> Result<Tried> {
    if !works_at(db, shop, staff)? {
        return Ok(Tried::Unknown);
    }
    let Some(hash) = find(db, staff)? else {
        return Ok(Tried::Unset);
    };
    let (here, all): (u32, u32) = db
        .prepare_cached(
            "SELECT coalesce(sum(tries) FILTER (WHERE tablet = ?2), 0), coalesce(sum(tries), 0)
             FROM pin_tries WHERE staff = ?1",
        )?
        .query_row(params![staff.0, tablet.0], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if here >= PIN_TRIES || all >= PIN_TRIES_IN_ALL {
        return Ok(Tried::Locked);
    }
    db.prepare_cached(
        "INSERT INTO pin_tries VALUES (?1, ?2, 1)
         ON CONFLICT (staff, tablet) DO UPDATE SET tries = tries + 1",
    )?
    .execute(params![staff.0, tablet.0])?;
    Ok(Tried::Compare(hash))
}

/// A try at this device was right: those before it count no more. False when the PIN was changed or
/// taken away meanwhile, and then nothing has changed.
///
/// # Errors
/// The database's.
pub fn was_right(
    db: &Connection,
    staff: StaffId,
    tablet: TabletId,
    compared: PinHash,
) -> Result<bool> {
    if find(db, staff)? != Some(compared) {
        return Ok(false);
    }
    db.prepare_cached("DELETE FROM pin_tries WHERE staff = ?1 AND tablet = ?2")?
        .execute(params![staff.0, tablet.0])?;
    Ok(true)
}

/// Sets a PIN in place of the one that was compared, or of none, and ends what began by an earlier
/// one, but for the session that asks; which those were. None when that is another by now, or they
/// are gone.
///
/// # Errors
/// The database's.
pub fn set(
    db: &Connection,
    (shop, staff): (&ShopId, StaffId),
    (before, pin): (Option<PinHash>, PinHash),
    (asks, now): (Option<Uuid>, Timestamp),
) -> Result<Option<Vec<Uuid>>> {
    if !works_at(db, shop, staff)? || find(db, staff)? != before {
        return Ok(None);
    }
    forget(db, staff)?;
    db.prepare_cached("INSERT INTO pin VALUES (?1, ?2, ?3)")?
        .execute(params![staff.0, pin.salt, pin.hash])?;
    end_begun(db, staff, asks, now).map(Some)
}

/// Takes a PIN away, and with it the tries and the sessions that began by it; which those were. None
/// when there is no such member of staff.
///
/// # Errors
/// The database's.
pub fn clear(
    db: &Connection,
    shop: &ShopId,
    staff: StaffId,
    now: Timestamp,
) -> Result<Option<Vec<Uuid>>> {
    if !works_at(db, shop, staff)? {
        return Ok(None);
    }
    forget(db, staff)?;
    end_begun(db, staff, None, now).map(Some)
}

/// Ends the sessions that somebody began by PIN, but for this one.
fn end_begun(
    db: &Connection,
    staff: StaffId,
    but: Option<Uuid>,
    now: Timestamp,
) -> Result<Vec<Uuid>> {
    let but = but.map(Uuid::into_bytes);
    end_where(
        db,
        "account = ?2 AND who ->> '$.by_pin' IS NOT NULL AND (?3 IS NULL OR id != ?3)",
        params![now.0, staff.0.to_string(), but],
    )
}

/// The PIN as it is kept; none without one.
///
/// # Errors
/// The database's.
pub fn find(db: &Connection, staff: StaffId) -> Result<Option<PinHash>> {
    db.prepare_cached("SELECT salt, hash FROM pin WHERE staff = ?1")?
        .query_row([staff.0], |row| {
            Ok(PinHash {
                salt: row.get(0)?,
                hash: row.get(1)?,
            })
        })
        .optional()
}

/// Those of a shop's staff who have a PIN, by name.
///
/// # Errors
/// The database's.
pub fn colleagues(db: &Connection, shop: &ShopId) -> Result<Vec<(StaffId, Option<String>)>> {
    let mut statement = db.prepare_cached(
        "SELECT staff.id, name FROM staff JOIN pin ON pin.staff = staff.id
         LEFT JOIN staff_names ON staff_names.staff = staff.id
         WHERE shop = ?1 AND removed_at IS NULL ORDER BY name COLLATE NOCASE, staff.id LIMIT ?2",
    )?;
    let rows = statement.query_map(params![shop.as_str(), MOST], |row| {
        Ok((StaffId(row.get(0)?), row.get(1)?))
    })?;
    rows.collect()
}

/// Begins the session of somebody whose PIN was right, in place of what they had begun there before.
pub(super) fn switch(db: &Connection, switch: &Switch, now: Timestamp) -> Result<Written> {
    let Switch { staff, tablet, .. } = *switch;
    if whose(db, switch.under, now)?.is_none() {
        return Ok(Written::SessionOver);
    }
    let there = works_at(db, &switch.shop, staff)?;
    if !there || !was_right(db, staff, tablet, switch.compared)? {
        return Ok(Written::StaffUnknown);
    }
    let ended = end_where(
        db,
        "account = ?2 AND tablet = ?3 AND who ->> '$.by_pin' IS NOT NULL",
        params![now.0, staff.0.to_string(), tablet.0.to_string()],
    )?;
    let who = Who::Staff {
        shop: switch.shop.clone(),
        staff,
        role: StaffRole::Barista,
        tablet,
        by_pin: true,
    };
    let name = staff_name(db, staff)?;
    begin(db, who.clone(), name.clone(), &switch.family, now)?;
    Ok(Written::Switched { who, name, ended })
}

/// Tries count no more.
pub(super) fn unlock(db: &Connection, staff: StaffId) -> Result<()> {
    db.prepare_cached("DELETE FROM pin_tries WHERE staff = ?1")?
        .execute([staff.0])?;
    Ok(())
}

/// No PIN, no tries.
pub(super) fn forget(db: &Connection, staff: StaffId) -> Result<()> {
    unlock(db, staff)?;
    db.prepare_cached("DELETE FROM pin WHERE staff = ?1")?
        .execute([staff.0])?;
    Ok(())
}

fn works_at(db: &Connection, shop: &ShopId, staff: StaffId) -> Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM staff
         WHERE id = ?1 AND shop = ?2 AND removed_at IS NULL)",
    )?
    .query_row(params![staff.0, shop.as_str()], |row| row.get(0))
}
