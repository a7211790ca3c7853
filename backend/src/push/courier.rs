//! The courier: a task beside the engine that reads on, and sends what is due, a few at a time.

use super::follow::Follower;
use super::letter::Due;
use super::post::{self, Outcome};
use super::{Push, rows};
use crate::app::App;
use crate::engine::sleep_until;
use presso_core::board::steps;
use presso_core::id::OrderId;
use presso_core::time::Timestamp;
use reqwest::Client;
use std::collections::{HashMap, HashSet};
use tokio::sync::watch;
use tokio::task::JoinSet;
use uuid::Uuid;

/// How many requests are under way at once.
const AT_ONCE: usize = 16;
/// The first pause after a failure, milliseconds; it doubles with each.
const PAUSE_MS: i64 = 1_000;
/// The longest pause, milliseconds.
const MAX_PAUSE_MS: i64 = 60_000;
/// How often one alert is tried at the most. What it is worth ends mostly before.
const TRIES: u32 = 20;

type Key = (Uuid, OrderId);

/// Runs until the server stops. What is not sent by then is found again at the next start.
pub async fn run(app: App) {
    let mut stopping = app.stopping.subscribe();
    let work = async {
        let mut courier = Courier::new(&app);
        courier.work().await;
    };
    tokio::select! {
        _ = stopping.wait_for(|stopping| *stopping) => {}
        () = work => {}
    }
}

struct Courier<'a> {
    app: &'a App,
    follower: Follower,
    waiting: HashMap<Key, Waiting>,
    under_way: HashSet<Key>,
    sends: JoinSet<(Due, Outcome)>,
    client: Option<Client>,
}

struct Waiting {
    due: Due,
    tries: u32,
    next_at: Timestamp,
}

impl<'a> Courier<'a> {
    fn new(app: &'a App) -> Self {
        Self {
            app,
            follower: Follower::default(),
            waiting: HashMap::new(),
            under_way: HashSet::new(),
            sends: JoinSet::new(),
            client: None,
        }
    }

    async fn work(&mut self) {
        let mut moved = self.app.hub.moved();
        let clock = &self.app.clock;
        // What a stop or a crash left unsent, then what was not even read.
        let mut reread_at = Some(clock.now());
        let mut unread_dues = true;
        loop {
            if reread_at.is_some_and(|at| at <= clock.now()) {
                reread_at = match self.look(&mut unread_dues).await {
                    Ok(()) => None,
                    Err(error) => {
                        tracing::warn!(%error, "what to push cannot be read at the moment");
                        Some(clock.now().plus_ms(PAUSE_MS))
                    }
                };
            }
            self.send_due();
            let alarm = [reread_at, self.next_try()].into_iter().flatten().min();
            tokio::select! {
                more = more_to_read(&self.app.push, &mut moved) => {
                    if more.is_err() {
                        return; // the hub is gone: so is the server
                    }
                    // A failure is waited out, however much happens meanwhile.
                    reread_at = reread_at.or(Some(clock.now()));
                }
                Some(sent) = self.sends.join_next() => match sent {
                    Ok((due, outcome)) => self.sent(due, outcome).await,
                    Err(error) => tracing::error!(%error, "sending a push panicked"),
                },
                () = sleep_until(clock.as_ref(), alarm) => {}
            }
        }
    }

    async fn look(&mut self, unread_dues: &mut bool) -> Result<(), super::follow::Error> {
        if *unread_dues {
            let dues = self.app.reader.query(rows::dues).await?;
            *unread_dues = false;
            self.queue(dues);
        }
        let dues = self.follower.read_on(self.app).await?;
        self.queue(dues);
        Ok(())
    }

    fn queue(&mut self, dues: Vec<Due>) {
        let next_at = self.app.clock.now();
        for due in dues {
            let waiting = Waiting {
                due,
                tries: 0,
                next_at,
            };
            self.waiting.insert(waiting.due.key(), waiting);
        }
    }

    fn next_try(&self) -> Option<Timestamp> {
        if self.sends.len() >= AT_ONCE {
            return None;
        }
        let idle = self
            .waiting
            .iter()
            .filter(|(key, _)| !self.under_way.contains(key));
        idle.map(|(_, waiting)| waiting.next_at).min()
    }

