//! Erasing what says who somebody is. The journal keeps pseudonyms, numbers and reasons; what lies
//! beside it goes, table by table, as the data map ([`map`]) says.

mod map;
#[cfg(test)]
mod tests;

use map::{Line, MAP};
use presso_core::id::{CustomerId, OrderId, ShopId};
use presso_core::time::Timestamp;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Result, params};
use uuid::Uuid;

/// How many orders' rows are erased for their age at once, so that no commit is slow.
const AT_ONCE: i64 = 2_000;

/// What went.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Erased {
    /// How many rows of which table; tables of which nothing went are not named.
    pub rows: Vec<(&'static str, usize)>,
    /// What stood in them, to be looked for. Never to be shown or logged.
    pub values: Vec<Vec<u8>>,
    /// Whose names on cups went, or would have.
    pub orders: Vec<OrderId>,
}

/// As whom a shop knows a customer: by which account, and under which pseudonym.
pub type KnownAs = (ShopId, Uuid, CustomerId);

/// Erases what a customer left anywhere: their names on cups, the answers that carry them, how
/// their browsers are reached, which number or address was theirs. At each shop that goes by whom
/// it knows there and by nothing else: an account that is theirs at one may be somebody else's at
/// another. `families` are their sessions, which are the caller's to end afterwards.
///
/// # Errors
/// The database's; the caller then drops the transaction.
pub fn erase_customer(db: &Connection, known_as: &[KnownAs], families: &[Uuid]) -> Result<Erased> {
    begin(db)?;
    let mut person = db.prepare_cached("INSERT OR IGNORE INTO erasing_as VALUES (?1, ?2, ?3)")?;
    let mut session = db.prepare_cached("INSERT OR IGNORE INTO erasing_in VALUES (?1)")?;
    for family in families {
        session.execute([family])?;
    }
    let mut gather = db.prepare_cached(
        "INSERT OR IGNORE INTO erasing SELECT order_id, view ->> '$.order'
         FROM orders INDEXED BY orders_by_shop WHERE shop = ?1 AND customer = ?2",
    )?;
    for (shop, account, customer) in known_as {
        gather.execute(params![shop.as_str(), customer.0])?;
        person.execute(params![shop.as_str(), account, customer.0])?;
    }
    carry_out(db, |line| line.of_customer, &With::default())
}

/// Erases what a shop's customers and staff left there.
///
/// # Errors
/// The database's; the caller then drops the transaction.
pub fn erase_shop(db: &Connection, shop: &ShopId) -> Result<Erased> {
    begin(db)?;
    let gather = "INSERT INTO erasing SELECT order_id, view ->> '$.order' FROM orders
                  WHERE shop = ?1";
    db.prepare_cached(gather)?.execute([shop.as_str()])?;
    let with = With {
        shop: Some(shop),
        ..With::default()
    };
    carry_out(db, |line| line.of_shop, &with)
}

/// Erases what a shop has kept since before that time, of a bounded number of orders; and whether
/// there may be more.
///
/// # Errors
/// The database's; the caller then drops the transaction.
pub fn erase_old(db: &Connection, shop: &ShopId, before: Timestamp) -> Result<(Erased, bool)> {
    begin(db)?;
    // Identifiers sort by time.
    let gather = "INSERT INTO erasing SELECT order_id, view ->> '$.order'
                  FROM names JOIN orders USING (order_id)
                  WHERE order_id < ?1 AND shop = ?2 LIMIT ?3";
    let first = first_of(before);
    let row = params![first, shop.as_str(), AT_ONCE];
    let gathered = db.prepare_cached(gather)?.execute(row)?;
    let with = With {
        shop: Some(shop),
        before,
    };
    let erased = carry_out(db, |line| line.of_old, &with)?;
    Ok((erased, i64::try_from(gathered) == Ok(AT_ONCE)))
}

/// The members of a shop's staff, whose names went with it.
///
/// # Errors
/// The database's.
pub fn staff_ids_of(db: &Connection, shop: &ShopId) -> Result<Vec<Uuid>> {
    let mut statement = db.prepare_cached("SELECT id FROM staff WHERE shop = ?1")?;
    let rows = statement.query_map([shop.as_str()], |row| row.get(0))?;
    rows.collect()
}

/// An identifier that sorts before all of that millisecond and after all before it.
fn first_of(at: Timestamp) -> Uuid {
    let ms = u128::try_from(at.0).unwrap_or_default();
    Uuid::from_u128(ms << 80)
}

/// What statements may name.
#[derive(Default)]
struct With<'a> {
    shop: Option<&'a ShopId>,
    before: Timestamp,
}

/// The orders, people and sessions that are concerned; of this connection alone, and empty.
fn begin(db: &Connection) -> Result<()> {
    db.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS erasing (order_id BLOB PRIMARY KEY, text TEXT NOT NULL);
         CREATE TEMP TABLE IF NOT EXISTS erasing_as
           (shop TEXT NOT NULL, account BLOB NOT NULL, customer BLOB NOT NULL,
            PRIMARY KEY (shop, customer));
         CREATE TEMP TABLE IF NOT EXISTS erasing_in (family BLOB PRIMARY KEY);",
    )?;
    forget(db)
}

fn forget(db: &Connection) -> Result<()> {
    db.execute_batch("DELETE FROM erasing; DELETE FROM erasing_as; DELETE FROM erasing_in;")
}

fn carry_out(
    db: &Connection,
    which: impl Fn(&Line) -> Option<&'static str>,
    with: &With<'_>,
) -> Result<Erased> {
    let mut erased = Erased::default();
    for line in MAP {
        if let Some(sql) = which(line) {
            let rows = run(db, sql, with, &mut erased.values)?;
            if rows > 0 {
                erased.rows.push((line.table, rows));
            }
        }
    }
    let mut orders = db.prepare_cached("SELECT order_id FROM erasing")?;
    let orders = orders.query_map([], |row| row.get(0).map(OrderId))?;
    erased.orders = orders.collect::<Result<_>>()?;
    erased.values.sort_unstable();
    erased.values.dedup();
    forget(db)?;
    Ok(erased)
}

/// Runs one statement of the map; how many rows it changed.
fn run(db: &Connection, sql: &str, with: &With<'_>, values: &mut Vec<Vec<u8>>) -> Result<usize> {
    let mut statement = db.prepare_cached(sql)?;
    let given = [
        (
            ":shop",
            with.shop.map(|shop| Value::from(shop.as_str().to_owned())),
        ),
        (":before", Some(Value::from(with.before.0))),
    ];
    for (name, value) in given {
        if let Some(at) = statement.parameter_index(name)? {
            statement.raw_bind_parameter(at, value)?;
        }
    }
    let columns = statement.column_count();
    if columns == 0 {
        return statement.raw_execute();
    }
    let (mut rows, mut count) = (statement.raw_query(), 0);
    while let Some(row) = rows.next()? {
        count += 1;
        for column in 0..columns {
            if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column)? {
                values.push(bytes.to_vec());
            }
        }
    }
    Ok(count)
}
