//! The SQL of web push. Writing happens in the transaction that the engine's writer hands in.

use super::letter::Due;
use super::subscription::Subscription;
use presso_core::board::Alert;
use presso_core::id::{CustomerId, OrderId, ShopId};
use presso_core::time::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use uuid::Uuid;

/// At how many shops one session may be subscribed; beyond, the one not renewed for longest goes.
const SHOPS_A_SESSION: i64 = 8;
/// How many alerts may wait in all. Beyond, phones are not told: their pages still show it.
const WAITING: i64 = 10_000;

/// Subscribes a session at a shop, or renews that: what happens from now on is told. False when the
/// session is over.
///
/// # Errors
/// The database's.
pub fn subscribe(
    db: &Connection,
    family: Uuid,
    shop: &ShopId,
    customer: CustomerId,
    subscription: &Subscription,
    now: Timestamp,
) -> Result<bool> {
    let shop = shop.as_str();
    // Where nobody listened, nobody read: what happened meanwhile concerns nobody.
    db.prepare_cached(
        "INSERT INTO push_cursor SELECT shop, version FROM shops WHERE shop = ?1
         ON CONFLICT (shop) DO UPDATE SET version = excluded.version
         WHERE NOT EXISTS (SELECT 1 FROM push WHERE push.shop = ?1)",
    )?
    .execute([shop])?;
    let Subscription {
        endpoint,
        p256dh,
        auth,
    } = subscription;
    let kept = db
        .prepare_cached(
            "INSERT INTO push SELECT ?1, ?2, ?3, ?4, ?5, ?6,
               (SELECT version FROM shops WHERE shop = ?2), ?7
             WHERE EXISTS (SELECT 1 FROM family WHERE id = ?1 AND ended_at IS NULL)
             ON CONFLICT (family, shop) DO UPDATE SET customer = excluded.customer,
               endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth,
               at = excluded.at",
        )?
        .execute(params![
            family, shop, customer.0, endpoint, p256dh, auth, now.0
        ])?;
    db.prepare_cached(
        "DELETE FROM push WHERE family = ?1 AND shop NOT IN
           (SELECT shop FROM push WHERE family = ?1 ORDER BY at DESC, shop = ?2 DESC LIMIT ?3)",
    )?
    .execute(params![family, shop, SHOPS_A_SESSION])?;
    Ok(kept > 0)
}

/// Takes a session's subscriptions away, with what was still to be sent.
///
/// # Errors
/// The database's.
pub fn unsubscribe(db: &Connection, family: Uuid) -> Result<()> {
    db.prepare_cached("DELETE FROM push WHERE family = ?1")?
        .execute([family])?;
    Ok(())
}

/// A session's customer is another one at this shop from now on: their phone is rung as before.
///
/// # Errors
/// The database's.
pub fn belongs_to(
    db: &Connection,
    family: Uuid,
    shop: &ShopId,
    customer: CustomerId,
) -> Result<()> {
    db.prepare_cached("UPDATE push SET customer = ?3 WHERE family = ?1 AND shop = ?2")?
        .execute(params![family, shop.as_str(), customer.0])?;
    Ok(())
}

/// A shop whose stream has more than was read.
pub(super) struct Behind {
    pub(super) shop: ShopId,
    /// The version up to which it was read when that was last written down.
    pub(super) read: u64,
    /// Its newest version.
    pub(super) head: u64,
}

/// The shops that somebody listens to; none when nobody does.
pub(super) fn listened(db: &Connection) -> Result<Vec<Behind>> {
    db.prepare_cached(
        "SELECT shop, push_cursor.version, shops.version FROM shops JOIN push_cursor USING (shop)
         WHERE EXISTS (SELECT 1 FROM push WHERE push.shop = shops.shop)",
    )?
    .query_map([], |row| {
        Ok(Behind {
            shop: slug(row, 0)?,
            read: row.get(1)?,
            head: row.get(2)?,
        })
    })?
    .collect()
}

/// An order that something happened to, and a session of its customer that wants to know.
pub(super) struct Concerned {
    pub(super) order: OrderId,
    pub(super) family: Uuid,
    /// Up to which version nothing is to be told.
    pub(super) since: u64,
}

