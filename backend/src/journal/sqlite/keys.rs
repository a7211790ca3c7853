//! Idempotency keys: what became of what came under them lies in tables that only grow at their end,
//! and where each lies is kept in memory. An index on disk over random keys would dirty a page of its
//! own for each command, which is most of what a busy shop would write.

use super::refusals;
use crate::engine::Key;
use crate::journal::{Batch, Error, Remembered};
use presso_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Answers are kept this long.
const KEEP_MS: i64 = 24 * 3_600_000;
/// Old answers are removed this often, and at most so many at once, so that no commit is slow.
const PRUNE_EVERY_MS: i64 = 60_000;
pub(super) const PRUNE_AT_ONCE: i64 = 2000;

/// A key with its scope, hashed: 128 bits of SHA-256 do not meet by chance.
pub(super) type Scope = [u8; 16];

/// Where something lies: in which table, and in which of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Answer(i64),
    Refusal(i64),
}

impl Place {
    /// How long what lies there counts.
    const fn keep_ms(self) -> i64 {
        match self {
            Self::Answer(_) => KEEP_MS,
            Self::Refusal(_) => refusals::KEEP_MS,
        }
    }
}

/// Where everything lies.
#[derive(Default)]
pub(super) struct Keys {
    /// By scope: the place, and when it was written, ms.
    places: HashMap<Scope, (Place, i64)>,
    pruned_ms: i64,
}

/// What a transaction did; to be taken over once it is committed.
pub(super) struct Changes {
    kept: Vec<(Scope, Place)>,
    pruned: Vec<(Scope, Place)>,
    now_ms: i64,
    is_pruning: bool,
}

pub(super) fn scope(key: &Key) -> Scope {
    let mut hash = Sha256::new();
    hash.update(key.principal);
    hash.update(key.key);
    hash.update(&key.route);
    let mut scope = [0; 16];
    scope.copy_from_slice(&hash.finalize()[..16]);
    scope
}

impl Keys {
    /// Reads where everything lies: some 30 bytes each.
    pub(super) fn load(db: &Connection) -> Result<Self, Error> {
        let mut places = HashMap::new();
        let mut read = |table: &str, place: fn(i64) -> Place| {
            let sql = format!("SELECT scope, id, at FROM {table} ORDER BY id");
            let mut statement = db.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                places.insert(row.get(0)?, (place(row.get(1)?), row.get(2)?));
            }
            Ok::<(), rusqlite::Error>(())
        };
        read("refusals", Place::Refusal)?;
        read("idempotency_keys", Place::Answer)?;
        Ok(Self {
            places,
            pruned_ms: 0,
        })
    }

    /// Where that lies which became of this key, as far as it still counts.
    pub(super) fn find(&self, key: &Key, now: Timestamp) -> Option<Place> {
        let (place, at) = self.places.get(&scope(key))?;
        (*at > now.0 - place.keep_ms()).then_some(*place)
    }

    /// Is it time to remove what is old?
    pub(super) fn is_pruning_due(&self, now: Timestamp) -> bool {
        now.0 >= self.pruned_ms + PRUNE_EVERY_MS
    }

    /// The transaction was committed.
    pub(super) fn take_over(&mut self, changes: Changes) {
        for (scope, place) in changes.pruned {
            // The key may have been used again since, and lie elsewhere.
            if self.places.get(&scope).is_some_and(|(is, _)| *is == place) {
                self.places.remove(&scope);
            }
        }
        let kept = changes.kept.into_iter();
        self.places
            .extend(kept.map(|(scope, place)| (scope, (place, changes.now_ms))));
        if changes.is_pruning {
            self.pruned_ms = changes.now_ms;
        }
    }
}

/// What lies there.
pub(super) fn recall(db: &Connection, place: Place) -> Result<Option<Remembered>, Error> {
    let id = match place {
        Place::Answer(id) => id,
        Place::Refusal(id) => return refusals::recall(db, id),
    };
    let sql = "SELECT digest, answer FROM idempotency WHERE id = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Remembered::Done {
            body_digest: row.get(0)?,
            answer: row.get(1)?,
        })
    };
    Ok(db.prepare_cached(sql)?.query_row([id], read).optional()?)
}

impl Changes {
    /// Writes what is to be kept, and removes what is old if that is due.
    pub(super) fn write(
        tx: &Transaction<'_>,
        batch: &Batch,
        is_pruning: bool,
    ) -> Result<Self, Error> {
        let now_ms = batch.now.0;
        let mut kept = refusals::write(tx, &batch.refusals, now_ms)?;
        for answer in &batch.answers {
            let scope = scope(&answer.key);
            let sql = "INSERT INTO idempotency (digest, answer) VALUES (?1, ?2)";
            let row = params![answer.key.body_digest, answer.body];
            let id = tx.prepare_cached(sql)?.insert(row)?;
            let sql = "INSERT INTO idempotency_keys (id, scope, at) VALUES (?1, ?2, ?3)";
            tx.prepare_cached(sql)?
                .execute(params![id, scope, now_ms])?;
            kept.push((scope, Place::Answer(id)));
        }
        let mut pruned = refusals::prune(tx, now_ms, batch.refusals.len(), is_pruning)?;
        if is_pruning {
            pruned.extend(prune(tx, now_ms - KEEP_MS)?);
        }
        Ok(Self {
            kept,
            pruned,
            now_ms,
            is_pruning,
        })
    }
}

/// The oldest rows come first, so nothing needs to be searched.
fn prune(tx: &Transaction<'_>, before_ms: i64) -> Result<Vec<(Scope, Place)>, Error> {
    let sql = "SELECT scope, id, at FROM idempotency_keys ORDER BY id LIMIT ?1";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([PRUNE_AT_ONCE])?;
    let mut old = Vec::new();
    let mut last = None;
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>(2)? >= before_ms {
            break;
        }
        let id = row.get(1)?;
        old.push((row.get(0)?, Place::Answer(id)));
        last = Some(id);
    }
    if let Some(last) = last {
        tx.execute("DELETE FROM idempotency WHERE id <= ?1", [last])?;
        tx.execute("DELETE FROM idempotency_keys WHERE id <= ?1", [last])?;
    }
    Ok(old)
}
