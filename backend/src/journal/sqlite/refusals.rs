//! Refusals under their keys. Whoever asks in vain writes a row, so there is a bound on them, too:
//! each commit removes twice as many of the old as it adds, once they are too many.

use super::keys::{PRUNE_AT_ONCE, Place, Scope, scope};
use crate::journal::{Error, Remembered, StoredRefusal};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// They are kept this long: no copy of a request is under way for longer. An app tries for 20
/// seconds, and a network that delivers what it was given a quarter of an hour ago has given it up.
pub(super) const KEEP_MS: i64 = 3_600_000;
/// So many are kept at the most, the newest.
const MOST: i64 = if cfg!(test) { 100 } else { 100_000 };

pub(super) fn recall(db: &Connection, id: i64) -> Result<Option<Remembered>, Error> {
    let sql = "SELECT rejection FROM refusals WHERE id = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let text: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
    let Some(text) = text else {
        return Ok(None);
    };
    let rejection = serde_json::from_str(&text)
        .map_err(|why| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(why)))?;
    Ok(Some(Remembered::Refused(rejection)))
}

pub(super) fn write(
    tx: &Transaction<'_>,
    refusals: &[StoredRefusal],
    now_ms: i64,
) -> Result<Vec<(Scope, Place)>, Error> {
    let sql = "INSERT INTO refusals (scope, at, rejection) VALUES (?1, ?2, ?3)";
    let mut kept = Vec::with_capacity(refusals.len());
    for refusal in refusals {
        let scope = scope(&refusal.key);
        let why = serde_json::to_string(&refusal.rejection)
            .expect("rejections have text keys and no failing serialisers");
        let id = tx
            .prepare_cached(sql)?
            .insert(params![scope, now_ms, why])?;
        kept.push((scope, Place::Refusal(id)));
    }
    Ok(kept)
}

/// Removes what is too old and what is too much; so many were added.
pub(super) fn prune(
    tx: &Transaction<'_>,
    now_ms: i64,
    added: usize,
    is_due: bool,
) -> Result<Vec<(Scope, Place)>, Error> {
    let added = i64::try_from(added).unwrap_or(i64::MAX);
    let at_once = added
        .saturating_mul(2)
        .max(if is_due { PRUNE_AT_ONCE } else { 0 });
    let mut old = Vec::new();
    if at_once == 0 {
        return Ok(old);
    }
    let mut newest = tx.prepare_cached("SELECT coalesce(max(id), 0) FROM refusals")?;
    let newest: i64 = newest.query_row([], |row| row.get(0))?;
    let sql = "SELECT scope, id, at FROM refusals ORDER BY id LIMIT ?1";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([at_once])?;
    let mut last = None;
    while let Some(row) = rows.next()? {
        let (id, at): (i64, i64) = (row.get(1)?, row.get(2)?);
        if at > now_ms - KEEP_MS && id > newest - MOST {
            break;
        }
        old.push((row.get(0)?, Place::Refusal(id)));
        last = Some(id);
    }
    if let Some(last) = last {
        tx.execute("DELETE FROM refusals WHERE id <= ?1", [last])?;
    }
    Ok(old)
}
