//! The SQL of deliveries: queued together with the cursor that brought them, picked lane by lane,
//! settled, given up, and sent again.

use presso_core::api::DeadLetter;
use presso_core::id::ShopId;
use presso_core::time::Timestamp;
use rusqlite::{Connection, Result, Row, params};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// How many deliveries of one rule wait on disk. A rule that has so many reads on when some are
/// done: the journal keeps the rest.
pub const WINDOW: u64 = 5_000;
/// How many dead letters of one rule are kept; beyond, the oldest goes.
pub(super) const DEAD_KEPT: u64 = 1_000;
/// How many dead letters are sent again at once.
pub(super) const REDRIVEN_AT_ONCE: u64 = 1_000;
/// How many dead letters are on a page.
pub const DEAD_PAGE: u64 = 50;

/// A delivery that is to be queued.
#[derive(Debug, Clone)]
pub(super) struct NewDue {
    pub(super) rule: Uuid,
    pub(super) lane: Uuid,
    /// As JSON; rules that match the same envelope share it.
    pub(super) envelope: Arc<str>,
    pub(super) replay: Option<Arc<str>>,
}

/// A delivery that is the first of its lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) id: i64,
    pub(super) rule: Uuid,
    pub(super) lane: Uuid,
    pub(super) envelope: String,
    pub(super) replay: Option<String>,
    pub(super) since: Timestamp,
    pub(super) tries: u32,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Settled {
    /// The target has it.
    Delivered,
    /// To be tried again then.
    Again(Timestamp),
    /// Given up, and why.
    Dead(String),
}

/// What is read of a shop, apart from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Stream {
    /// Its journal, by versions.
    Journal = 0,
    /// What others put on its bus, by their sequence.
    Outside = 1,
}

/// Where a rule reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Cursor {
    pub(super) rule: Uuid,
    pub(super) shop: ShopId,
    pub(super) stream: Stream,
}

/// A rule that has read on.
#[derive(Debug, Clone)]
pub(super) struct Moved {
    pub(super) cursor: Cursor,
    /// Where it was.
    pub(super) from: u64,
    /// Where it is.
    pub(super) to: u64,
}

/// Moves cursors on, and queues what the way there brought: both or neither. A rule that was deleted
/// or switched meanwhile is left as it is now, and what was read for it is dropped. False when there
/// was one.
pub(super) fn queue(
    db: &Connection,
    moved: &[Moved],
    dues: &[NewDue],
    now: Timestamp,
) -> Result<bool> {
    let sql = "INSERT INTO rule_cursors (rule, shop, stream, position)
               SELECT ?1, ?2, ?3, ?5 WHERE EXISTS (SELECT 1 FROM rules WHERE id = ?1 AND enabled)
               ON CONFLICT (rule, shop, stream) DO UPDATE SET position = excluded.position
               WHERE position = ?4";
    let mut statement = db.prepare_cached(sql)?;
    let mut overtaken = HashSet::new();
    for Moved { cursor, from, to } in moved {
        let Cursor { rule, shop, stream } = cursor;
        let row = params![rule, shop.as_str(), *stream as u8, from, to];
        if statement.execute(row)? == 0 {
            overtaken.insert(*rule);
        }
    }
    for due in dues.iter().filter(|due| !overtaken.contains(&due.rule)) {
        add(db, due, now)?;
    }
    Ok(overtaken.is_empty())
}

/// Queues them, each at the end of its lane.
pub(super) fn add_all(db: &Connection, dues: &[NewDue], now: Timestamp) -> Result<()> {
    dues.iter().try_for_each(|due| add(db, due, now))
}

/// Queues one delivery at the end of its lane.
fn add(db: &Connection, due: &NewDue, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO rule_dues (rule, lane, envelope, replay, since, next_at)
               SELECT ?1, ?2, ?3, ?4, iif(alone, ?5, NULL), iif(alone, ?5, NULL) FROM
                 (SELECT NOT EXISTS (SELECT 1 FROM rule_dues WHERE rule = ?1 AND lane = ?2) AS alone)
               WHERE EXISTS (SELECT 1 FROM rules WHERE id = ?1)";
    let (envelope, replay) = (&*due.envelope, due.replay.as_deref());
    let row = params![due.rule, due.lane, envelope, replay, now.0];
    db.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// Every cursor.
pub(super) fn cursors(db: &Connection) -> Result<Vec<(Cursor, u64)>> {
    let sql = "SELECT rule, shop, stream, position FROM rule_cursors";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        let stream = match row.get(2)? {
            0 => Stream::Journal,
            _ => Stream::Outside,
        };
        let (rule, shop) = (row.get(0)?, super::rows::shop(row, 1)?);
        Ok((Cursor { rule, shop, stream }, row.get(3)?))
    })?;
    rows.collect()
}

