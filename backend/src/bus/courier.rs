//! The courier: a task beside the engine that reads on, sends what is due, and writes down what came
//! of it.
//!
//! Of what waits it holds in memory only what is under way: [`AT_ONCE`] deliveries, of one rule
//! [`OF_ONE_RULE`], and one of a rule whose last attempt failed. So a dead target costs one place
//! of many, and its orders wait on disk.

use super::book::Book;
use super::deliver::deliver;
use super::queue::{self, Due, Settled};
use super::read::{Error, Follower};
use super::replay::{self, Replay};
use super::webhook::{self, Outcome};
use super::{backoff, outside, rows};
use crate::app::App;
use crate::engine::sleep_until;
use futures_util::FutureExt;
use presso_core::time::Timestamp;
use reqwest::Client;
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use tokio::task::JoinSet;
use uuid::Uuid;

/// How many deliveries are under way at once.
const AT_ONCE: usize = 256;
/// How many of one rule.
const OF_ONE_RULE: usize = 4;
/// How long to wait after the disk failed, milliseconds.
const PAUSE_MS: i64 = 1_000;

/// Runs until the server stops. What is not delivered by then is found again at the next start.
pub async fn run(app: App) {
    let mut stopping = app.stopping.subscribe();
    let work = async {
        Courier::new(&app).work().await;
    };
    tokio::select! {
        _ = stopping.wait_for(|stopping| *stopping) => {}
        () = work => {}
    }
}

struct Courier<'a> {
    app: &'a App,
    book: Book,
    follower: Follower,
    replays: Vec<Replay>,
    /// How many deliveries of each rule are on disk.
    waiting: BTreeMap<Uuid, u64>,
    sends: JoinSet<(Due, Outcome)>,
    /// Lanes of which one is under way, or done and not yet written down.
    under_way: HashSet<(Uuid, Uuid)>,
    unwritten: Vec<(Due, Settled)>,
    /// Rules whose last attempt failed.
    failing: HashSet<Uuid>,
    client: Option<Client>,
}

impl<'a> Courier<'a> {
    fn new(app: &'a App) -> Self {
        Self {
            app,
            book: Book::default(),
            follower: Follower::default(),
            replays: Vec::new(),
            waiting: BTreeMap::new(),
            sends: JoinSet::new(),
            under_way: HashSet::new(),
            unwritten: Vec::new(),
            failing: HashSet::new(),
            client: None,
        }
    }

    async fn work(&mut self) {
        let mut moved = self.app.hub.moved();
        let mut changed = self.app.bus.changed.subscribe();
        let mut put = self.app.bus.put.subscribe();
        let clock = &self.app.clock;
        let (mut stale, mut pause_until, mut alarm) = (true, None, None);
        loop {
            if pause_until.is_none_or(|at| at <= clock.now()) {
                pause_until = None;
                match self.step(&mut stale).await {
                    Ok(next) => alarm = next,
                    Err(error) => {
                        tracing::warn!(%error, "the bus cannot go on at the moment");
                        pause_until = Some(clock.now().plus_ms(PAUSE_MS));
                    }
                }
            }
            tokio::select! {
                more = moved.changed(), if !self.book.is_empty() => {
                    if more.is_err() {
                        return; // the hub is gone: so is the server
                    }
                }
                // Cannot fail: its sender is the app's.
                _ = changed.changed() => stale = true,
                _ = put.changed(), if !self.book.is_empty() => {}
                Some(sent) = self.sends.join_next() => self.came_back(sent),
                () = sleep_until(clock.as_ref(), pause_until.or(alarm)) => {}
            }
        }
    }

    /// All that can be done now; answers when something is to be tried again.
    async fn step(&mut self, stale: &mut bool) -> Result<Option<Timestamp>, Error> {
        while let Some(sent) = self.sends.try_join_next() {
            self.came_back(sent);
        }
        self.write_down().await?;
        loop {
            if *stale {
                self.reload().await?;
                *stale = false;
            }
            let (app, book) = (self.app, &self.book);
            if self.follower.read_on(app, book, &mut self.waiting).await? {
                let (replays, waiting) = (&mut self.replays, &mut self.waiting);
                let next = self.follower.play(app, book, replays, waiting).await?;
                let again = self.send_due().await?;
                return Ok([next, again].into_iter().flatten().min());
            }
            *stale = true;
        }
    }

