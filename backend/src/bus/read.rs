//! Reading on in the journal: which rules match what happened since, and what that is to deliver.

use super::book::Book;
use super::queue::{self, Moved, NewDue, WINDOW};
use super::rows::{shop as shop_of, unreadable};
use crate::app::App;
use crate::{engine, journal};
use presso_core::bus::Backdrop;
use presso_core::id::{CustomerId, ShopId};
use presso_core::workflow::Event;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// How many events are read at once.
const BATCH: u64 = 256;
/// So many events may be read without a word about it on disk; after a crash they are read again.
const UNWRITTEN: u64 = 1_000;
/// The most envelopes that one event is.
const MOST: u64 = 2;

/// Why reading on failed; it is tried again.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error(transparent)]
    Reading(#[from] journal::Error),
    #[error(transparent)]
    Writing(#[from] engine::Error),
}

/// How far each rule has read each shop's stream.
#[derive(Default)]
pub(super) struct Follower {
    /// What is on disk; a rule without an entry is at the beginning.
    written: HashMap<(Uuid, ShopId), u64>,
    /// Ahead of it, where nothing matched.
    read: HashMap<(Uuid, ShopId), u64>,
    /// A shop as of the version that was read last.
    backdrops: BTreeMap<ShopId, (u64, Backdrop)>,
}

/// What came of reading a batch.
enum Read {
    /// There may be more.
    Some,
    /// There is nothing more for anyone.
    All,
    /// A rule was changed meanwhile.
    Overtaken,
}

/// A piece of a stream: an event, and whose the order is.
type Piece = (Event, Option<CustomerId>);

impl Follower {
    /// Every cursor, as it is on disk.
    pub(super) fn rows(db: &Connection) -> rusqlite::Result<Vec<(Uuid, ShopId, u64)>> {
        let sql = "SELECT rule, shop, version FROM rule_cursors";
        let mut statement = db.prepare_cached(sql)?;
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, shop_of(row, 1)?, row.get(2)?)))?;
        rows.collect()
    }

    /// Takes over what is on disk; whatever was read beyond, by rules that are still on, stays read.
    pub(super) fn take_over(&mut self, rows: Vec<(Uuid, ShopId, u64)>, book: &Book) {
        self.written = rows
            .into_iter()
            .map(|(rule, shop, at)| ((rule, shop), at))
            .collect();
        self.read.retain(|(rule, _), _| book.rule(*rule).is_some());
    }

    fn position(&self, key: &(Uuid, ShopId)) -> u64 {
        let at = |map: &HashMap<_, u64>| map.get(key).copied().unwrap_or_default();
        at(&self.written).max(at(&self.read))
    }

    /// Reads every shop up to its head, as far as rules have room, and queues what matches.
    /// `waiting` counts what each rule has queued. False when a rule was changed meanwhile: then all
    /// is to be taken over from disk again.
    pub(super) async fn read_on(
        &mut self,
        app: &App,
        book: &Book,
        waiting: &mut BTreeMap<Uuid, u64>,
    ) -> Result<bool, Error> {
        for shop in book.shops(app.hub.shops()) {
            let head = app.hub.facts(&shop).map_or(0, |(version, _)| version);
            loop {
                match self.read_batch(app, book, &shop, head, waiting).await? {
                    Read::All => break,
                    Read::Some => {}
                    Read::Overtaken => return Ok(false),
                }
            }
        }
        Ok(true)
    }

    /// One batch of one shop.
    async fn read_batch(
        &mut self,
        app: &App,
        book: &Book,
        shop: &ShopId,
        head: u64,
        waiting: &mut BTreeMap<Uuid, u64>,
    ) -> Result<Read, Error> {
        let room = |rule: &Uuid| WINDOW.saturating_sub(waiting.get(rule).copied().unwrap_or(0));
        let mut readers: BTreeMap<Uuid, Reading> = BTreeMap::new();
        for rule in book.seeing(shop) {
            let (at, room) = (self.position(&(rule, shop.clone())), room(&rule));
            if at < head && room >= MOST {
                readers.insert(
                    rule,
                    Reading {
                        at,
                        room,
                        taken: None,
                        stopped: None,
                    },
                );
            }
        }
        let Some(from) = readers.values().map(|reading| reading.at).min() else {
            return Ok(Read::All);
        };
        let to = head.min(from + BATCH);
        let (mut backdrop, pieces) = self.fetch(app, shop, from, to).await?;
        let mut dues = Vec::new();
        for (event, customer) in pieces {
            backdrop.advance(&event);
            let lane = lane(shop, &event);
            for format in book.formats(shop) {
                let facts = backdrop.facts(shop, customer);
                for envelope in format.envelopes(&event, &facts) {
                    let matching = book.matching(shop, format, &envelope);
                    let mut text: Option<Arc<str>> = None;
                    for rule in matching {
                        let Some(reading) = readers.get_mut(&rule) else {
                            continue;
                        };
                        if !reading.takes(event.version) {
                            continue;
                        }
                        let text = text.get_or_insert_with(|| envelope.to_string().into());
                        let envelope = Arc::clone(text);
                        dues.push(NewDue {
                            rule,
                            lane,
                            envelope,
                            replay: None,
                        });
                        reading.room -= 1;
                    }
                }
            }
        }
        if !self.write(app, shop, to, readers, dues, waiting).await? {
            return Ok(Read::Overtaken);
        }
        self.backdrops.insert(shop.clone(), (to, backdrop));
        Ok(Read::Some)
    }

    async fn write(
        &mut self,
        app: &App,
        shop: &ShopId,
        to: u64,
        readers: BTreeMap<Uuid, Reading>,
        dues: Vec<NewDue>,
        waiting: &mut BTreeMap<Uuid, u64>,
    ) -> Result<bool, Error> {
        let mut moved = Vec::new();
        for (rule, reading) in readers {
            let key = (rule, shop.clone());
            let at = reading.stopped.unwrap_or(to).max(reading.at);
            let written = self.written.get(&key).copied().unwrap_or_default();
            let told = dues.iter().any(|due| due.rule == rule);
            if told || at - written.min(at) >= UNWRITTEN {
                let (shop, from, to) = (shop.clone(), written, at);
                moved.push(Moved {
                    rule,
                    shop,
                    from,
                    to,
                });
            } else {
                self.read.insert(key, at);
            }
        }
        if moved.is_empty() {
            return Ok(true);
        }
        let now = app.clock.now();
        let (rows, new) = (moved.clone(), dues.clone());
        let write = move |db: &Connection| queue::queue(db, &rows, &new, now);
        if !app.engine.write(write).await? {
            return Ok(false);
        }
        for Moved { rule, shop, to, .. } in moved {
            self.written.insert((rule, shop), to);
        }
        for due in dues {
            *waiting.entry(due.rule).or_default() += 1;
        }
        Ok(true)
    }

    /// The shop as of `from`, and what happened after that up to `to`.
    async fn fetch(
        &self,
        app: &App,
        shop: &ShopId,
        from: u64,
        to: u64,
    ) -> Result<(Backdrop, Vec<Piece>), Error> {
        let known = self.backdrops.get(shop).filter(|(at, _)| *at == from);
        let known = known.map(|(_, backdrop)| backdrop.clone());
        let shop = shop.clone();
        let read = move |db: &Connection| {
            let backdrop = match known {
                Some(backdrop) => backdrop,
                None => backdrop_at(db, &shop, from)?,
            };
            Ok((backdrop, pieces(db, &shop, from, to)?))
        };
        Ok(app.reader.query(read).await?)
    }
}

