//! The data folder, read only.

use super::replay::{Difference, Replay};
use super::rows::{Models, OrderRow, Rows, ShopRow};
use crate::app::DATABASE_FILE;
use crate::journal::{self, Error, Loaded, SNAPSHOT_FORMAT};
use presso_core::id::{CustomerId, OrderId, ShopId};
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, evolve};
use rusqlite::types::Type;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

/// A data folder as it was at one moment, also while a server goes on writing.
pub struct Folder {
    db: Connection,
}

/// What was seen of one shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Which.
    pub shop: ShopId,
    /// How many events its journal has.
    pub events: u64,
    /// How many orders began in them.
    pub orders: u64,
    /// What differs.
    pub differences: Vec<Difference>,
}

impl Folder {
    /// Opens it for reading. What is committed later is not seen.
    ///
    /// # Errors
    /// When there is no database, or it cannot be read.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(folder.join(DATABASE_FILE), flags)?;
        db.busy_timeout(Duration::from_secs(5))?;
        db.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -65536; BEGIN;")?;
        Ok(Self { db })
    }

    /// What SQLite itself finds wrong with the file; empty when it is sound.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn damages(&self) -> Result<Vec<String>, Error> {
        let mut statement = self.db.prepare("PRAGMA quick_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        let lines: Vec<String> = lines.collect::<Result<_, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    /// The database's format.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn format(&self) -> Result<i64, Error> {
        let read = |row: &Row<'_>| row.get(0);
        Ok(self.db.pragma_query_value(None, "user_version", read)?)
    }

    /// A shop as it stands; none when there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn shop(&self, shop: &ShopId) -> Result<Option<Shop>, Error> {
        let loaded = journal::load(&self.db, shop)?;
        Ok(loaded.map(|Loaded { base, events, .. }| {
            events.iter().fold(base, |mut shop, event| {
                evolve(&mut shop, event);
                shop
            })
        }))
    }

    /// Every shop that has an event or a row.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn shops(&self) -> Result<Vec<ShopId>, Error> {
        let sql = "SELECT shop FROM shops UNION SELECT DISTINCT shop FROM events ORDER BY 1";
        let mut statement = self.db.prepare(sql)?;
        let ids = statement.query_map([], |row| slug(row, 0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Replays one shop's journal and compares.
    ///
    /// # Errors
    /// When something cannot be read at all.
    pub fn verify(&self, shop: &ShopId) -> Result<Report, Error> {
        let at = At { db: &self.db, shop };
        let mut replay = Replay::new(shop.clone(), at)?;
        let sql = "SELECT version, at, type, order_id, body FROM events WHERE shop = ?1
                   ORDER BY version";
        let mut statement = self.db.prepare(sql)?;
        let mut rows = statement.query([shop.as_str()])?;
        while let Some(row) = rows.next()? {
            let version: u64 = row.get(0)?;
            let place = format!("version {version}");
            let due = replay.version() + 1;
            if version != due {
                replay.differ(format!("version {due}"), "it is missing".into());
                break;
            }
            match read(row) {
                Ok(event) => replay.event(&event)?,
                Err(why) => {
                    replay.differ(place, why);
                    break;
                }
            }
        }
        let (events, orders) = (replay.version(), replay.orders());
        Ok(Report {
            shop: shop.clone(),
            events,
            orders,
            differences: replay.finish()?,
        })
    }

    /// One shop's whole journal.
    ///
    /// # Errors
    /// [`Error::Damaged`] when an event cannot be read.
    pub fn events(&self, shop: &ShopId) -> Result<Vec<Event>, Error> {
        let sql = "SELECT version, at, type, order_id, body FROM events WHERE shop = ?1
                   ORDER BY version";
        let mut statement = self.db.prepare(sql)?;
        let mut rows = statement.query([shop.as_str()])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            let event = read(row).map_err(|why| Error::Damaged {
                shop: shop.clone(),
                version: row.get(0).unwrap_or(0),
                why,
            })?;
            events.push(event);
        }
        Ok(events)
    }

    /// The rows beside one shop's journal.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn rows(&self, shop: &ShopId) -> Result<Rows, Error> {
        let at = At { db: &self.db, shop };
        let sql = "SELECT order_id FROM orders WHERE shop = ?1";
        let mut statement = self.db.prepare(sql)?;
        let ids = statement.query_map([shop.as_str()], |row| Ok(OrderId(row.get(0)?)))?;
        let ids: Vec<OrderId> = ids.collect::<Result<_, _>>()?;
        let mut rows = Rows {
            shop: at.shop()?,
            snapshot: at.snapshot()?,
            ..Rows::default()
        };
        for id in ids {
            rows.orders.extend(at.order(id)?.map(|row| (id, row)));
        }
        Ok(rows)
    }
}

