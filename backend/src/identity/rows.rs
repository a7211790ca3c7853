//! Identity's SQL. Writing happens in the transaction that the engine's writer hands in.

use super::listing::{end, end_account, end_at_shop};
use super::pin;
use super::secret::Hash;
use super::staff;
use super::write::{GRACE_MS, NewFamily, SESSION_MS, SHIFT_MS, Write, Written};
use presso_core::api::{LinkFor, Who};
use presso_core::id::{ShopId, StaffId, TabletId};
use presso_core::order::StaffRole;
use presso_core::time::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use uuid::Uuid;

/// Does one write. A refusal is an answer and changes nothing but what it says.
///
/// # Errors
/// The database's; the caller then drops the transaction.
pub fn apply(db: &Connection, write: &Write, now: Timestamp) -> Result<Written> {
    match write {
        Write::Begin { who, family } => begin(db, who.clone(), None, family, now),
        Write::AddLink {
            secret,
            shop,
            expires_at,
        } => {
            let sql = "INSERT INTO link (secret_hash, shop, link_for, expires_at)
                VALUES (?1, ?2, ?3, ?4)";
            db.prepare_cached(sql)?.execute(params![
                secret.0,
                shop.as_str(),
                json(&LinkFor::Display),
                expires_at.0
            ])?;
            Ok(Written::LinkAdded)
        }
        Write::Invite {
            shop,
            staff,
            role,
            name,
            secret,
            expires_at,
        } => {
            let shop = shop.as_ref();
            staff::add(db, (shop, *staff, *role), Some(name), None)?;
            staff::add_link(db, (shop, *staff), secret, *expires_at)
        }
        Write::LinkAgain {
            shop,
            by,
            staff,
            secret,
            expires_at,
        } => {
            let whom = (shop.as_ref(), *staff);
            staff::link_again(db, *by, whom, secret, *expires_at)
        }
        Write::ChangeRole { shop, staff, role } => staff::change(db, (shop, *staff), *role, now),
        Write::Remove { shop, staff } => staff::remove(db, (shop.as_ref(), *staff), now),
        Write::RedeemLink {
            secret,
            staff,
            tablet,
            family,
        } => match take_link(db, secret, now)? {
            Ok(Way::Member(staff)) => staff::come_in(db, (staff, *tablet), family, now),
            Ok(Way::Fresh(link)) => admit(db, link, (*staff, *tablet), family, now),
            Err(refusal) => Ok(refusal),
        },
        Write::Admit {
            shop,
            admit_as,
            name,
            staff,
            tablet,
            family,
        } => {
            let let_in = (shop.clone(), *admit_as, name.clone());
            admit(db, let_in, (*staff, *tablet), family, now)
        }
        Write::Rotate {
            family,
            presented,
            successors,
            made,
        } => rotate(db, *family, presented, (successors, *made), now),
        Write::Switch(switch) => pin::switch(db, switch, now),
        Write::EndAll { account } => end_account(db, *account, now).map(Written::EndedAll),
        Write::EndAtShop { shop, session } => {
            end_at_shop(db, shop, *session, now).map(Written::EndedAll)
        }
        Write::End { family, presented } => {
            let Some(found) = find(db, *family, now)? else {
                return Ok(Written::SessionOver);
            };
            if !found.knows(presented) {
                return Ok(Written::SessionOver);
            }
            end(db, *family, now).map(Written::EndedAll)
        }
    }
}

pub(super) fn begin(
    db: &Connection,
    who: Who,
    name: Option<String>,
    family: &NewFamily,
    now: Timestamp,
) -> Result<Written> {
    let sql = "INSERT INTO family (id, who, current_hash, rotated_at, expires_at, began_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?4)";
    db.prepare_cached(sql)?.execute(params![
        family.id.as_bytes(),
        json(&who),
        family.refresh.0,
        now.0,
        now.plus_ms(if who.by_pin() { SHIFT_MS } else { SESSION_MS })
            .0
    ])?;
    Ok(Written::Session { who, name })
}

/// Begins the session of somebody who may come in: a display's, or that of a new member of staff.
fn admit(
    db: &Connection,
    (shop, let_in, name): Link,
    (staff, tablet): (StaffId, TabletId),
    family: &NewFamily,
    now: Timestamp,
) -> Result<Written> {
    let role = match let_in {
        LinkFor::Display => return begin(db, Who::Display { shop }, None, family, now),
        LinkFor::Barista => StaffRole::Barista,
        LinkFor::Manager => StaffRole::Manager,
    };
    staff::add(db, (Some(&shop), staff, role), name.as_deref(), Some(now))?;
    let who = Who::Staff {
        shop,
        staff,
        role,
        tablet,
        by_pin: false,
    };
    begin(db, who, name, family, now)
}

type Link = (ShopId, LinkFor, Option<String>);

/// Whom a link lets in.
enum Way {
    /// Somebody who was invited.
    Member(StaffId),
    /// A display; or somebody who is new, by a link that an older server made.
    Fresh(Link),
}

