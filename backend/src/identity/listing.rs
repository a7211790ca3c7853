//! Several sessions at once: those of a person or of a shop, listed and ended.

use super::rows::{read_json, staff_name};
use presso_core::api::{Verified, Who};
use presso_core::id::ShopId;
use presso_core::time::Timestamp;
use rusqlite::{Connection, Params, Result, params};
use uuid::Uuid;

/// How many are listed.
const MOST: usize = 1_000;

/// A session that is alive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub id: Uuid,
    /// Whose.
    pub who: Who,
    /// Their name, where they have one.
    pub name: Option<String>,
    /// Since when; none where that was not noted.
    pub began_at: Option<Timestamp>,
    /// When it was renewed last.
    pub used_at: Timestamp,
}

/// Those of a customer or a member of staff, the one used last first.
///
/// # Errors
/// The database's.
pub fn sessions_of(db: &Connection, account: Uuid, now: Timestamp) -> Result<Vec<Listed>> {
    let account = account.to_string();
    listed(db, "account", params![account, now.0, MOST])
}

/// Those of a shop's staff and displays, the one used last first.
///
/// # Errors
/// The database's.
pub fn sessions_at(db: &Connection, shop: &ShopId, now: Timestamp) -> Result<Vec<Listed>> {
    listed(db, "shop", params![shop.as_str(), now.0, MOST])
}

fn listed(db: &Connection, column: &str, given: impl Params) -> Result<Vec<Listed>> {
    let sql = format!(
        "SELECT id, who, began_at, rotated_at FROM family
         WHERE {column} = ?1 AND ended_at IS NULL AND expires_at > ?2
         ORDER BY rotated_at DESC LIMIT ?3"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(given, |row| {
        let began_at: i64 = row.get(2)?;
        Ok(Listed {
            id: row.get(0)?,
            who: read_json(row, 1)?,
            name: None,
            began_at: (began_at > 0).then_some(Timestamp(began_at)),
            used_at: Timestamp(row.get(3)?),
        })
    })?;
    let mut all: Vec<Listed> = rows.collect::<Result<_>>()?;
    for session in &mut all {
        if let Some((staff, _)) = session.who.member() {
            session.name = staff_name(db, staff)?;
        }
    }
    Ok(all)
}

/// Ends all of a person's, and what others began by PIN at devices that were signed in by them;
/// which they were.
pub(super) fn end_account(db: &Connection, account: Uuid, now: Timestamp) -> Result<Vec<Uuid>> {
    let mut statement = db.prepare_cached(
        "UPDATE family SET ended_at = ?2
         WHERE ended_at IS NULL AND expires_at > ?2 AND (account = ?1 OR tablet IN
           (SELECT tablet FROM family WHERE account = ?1 AND tablet IS NOT NULL
              AND ended_at IS NULL AND who ->> '$.by_pin' IS NULL))
         RETURNING id",
    )?;
    let account = account.to_string();
    let ended = statement.query_map(params![account, now.0], |row| row.get(0))?;
    ended.collect()
}

/// Ends a session, and with a device's own all that was begun at it by PIN; which they were.
pub(super) fn end(db: &Connection, id: Uuid, now: Timestamp) -> Result<Vec<Uuid>> {
    end_where(
        db,
        "id = ?1 OR tablet = (SELECT tablet FROM family WHERE id = ?1
           AND who ->> '$.by_pin' IS NULL)",
        id,
        now,
    )
}

fn end_where(db: &Connection, which: &str, id: Uuid, now: Timestamp) -> Result<Vec<Uuid>> {
    let sql = format!(
        "UPDATE family SET ended_at = ?2
         WHERE ended_at IS NULL AND expires_at > ?2 AND ({which}) RETURNING id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let ended = statement.query_map(params![id.as_bytes(), now.0], |row| row.get(0))?;
    ended.collect()
}

/// The sessions, on whatever phone, of a customer: as whom they came, and as whom they signed in.
///
/// # Errors
/// The database's.
pub fn sessions_as(
    db: &Connection,
    (guest, verified): (Uuid, &[Verified]),
    now: Timestamp,
) -> Result<Vec<Uuid>> {
    let alive = "ended_at IS NULL AND expires_at > ?1";
    let mut found = Vec::new();
    let mut as_guest = db.prepare_cached(&format!(
        "SELECT id FROM family WHERE {alive} AND account = ?2"
    ))?;
    let mut signed_in = db.prepare_cached(&format!(
        "SELECT id FROM family WHERE {alive} AND who ->> '$.verified[0]' IS NOT NULL
         AND EXISTS (SELECT 1 FROM json_each(who, '$.verified')
                     WHERE value ->> '$.shop' = ?2 AND value ->> '$.account' = ?3)"
    ))?;
    let guest = params![now.0, guest.to_string()];
    found.extend(
        as_guest
            .query_map(guest, |row| row.get(0))?
            .collect::<Result<Vec<Uuid>>>()?,
    );
    for Verified { shop, account } in verified {
        let one = params![now.0, shop.as_str(), account.to_string()];
        found.extend(
            signed_in
                .query_map(one, |row| row.get(0))?
                .collect::<Result<Vec<Uuid>>>()?,
        );
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Ends these.
///
/// # Errors
/// The database's; the caller then drops the transaction.
pub fn end_these(db: &Connection, families: &[Uuid], now: Timestamp) -> Result<()> {
    families
        .iter()
        .try_for_each(|family| end(db, *family, now).map(drop))
}

/// Ends one, if it is of this shop's staff or displays and alive, with all others at its device:
/// whoever puts a tablet out does not want it in other hands.
pub(super) fn end_at_shop(
    db: &Connection,
    shop: &ShopId,
    id: Uuid,
    now: Timestamp,
) -> Result<Vec<Uuid>> {
    let alive: bool = db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM family
             WHERE id = ?1 AND shop = ?2 AND ended_at IS NULL AND expires_at > ?3)",
        )?
        .query_row(params![id.as_bytes(), shop.as_str(), now.0], |row| {
            row.get(0)
        })?;
    if !alive {
        return Ok(Vec::new());
    }
    let all = "id = ?1 OR tablet = (SELECT tablet FROM family WHERE id = ?1)";
    end_where(db, all, id, now)
}
