//! Playing a span of the past again, to one rule: what the rule and a pattern beside it match, marked
//! as replayed, at the pace at which it happened, faster, or as fast as it goes.

use super::queue::{self, NewDue, Stream};
use super::rows::{Rule, shop as shop_of, unreadable};
use presso_core::api::RuleScope;
use presso_core::id::ShopId;
use presso_core::pattern::Pattern;
use presso_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::sync::Arc;
use uuid::Uuid;

/// The fastest that is counted; beyond, say full speed.
pub const MAX_SPEED: u32 = 1_000_000;

/// A span that is to be played again.
#[derive(Debug, Clone)]
pub struct Span {
    /// The mark on its envelopes.
    pub name: String,
    /// From when on.
    pub from: Timestamp,
    /// Up to when; not itself.
    pub to: Timestamp,
    /// How many times as fast as it happened; none: as fast as it goes.
    pub speed: Option<u32>,
    /// What must match beside the rule's own pattern.
    pub pattern: Option<String>,
}

/// One stream that is being played again.
pub(super) struct Replay {
    pub(super) id: i64,
    pub(super) rule: Uuid,
    pub(super) name: Arc<str>,
    pub(super) shop: ShopId,
    pub(super) stream: Stream,
    pub(super) position: u64,
    pub(super) last: u64,
    pub(super) pattern: Option<Pattern>,
    from: Timestamp,
    started: Timestamp,
    speed: i64,
    /// When its next event is due, where that is known.
    pub(super) next_at: Option<Timestamp>,
}

impl Replay {
    /// When what happened then is due now.
    pub(super) fn due_at(&self, happened: Timestamp) -> Timestamp {
        match self.speed {
            0 => self.started,
            speed => self.started.plus_ms(happened.ms_since(self.from) / speed),
        }
    }
}

/// Begins to play a span again. False when one is being played for this rule already.
///
/// # Errors
/// The database's.
pub fn begin(db: &Connection, rule: &Rule, span: &Span, now: Timestamp) -> Result<bool> {
    let running = "SELECT EXISTS (SELECT 1 FROM replays WHERE rule = ?1)";
    if db
        .prepare_cached(running)?
        .query_row([rule.id], |row| row.get(0))?
    {
        return Ok(false);
    }
    let shops = match &rule.scope {
        RuleScope::Shop(shop) => vec![shop.clone()],
        RuleScope::EveryShop => {
            let mut all = db.prepare_cached("SELECT shop FROM shops")?;
            let all = all.query_map([], |row| shop_of(row, 0))?;
            all.collect::<Result<_>>()?
        }
    };
    let mut streams = Vec::new();
    for shop in shops {
        let journal = (
            happened_before(db, &shop, span.from)?,
            happened_before(db, &shop, span.to)?,
        );
        let outside = (
            put_before(db, &shop, span.from)?,
            put_before(db, &shop, span.to)?,
        );
        streams.push((shop.clone(), Stream::Journal, journal));
        streams.push((shop, Stream::Outside, outside));
    }
    streams.retain(|(.., (after, last))| after < last);
    // Its clock starts with the first event: what is empty before that is not waited out.
    let firsts = streams
        .iter()
        .map(|(shop, stream, (after, _))| first(db, shop, *stream, *after));
    let firsts: Vec<Timestamp> = firsts.collect::<Result<_>>()?;
    let from = firsts.into_iter().min().unwrap_or(span.from);
    let sql = "INSERT INTO replays
                 (rule, name, shop, stream, position, last, from_at, started_at, speed, pattern)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let mut insert = db.prepare_cached(sql)?;
    for (shop, stream, (after, last)) in streams {
        insert.execute(params![
            rule.id,
            span.name,
            shop.as_str(),
            stream as u8,
            after,
            last,
            from.0,
            now.0,
            span.speed.unwrap_or(0),
            span.pattern,
        ])?;
    }
    Ok(true)
}

/// When the first event of a stream after this place happened.
fn first(db: &Connection, shop: &ShopId, stream: Stream, after: u64) -> Result<Timestamp> {
    let sql = match stream {
        Stream::Journal => {
            "SELECT at FROM events WHERE shop = ?1 AND version > ?2 ORDER BY version LIMIT 1"
        }
        Stream::Outside => {
            "SELECT at FROM put_events WHERE shop = ?1 AND seq > ?2 ORDER BY seq LIMIT 1"
        }
    };
    db.prepare_cached(sql)?
        .query_row(params![shop.as_str(), after], |row| {
            row.get(0).map(Timestamp)
        })
}

/// The last version of what happened before an instant. Times never go back in a stream, so it is
/// halved until it is found.
fn happened_before(db: &Connection, shop: &ShopId, instant: Timestamp) -> Result<u64> {
    let head = "SELECT version FROM shops WHERE shop = ?1";
    let head: Option<u64> = db
        .prepare_cached(head)?
        .query_row([shop.as_str()], |row| row.get(0))
        .optional()?;
    let mut at = db.prepare_cached("SELECT at FROM events WHERE shop = ?1 AND version = ?2")?;
    let (mut before, mut after) = (0, head.unwrap_or_default() + 1);
    while before + 1 < after {
        let middle = before + (after - before) / 2;
        let happened = at.query_row(params![shop.as_str(), middle], |row| row.get(0));
        if Timestamp(happened?) < instant {
            before = middle;
        } else {
            after = middle;
        }
    }
    Ok(before)
}

/// The last place of what was put before an instant.
fn put_before(db: &Connection, shop: &ShopId, instant: Timestamp) -> Result<u64> {
    let sql = "SELECT coalesce(max(seq), 0) FROM put_events WHERE shop = ?1 AND at < ?2";
    db.prepare_cached(sql)?
        .query_row(params![shop.as_str(), instant.0], |row| row.get(0))
}

/// All that is being played again.
pub(super) fn all(db: &Connection) -> Result<Vec<Replay>> {
    let sql = "SELECT id, rule, name, shop, stream, position, last, from_at, started_at, speed,
                 pattern FROM replays ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        let (name, pattern): (String, Option<String>) = (row.get(2)?, row.get(10)?);
        let pattern = pattern.map(|text| Pattern::parse(&text)).transpose();
        Ok(Replay {
            id: row.get(0)?,
            rule: row.get(1)?,
            name: name.into(),
            shop: shop_of(row, 3)?,
            stream: match row.get(4)? {
                0 => Stream::Journal,
                _ => Stream::Outside,
            },
            position: row.get(5)?,
            last: row.get(6)?,
            from: Timestamp(row.get(7)?),
            started: Timestamp(row.get(8)?),
            speed: row.get(9)?,
            pattern: pattern.map_err(|bad| unreadable(10, bad))?,
            next_at: None,
        })
    })?;
    rows.collect()
}

/// Writes down how far one is, and queues what the way there brought: both or neither. What is at
/// its end goes.
pub(super) fn move_on(
    db: &Connection,
    id: i64,
    position: u64,
    dues: &[NewDue],
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE replays SET position = ?2 WHERE id = ?1 AND position < ?2";
    if db.prepare_cached(sql)?.execute(params![id, position])? == 0 {
        return Ok(()); // its rule was deleted meanwhile
    }
    db.prepare_cached("DELETE FROM replays WHERE id = ?1 AND position >= last")?
        .execute([id])?;
    queue::add_all(db, dues, now)
}