/// Marks it redeemed. A name stays with the member of staff alone, whose row can be erased.
fn take_link(
    db: &Connection,
    secret: &Hash,
    now: Timestamp,
) -> Result<std::result::Result<Way, Written>> {
    let row = db
        .prepare_cached(
            "SELECT shop, link_for, name, expires_at, redeemed_at, staff FROM link
             WHERE secret_hash = ?1",
        )?
        .query_row([secret.0], |row| {
            let way = match row.get(5)? {
                Some(staff) => Way::Member(StaffId(staff)),
                None => {
                    let link = (read_json_slug(row, 0)?, read_json(row, 1)?, row.get(2)?);
                    Way::Fresh(link)
                }
            };
            Ok((way, row.get::<_, i64>(3)?, row.get::<_, Option<i64>>(4)?))
        })
        .optional()?;
    match row {
        Some((_, _, Some(_))) => Ok(Err(Written::LinkUsed)),
        Some((way, expires_at, None)) if now.0 < expires_at => {
            db.prepare_cached(
                "UPDATE link SET redeemed_at = ?2, name = NULL WHERE secret_hash = ?1",
            )?
            .execute(params![secret.0, now.0])?;
            Ok(Ok(way))
        }
        Some(_) => Ok(Err(Written::LinkExpired)),
        None => Ok(Err(Written::LinkUnknown)),
    }
}

struct Family {
    who: Who,
    current: Hash,
    previous: Option<Hash>,
    rotated_at: i64,
}

impl Family {
    fn knows(&self, presented: &Hash) -> bool {
        self.current == *presented || self.previous.as_ref() == Some(presented)
    }
}

/// A session that is neither over nor expired.
fn find(db: &Connection, id: Uuid, now: Timestamp) -> Result<Option<Family>> {
    db.prepare_cached(
        "SELECT who, current_hash, previous_hash, rotated_at FROM family
         WHERE id = ?1 AND ended_at IS NULL AND expires_at > ?2",
    )?
    .query_row(params![id.as_bytes(), now.0], |row| {
        Ok(Family {
            who: read_json(row, 0)?,
            current: Hash(row.get(1)?),
            previous: row.get::<_, Option<[u8; 32]>>(2)?.map(Hash),
            rotated_at: row.get(3)?,
        })
    })
    .optional()
}

/// Whose a session is, if it is neither over nor expired.
///
/// # Errors
/// The database's.
pub fn whose(db: &Connection, id: Uuid, now: Timestamp) -> Result<Option<Who>> {
    Ok(find(db, id, now)?.map(|family| family.who))
}

/// A session is this person's from now on; its next access token says so.
pub(super) fn name_as(db: &Connection, id: Uuid, who: &Who) -> Result<()> {
    db.prepare_cached("UPDATE family SET who = ?2 WHERE id = ?1")?
        .execute(params![id.as_bytes(), json(who)])?;
    Ok(())
}

fn rotate(
    db: &Connection,
    id: Uuid,
    presented: &Hash,
    (successors, made): (&[Hash], bool),
    now: Timestamp,
) -> Result<Written> {
    let Some(family) = find(db, id, now)? else {
        return Ok(Written::SessionOver);
    };
    let mut nth = None;
    if family.current == *presented {
        let Some(successor) = successors.first() else {
            return Ok(Written::SessionOver);
        };
        db.prepare_cached(
            "UPDATE family SET previous_hash = current_hash, current_hash = ?2, rotated_at = ?3,
             expires_at = coalesce(?4, expires_at) WHERE id = ?1",
        )?
        .execute(params![
            id.as_bytes(),
            successor.0,
            now.0,
            // A shift ends when it ends, however much was done in it.
            (!family.who.by_pin()).then(|| now.plus_ms(SESSION_MS).0)
        ])?;
    } else {
        // The answer to the first exchange was lost: the same successor again.
        let lately = now.0 < family.rotated_at.saturating_add(GRACE_MS);
        let before = family.previous.as_ref() == Some(presented);
        nth = successors.iter().position(|one| *one == family.current);
        if !(lately && before && nth.is_some()) {
            // Who only made it up must not sign anybody out.
            if !(before || made) {
                return Ok(Written::SessionOver);
            }
            return end(db, id, now).map(Written::Reused);
        }
    }
    let name = match family.who.member() {
        Some((staff, _)) => staff_name(db, staff)?,
        None => None,
    };
    let who = family.who;
    Ok(match nth {
        Some(nth) => Written::Repeated { who, name, nth },
        None => Written::Session { who, name },
    })
}

pub(super) fn staff_name(db: &Connection, staff: StaffId) -> Result<Option<String>> {
    let mut statement = db.prepare_cached("SELECT name FROM staff_names WHERE staff = ?1")?;
    let found = statement
        .query_row([staff.0.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// Sessions that ended at `since` or later: their access tokens may still be about.
///
/// # Errors
/// The database's.
pub fn ended_since(db: &Connection, since: Timestamp) -> Result<Vec<Uuid>> {
    db.prepare("SELECT id FROM family WHERE ended_at >= ?1")?
        .query_map([since.0], |row| row.get(0))?
        .collect()
}

pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("identity's types have text keys and no failing parts")
}

pub(super) fn read_json<T: serde::de::DeserializeOwned>(row: &Row<'_>, at: usize) -> Result<T> {
    let text: String = row.get(at)?;
    serde_json::from_str(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, e.into()))
}

fn read_json_slug(row: &Row<'_>, at: usize) -> Result<ShopId> {
    let text: String = row.get(at)?;
    ShopId::parse(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, e.into()))
}