/// How many deliveries of each rule wait; rules without any are left out.
pub(super) fn waiting(db: &Connection) -> Result<BTreeMap<Uuid, u64>> {
    let sql = "SELECT rule, count(*) FROM rule_dues GROUP BY rule";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// What may go out now: of each rule, with so many under way, as many as it has room for. And when
/// to look again at the latest; a rule without room is looked at when it has some.
pub(super) fn pick(
    db: &Connection,
    room: &[(Uuid, usize, usize)],
    under_way: &HashSet<(Uuid, Uuid)>,
    now: Timestamp,
    most: usize,
) -> Result<(Vec<Due>, Option<Timestamp>)> {
    let sql = "SELECT id, rule, lane, envelope, replay, since, tries, next_at FROM rule_dues
               WHERE rule = ?1 AND next_at IS NOT NULL ORDER BY next_at LIMIT ?2";
    let mut statement = db.prepare_cached(sql)?;
    let (mut picked, mut alarm) = (Vec::new(), None::<Timestamp>);
    for (rule, busy, room) in room {
        let mut left = *room;
        let limit = u64::try_from(busy + left + 1).unwrap_or(u64::MAX);
        let mut rows = statement.query(params![rule, limit])?;
        while let Some(row) = rows.next()? {
            let (lane, next_at) = (row.get(2)?, Timestamp(row.get(7)?));
            if under_way.contains(&(*rule, lane)) {
                continue;
            }
            if next_at > now {
                alarm = Some(alarm.map_or(next_at, |alarm| alarm.min(next_at)));
                break;
            }
            if left == 0 || picked.len() >= most {
                break;
            }
            left -= 1;
            picked.push(due(row)?);
        }
    }
    Ok((picked, alarm))
}

fn due(row: &Row<'_>) -> Result<Due> {
    Ok(Due {
        id: row.get(0)?,
        rule: row.get(1)?,
        lane: row.get(2)?,
        envelope: row.get(3)?,
        replay: row.get(4)?,
        since: Timestamp(row.get(5)?),
        tries: row.get(6)?,
    })
}

/// Writes down what became of attempts. A rule that was deleted meanwhile took its deliveries along.
pub(super) fn settle(db: &Connection, attempts: &[(Due, Settled)], now: Timestamp) -> Result<()> {
    for (due, settled) in attempts {
        let tries = due.tries.saturating_add(1);
        match settled {
            Settled::Again(at) => {
                let sql = "UPDATE rule_dues SET next_at = ?2, tries = ?3 WHERE id = ?1";
                db.prepare_cached(sql)?
                    .execute(params![due.id, at.0, tries])?;
            }
            Settled::Delivered => done(db, due, now)?,
            Settled::Dead(why) => {
                let sql = "INSERT INTO dead_letters (rule, lane, envelope, replay, at, tries, why)
                           SELECT rule, lane, envelope, replay, ?2, ?3, ?4 FROM rule_dues
                           WHERE id = ?1";
                db.prepare_cached(sql)?
                    .execute(params![due.id, now.0, tries, why])?;
                let sql = "DELETE FROM dead_letters WHERE rule = ?1 AND id <=
                             (SELECT id FROM dead_letters WHERE rule = ?1
                              ORDER BY id DESC LIMIT 1 OFFSET ?2)";
                db.prepare_cached(sql)?
                    .execute(params![due.rule, DEAD_KEPT])?;
                done(db, due, now)?;
            }
        }
    }
    Ok(())
}

/// Takes one out of its lane; the next one's time has come.
fn done(db: &Connection, due: &Due, now: Timestamp) -> Result<()> {
    db.prepare_cached("DELETE FROM rule_dues WHERE id = ?1")?
        .execute([due.id])?;
    let sql = "UPDATE rule_dues SET since = ?3, next_at = ?3 WHERE next_at IS NULL AND id =
                 (SELECT min(id) FROM rule_dues WHERE rule = ?1 AND lane = ?2)";
    db.prepare_cached(sql)?
        .execute(params![due.rule, due.lane, now.0])?;
    Ok(())
}

/// A page of a rule's dead letters, oldest first, one more than fits when there are more.
///
/// # Errors
/// The database's.
pub fn dead(db: &Connection, rule: Uuid, after: u64) -> Result<Vec<DeadLetter>> {
    let sql = "SELECT id, at, tries, why, envelope FROM dead_letters
               WHERE rule = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![rule, after, DEAD_PAGE + 1], |row| {
        let envelope = row.get_ref(4)?.as_str()?;
        Ok(DeadLetter {
            dead: row.get(0)?,
            at: Timestamp(row.get(1)?),
            tries: row.get(2)?,
            why: row.get(3)?,
            envelope: serde_json::from_str(envelope)
                .map_err(|bad| super::rows::unreadable(4, bad))?,
        })
    })?;
    rows.collect()
}

/// Sends dead letters again, as if they were new: one of them, or all, oldest first. Each goes to
/// the end of its lane.
///
/// # Errors
/// The database's.
pub fn redrive(db: &Connection, rule: Uuid, only: Option<u64>, now: Timestamp) -> Result<u64> {
    let sql = "SELECT id, lane, envelope, replay FROM dead_letters
               WHERE rule = ?1 AND (?2 IS NULL OR id = ?2) ORDER BY id LIMIT ?3";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![rule, only, REDRIVEN_AT_ONCE], |row| {
        let envelope: String = row.get(2)?;
        let replay: Option<String> = row.get(3)?;
        let due = NewDue {
            rule,
            lane: row.get(1)?,
            envelope: envelope.into(),
            replay: replay.map(Into::into),
        };
        Ok((row.get::<_, i64>(0)?, due))
    })?;
    let found: Vec<(i64, NewDue)> = rows.collect::<Result<_>>()?;
    for (id, due) in &found {
        add(db, due, now)?;
        db.prepare_cached("DELETE FROM dead_letters WHERE id = ?1")?
            .execute([id])?;
    }
    Ok(found.len() as u64)
}
