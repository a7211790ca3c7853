//! Journeys that their customers share by a link. The link's secret is here as a hash only; how rows
//! go is in the data map (`erase/map.rs`).

use super::Hash;
use presso_core::id::{OrderId, ShopId};
use presso_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

/// A link that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// To which order's journey.
    pub order: OrderId,
    /// At which shop.
    pub shop: ShopId,
    /// When.
    pub at: Timestamp,
}

/// Shares a journey by this secret; the one before is good no more.
///
/// # Errors
/// The database's.
pub fn share(db: &Connection, share: &Share, secret: Hash) -> Result<()> {
    let sql = "INSERT INTO shared_journeys (order_id, shop, hash, at) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (order_id) DO UPDATE SET hash = excluded.hash, at = excluded.at";
    let row = params![share.order.0, share.shop.as_str(), secret.0, share.at.0];
    db.prepare_cached(sql)?.execute(row).map(drop)
}

/// Shares it no more.
///
/// # Errors
/// The database's.
pub fn unshare(db: &Connection, order: OrderId) -> Result<()> {
    let sql = "DELETE FROM shared_journeys WHERE order_id = ?1";
    db.prepare_cached(sql)?.execute([order.0]).map(drop)
}

/// What this secret leads to; none where it leads nowhere (any more).
///
/// # Errors
/// The database's.
pub fn shared(db: &Connection, secret: Hash) -> Result<Option<Share>> {
    let sql = "SELECT order_id, shop, at FROM shared_journeys WHERE hash = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row([secret.0], |row| {
        let shop: String = row.get(1)?;
        Ok((OrderId(row.get(0)?), shop, Timestamp(row.get(2)?)))
    });
    let found = found.optional()?;
    // A shop whose name is none has no journeys to show.
    Ok(found.and_then(|(order, shop, at)| {
        let shop = ShopId::parse(&shop).ok()?;
        Some(Share { order, shop, at })
    }))
}