    async fn reload(&mut self) -> Result<(), Error> {
        let read = |db: &Connection| {
            let (rules, cursors) = (rows::all(db)?, queue::cursors(db)?);
            let replays = replay::all(db)?;
            let (waiting, heads) = (queue::waiting(db)?, outside::heads(db)?);
            Ok((rules, cursors, replays, waiting, heads))
        };
        let (rules, cursors, replays, waiting, heads) = self.app.reader.query(read).await?;
        self.replays = replays;
        for (shop, seq) in heads {
            self.app.bus.somebody_put(shop, seq);
        }
        self.book = Book::of(rules);
        self.failing.retain(|rule| self.book.rule(*rule).is_some());
        self.follower.take_over(cursors, &self.book);
        self.waiting = waiting;
        Ok(())
    }

    async fn send_due(&mut self) -> Result<Option<Timestamp>, Error> {
        let mut busy: HashMap<Uuid, usize> = HashMap::new();
        for (rule, _) in &self.under_way {
            *busy.entry(*rule).or_default() += 1;
        }
        let room = self.waiting.iter().filter(|(_, waiting)| **waiting > 0);
        let room = room.filter(|(rule, _)| self.book.rule(**rule).is_some());
        let room: Vec<_> = room
            .map(|(rule, _)| {
                let most = if self.failing.contains(rule) {
                    1
                } else {
                    OF_ONE_RULE
                };
                let busy = busy.get(rule).copied().unwrap_or(0);
                (*rule, busy, most.saturating_sub(busy))
            })
            .filter(|(.., room)| *room > 0)
            .collect();
        let most = AT_ONCE.saturating_sub(self.under_way.len());
        if room.is_empty() || most == 0 {
            return Ok(None);
        }
        let (under_way, now) = (self.under_way.clone(), self.app.clock.now());
        let pick = move |db: &Connection| queue::pick(db, &room, &under_way, now, most);
        let (dues, alarm) = self.app.reader.query(pick).await?;
        for due in dues {
            self.send(due);
        }
        Ok(alarm)
    }

    fn send(&mut self, due: Due) {
        let Some(rule) = self.book.rule(due.rule).cloned() else {
            return;
        };
        if self.client.is_none() {
            self.client = webhook::client(self.app.bus.reach());
        }
        self.under_way.insert((due.rule, due.lane));
        let (app, client) = (self.app.clone(), self.client.clone());
        self.sends.spawn(async move {
            let kept = due.clone();
            let attempt = AssertUnwindSafe(deliver(app, client, rule, due)).catch_unwind();
            attempt.await.unwrap_or_else(|_| {
                tracing::error!("a delivery panicked");
                (kept, Outcome::Later("the server failed".into(), None))
            })
        });
    }

    fn came_back(&mut self, sent: Result<(Due, Outcome), tokio::task::JoinError>) {
        let Ok((due, outcome)) = sent else {
            return; // a task that does not panic is not cancelled while its set is there
        };
        let settled = match outcome {
            Outcome::Delivered => {
                self.failing.remove(&due.rule);
                Settled::Delivered
            }
            Outcome::Refused(why) => Settled::Dead(why),
            Outcome::Later(why, after_ms) => {
                self.failing.insert(due.rule);
                let mut random = [0; 2];
                self.app.secrets.lock().fill(&mut random);
                let (tries, jitter) = (due.tries.saturating_add(1), u16::from_le_bytes(random));
                let now = self.app.clock.now();
                let again = backoff::next_try(tries, due.since, now, after_ms, jitter);
                again.map_or(Settled::Dead(why), Settled::Again)
            }
        };
        if let Settled::Dead(why) = &settled {
            let rule = self.book.rule(due.rule).map(|rule| rule.name.as_str());
            tracing::warn!(rule, why, "a delivery is given up; see presso rules dead");
        }
        self.unwritten.push((due, settled));
    }

    /// What came back is written down together. Until it is, its lanes count as under way, so that
    /// a disk that fails sends nothing twice.
    async fn write_down(&mut self) -> Result<(), Error> {
        if self.unwritten.is_empty() {
            return Ok(());
        }
        let (attempts, now) = (self.unwritten.clone(), self.app.clock.now());
        let write = move |db: &Connection| queue::settle(db, &attempts, now);
        self.app.engine.write(write).await?;
        for (due, settled) in self.unwritten.drain(..) {
            self.under_way.remove(&(due.rule, due.lane));
            if !matches!(settled, Settled::Again(_))
                && let Some(waiting) = self.waiting.get_mut(&due.rule)
            {
                *waiting = waiting.saturating_sub(1);
            }
        }
        Ok(())
    }
}
