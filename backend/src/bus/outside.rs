//! The SQL of what others put on the bus: who may, by their keys, and their events, in a sequence
//! of their own beside the shops' streams.

use super::rows::{shop as shop_of, unreadable};
use presso_core::bus::OutsideEvent;
use presso_core::id::ShopId;
use presso_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many sources a shop may have.
pub const SOURCES_A_SHOP: u32 = 20;
/// How many events of outside sources are kept for each shop; beyond, the oldest go.
const KEPT: u64 = 10_000;
/// And for how long, milliseconds.
const KEPT_MS: i64 = 30 * 86_400_000;
/// How often those that are too many or too old are looked for: once in so many.
const PRUNE_EVERY: u64 = 64;

/// How many go at once, so that no commit is slow.
const AT_ONCE: usize = 2_000;

/// A source whose key somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its own identifier: that of its key.
    pub id: Uuid,
    /// Where it may put events.
    pub shop: ShopId,
    /// The `source` of its events.
    pub name: String,
    /// Since when.
    pub added_at: Timestamp,
}

/// What became of an event that was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// It has this place in the sequence.
    New(u64),
    /// It was there already, at this place.
    Again(u64),
    /// Something else was put under the same key.
    Reused,
}

/// Lets a source put events. False when the shop has as many as may be.
///
/// # Errors
/// The database's; a constraint's when there is a source of this name.
pub fn add_source(db: &Connection, source: &Source, key_hash: &[u8; 32]) -> Result<bool> {
    let sql = "INSERT INTO sources (id, shop, name, key_hash, at) SELECT ?1, ?2, ?3, ?4, ?5
               WHERE (SELECT count(*) FROM sources WHERE shop = ?2) < ?6
                 AND NOT EXISTS (SELECT 1 FROM sources WHERE shop = ?2 AND name = ?3)";
    let (shop, at) = (source.shop.as_str(), source.added_at.0);
    let row = params![source.id, shop, source.name, key_hash, at, SOURCES_A_SHOP];
    Ok(db.prepare_cached(sql)?.execute(row)? > 0)
}

/// Takes a source's key away. False when there is none of this name.
///
/// # Errors
/// The database's.
pub fn remove_source(db: &Connection, shop: &ShopId, name: &str) -> Result<bool> {
    let sql = "DELETE FROM sources WHERE shop = ?1 AND name = ?2";
    Ok(db.prepare_cached(sql)?.execute([shop.as_str(), name])? > 0)
}

const SELECT: &str = "SELECT id, shop, name, at FROM sources";

/// Whose key has this hash.
///
/// # Errors
/// The database's.
pub fn source(db: &Connection, key_hash: &[u8; 32]) -> Result<Option<Source>> {
    db.prepare_cached(&format!("{SELECT} WHERE key_hash = ?1"))?
        .query_row([key_hash], read_source)
        .optional()
}

/// Is the key of this source still good?
///
/// # Errors
/// The database's.
pub fn is_source(db: &Connection, id: Uuid) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sources WHERE id = ?1)";
    db.prepare_cached(sql)?.query_row([id], |row| row.get(0))
}

/// All of a shop, by name.
///
/// # Errors
/// The database's.
pub fn sources(db: &Connection, shop: &ShopId) -> Result<Vec<Source>> {
    let mut statement = db.prepare_cached(&format!("{SELECT} WHERE shop = ?1 ORDER BY name"))?;
    statement.query_map([shop.as_str()], read_source)?.collect()
}

fn read_source(row: &Row<'_>) -> Result<Source> {
    Ok(Source {
        id: row.get(0)?,
        shop: shop_of(row, 1)?,
        name: row.get(2)?,
        added_at: Timestamp(row.get(3)?),
    })
}

/// Puts an event in its place, once.
///
/// # Errors
/// The database's.
pub fn put_event(db: &Connection, event: &OutsideEvent, digest: &[u8; 32]) -> Result<Accepted> {
    let sql = "SELECT digest, seq FROM put_events WHERE id = ?1";
    let known: Option<([u8; 32], u64)> = db
        .prepare_cached(sql)?
        .query_row([event.id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((known, seq)) = known {
        return Ok(if known == *digest {
            Accepted::Again(seq)
        } else {
            Accepted::Reused
        });
    }
    let sql = "INSERT INTO put_events (id, shop, at, digest, source, detail_type, detail)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let (shop, detail) = (event.shop.as_str(), event.detail.to_string());
    let (source, kind) = (&event.source, &event.detail_type);
    let row = params![event.id, shop, event.at.0, digest, source, kind, detail];
    db.prepare_cached(sql)?.execute(row)?;
    let seq = u64::try_from(db.last_insert_rowid()).unwrap_or_default();
    if seq.is_multiple_of(PRUNE_EVERY) {
        let sql = "DELETE FROM put_events WHERE shop = ?1 AND (at < ?2 OR seq <=
                     (SELECT seq FROM put_events WHERE shop = ?1
                      ORDER BY seq DESC LIMIT 1 OFFSET ?3))";
        let oldest = event.at.plus_ms(-KEPT_MS).0;
        db.prepare_cached(sql)?
            .execute(params![shop, oldest, KEPT])?;
    }
    Ok(Accepted::New(seq))
}

/// Takes away what is older than it is kept, of every shop, also where nobody puts anything any
/// more; a bounded number, and whether there may be more.
///
/// # Errors
/// The database's.
pub fn prune_puts(db: &Connection, now: Timestamp) -> Result<bool> {
    let sql = "DELETE FROM put_events WHERE seq IN
                 (SELECT seq FROM put_events WHERE at < ?1 ORDER BY seq LIMIT ?2)";
    let gone = db
        .prepare_cached(sql)?
        .execute(params![now.plus_ms(-KEPT_MS).0, AT_ONCE])?;
    Ok(gone == AT_ONCE)
}

/// The last place in the sequence, of each shop.
pub(super) fn heads(db: &Connection) -> Result<BTreeMap<ShopId, u64>> {
    let mut statement = db.prepare_cached("SELECT shop, max(seq) FROM put_events GROUP BY shop")?;
    let rows = statement.query_map([], |row| Ok((shop_of(row, 0)?, row.get(1)?)))?;
    rows.collect()
}

/// What was put at a shop after `from`, up to `to`, at most so many.
pub(super) fn put_after(
    db: &Connection,
    shop: &ShopId,
    from: u64,
    to: u64,
    most: u64,
) -> Result<Vec<(u64, OutsideEvent)>> {
    let sql = "SELECT seq, id, at, source, detail_type, detail FROM put_events
               WHERE shop = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![shop.as_str(), from, to, most], |row| {
        let detail = row.get_ref(5)?.as_str()?;
        let event = OutsideEvent {
            id: row.get(1)?,
            at: Timestamp(row.get(2)?),
            shop: shop.clone(),
            source: row.get(3)?,
            detail_type: row.get(4)?,
            detail: serde_json::from_str(detail).map_err(|bad| unreadable(5, bad))?,
        };
        Ok((row.get(0)?, event))
    })?;
    rows.collect()
}
