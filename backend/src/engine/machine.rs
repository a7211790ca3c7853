//! The loop: have what waits decided, committed together, answered and announced.

use super::handle::{Message, WAITING};
use super::load::Load;
use super::tablets::Tablets;
use super::tally::Tally;
use super::turn::{InFlight, Live, Turn};
use super::{Clock, Engine, Error, Randomness, sleep_until};
use crate::hub::{Hub, ShopNames};
use crate::journal::{self, Journal, Loaded};
use presso_core::id::ShopId;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, evolve};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Most messages decided and committed together.
const TOGETHER: usize = 256;
/// How often a crowd is let in before its commit at the most: on a machine that is short of
/// processors each time may take milliseconds.
const ROUNDS: usize = 8;
/// How often claims are looked through for tablets fallen silent, milliseconds.
const LISTEN_EVERY_MS: i64 = 1000;

/// What the engine is made of.
pub struct Setup<J> {
    /// Where it writes.
    pub journal: J,
    /// Its time.
    pub clock: Arc<dyn Clock>,
    /// Its randomness, for identifiers and new shops' secrets.
    pub randomness: Box<dyn Randomness>,
    /// What links to shops begin with.
    pub public_url: String,
    /// Called when the disk failed to sync, after everyone who waited was refused.
    pub fatal: Fatal,
}

/// What to do when nobody may sync again; [`exit_on_fatal`] in production.
pub type Fatal = Box<dyn FnMut(&journal::Error) + Send>;

/// Ends the process at once, without closing files: closing would sync.
#[must_use]
pub fn exit_on_fatal() -> Fatal {
    Box::new(|error| {
        tracing::error!(%error, "stopping at once: what is on disk is known only after a restart");
        std::process::exit(74)
    })
}

/// A running engine.
pub struct Started {
    /// To write.
    pub engine: Engine,
    /// To read live.
    pub hub: Hub,
    thread: std::thread::JoinHandle<()>,
}

impl Started {
    /// Stops after what waits already, and closes the journal. Waits for that.
    pub async fn stop(self) {
        self.engine.stop().await;
        let joined = tokio::task::spawn_blocking(move || self.thread.join()).await;
        if !matches!(joined, Ok(Ok(()))) {
            tracing::error!("the engine's thread panicked");
        }
    }
}

/// Loads every shop and runs the engine on a thread of its own.
///
/// # Errors
/// [`journal::Error`] when a shop cannot be loaded.
pub async fn start<J: Journal + Send>(setup: Setup<J>) -> Result<Started, journal::Error> {
    let (ready, loaded) = oneshot::channel();
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a machine that gives no timer cannot serve");
        runtime.block_on(async move {
            let (engine, machine) = match Machine::load(setup).await {
                Ok(loaded) => loaded,
                Err(error) => {
                    let _ = ready.send(Err(error)); // nobody waits any more
                    return;
                }
            };
            let _ = ready.send(Ok(engine));
            machine.run().await;
        });
    };
    let thread = std::thread::Builder::new()
        .name("engine".into())
        .spawn(work)
        .expect("a machine that gives no thread cannot serve");
    let engine = loaded
        .await
        .expect("the thread answers or has panicked, which is a defect")?;
    let hub = engine.hub.clone();
    Ok(Started {
        engine,
        hub,
        thread,
    })
}

/// The engine itself, to be run on one thread.
pub struct Machine<J> {
    pub(super) journal: J,
    pub(super) hub: Hub,
    pub(super) randomness: Box<dyn Randomness>,
    pub(super) shops: BTreeMap<ShopId, Live>,
    /// When time acts next on which shop.
    pub(super) deadlines: BTreeSet<(Timestamp, ShopId)>,
    /// Shops whose memory is not what the journal has, to be loaded again.
    pub(super) stale: BTreeSet<ShopId>,
    /// What is being decided.
    pub(super) turn: Turn,
    /// What was decided last, until it is on disk.
    pub(super) in_flight: Option<InFlight>,
    /// Names of shops that are not in the hub yet.
    pub(super) new_names: HashMap<ShopId, Arc<ShopNames>>,
    /// The time of what is being decided.
    pub(super) now: Timestamp,
    pub(super) fatal: Fatal,
    pub(super) clock: Arc<dyn Clock>,
    tablets: Arc<Tablets>,
    pub(super) tally: Tally,
    inbox: mpsc::Receiver<Message>,
    listen_at: Timestamp,
    /// After a failed commit, deadlines wait until then.
    pub(super) retry_at: Timestamp,
}

