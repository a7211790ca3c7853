//! The one transaction.

use super::keys::{Changes, Keys};
use crate::journal::{Append, Batch, Error, OrderRow, SNAPSHOT_FORMAT, Write};
use parking_lot::Mutex;
use presso_core::shop::Shop;
use presso_core::workflow::Event;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

pub(super) fn commit(
    db: &mut Connection,
    batch: &mut Batch,
    keys: &Mutex<Keys>,
) -> Result<Vec<Result<(), Error>>, Error> {
    let mut tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for append in &batch.appends {
        self::append(&tx, append)?;
    }
    for row in &batch.orders {
        order(&tx, row)?;
    }
    for (id, name) in &batch.names {
        let sql = "INSERT INTO names (order_id, name) VALUES (?1, ?2)
                   ON CONFLICT (order_id) DO UPDATE SET name = excluded.name";
        tx.prepare_cached(sql)?.execute(params![id.0, name])?;
    }
    let is_pruning = keys.lock().is_pruning_due(batch.now);
    let changes = Changes::write(&tx, batch, is_pruning)?;
    for (shop, secret) in &batch.secrets {
        let sql = "INSERT INTO secrets (shop, secret) VALUES (?1, ?2)";
        tx.prepare_cached(sql)?
            .execute(params![shop.as_str(), secret.0])?;
    }
    for shop in &batch.snapshots {
        snapshot(&tx, shop)?;
    }
    let written = batch.writes.drain(..);
    let written = written.map(|write| apart(&mut tx, write)).collect();
    tx.commit()?;
    keys.lock().take_over(changes);
    Ok(written)
}

fn append(tx: &Transaction<'_>, append: &Append) -> Result<(), Error> {
    let (shop, expected) = (append.shop.as_str(), append.expected);
    let version = append.events.last().map_or(expected, |e| e.version);
    let deadline = append.next_deadline.map(|at| at.0);
    let sql = if expected == 0 {
        "INSERT INTO shops (shop, version, next_deadline) VALUES (?1, ?2, ?3)
         ON CONFLICT (shop) DO NOTHING"
    } else {
        "UPDATE shops SET version = ?2, next_deadline = ?3 WHERE shop = ?1 AND version = ?4"
    };
    let mut statement = tx.prepare_cached(sql)?;
    let changed = if expected == 0 {
        statement.execute(params![shop, signed(version), deadline])?
    } else {
        statement.execute(params![shop, signed(version), deadline, signed(expected)])?
    };
    if changed != 1 {
        return Err(Error::Conflict {
            shop: append.shop.clone(),
            expected,
        });
    }
    for (event, due) in append.events.iter().zip(expected + 1..) {
        if event.version != due {
            return Err(Error::Damaged {
                shop: append.shop.clone(),
                version: event.version,
                why: format!("version {due} was due"),
            });
        }
        self::event(tx, shop, event)?;
    }
    Ok(())
}

fn event(tx: &Transaction<'_>, shop: &str, event: &Event) -> Result<(), Error> {
    let body = json(event);
    let order = event.kind.order().map(|order| order.0);
    let sql = "INSERT INTO events (shop, version, at, type, order_id, body)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let (version, name) = (signed(event.version), event.kind.name());
    let row = params![shop, version, event.at.0, name, order, body];
    tx.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

fn order(tx: &Transaction<'_>, row: &OrderRow) -> Result<(), Error> {
    let view = &row.view;
    let sql = "INSERT INTO orders
                 (order_id, shop, customer, state, first_version, version, view)
               VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)
               ON CONFLICT (order_id) DO UPDATE SET
                 customer = excluded.customer, state = excluded.state, version = excluded.version, view = excluded.view";
    tx.prepare_cached(sql)?.execute(params![
        view.order.0,
        row.shop.as_str(),
        row.customer.0,
        view.state.name(),
        signed(view.version),
        json(view),
    ])?;
    Ok(())
}

fn snapshot(tx: &Transaction<'_>, shop: &Shop) -> Result<(), Error> {
    let body = serde_json::to_vec(shop).expect("a shop has text keys and no failing serialisers");
    let sql = "INSERT OR REPLACE INTO snapshots (shop, version, format, body)
               VALUES (?1, ?2, ?3, ?4)";
    let version = signed(shop.version);
    let row = params![shop.id.as_str(), version, SNAPSHOT_FORMAT, body];
    tx.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// In a savepoint of its own: one that fails takes back its own rows only.
fn apart(tx: &mut Transaction<'_>, write: Write) -> Result<(), Error> {
    let savepoint = tx.savepoint()?;
    write.run(&savepoint)?;
    savepoint.commit()?;
    Ok(())
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("events and views have text keys and cannot fail")
}

/// Versions count events: they stay far below 2^63.
fn signed(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
