//! What the engine's tests play on: a shop, people, and a journal that counts and can be broken.

use crate::engine::{
    Answer, Decided, Engine, Error, Key, Machine, ManualClock, Request, SeededRandomness, Setup,
};
use crate::hub::Hub;
use crate::journal::{self, Batch, Committed, Journal, Loaded, Reader, Remembered, SqliteJournal};
use parking_lot::Mutex;
use presso_core::api::ScanAnswer;
use presso_core::board::{Audience, Topic};
use presso_core::id::{CustomerId, OrderId, ShopId, StaffId, TabletId};
use presso_core::menu::{Choice, Drink, Menu};
use presso_core::order::{Actor, StaffRole};
use presso_core::settings::Settings;
use presso_core::time::Timestamp;
use presso_core::workflow::Command;
use std::collections::HashMap;
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// 2026-11-21, in the morning.
pub(super) const MORNING: Timestamp = Timestamp(1_795_248_000_000);

pub(super) fn shop() -> ShopId {
    ShopId::parse("demo").unwrap()
}

pub(super) fn customer(n: u32) -> Actor {
    Actor::guest(CustomerId(Uuid::from_u128(u128::from(n) + 1)))
}

pub(super) const TABLET: TabletId = TabletId(Uuid::from_u128(70));

pub(super) fn barista() -> Actor {
    Actor::Staff {
        staff: StaffId(Uuid::from_u128(7)),
        role: StaffRole::Barista,
        tablet: TABLET,
    }
}

/// Room for everybody, so that a test meets only the limit that it sets itself.
pub(super) fn roomy() -> Settings {
    Settings {
        capacity: 100_000,
        code_places: 100_000,
        ..Settings::default()
    }
}

pub(super) fn menu() -> Menu {
    let latte = Drink {
        id: "latte".parse().unwrap(),
        name: "Latte".into(),
        icon: "latte".into(),
        available: true,
        groups: vec![],
    };
    Menu {
        drinks: vec![latte],
        groups: vec![],
    }
}

/// What a test has at hand while the engine runs.
pub(super) struct Stage {
    pub(super) engine: Engine,
    pub(super) hub: Hub,
    pub(super) clock: ManualClock,
    /// How often the process would have ended itself.
    pub(super) fatal: Arc<AtomicU32>,
}

/// An engine to be, and how often it met something fatal.
pub(super) fn setup<J>(journal: J, clock: &ManualClock) -> (Setup<J>, Arc<AtomicU32>) {
    let fatal = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&fatal);
    let setup = Setup {
        journal,
        clock: Arc::new(clock.clone()),
        randomness: Box::new(SeededRandomness(7)),
        public_url: "http://localhost".into(),
        fatal: Box::new(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        }),
    };
    (setup, fatal)
}

/// Runs the engine and the play together on this thread; the engine stops when the play is over.
pub(super) async fn perform<J: Journal>(
    journal: J,
    clock: &ManualClock,
    play: impl AsyncFnOnce(Stage),
) {
    let (setup, fatal) = setup(journal, clock);
    let (engine, machine) = Machine::load(setup).await.unwrap();
    let hub = engine.hub.clone();
    let stage = Stage {
        engine: engine.clone(),
        hub,
        clock: clock.clone(),
        fatal,
    };
    let play = async {
        play(stage).await;
        engine.stop().await;
    };
    tokio::join!(machine.run(), play);
}

