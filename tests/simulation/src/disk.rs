//! A disk that keeps its word only as far as disks do. A transaction is some blocks and a sync: it
//! is there after a crash if all of them were written, and is not if one is missing, which its
//! checksum tells. What was synced stays. A failed sync says nothing about what is there.

use crate::chance::Chance;
use crate::weather::{Fault, Weather};
use presso_backend::engine::Key;
use presso_backend::journal::{Batch, Error, Remembered, StoredAnswer, StoredRefusal};
use presso_backend::verify::{OrderRow, Rows, ShopRow};
use presso_core::code::CodeSecret;
use presso_core::id::ShopId;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::Event;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Answers are kept this long.
const DAY_MS: i64 = 24 * 3_600_000;
/// Refusals are kept this long.
const HOUR_MS: i64 = 3_600_000;
/// A commit that takes longer keeps deadlines waiting.
const SLOW_MS: i64 = 300;
/// After a commit failed the engine lets time wait for a second, and then it takes another one.
const AFTER_FAILURE_MS: i64 = 1_400;

/// What is on it, as read after a crash.
#[derive(Default)]
pub(crate) struct Store {
    pub(crate) events: Vec<Event>,
    pub(crate) rows: Rows,
    known: BTreeMap<(Uuid, String, Uuid), (Timestamp, Remembered)>,
    pub(crate) secret: Option<CodeSecret>,
}

/// A transaction, as far as it changes the store.
struct Change {
    events: Vec<Event>,
    shop: Option<ShopRow>,
    orders: Vec<OrderRow>,
    answers: Vec<StoredAnswer>,
    refusals: Vec<StoredRefusal>,
    secret: Option<CodeSecret>,
    snapshot: Option<Shop>,
    now: Timestamp,
}

/// What the one that is under way will come to.
enum Fate {
    Synced,
    Refused(fn() -> Error),
    /// Whether it is there is known after the restart.
    SyncFailed,
}

struct UnderWay {
    change: Change,
    began: i64,
    ends: i64,
    fate: Fate,
}

pub(crate) struct Disk {
    pub(crate) store: Store,
    under_way: Option<UnderWay>,
    pub(crate) weather: Weather,
    chance: Chance,
    usual_ms: i64,
    /// Nothing can be written until then.
    full_until: i64,
    /// When deadlines had to wait for it.
    pub(crate) trouble: Vec<(i64, i64)>,
    pub(crate) commits: u64,
}

impl Disk {
    pub(crate) fn new(weather: Weather, mut chance: Chance) -> Self {
        Self {
            store: Store::default(),
            under_way: None,
            weather,
            usual_ms: chance.between(1, 25),
            chance,
            full_until: 0,
            trouble: Vec::new(),
            commits: 0,
        }
    }

    /// Begins to write; answers when that ends.
    pub(crate) fn begin(&mut self, batch: &Batch, now: i64) -> i64 {
        self.settle(now);
        let fate = self.under_way.as_ref().map(|one| &one.fate);
        if matches!(fate, Some(Fate::SyncFailed)) {
            return i64::MAX; // the process has ended itself, and does not know it yet
        }
        assert!(fate.is_none(), "two commits at once");
        assert!(batch.writes.is_empty(), "rows of others need SQL");
        let took = self.chance.between(1, self.usual_ms + 1);
        let mut ends = now + took;
        let fate = match self.conflict(batch) {
            Some(conflict) => Fate::Refused(conflict),
            None => self.fate(&mut ends, now),
        };
        if !matches!(fate, Fate::Synced) {
            self.trouble.push((now, ends + AFTER_FAILURE_MS));
        } else if ends - now > SLOW_MS {
            self.trouble.push((now, ends + SLOW_MS));
        }
        self.under_way = Some(UnderWay {
            change: Change::of(batch),
            began: now,
            ends,
            fate,
        });
        ends
    }

    fn fate(&mut self, ends: &mut i64, now: i64) -> Fate {
        if now < self.full_until && !self.weather.calm {
            self.weather.faults.count(Fault::DiskFull);
            return Fate::Refused(|| Error::Full);
        }
        if self.weather.strikes(Fault::DiskFull) {
            self.full_until = now + self.chance.between(100, 60_000);
            return Fate::Refused(|| Error::Full);
        }
        if self.weather.strikes(Fault::WriteFailed) {
            return Fate::Refused(eio);
        }
        if self.weather.strikes(Fault::SlowDisk) {
            *ends += self.chance.between(500, 8_000);
        }
        if self.weather.strikes(Fault::SyncFailed) {
            return Fate::SyncFailed;
        }
        Fate::Synced
    }

    fn conflict(&mut self, batch: &Batch) -> Option<fn() -> Error> {
        let conflict: fn() -> Error = || Error::Conflict {
            shop: crate::shop::id(),
            expected: 0,
        };
        let version = self.store.events.last().map_or(0, |event| event.version);
        for append in &batch.appends {
            assert_eq!(append.expected, version, "the engine lost count");
        }
        let strikes = !batch.appends.is_empty() && self.weather.strikes(Fault::Conflict);
        strikes.then_some(conflict)
    }

    /// The one that was begun has ended: what came of it.
    pub(crate) fn end(&mut self, now: i64) -> Result<(), Error> {
        match &self.under_way {
            Some(UnderWay {
                fate: Fate::Refused(why),
                ..
            }) => {
                let why = *why;
                self.under_way = None;
                Err(why())
            }
            Some(UnderWay {
                fate: Fate::SyncFailed,
                ..
            }) => Err(Error::SyncFailed("as disks do".into())),
            _ => {
                self.settle(now);
                Ok(())
            }
        }
    }

