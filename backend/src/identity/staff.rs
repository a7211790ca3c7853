//! The staff: who was invited, who came in, who may do what, who is gone.

use super::listing::end_account;
use super::pin;
use super::rows::{begin, json, read_json};
use super::secret::Hash;
use super::write::{NewFamily, Written};
use presso_core::api::Who;
use presso_core::id::{ShopId, StaffId, TabletId};
use presso_core::order::StaffRole;
use presso_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use uuid::Uuid;

/// How many are listed.
const MOST: usize = 1_000;

/// One of a shop's staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub staff: StaffId,
    /// As colleagues read it.
    pub name: Option<String>,
    /// What they may do.
    pub role: StaffRole,
    /// Have they ever come in?
    pub joined: bool,
    /// Have they a PIN?
    pub has_pin: bool,
    /// Until when an unused link waits for them.
    pub link_until: Option<Timestamp>,
}

/// A shop's staff, managers first, then by name; of no shop: the organisers.
///
/// # Errors
/// The database's.
pub fn staff_of(db: &Connection, shop: Option<&ShopId>, now: Timestamp) -> Result<Vec<Member>> {
    let mut statement = db.prepare_cached(
        "SELECT id, role, joined_at IS NOT NULL, name,
           (SELECT max(expires_at) FROM link
            WHERE link.staff = id AND redeemed_at IS NULL AND expires_at > ?2),
           EXISTS (SELECT 1 FROM pin WHERE pin.staff = id)
         FROM staff LEFT JOIN staff_names ON staff_names.staff = id
         WHERE shop = ?1 AND removed_at IS NULL
         ORDER BY role = '\"manager\"' DESC, name COLLATE NOCASE, id LIMIT ?3",
    )?;
    let rows = statement.query_map(params![place(shop), now.0, MOST], |row| {
        Ok(Member {
            staff: StaffId(row.get(0)?),
            role: read_json(row, 1)?,
            joined: row.get(2)?,
            name: row.get(3)?,
            link_until: row.get::<_, Option<i64>>(4)?.map(Timestamp),
            has_pin: row.get(5)?,
        })
    })?;
    rows.collect()
}

/// Whose role changed, and to what, or who was removed, at `since` or later: access tokens that
/// say otherwise may still be about.
///
/// # Errors
/// The database's.
pub fn changed_since(
    db: &Connection,
    since: Timestamp,
) -> Result<Vec<(StaffId, Option<StaffRole>)>> {
    let sql = "SELECT id, role, removed_at IS NULL FROM staff WHERE changed_at >= ?1";
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([since.0], |row| {
        let role = read_json(row, 1)?;
        let stays: bool = row.get(2)?;
        Ok((StaffId(row.get(0)?), stays.then_some(role)))
    })?;
    rows.collect()
}

/// Where somebody works; none: an organiser, everywhere.
fn place(shop: Option<&ShopId>) -> &str {
    shop.map_or("", ShopId::as_str)
}

/// A new member, who has not come in yet.
pub(super) fn add(
    db: &Connection,
    (shop, staff, role): (Option<&ShopId>, StaffId, StaffRole),
    name: Option<&str>,
    joined_at: Option<Timestamp>,
) -> Result<()> {
    let sql = "INSERT INTO staff (id, shop, role, joined_at, led) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(sql)?.execute(params![
        staff.0.as_bytes(),
        place(shop),
        json(&role),
        joined_at.map(|at| at.0),
        role != StaffRole::Barista
    ])?;
    crate::journal::name_staff(db, staff, name)
}

/// A link for one of the staff, in place of those that nobody used.
pub(super) fn add_link(
    db: &Connection,
    (shop, staff): (Option<&ShopId>, StaffId),
    secret: &Hash,
    expires_at: Timestamp,
) -> Result<Written> {
    let known = "SELECT role FROM staff WHERE id = ?1 AND shop = ?2 AND removed_at IS NULL";
    let role: Option<String> = db
        .prepare_cached(known)?
        .query_row(params![staff.0.as_bytes(), place(shop)], |row| row.get(0))
        .optional()?;
    let Some(role) = role else {
        return Ok(Written::StaffUnknown);
    };
    forget_links(db, staff)?;
    db.prepare_cached(
        "INSERT INTO link (secret_hash, shop, link_for, expires_at, staff)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        secret.0,
        place(shop),
        role,
        expires_at.0,
        staff.0.as_bytes()
    ])?;
    Ok(Written::LinkAdded)
}

