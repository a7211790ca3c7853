//! Reading on in the journal: which rules match what happened since, and what that is to deliver.

use super::book::Book;
use super::outside::put_after;
use super::queue::{self, Cursor, Moved, NewDue, Stream, WINDOW};
use super::rows::unreadable;
use crate::app::App;
use crate::{engine, journal};
use presso_core::bus::{Backdrop, Format, OutsideEvent};
use presso_core::id::{CustomerId, ShopId};
use presso_core::time::Timestamp;
use presso_core::workflow::Event;
use rusqlite::{Connection, params};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// How many events are read at once.
const BATCH: u64 = 256;
/// So many events may be read without a word about it on disk; after a crash they are read again.
const UNWRITTEN: u64 = 1_000;
/// The most envelopes that one event is.
pub(super) const MOST: u64 = 2;

/// Why reading on failed; it is tried again.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error(transparent)]
    Reading(#[from] journal::Error),
    #[error(transparent)]
    Writing(#[from] engine::Error),
}

/// How far each rule has read each shop's streams.
#[derive(Default)]
pub(super) struct Follower {
    /// What is on disk; a rule without an entry is at the beginning.
    written: HashMap<Cursor, u64>,
    /// Ahead of it, where nothing matched.
    read: HashMap<Cursor, u64>,
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

/// A piece of a stream.
pub(super) enum Piece {
    /// An event, and whose the order is.
    Journal(Box<Event>, Option<CustomerId>),
    /// What somebody put, and its place.
    Outside(u64, OutsideEvent),
}

impl Follower {
    /// Takes over what is on disk; whatever was read beyond, by rules that are still on, stays read.
    pub(super) fn take_over(&mut self, cursors: Vec<(Cursor, u64)>, book: &Book) {
        self.written = cursors.into_iter().collect();
        self.read
            .retain(|cursor, _| book.rule(cursor.rule).is_some());
    }

    fn position(&self, cursor: &Cursor) -> u64 {
        let at = |map: &HashMap<_, u64>| map.get(cursor).copied().unwrap_or_default();
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
            let version = app.hub.facts(&shop).map_or(0, |(version, _)| version);
            let put = app.bus.head_of_outside(&shop);
            for (stream, head) in [(Stream::Journal, version), (Stream::Outside, put)] {
                let at = At {
                    shop: &shop,
                    stream,
                    head,
                };
                loop {
                    match self.read_batch(app, book, at, waiting).await? {
                        Read::All => break,
                        Read::Some => {}
                        Read::Overtaken => return Ok(false),
                    }
                }
            }
        }
        Ok(true)
    }

    /// One batch of one stream.
    async fn read_batch(
        &mut self,
        app: &App,
        book: &Book,
        stream: At<'_>,
        waiting: &mut BTreeMap<Uuid, u64>,
    ) -> Result<Read, Error> {
        let room = |rule: &Uuid| WINDOW.saturating_sub(waiting.get(rule).copied().unwrap_or(0));
        let mut readers: BTreeMap<Uuid, Reading> = BTreeMap::new();
        for rule in book.seeing(stream.shop) {
            let (at, room) = (self.position(&stream.cursor(rule)), room(&rule));
            if at < stream.head && room >= MOST {
                readers.insert(rule, Reading::new(at, room));
            }
        }
        let Some(from) = readers.values().map(|reading| reading.at).min() else {
            return Ok(Read::All);
        };
        let (to, mut backdrop, pieces) = self.fetch(app, stream, from).await?;
        let formats = book.formats(stream.shop);
        let mut dues = Vec::new();
        for piece in pieces {
            piece.fold_into(&mut backdrop);
            let lane = piece.lane(stream.shop);
            for format in &formats {
                for envelope in piece.envelopes(*format, stream.shop, &backdrop) {
                    let mut text: Option<Arc<str>> = None;
                    for rule in book.matching(stream.shop, *format, &envelope) {
                        let Some(reading) = readers.get_mut(&rule) else {
                            continue;
                        };
                        if !reading.takes(piece.position()) {
                            continue;
                        }
                        let text = text.get_or_insert_with(|| envelope.to_string().into());
                        dues.push(NewDue {
                            rule,
                            lane,
                            envelope: Arc::clone(text),
                            replay: None,
                        });
                        reading.room -= 1;
                    }
                }
            }
        }
        if !self.write(app, stream, to, readers, dues, waiting).await? {
            return Ok(Read::Overtaken);
        }
        if stream.stream == Stream::Journal {
            self.backdrops.insert(stream.shop.clone(), (to, backdrop));
        }
        Ok(Read::Some)
    }

    async fn write(
        &mut self,
        app: &App,
        stream: At<'_>,
        to: u64,
        readers: BTreeMap<Uuid, Reading>,
        dues: Vec<NewDue>,
        waiting: &mut BTreeMap<Uuid, u64>,
    ) -> Result<bool, Error> {
        let mut moved = Vec::new();
        for (rule, reading) in readers {
            let key = stream.cursor(rule);
            let at = reading.stopped.unwrap_or(to).max(reading.at);
            let written = self.written.get(&key).copied().unwrap_or_default();
            let told = dues.iter().any(|due| due.rule == rule);
            if told || at - written.min(at) >= UNWRITTEN {
                let (cursor, from, to) = (key, written, at);
                moved.push(Moved { cursor, from, to });
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
        for Moved { cursor, to, .. } in moved {
            self.written.insert(cursor, to);
        }
        for due in dues {
            *waiting.entry(due.rule).or_default() += 1;
        }
        Ok(true)
    }

    /// What happened after `from`, up to where that is, and the shop as of `from`.
    pub(super) async fn fetch(
        &self,
        app: &App,
        stream: At<'_>,
        from: u64,
    ) -> Result<(u64, Backdrop, Vec<Piece>), Error> {
        let (shop, head) = (stream.shop.clone(), stream.head);
        if stream.stream == Stream::Outside {
            let read = move |db: &Connection| put_after(db, &shop, from, head, BATCH);
            let put = app.reader.query(read).await?;
            let full = put.len() as u64 == BATCH;
            let to = put.last().filter(|_| full).map_or(head, |(seq, _)| *seq);
            let pieces = put
                .into_iter()
                .map(|(seq, event)| Piece::Outside(seq, event));
            return Ok((to, Backdrop::default(), pieces.collect()));
        }
        let to = head.min(from + BATCH);
        let known = self.backdrops.get(&shop).filter(|(at, _)| *at == from);
        let known = known.map(|(_, backdrop)| backdrop.clone());
        let read = move |db: &Connection| {
            let backdrop = match known {
                Some(backdrop) => backdrop,
                None => backdrop_at(db, &shop, from)?,
            };
            Ok((backdrop, pieces(db, &shop, from, to)?))
        };
        let (backdrop, pieces) = app.reader.query(read).await?;
        Ok((to, backdrop, pieces))
    }
}

/// A stream, and how far it goes.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) shop: &'a ShopId,
    pub(super) stream: Stream,
    pub(super) head: u64,
}

impl Reading {
    const fn new(at: u64, room: u64) -> Self {
        Self {
            at,
            room,
            taken: None,
            stopped: None,
        }
    }
}

impl At<'_> {
    fn cursor(self, rule: Uuid) -> Cursor {
        let (shop, stream) = (self.shop.clone(), self.stream);
        Cursor { rule, shop, stream }
    }
}

impl Piece {
    /// Its place in its stream.
    pub(super) fn position(&self) -> u64 {
        match self {
            Self::Journal(event, _) => event.version,
            Self::Outside(seq, _) => *seq,
        }
    }
    /// When it happened.
    pub(super) fn at(&self) -> Timestamp {
        match self {
            Self::Journal(event, _) => event.at,
            Self::Outside(_, event) => event.at,
        }
    }
    /// The shop as it is after it.
    pub(super) fn fold_into(&self, backdrop: &mut Backdrop) {
        if let Self::Journal(event, _) = self {
            backdrop.advance(event);
        }
    }
    /// What keeps its order: an order's events, a shop's own, a source's.
    pub(super) fn lane(&self, shop: &ShopId) -> Uuid {
        let named = |name: &str| Uuid::new_v5(&Uuid::nil(), name.as_bytes());
        match self {
            Self::Journal(event, _) => {
                let order = event.kind.order().map(|order| order.0);
                order.unwrap_or_else(|| named(shop.as_str()))
            }
            Self::Outside(_, event) => named(&format!("{shop} {}", event.source)),
        }
    }
    pub(super) fn envelopes(
        &self,
        format: Format,
        shop: &ShopId,
        backdrop: &Backdrop,
    ) -> Vec<Value> {
        match self {
            Self::Journal(event, customer) => {
                format.envelopes(event, &backdrop.facts(shop, *customer))
            }
            Self::Outside(_, event) => vec![event.envelope(format)],
        }
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

/// A shop as envelopes need it, as of a version.
fn backdrop_at(db: &Connection, shop: &ShopId, version: u64) -> rusqlite::Result<Backdrop> {
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
fn pieces(db: &Connection, shop: &ShopId, from: u64, to: u64) -> rusqlite::Result<Vec<Piece>> {
    let sql = "SELECT events.body, orders.customer FROM events
               LEFT JOIN orders ON orders.order_id = events.order_id
               WHERE events.shop = ?1 AND events.version > ?2 AND events.version <= ?3
               ORDER BY events.version";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![shop.as_str(), from, to], |row| {
        let customer: Option<Uuid> = row.get(1)?;
        let event = event(row.get_ref(0)?.as_str()?)?;
        Ok(Piece::Journal(Box::new(event), customer.map(CustomerId)))
    })?;
    rows.collect()
}

fn event(text: &str) -> rusqlite::Result<Event> {
    serde_json::from_str(text).map_err(|bad| unreadable(0, bad))
}