    /// Whatever was to be synced by now is.
    pub(crate) fn settle(&mut self, now: i64) {
        let done = |one: &mut UnderWay| matches!(one.fate, Fate::Synced) && one.ends <= now;
        if let Some(one) = self.under_way.take_if(done) {
            self.commits += 1;
            self.store.take(one.change);
        }
    }

    /// The machine died: some of what was under way is there.
    pub(crate) fn crash(&mut self, now: i64) {
        self.settle(now);
        let Some(one) = self.under_way.take() else {
            return;
        };
        if matches!(one.fate, Fate::Refused(_)) {
            return;
        }
        let blocks = 2 + i64::try_from(one.change.events.len()).unwrap_or(0);
        let failed = matches!(one.fate, Fate::SyncFailed);
        let share = if failed {
            blocks
        } else {
            let passed = (now - one.began) * blocks;
            passed / (one.ends - one.began).max(1) + 1
        };
        let written = self.chance.between(0, share + 1).min(blocks);
        if written == blocks && !self.chance.in_1000(300) {
            self.weather.faults.count(Fault::AnswerLostWithServer);
            self.commits += 1;
            self.store.take(one.change);
        } else if written > 0 && written < blocks {
            self.weather.faults.count(Fault::TornWrite);
        } else {
            self.weather.faults.count(Fault::LostWrite);
        }
    }

    /// A read that takes its time, or fails.
    pub(crate) fn read(&mut self, now: i64) -> (i64, bool) {
        let fails = self.weather.strikes(Fault::ReadFailed);
        if fails {
            self.trouble.push((now, now + AFTER_FAILURE_MS));
        }
        (now + self.chance.between(0, 4), fails)
    }

    /// An answer that is looked up by its key; almost always from memory, at once.
    pub(crate) fn looks_up(&mut self, now: i64) -> (i64, bool) {
        if self.chance.in_1000(900) {
            return (now, false);
        }
        let fails = self.chance.in_1000(100) && self.weather.strikes(Fault::ReadFailed);
        (now + self.chance.between(0, 4), fails)
    }
}

/// As a disk says it.
pub(crate) fn eio() -> Error {
    Error::File {
        path: "presso.db".into(),
        why: std::io::Error::other("input/output error"),
    }
}

impl Change {
    fn of(batch: &Batch) -> Self {
        let appends = batch.appends.iter();
        let events = appends.flat_map(|append| append.events.iter().cloned());
        let events: Vec<Event> = events.collect();
        let row = |row: &presso_backend::journal::OrderRow| OrderRow {
            shop: row.shop.clone(),
            customer: row.customer,
            state: row.view.state.name().into(),
            first_version: row.view.version,
            version: row.view.version,
            view: row.view.clone(),
        };
        Self {
            shop: batch.appends.last().map(|append| ShopRow {
                version: append.events.last().map_or(append.expected, |e| e.version),
                next_deadline: append.next_deadline,
            }),
            events,
            orders: batch.orders.iter().map(row).collect(),
            answers: batch.answers.clone(),
            refusals: batch.refusals.clone(),
            secret: batch.secrets.last().map(|(_, secret)| secret.clone()),
            snapshot: batch.snapshots.last().cloned(),
            now: batch.now,
        }
    }
}

impl Store {
    fn take(&mut self, change: Change) {
        self.events.extend(change.events);
        self.rows.shop = change.shop.or(self.rows.shop);
        for mut row in change.orders {
            let before = self.rows.orders.get(&row.view.order);
            row.first_version = before.map_or(row.version, |before| before.first_version);
            self.rows.orders.insert(row.view.order, row);
        }
        let done = change.answers.into_iter().map(|stored| {
            let (body_digest, answer) = (stored.key.body_digest, stored.body);
            let done = Remembered::Done {
                body_digest,
                answer,
            };
            (stored.key, done)
        });
        let refused = change.refusals.into_iter();
        let refused = refused.map(|stored| (stored.key, Remembered::Refused(stored.rejection)));
        for (key, remembered) in done.chain(refused) {
            let scope = (key.principal, key.route, key.key);
            self.known.insert(scope, (change.now, remembered));
        }
        if let Some(secret) = change.secret {
            self.secret = Some(secret);
        }
        if let Some(snapshot) = change.snapshot {
            self.rows.snapshot = Some(snapshot);
        }
    }

    pub(crate) fn recall(&self, key: &Key, now: Timestamp) -> Option<Remembered> {
        let scope = (key.principal, key.route.clone(), key.key);
        let (at, known) = self.known.get(&scope)?;
        let keep_ms = match known {
            Remembered::Done { .. } => DAY_MS,
            Remembered::Refused(_) => HOUR_MS,
        };
        (now.ms_since(*at) < keep_ms).then(|| known.clone())
    }

    pub(crate) fn version(&self) -> u64 {
        self.events.last().map_or(0, |event| event.version)
    }

    /// The shop written down whole, or before its first event.
    pub(crate) fn base(&self, shop: &ShopId) -> Shop {
        let written = self.rows.snapshot.clone();
        written.unwrap_or_else(|| Shop::new(shop.clone()))
    }
}
