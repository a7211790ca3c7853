//! What the engine loads: shops at the start, answers by their keys.

use crate::journal::{Error, Loaded, SNAPSHOT_FORMAT};
use presso_core::code::CodeSecret;
use presso_core::id::{OrderId, ShopId, StaffId};
use presso_core::shop::Shop;
use presso_core::workflow::Event;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashMap;
use uuid::Uuid;

pub(super) fn shops(db: &Connection) -> Result<Vec<ShopId>, Error> {
    let mut statement = db.prepare_cached("SELECT shop FROM shops ORDER BY shop")?;
    let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
    ids.map(|id| shop_id(&id?)).collect()
}

/// A slug that was written here is one; a foreign hand may have been at the file.
pub(super) fn shop_id(text: &str) -> Result<ShopId, Error> {
    ShopId::parse(text).map_err(|bad| {
        let why = Box::new(bad);
        Error::Sqlite(rusqlite::Error::FromSqlConversionFailure(
            0,
            rusqlite::types::Type::Text,
            why,
        ))
    })
}

/// A shop as its newest snapshot and the events after it; none when there is none.
pub(crate) fn load(db: &Connection, shop: &ShopId) -> Result<Option<Loaded>, Error> {
    let sql = "SELECT secret FROM secrets WHERE shop = ?1";
    let secret = db.prepare_cached(sql)?;
    let Some(secret) = one(secret, params![shop.as_str()], |row| row.get(0))? else {
        return Ok(None);
    };
    let base = snapshot(db, shop)?.unwrap_or_else(|| Shop::new(shop.clone()));
    let events = events(db, shop, base.version + 1, i64::MAX as u64, None)?;
    let names = names(db, shop, &base, &events)?;
    Ok(Some(Loaded {
        base,
        events,
        secret: CodeSecret(secret),
        names,
    }))
}

fn one<T>(
    mut statement: rusqlite::CachedStatement<'_>,
    params: impl rusqlite::Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>, Error> {
    Ok(statement.query_row(params, read).optional()?)
}

/// The newest snapshot, if this program can read it.
fn snapshot(db: &Connection, shop: &ShopId) -> Result<Option<Shop>, Error> {
    let sql = "SELECT body FROM snapshots WHERE shop = ?1 AND format = ?2";
    let statement = db.prepare_cached(sql)?;
    let params = params![shop.as_str(), SNAPSHOT_FORMAT];
    let body: Option<Vec<u8>> = one(statement, params, |row| row.get(0))?;
    let Some(body) = body else {
        return Ok(None);
    };
    match serde_json::from_slice::<Shop>(&body) {
        Ok(read) if read.id == *shop => Ok(Some(read)),
        Ok(_) => Ok(None),
        Err(error) => {
            tracing::warn!(%shop, %error, "a snapshot cannot be read; folding every event instead");
            Ok(None)
        }
    }
}

/// A shop's events from one version to another, both included, of one order or of all. Without an
/// order a gap is an error: the journal would be damaged.
pub(super) fn events(
    db: &Connection,
    shop: &ShopId,
    from: u64,
    to: u64,
    order: Option<OrderId>,
) -> Result<Vec<Event>, Error> {
    let sql = "SELECT version, body FROM events
               WHERE shop = ?1 AND version BETWEEN ?2 AND ?3 AND (?4 IS NULL OR order_id = ?4)
               ORDER BY version";
    let mut statement = db.prepare_cached(sql)?;
    let order_id = order.map(|order| order.0);
    let mut rows = statement.query(params![shop.as_str(), from, to, order_id])?;
    let mut events: Vec<Event> = Vec::new();
    while let Some(row) = rows.next()? {
        let version: u64 = row.get(0)?;
        let damaged = |why: String| Error::Damaged {
            shop: shop.clone(),
            version,
            why,
        };
        let due = events.last().map_or(from, |last| last.version + 1);
        if order.is_none() && version != due {
            return Err(damaged(format!("version {due} is missing")));
        }
        let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let event: Event = serde_json::from_str(body).map_err(|e| damaged(e.to_string()))?;
        events.push(event);
    }
    Ok(events)
}

/// Names on the cups of orders that may be alive: those of the snapshot and those of the events.
fn names(
    db: &Connection,
    shop: &ShopId,
    base: &Shop,
    events: &[Event],
) -> Result<Vec<(OrderId, String)>, Error> {
    let in_events = events.iter().filter_map(|event| event.kind.order());
    let first = base.orders.keys().copied().chain(in_events).min();
    let Some(first) = first else {
        return Ok(Vec::new());
    };
    // Identifiers sort by time: everything alive lies from the oldest one on.
    let sql = "SELECT order_id, name FROM names JOIN orders USING (order_id)
               WHERE order_id >= ?1 AND shop = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![first.0, shop.as_str()], |row| {
        Ok((OrderId(row.get(0)?), row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn staff_names(db: &Connection) -> Result<HashMap<StaffId, String>, Error> {
    let mut statement = db.prepare_cached("SELECT staff, name FROM staff_names")?;
    let rows = statement.query_map([], |row| Ok((StaffId(row.get::<_, Uuid>(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives a member of staff a name, or takes it away. [`crate::hub::Hub::name_staff`] tells those
/// who look on.
///
/// # Errors
/// When SQLite refuses.
pub fn name_staff(db: &Connection, staff: StaffId, name: Option<&str>) -> rusqlite::Result<()> {
    match name {
        Some(name) => db
            .prepare_cached("INSERT OR REPLACE INTO staff_names (staff, name) VALUES (?1, ?2)")?
            .execute(params![staff.0, name])?,
        None => db
            .prepare_cached("DELETE FROM staff_names WHERE staff = ?1")?
            .execute(params![staff.0])?,
    };
    Ok(())
}
