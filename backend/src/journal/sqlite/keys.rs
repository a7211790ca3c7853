//! Idempotency keys: the answers lie in a table that only grows at its end, and where each lies is
//! kept in memory. An index on disk over random keys would dirty a page of its own for each
//! command, which is most of what a busy shop would write.

use crate::engine::Key;
use crate::journal::{Error, Remembered, StoredAnswer};
use presso_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Answers are kept this long.
const KEEP_MS: i64 = 24 * 3_600_000;
/// Old answers are removed this often, and at most so many at once, so that no commit is slow.
const PRUNE_EVERY_MS: i64 = 60_000;
const PRUNE_AT_ONCE: i64 = 2000;

/// A key with its scope, hashed: 128 bits of SHA-256 do not meet by chance.
type Scope = [u8; 16];

/// Where the answers lie.
#[derive(Default)]
pub(super) struct Keys {
    /// By scope: the row, and when it was written, ms.
    rows: HashMap<Scope, (i64, i64)>,
    pruned_ms: i64,
}

/// What a transaction did; to be taken over once it is committed.
pub(super) struct Changes {
    kept: Vec<(Scope, i64)>,
    pruned: Vec<(Scope, i64)>,
    now_ms: i64,
    is_pruning: bool,
}

fn scope(key: &Key) -> Scope {
    let mut hash = Sha256::new();
    hash.update(key.principal);
    hash.update(key.key);
    hash.update(&key.route);
    let mut scope = [0; 16];
    scope.copy_from_slice(&hash.finalize()[..16]);
    scope
}

impl Keys {
    /// Reads where everything lies: rows of some 30 bytes each.
    pub(super) fn load(db: &Connection) -> Result<Self, Error> {
        let mut statement = db.prepare("SELECT scope, id, at FROM idempotency_keys ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        let rows = rows.collect::<Result<_, _>>()?;
        Ok(Self { rows, pruned_ms: 0 })
    }

    /// The row of the answer given under this key in the 24 hours before `now`.
    pub(super) fn find(&self, key: &Key, now: Timestamp) -> Option<i64> {
        let (row, at) = self.rows.get(&scope(key))?;
        (*at > now.0 - KEEP_MS).then_some(*row)
    }

    /// Is it time to remove old answers?
    pub(super) fn is_pruning_due(&self, now: Timestamp) -> bool {
        now.0 >= self.pruned_ms + PRUNE_EVERY_MS
    }

    /// The transaction was committed.
    pub(super) fn take_over(&mut self, changes: Changes) {
        for (scope, id) in changes.pruned {
            // The key may have been used again since, and lie elsewhere.
            if self.rows.get(&scope).is_some_and(|(row, _)| *row == id) {
                self.rows.remove(&scope);
            }
        }
        let rows = changes.kept.into_iter();
        self.rows
            .extend(rows.map(|(scope, id)| (scope, (id, changes.now_ms))));
        if changes.is_pruning {
            self.pruned_ms = changes.now_ms;
        }
    }
}

/// The answer in that row.
pub(super) fn recall(db: &Connection, row: i64) -> Result<Option<Remembered>, Error> {
    let sql = "SELECT digest, answer FROM idempotency WHERE id = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Remembered {
            body_digest: row.get(0)?,
            answer: row.get(1)?,
        })
    };
    Ok(db.prepare_cached(sql)?.query_row([row], read).optional()?)
}

impl Changes {
    /// Writes answers, and removes old ones if that is due.
    pub(super) fn write(
        tx: &Transaction<'_>,
        answers: &[StoredAnswer],
        now: Timestamp,
        is_pruning: bool,
    ) -> Result<Self, Error> {
        let now_ms = now.0;
        let mut kept = Vec::with_capacity(answers.len());
        for answer in answers {
            let scope = scope(&answer.key);
            let sql = "INSERT INTO idempotency (digest, answer) VALUES (?1, ?2)";
            let row = params![answer.key.body_digest, answer.body];
            let id = tx.prepare_cached(sql)?.insert(row)?;
            let sql = "INSERT INTO idempotency_keys (id, scope, at) VALUES (?1, ?2, ?3)";
            tx.prepare_cached(sql)?
                .execute(params![id, scope, now_ms])?;
            kept.push((scope, id));
        }
        let pruned = if is_pruning {
            prune(tx, now_ms - KEEP_MS)?
        } else {
            Vec::new()
        };
        Ok(Self {
            kept,
            pruned,
            now_ms,
            is_pruning,
        })
    }
}

/// The oldest rows come first, so nothing needs to be searched.
fn prune(tx: &Transaction<'_>, before_ms: i64) -> Result<Vec<(Scope, i64)>, Error> {
    let sql = "SELECT scope, id, at FROM idempotency_keys ORDER BY id LIMIT ?1";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([PRUNE_AT_ONCE])?;
    let mut old = Vec::new();
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>(2)? >= before_ms {
            break;
        }
        old.push((row.get(0)?, row.get(1)?));
    }
    if let Some((_, last)) = old.last() {
        tx.execute("DELETE FROM idempotency WHERE id <= ?1", [last])?;
        tx.execute("DELETE FROM idempotency_keys WHERE id <= ?1", [last])?;
    }
    Ok(old)
}