    fn send_due(&mut self) {
        let now = self.app.clock.now();
        let due = |(key, waiting): &(&Key, &Waiting)| {
            waiting.next_at <= now && !self.under_way.contains(*key)
        };
        let room = AT_ONCE.saturating_sub(self.sends.len());
        let dues = self.waiting.iter().filter(due).take(room);
        let dues: Vec<Due> = dues.map(|(_, waiting)| waiting.due.clone()).collect();
        if dues.is_empty() {
            return;
        }
        if self.client.is_none() {
            self.client = post::client(self.app.push.rules);
        }
        let Some(client) = &self.client else {
            // Said in the log; without certificates nothing can ever be sent.
            self.waiting.clear();
            return;
        };
        for due in dues {
            self.under_way.insert(due.key());
            self.sends
                .spawn(deliver(self.app.clone(), client.clone(), due));
        }
    }

    async fn sent(&mut self, due: Due, outcome: Outcome) {
        let key = due.key();
        self.under_way.remove(&key);
        let now = self.app.clock.now();
        match outcome {
            Outcome::Later(after_s) if self.try_again(&due, after_s, now) => return,
            Outcome::Refused(status) => {
                tracing::warn!(status, "a push service refused an alert");
            }
            Outcome::Delivered | Outcome::Gone | Outcome::Later(_) => {}
        }
        // A newer alert of the order may wait in its place by now.
        if self
            .waiting
            .get(&key)
            .is_some_and(|w| w.due.version == due.version)
        {
            self.waiting.remove(&key);
        }
        let settle = move |db: &rusqlite::Connection| rows::settle(db, &due);
        if let Err(error) = self.app.engine.write(settle).await {
            // It stays on disk and is weighed again at the next start.
            tracing::warn!(%error, "that a push is done cannot be written");
        }
    }

    /// Puts it back for later, if it is worth it.
    fn try_again(&mut self, due: &Due, after_s: Option<u32>, now: Timestamp) -> bool {
        let Some(waiting) = self.waiting.get_mut(&due.key()) else {
            return false;
        };
        if waiting.due.version != due.version {
            return true; // the newer one goes next, at once
        }
        waiting.tries += 1;
        let pause_ms =
            after_s.map_or_else(|| self.app.pause_ms(waiting.tries), |s| i64::from(s) * 1000);
        waiting.next_at = now.plus_ms(pause_ms);
        waiting.tries < TRIES && waiting.next_at < due.until
    }
}

impl App {
    /// Between half and all of a pause that doubles, so that not everyone comes back at once.
    fn pause_ms(&self, tries: u32) -> i64 {
        let whole = PAUSE_MS
            .saturating_mul(1 << tries.saturating_sub(1).min(16))
            .min(MAX_PAUSE_MS);
        let mut random = [0; 2];
        self.secrets.lock().fill(&mut random);
        whole / 2 + whole / 2 * i64::from(u16::from_le_bytes(random)) / i64::from(u16::MAX)
    }
}

/// Sends one alert, if it still holds and its customer still wants to know.
async fn deliver(app: App, client: Client, due: Due) -> (Due, Outcome) {
    let now = app.clock.now();
    if now >= due.until {
        return (due, Outcome::Delivered);
    }
    let (family, shop) = (due.family, due.shop.clone());
    let find = move |db: &rusqlite::Connection| rows::subscription(db, family, &shop);
    let read = async {
        let subscription = app.reader.query(find).await?;
        let events = app.reader.events_of(due.order).await?;
        Ok::<_, crate::journal::Error>((subscription, events))
    };
    let (subscription, events) = match read.await {
        Ok(read) => read,
        Err(error) => {
            tracing::warn!(%error, "what to push cannot be read at the moment");
            return (due, Outcome::Later(None));
        }
    };
    let (_, order) = steps(&due.shop, &events, 0);
    let holds = order.is_some_and(|order| due.alert.holds(&order));
    let Some(subscription) = subscription.filter(|_| holds) else {
        return (due, Outcome::Delivered); // nobody to tell, or nothing: done either way
    };
    let outcome = post::send(&client, &app.push, &subscription, &due, now).await;
    if outcome == Outcome::Gone {
        let endpoint = subscription.endpoint;
        let forget = move |db: &rusqlite::Connection| rows::forget(db, family, &endpoint);
        if let Err(error) = app.engine.write(forget).await {
            tracing::warn!(%error, "a browser that is gone cannot be forgotten at the moment");
        }
    }
    (due, outcome)
}

/// Ends when it is worth looking again: more is committed and somebody listens, or somebody begins
/// to. While nobody does, commits wake nobody here.
async fn more_to_read(
    push: &Push,
    moved: &mut watch::Receiver<()>,
) -> Result<(), watch::error::RecvError> {
    if push.is_listened_to() {
        return moved.changed().await;
    }
    push.until_somebody_listens().await;
    Ok(())
}