/// The event of a row, which the row's other columns must agree with.
fn read(row: &Row<'_>) -> Result<Event, String> {
    let body = row.get_ref(4).map_err(|e| e.to_string())?;
    let body = body.as_str().map_err(|e| e.to_string())?;
    let event: Event = serde_json::from_str(body).map_err(|e| e.to_string())?;
    let get = || -> rusqlite::Result<(u64, i64, String, Option<Uuid>)> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    };
    let columns = get().map_err(|e| e.to_string())?;
    let order = event.kind.order().map(|order| order.0);
    let says = (
        event.version,
        event.at.0,
        event.kind.name().to_owned(),
        order,
    );
    if columns == says {
        Ok(event)
    } else {
        Err(format!("its columns say {columns:?}, the event {says:?}"))
    }
}

/// One shop of an open database.
struct At<'d> {
    db: &'d Connection,
    shop: &'d ShopId,
}

impl Models for At<'_> {
    type Error = Error;
    fn shop(&self) -> Result<Option<ShopRow>, Error> {
        let sql = "SELECT version, next_deadline FROM shops WHERE shop = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let read = |row: &Row<'_>| {
            Ok(ShopRow {
                version: row.get(0)?,
                next_deadline: row.get::<_, Option<i64>>(1)?.map(Timestamp),
            })
        };
        Ok(statement.query_row([self.shop.as_str()], read).optional()?)
    }

    fn snapshot(&self) -> Result<Option<Shop>, Error> {
        let sql = "SELECT body FROM snapshots WHERE shop = ?1 AND format = ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        let params = params![self.shop.as_str(), SNAPSHOT_FORMAT];
        let read = |row: &Row<'_>| {
            let body: Vec<u8> = row.get(0)?;
            serde_json::from_slice(&body).map_err(|bad| unreadable(0, bad.into()))
        };
        Ok(statement.query_row(params, read).optional()?)
    }

    fn order(&self, order: OrderId) -> Result<Option<OrderRow>, Error> {
        let sql = "SELECT shop, customer, state, first_version, version, view FROM orders
                   WHERE order_id = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let read = |row: &Row<'_>| {
            let view = serde_json::from_str(row.get_ref(5)?.as_str()?);
            Ok(OrderRow {
                shop: slug(row, 0)?,
                customer: CustomerId(row.get(1)?),
                state: row.get(2)?,
                first_version: row.get(3)?,
                version: row.get(4)?,
                view: view.map_err(|bad| unreadable(5, bad.into()))?,
            })
        };
        Ok(statement.query_row([order.0], read).optional()?)
    }

    fn orders(&self) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM orders WHERE shop = ?1";
        Ok(self
            .db
            .query_row(sql, [self.shop.as_str()], |row| row.get(0))?)
    }
}

fn slug(row: &Row<'_>, column: usize) -> rusqlite::Result<ShopId> {
    let text: String = row.get(column)?;
    ShopId::parse(&text).map_err(|bad| unreadable(column, bad.into()))
}

fn unreadable(column: usize, why: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, why)
}
