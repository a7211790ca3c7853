//! Several sessions at once: those of a person or of a shop, listed and ended.

use super::rows::{json, read_json, staff_name};
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
    end_where(
        db,
        "account = ?2 OR tablet IN
           (SELECT tablet FROM family WHERE account = ?2 AND tablet IS NOT NULL
              AND ended_at IS NULL AND who ->> '$.by_pin' IS NULL)",
        params![now.0, account.to_string()],
    )
}

/// Ends a session, and with a device's own all that was begun at it by PIN; which they were.
pub(super) fn end(db: &Connection, id: Uuid, now: Timestamp) -> Result<Vec<Uuid>> {
    end_where(
        db,
        "id = ?2 OR tablet = (SELECT tablet FROM family WHERE id = ?2
           AND who ->> '$.by_pin' IS NULL)",
        params![now.0, id.as_bytes()],
    )
}

/// Ends those that are alive and of which this is true; which they were. The first of what is
/// given is now.
pub(super) fn end_where(db: &Connection, which: &str, given: impl Params) -> Result<Vec<Uuid>> {
    let sql = format!(
        "UPDATE family SET ended_at = ?1
         WHERE ended_at IS NULL AND expires_at > ?1 AND ({which}) RETURNING id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let ended = statement.query_map(given, |row| row.get(0))?;
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
    let mut statement = db.prepare_cached(
        "SELECT id FROM family
         WHERE ended_at IS NULL AND expires_at > ?1 AND (account = ?2
           OR (who ->> '$.verified[0]' IS NOT NULL AND EXISTS (
             SELECT 1 FROM json_each(who, '$.verified') AS theirs, json_each(?3) AS asked
             WHERE theirs.value ->> '$.shop' = asked.value ->> '$.shop'
               AND theirs.value ->> '$.account' = asked.value ->> '$.account')))",
    )?;
    let given = params![now.0, guest.to_string(), json(&verified)];
    statement.query_map(given, |row| row.get(0))?.collect()
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
    let all = "id = ?2 OR tablet = (SELECT tablet FROM family WHERE id = ?2)";
    end_where(db, all, params![now.0, id.as_bytes()])
}