/// One rule on its way through a batch.
struct Reading {
    /// What it has read already.
    at: u64,
    /// How much more may wait of it.
    room: u64,
    /// The event that it takes: all of its envelopes, or none.
    taken: Option<u64>,
    /// Where it stopped for want of room.
    stopped: Option<u64>,
}

impl Reading {
    /// Does it take this event? When there is no room for all of it, it stops before it.
    fn takes(&mut self, version: u64) -> bool {
        if version <= self.at || self.stopped.is_some_and(|stopped| version > stopped) {
            return false;
        }
        if self.taken != Some(version) && self.room < MOST {
            self.stopped = Some(version - 1);
            return false;
        }
        self.taken = Some(version);
        true
    }
}

/// What keeps its order: an order's events, and a shop's own.
fn lane(shop: &ShopId, event: &Event) -> Uuid {
    let order = event.kind.order().map(|order| order.0);
    order.unwrap_or_else(|| Uuid::new_v5(&Uuid::nil(), shop.as_str().as_bytes()))
}

/// A shop as envelopes need it, as of a version.
pub(super) fn backdrop_at(
    db: &Connection,
    shop: &ShopId,
    version: u64,
) -> rusqlite::Result<Backdrop> {
    let sql = "SELECT body FROM events WHERE shop = ?1 AND version <= ?2 AND order_id IS NULL
               ORDER BY version";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![shop.as_str(), version])?;
    let mut backdrop = Backdrop::default();
    while let Some(row) = rows.next()? {
        backdrop.advance(&event(row.get_ref(0)?.as_str()?)?);
    }
    Ok(backdrop)
}

/// What happened at a shop after `from` up to `to`.
pub(super) fn pieces(
    db: &Connection,
    shop: &ShopId,
    from: u64,
    to: u64,
) -> rusqlite::Result<Vec<Piece>> {
    let sql = "SELECT events.body, orders.customer FROM events
               LEFT JOIN orders ON orders.order_id = events.order_id
               WHERE events.shop = ?1 AND events.version > ?2 AND events.version <= ?3
               ORDER BY events.version";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![shop.as_str(), from, to], |row| {
        let customer: Option<Uuid> = row.get(1)?;
        Ok((event(row.get_ref(0)?.as_str()?)?, customer.map(CustomerId)))
    })?;
    rows.collect()
}

fn event(text: &str) -> rusqlite::Result<Event> {
    serde_json::from_str(text).map_err(|bad| unreadable(0, bad))
}