/// Whom the events of a shop after `read`, up to `head`, concern.
pub(super) fn concerned(
    db: &Connection,
    shop: &ShopId,
    read: u64,
    head: u64,
) -> Result<Vec<Concerned>> {
    db.prepare_cached(
        "SELECT DISTINCT events.order_id, push.family, push.since FROM events
         JOIN orders ON orders.order_id = events.order_id
         JOIN push ON push.shop = events.shop AND push.customer = orders.customer
         WHERE events.shop = ?1 AND events.version > ?2 AND events.version <= ?3
         ORDER BY events.order_id",
    )?
    .query_map(params![shop.as_str(), read, head], |row| {
        Ok(Concerned {
            order: OrderId(row.get(0)?),
            family: row.get(1)?,
            since: row.get(2)?,
        })
    })?
    .collect()
}

/// Moves the cursor, and queues what the way there brought. Answers what was queued: not what came
/// for those who are gone meanwhile, nor what there is no room for.
pub(super) fn move_on(
    db: &Connection,
    shop: &ShopId,
    head: u64,
    dues: Vec<Due>,
) -> Result<Vec<Due>> {
    let mut move_cursor =
        db.prepare_cached("UPDATE push_cursor SET version = max(version, ?2) WHERE shop = ?1")?;
    move_cursor.execute(params![shop.as_str(), head])?;
    let mut queue = db.prepare_cached(
        "INSERT INTO push_due SELECT ?1, ?2, ?3, ?4, ?5, ?6
         WHERE EXISTS (SELECT 1 FROM push WHERE family = ?1 AND shop = ?3)
           AND (SELECT count(*) FROM push_due) < ?7
         ON CONFLICT (family, order_id) DO UPDATE SET version = excluded.version,
           alert = excluded.alert, until = excluded.until",
    )?;
    let mut queued = Vec::new();
    for due in dues {
        let alert =
            serde_json::to_string(&due.alert).expect("an alert has text keys and no failing parts");
        let kept = queue.execute(params![
            due.family,
            due.order.0,
            due.shop.as_str(),
            due.version,
            alert,
            due.until.0,
            WAITING
        ])?;
        if kept > 0 {
            queued.push(due);
        }
    }
    Ok(queued)
}

/// All that is still to be sent.
pub(super) fn dues(db: &Connection) -> Result<Vec<Due>> {
    db.prepare("SELECT family, order_id, shop, version, alert, until FROM push_due")?
        .query_map([], |row| {
            let alert: String = row.get(4)?;
            let alert: Alert = serde_json::from_str(&alert)
                .map_err(|e| rusqlite::Error::FromSqlConversionFailure(4, Type::Text, e.into()))?;
            Ok(Due {
                family: row.get(0)?,
                order: OrderId(row.get(1)?),
                shop: slug(row, 2)?,
                version: row.get(3)?,
                alert,
                until: Timestamp(row.get(5)?),
            })
        })?
        .collect()
}

/// It is sent, or not worth it any more; a newer one of the same order stays.
pub(super) fn settle(db: &Connection, due: &Due) -> Result<()> {
    db.prepare_cached("DELETE FROM push_due WHERE family = ?1 AND order_id = ?2 AND version = ?3")?
        .execute(params![due.family, due.order.0, due.version])?;
    Ok(())
}

/// The push service knows this browser no more.
pub(super) fn forget(db: &Connection, family: Uuid, endpoint: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM push WHERE family = ?1 AND endpoint = ?2")?
        .execute(params![family, endpoint])?;
    Ok(())
}

/// How a session is reached about a shop now; none when it does not want to be any more.
pub(super) fn subscription(
    db: &Connection,
    family: Uuid,
    shop: &ShopId,
) -> Result<Option<Subscription>> {
    db.prepare_cached("SELECT endpoint, p256dh, auth FROM push WHERE family = ?1 AND shop = ?2")?
        .query_row(params![family, shop.as_str()], |row| {
            Ok(Subscription {
                endpoint: row.get(0)?,
                p256dh: row.get(1)?,
                auth: row.get(2)?,
            })
        })
        .optional()
}

fn slug(row: &Row<'_>, at: usize) -> Result<ShopId> {
    let text: String = row.get(at)?;
    ShopId::parse(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, e.into()))
}
