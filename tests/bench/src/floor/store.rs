//! The floor's one table, and reading it.

use rusqlite::{Connection, Row, params};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// One order.
#[derive(Debug, Clone, Serialize)]
pub struct Order {
    /// Its row.
    pub id: i64,
    /// `choosing`, `queued`, `ready`.
    pub state: String,
    /// Its number, once ordered.
    pub ticket: Option<i64>,
    /// What was ordered.
    pub drink: Option<String>,
    /// With which options, separated by commas.
    pub options: Option<String>,
}

const TABLE: &str = "CREATE TABLE \"order\" (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    ticket INTEGER,
    drink TEXT,
    options TEXT,
    started_at INTEGER NOT NULL,
    submitted_at INTEGER,
    ready_at INTEGER
) STRICT;";
pub(super) const COLUMNS: &str = "id, state, ticket, drink, options";

/// A new database, as durable as Presso's.
pub(super) fn create(file: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open(file)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.execute_batch(TABLE)?;
    Ok(db)
}

pub(super) fn order(row: &Row<'_>) -> rusqlite::Result<Order> {
    Ok(Order {
        id: row.get(0)?,
        state: row.get(1)?,
        ticket: row.get(2)?,
        drink: row.get(3)?,
        options: row.get(4)?,
    })
}

/// Connections that read, as many as ever read at once.
pub(super) struct Readers {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn of(file: PathBuf) -> Self {
        Self {
            file,
            idle: Mutex::default(),
        }
    }

    pub(super) fn order(&self, id: i64) -> rusqlite::Result<Order> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let spare = idle().pop();
        let db = spare.map_or_else(|| Connection::open(&self.file), Ok)?;
        let select = format!("SELECT {COLUMNS} FROM \"order\" WHERE id = ?1");
        let found = db.prepare_cached(&select)?.query_row(params![id], order);
        idle().push(db);
        found
    }
}