impl<J: Journal> Machine<J> {
    /// Loads every shop.
    ///
    /// # Errors
    /// [`journal::Error`] when one cannot be loaded: serving some and not others would hide it.
    pub async fn load(setup: Setup<J>) -> Result<(Engine, Self), journal::Error> {
        let mut journal = setup.journal;
        let staff = journal.staff_names().await?;
        let hub = Hub::new(Arc::clone(&setup.clock), &setup.public_url, staff);
        let tablets = Arc::new(Tablets::new(Arc::clone(&setup.clock)));
        let tally = Tally::default();
        let (to, inbox) = mpsc::channel(WAITING);
        let engine = Engine {
            to,
            tablets: Arc::clone(&tablets),
            load: Arc::new(Load::new(Arc::clone(&setup.clock))),
            tally: tally.clone(),
            hub: hub.clone(),
        };
        let mut machine = Self {
            stale: journal.shops().await?.into_iter().collect(),
            journal,
            hub,
            randomness: setup.randomness,
            shops: BTreeMap::new(),
            deadlines: BTreeSet::new(),
            turn: Turn::default(),
            in_flight: None,
            new_names: HashMap::new(),
            now: setup.clock.now(),
            fatal: setup.fatal,
            listen_at: setup.clock.now(),
            clock: setup.clock,
            tablets,
            tally,
            inbox,
            retry_at: Timestamp::default(),
        };
        machine.load_stale().await?;
        machine.catch_up_with_the_journal();
        Ok((engine, machine))
    }

    /// Works until it is told to stop, or until nobody can ask any more.
    ///
    /// While one turn is on its way to the disk, those who wait for the next gather in the inbox.
    /// Once it is there, they are decided and sent off before the first hear of theirs: so the disk
    /// is busy while answers are given and new requests come in.
    pub async fn run(mut self) {
        let mut waiting = Vec::with_capacity(TOGETHER);
        loop {
            let done = match self.committed().await {
                Some(done) => {
                    self.take_in(&mut waiting);
                    Some(done)
                }
                None if self.wait(&mut waiting).await => None,
                None => return,
            };
            self.now = self.clock.now();
            self.hub.rotate(self.now);
            if let Err(error) = self.load_stale().await {
                tracing::error!(%error, "a shop cannot be loaded again");
                if let Some(done) = done {
                    self.announce(done);
                }
                refuse(waiting.drain(..));
                self.clock.sleep_until(self.now.plus_s(1)).await;
                continue;
            }
            self.decide_all(&mut waiting).await;
            self.commit();
            if let Some(done) = done {
                self.announce(done);
            }
        }
    }

    /// Waits until there is something to do; false when nobody can ask any more.
    async fn wait(&mut self, waiting: &mut Vec<Message>) -> bool {
        let alarm = self.next_alarm();
        tokio::select! {
            biased;
            got = self.inbox.recv_many(waiting, TOGETHER) => if got == 0 { return false },
            () = self.tablets.bell.notified() => self.listen_at = self.clock.now(),
            () = sleep_until(self.clock.as_ref(), alarm) => {}
        }
        self.gather(waiting);
        true
    }

    /// Decides all that waits, after what is due by itself: that may free what somebody asks for.
    async fn decide_all(&mut self, waiting: &mut Vec<Message>) {
        if self.now >= self.retry_at {
            self.pass_deadlines();
        }
        for message in waiting.drain(..) {
            match message {
                Message::Request(request, reply) => self.request(*request, reply).await,
                Message::Write(write, then) => self.write(write, then),
                Message::Stop => self.inbox.close(),
            }
        }
        if self.now >= self.listen_at {
            self.listen();
        }
    }

    fn take_in(&mut self, waiting: &mut Vec<Message>) {
        while waiting.len() < TOGETHER
            && let Ok(message) = self.inbox.try_recv()
        {
            waiting.push(message);
        }
    }