/// The same, if whoever asks may open that door. Whoever has the link is the person it is for:
/// what they do then is in the journal under that name. A manager may so let a barista in on
/// another tablet, and not themselves in as another manager; once somebody has led, that stays so,
/// or one would take their role away first and give it back after.
pub(super) fn link_again(
    db: &Connection,
    by: Option<StaffId>,
    (shop, staff): (Option<&ShopId>, StaffId),
    secret: &Hash,
    expires_at: Timestamp,
) -> Result<Written> {
    let leads = "SELECT EXISTS (SELECT 1 FROM staff WHERE id = ?1 AND shop = ?2 AND led = 1
                 AND joined_at IS NOT NULL AND removed_at IS NULL)";
    if by.is_some_and(|by| by != staff)
        && db
            .prepare_cached(leads)?
            .query_row(params![staff.0.as_bytes(), place(shop)], |row| row.get(0))?
    {
        return Ok(Written::Leads);
    }
    add_link(db, (shop, staff), secret, expires_at)
}

fn forget_links(db: &Connection, staff: StaffId) -> Result<()> {
    db.prepare_cached("DELETE FROM link WHERE staff = ?1 AND redeemed_at IS NULL")?
        .execute([staff.0.as_bytes()])?;
    Ok(())
}

/// Begins a session of somebody who was invited, as what they are by now.
pub(super) fn come_in(
    db: &Connection,
    (staff, tablet): (StaffId, TabletId),
    family: &NewFamily,
    now: Timestamp,
) -> Result<Written> {
    let found = db
        .prepare_cached(
            "UPDATE staff SET joined_at = coalesce(joined_at, ?2)
             WHERE id = ?1 AND removed_at IS NULL RETURNING shop, role",
        )?
        .query_row(params![staff.0.as_bytes(), now.0], |row| {
            Ok((row.get::<_, String>(0)?, read_json(row, 1)?))
        })
        .optional()?;
    let Some((shop, role)) = found else {
        return Ok(Written::LinkUnknown);
    };
    let who = match ShopId::parse(&shop) {
        Ok(shop) => Who::Staff {
            shop,
            staff,
            role,
            tablet,
            by_pin: false,
        },
        Err(_) if shop.is_empty() && role == StaffRole::Organiser => {
            Who::Organiser { staff, tablet }
        }
        Err(_) => return Ok(Written::LinkUnknown),
    };
    // By a link of one's own: whoever tried one's PIN out is forgotten.
    pin::unlock(db, staff)?;
    let name = super::rows::staff_name(db, staff)?;
    begin(db, who, name, family, now)
}

/// Another role, which their sessions have from now on.
pub(super) fn change(
    db: &Connection,
    (shop, staff): (&ShopId, StaffId),
    role: StaffRole,
    now: Timestamp,
) -> Result<Written> {
    let changed = db
        .prepare_cached(
            "UPDATE staff SET role = ?3, changed_at = ?4, led = max(led, ?5)
             WHERE id = ?1 AND shop = ?2 AND removed_at IS NULL",
        )?
        .execute(params![
            staff.0.as_bytes(),
            shop.as_str(),
            json(&role),
            now.0,
            role != StaffRole::Barista
        ])?;
    if changed == 0 {
        return Ok(Written::StaffUnknown);
    }
    db.prepare_cached(
        "UPDATE family SET who = json_set(who, '$.role', json(?2))
         WHERE account = ?1 AND who ->> '$.by_pin' IS NULL",
    )?
    .execute(params![staff.0.to_string(), json(&role)])?;
    Ok(Written::RoleChanged)
}

/// Are they, or were they, of this shop's staff?
fn was_of(db: &Connection, (shop, staff): (Option<&ShopId>, StaffId)) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM staff WHERE id = ?1 AND shop = ?2)";
    db.prepare_cached(sql)?
        .query_row(params![staff.0.as_bytes(), place(shop)], |row| row.get(0))
}

/// Out, wherever they are signed in; which sessions those were.
pub(super) fn remove(
    db: &Connection,
    (shop, staff): (Option<&ShopId>, StaffId),
    now: Timestamp,
) -> Result<Written> {
    let removed = db
        .prepare_cached(
            "UPDATE staff SET removed_at = ?3, changed_at = ?3
             WHERE id = ?1 AND shop = ?2 AND removed_at IS NULL",
        )?
        .execute(params![staff.0.as_bytes(), place(shop), now.0])?;
    // Who is out already is out: whoever lost the answer asks again, and memory is told again.
    if removed == 0 && !was_of(db, (shop, staff))? {
        return Ok(Written::StaffUnknown);
    }
    forget_links(db, staff)?;
    pin::forget(db, staff)?;
    if shop.is_none() {
        // No shop's end is theirs, by which the names of its staff go.
        crate::journal::name_staff(db, staff, None)?;
    }
    let ended: Vec<Uuid> = end_account(db, staff.0, now)?;
    Ok(Written::EndedAll(ended))
}