impl Stage {
    pub(super) async fn command(&self, actor: Actor, command: Command) -> Result<Answer, Error> {
        let request = Request::new(shop(), actor, command);
        self.engine.command(request.answering(view)).await
    }
    /// Sets the shop up and opens it.
    pub(super) async fn open(&self, settings: Settings) {
        let create = Command::CreateShop {
            settings,
            menu: menu(),
        };
        self.command(Actor::Operator, create).await.unwrap();
        self.command(barista(), Command::OpenShop).await.unwrap();
    }
    pub(super) fn scan_request(&self, n: u32) -> Request {
        let code = self.hub.code(&shop()).unwrap().code;
        Request::scan(shop(), customer(n), code).answering(|decided| {
            let order = decided.order_view(Audience::Customer).unwrap();
            ScanAnswer {
                order: order.order,
                expires_at: order.submit_by,
            }
        })
    }
    pub(super) async fn scan(&self, n: u32) -> Result<OrderId, Error> {
        let answer = self.engine.command(self.scan_request(n)).await?;
        let answer: ScanAnswer = serde_json::from_slice(&answer.body).unwrap();
        Ok(answer.order)
    }
    /// A latte, up to the queue.
    pub(super) async fn order(&self, n: u32) -> OrderId {
        let order = self.scan(n).await.unwrap();
        self.command(customer(n), submit(order)).await.unwrap();
        order
    }
    /// The state's name; none once the shop has forgotten the order.
    pub(super) fn state(&self, order: OrderId) -> Option<&'static str> {
        Some(self.hub.order(order)?.for_staff.state.name())
    }
    /// Waits until it is so, looking again whenever something has happened in the shop.
    pub(super) async fn until(&self, fact: impl Fn(&Self) -> bool) {
        let mut listener = self.hub.listener();
        listener.watch(Topic::Queue(shop()), None).unwrap();
        while !fact(self) {
            listener.changed().await;
        }
    }
    pub(super) fn version(&self) -> u64 {
        self.hub.facts(&shop()).map_or(0, |(version, _)| version)
    }
}

pub(super) fn submit(order: OrderId) -> Command {
    let choice = Choice {
        drink: "latte".parse().unwrap(),
        options: vec![],
    };
    Command::Submit { order, choice }
}

pub(super) fn view(decided: &Decided<'_>) -> Option<presso_core::board::OrderView> {
    decided.order_view(Audience::Staff)
}

pub(super) fn key(n: u128, body: u8) -> Key {
    Key {
        principal: Uuid::from_u128(1),
        route: "POST /v1/shops/demo/scans".into(),
        key: Uuid::from_u128(n),
        body_digest: [body; 32],
    }
}

pub(super) fn journal(folder: &Path) -> (SqliteJournal, Reader) {
    SqliteJournal::open(folder).unwrap()
}

/// A journal that counts its commits, and fails them while told to.
pub(super) struct Watched {
    pub(super) inner: SqliteJournal,
    pub(super) commits: Arc<AtomicU32>,
    pub(super) fail: Failure,
}

/// What commits fail with, while there is something.
pub(super) type Failure = Arc<Mutex<Option<fn() -> journal::Error>>>;

impl Watched {
    pub(super) fn new(inner: SqliteJournal) -> Self {
        Self {
            inner,
            commits: Arc::default(),
            fail: Arc::default(),
        }
    }
}

impl Journal for Watched {
    async fn shops(&mut self) -> Result<Vec<ShopId>, journal::Error> {
        self.inner.shops().await
    }
    async fn load(&mut self, shop: &ShopId) -> Result<Option<Loaded>, journal::Error> {
        self.inner.load(shop).await
    }
    async fn staff_names(&mut self) -> Result<HashMap<StaffId, String>, journal::Error> {
        self.inner.staff_names().await
    }
    async fn recall(
        &mut self,
        key: &Key,
        now: Timestamp,
    ) -> Result<Option<Remembered>, journal::Error> {
        self.inner.recall(key, now).await
    }
    fn commit(&mut self, batch: Batch) -> impl Future<Output = Committed> + 'static {
        let outcome = match *self.fail.lock() {
            Some(error) => Err((batch, Err(error()))),
            None => Ok(self.inner.commit(batch)),
        };
        self.commits
            .fetch_add(u32::from(outcome.is_ok()), Ordering::Relaxed);
        async {
            match outcome {
                Ok(commit) => commit.await,
                Err(failed) => failed,
            }
        }
    }
}