    /// When several wait, others are about to: lets threads that wait for a processor hand in what
    /// they have before the commit is paid for. Nothing is waited for on a machine that is idle.
    fn gather(&mut self, waiting: &mut Vec<Message>) {
        for _ in 0..ROUNDS {
            let before = waiting.len();
            if before <= 1 || before >= TOGETHER {
                return;
            }
            std::thread::yield_now();
            self.take_in(waiting);
            if waiting.len() == before {
                return;
            }
        }
    }

    /// A machine whose clock was set back while it was off (one without a battery, say) would
    /// refuse codes and miss deadlines until it has caught up: time goes on from the last event.
    fn catch_up_with_the_journal(&self) {
        let newest = self.shops.values().map(|live| live.shop.at).max();
        let behind_ms = newest.map_or(0, |at| at.ms_since(self.clock.now()));
        if let (Some(newest), 1..) = (newest, behind_ms) {
            tracing::warn!(
                behind_ms,
                "the machine's clock is behind the journal; going on from there"
            );
            self.clock.not_before(newest);
        }
    }

    fn next_alarm(&self) -> Option<Timestamp> {
        let deadline = self
            .deadlines
            .first()
            .map(|(at, _)| (*at).max(self.retry_at));
        let busy = self.shops.values().any(|live| live.shop.has_live_orders());
        let listen = busy.then_some(self.listen_at);
        let rotation = Some(self.hub.next_rotation());
        [deadline, listen, rotation].into_iter().flatten().min()
    }

    /// Looks through the claims for tablets fallen silent, and through the silent for those back.
    fn listen(&mut self) {
        let now = self.now;
        self.listen_at = now.plus_ms(LISTEN_EVERY_MS);
        let mut commands = Vec::new();
        let mut silent = BTreeSet::new();
        for (id, live) in &self.shops {
            let limit_s = live.shop.settings.tablet_silent_s;
            let is_quiet = |since: Timestamp| now >= since.plus_s(limit_s);
            for tablet in &live.shop.silent {
                silent.insert(*tablet);
                if !is_quiet(self.tablets.quiet_since(*tablet)) {
                    commands.push((id.clone(), Command::TabletCameBack { tablet: *tablet }));
                }
            }
            let mut claims = BTreeMap::new();
            for claim in live.shop.orders.values().filter_map(|order| order.claim) {
                claims.insert(claim.tablet, claim.since);
            }
            for (tablet, since) in claims {
                let since = since.max(self.tablets.quiet_since(tablet));
                if !live.shop.silent.contains(&tablet) && is_quiet(since) {
                    silent.insert(tablet);
                    commands.push((id.clone(), Command::TabletFellSilent { tablet }));
                }
            }
        }
        self.tablets.watch_for(silent);
        for (shop, command) in commands {
            self.of_itself(&shop, &command);
        }
    }

    /// Loads what is not in memory as the journal has it.
    async fn load_stale(&mut self) -> Result<(), journal::Error> {
        while let Some(id) = self.stale.first().cloned() {
            if let Some(loaded) = self.journal.load(&id).await? {
                let Loaded {
                    base,
                    events,
                    secret,
                    names,
                } = loaded;
                let since_snapshot = events.len() as u64;
                let shop = events.iter().fold(base, |mut shop: Shop, event| {
                    evolve(&mut shop, event);
                    shop
                });
                let names = names
                    .into_iter()
                    .filter(|(order, _)| shop.orders.contains_key(order))
                    .collect();
                let names = self.hub.names_for(names);
                self.hub.put(shop.clone(), secret.clone(), names);
                if let Some(at) = shop.next_deadline() {
                    self.deadlines.insert((at, id.clone()));
                }
                let live = Live::new(shop, secret, since_snapshot);
                self.shops.insert(id.clone(), live);
            }
            self.stale.remove(&id);
        }
        Ok(())
    }
}

fn refuse(messages: impl Iterator<Item = Message>) {
    for message in messages {
        // Whoever does not wait any more needs no answer.
        match message {
            Message::Request(_, reply) => drop(reply.send(Err(Error::Storage))),
            Message::Write(_, then) => then(Err(Error::Storage)),
            Message::Stop => {}
        }
    }
}
