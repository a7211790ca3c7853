//! The whole server as one value: what is served, by what, and how it starts and stops.

mod room;

pub use crate::identity::KEY_FILE;
pub(crate) use room::{Place, Room, raise_descriptors};

use crate::assets::Assets;
use crate::bus::{self, Bus};
use crate::engine::{self, Clock, Engine, Fatal, Randomness, Setup};
use crate::hub::Hub;
use crate::identity::{self, ACCESS_S, Ring, Sessions};
use crate::journal::{self, Reader, SqliteJournal};
use crate::limits::{Limiter, Limits, Proxies};
use crate::metrics::Metrics;
use crate::passcodes::{self, Passcodes};
use crate::push::{self, Push};
use parking_lot::Mutex;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{mpsc, watch};

/// What a server is made of; [`AppConfig::new`] is the usual one.
pub struct AppConfig {
    /// The data folder; made when it is not there.
    pub data: PathBuf,
    /// What links begin with; no slash at its end.
    pub public_url: String,
    /// Its time.
    pub clock: Arc<dyn Clock>,
    /// The engine's randomness: identifiers, shops' secrets.
    pub randomness: Box<dyn Randomness>,
    /// Identity's randomness: links, tokens, the signing key.
    pub secrets: Box<dyn Randomness>,
    /// Keep the pages' files in the data folder for the builds to come, as who serves them must.
    pub keep_assets: bool,
    /// Bundles read from this folder instead of the embedded ones, while one develops.
    pub ui: Option<PathBuf>,
    /// How many files the process may have open; sockets take 80 % of it at the most.
    pub descriptors: u64,
    /// How much anyone may ask for.
    pub limits: Limits,
    /// Who is believed about whom they speak for.
    pub proxies: Proxies,
    /// How one-time codes are sent.
    pub passcodes: passcodes::Settings,
    /// When the disk fails to sync.
    pub fatal: Fatal,
    /// Where web push may be sent: never into the operator's own network, but for tests.
    pub push: push::Rules,
    /// Where webhooks of the bus may go: to the internet, unless told otherwise.
    pub webhooks: bus::Reach,
}

impl AppConfig {
    /// The machine's time, randomness and limit of open files; a disk that fails to sync ends the process.
    #[must_use]
    pub fn new(data: PathBuf, public_url: String) -> Self {
        Self {
            data,
            public_url,
            clock: Arc::new(engine::SystemClock::new()),
            randomness: Box::new(engine::SystemRandomness::new()),
            secrets: Box::new(engine::SystemRandomness::new()),
            keep_assets: true,
            ui: None,
            descriptors: room::descriptors(),
            limits: Limits::default(),
            proxies: Proxies::default(),
            passcodes: passcodes::Settings::default(),
            fatal: engine::exit_on_fatal(),
            push: push::Rules::default(),
            webhooks: bus::Reach::default(),
        }
    }
}

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The journal, or the lock on the data folder.
    #[error(transparent)]
    Journal(#[from] journal::Error),
    /// A key: of sessions, or of web push.
    #[error(transparent)]
    Key(#[from] identity::KeyError),
    /// The ways of one-time codes.
    #[error("passcodes: {0}")]
    Passcodes(String),
    /// What identity has on disk.
    #[error("sessions cannot be read: {0}")]
    Identity(#[from] rusqlite::Error),
    /// The folder of earlier builds' pages.
    #[error("the pages cannot be kept in {}: {why}", .folder.display())]
    Assets {
        /// Which folder.
        folder: PathBuf,
        /// Why.
        why: std::io::Error,
    },
}

/// A server, apart from its address. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What an [`App`] is made of; for the handlers.
pub struct Inner {
    pub(crate) engine: Engine,
    pub(crate) hub: Hub,
    pub(crate) reader: Reader,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) sessions: Sessions,
    /// The data folder.
    pub(crate) data: PathBuf,
    pub(crate) broom: identity::Broom,
    pub(crate) pairings: identity::Pairings,
    /// Held while a shop is erased: what went and has not been looked for yet, since that failed.
    pub(crate) erasing: Arc<tokio::sync::Mutex<Vec<Vec<u8>>>>,
    pub(crate) secrets: Mutex<Box<dyn Randomness>>,
    pub(crate) assets: Assets,
    pub(crate) push: Push,
    pub(crate) passcodes: Passcodes,
    pub(crate) pins: identity::pin::PinHasher,
    pub(crate) bus: Bus,
    pub(crate) public_url: String,
    pub(crate) limiter: Limiter,
    pub(crate) metrics: Metrics,
    /// Each answer says that its connection closes: the server is about to stop.
    leaving: AtomicBool,
    /// Turns true when the server stops.
    pub(crate) stopping: watch::Sender<bool>,
    /// For sockets.
    pub(crate) room: Room,
    /// Each socket holds one; when none is left, all have said goodbye.
    sockets: Mutex<Option<mpsc::Sender<()>>>,
    gone: tokio::sync::Mutex<mpsc::Receiver<()>>,
    started: Mutex<Option<engine::Started>>,
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// The database's name in the data folder.
pub const DATABASE_FILE: &str = "presso.db";
/// The key that numbers, addresses and one-time codes are hashed under, in the data folder.
pub const PASSCODE_KEY_FILE: &str = "passcode.key";
/// Where file targets of the bus are, in the data folder.
const BUS_FOLDER: &str = "bus";
/// The key of web push, in the data folder.
pub const PUSH_KEY_FILE: &str = "push.key";

impl App {
    /// Opens the data folder and starts the engine. Nothing listens yet.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn build(mut config: AppConfig) -> Result<Self, Error> {
        let (journal, reader) = SqliteJournal::open(&config.data)?;
        let mut seed = [0; 32];
        config.secrets.fill(&mut seed);
        let now = config.clock.now();
        let ring = Ring::open(&config.data, &seed, now)?;
        config.secrets.fill(&mut seed);
        let push_seed = identity::open_seed(&config.data.join(PUSH_KEY_FILE), &seed)?;
        let push = Push::new(&push_seed, &config.public_url, config.push);
        config.secrets.fill(&mut seed);
        let seed = identity::open_seed(&config.data.join(PASSCODE_KEY_FILE), &seed)?;
        let passcodes = Passcodes::new(seed, &config.passcodes).map_err(Error::Passcodes)?;
        let sessions = Sessions::with(ring);
        let since = now.plus_ms(-ACCESS_S * 1000);
        let ended = reader
            .query(move |db| identity::ended_since(db, since))
            .await?;
        for family in ended {
            sessions.end(family, now);
        }
        let changed = reader
            .query(move |db| identity::changed_since(db, since))
            .await?;
        for (staff, role) in changed {
            sessions.change(staff, role, now);
        }
        let mut assets = Assets::new(config.ui.clone());
        if config.keep_assets && config.ui.is_none() {
            let folder = config.data.join("assets");
            let failed = |why| Error::Assets {
                folder: folder.clone(),
                why,
            };
            assets = assets.keep_in(&folder).map_err(failed)?;
        }
        let bus = Bus::new(config.data.join(BUS_FOLDER), config.webhooks);
        let started = engine::start(Setup {
            journal,
            clock: Arc::clone(&config.clock),
            randomness: config.randomness,
            public_url: config.public_url.clone(),
            fatal: config.fatal,
        })
        .await?;
        let (sockets, gone) = mpsc::channel(1);
        let clock = Arc::clone(&config.clock);
        let limiter = Limiter::new(&config.limits, config.proxies, clock, config.descriptors);
        Ok(Self(Arc::new(Inner {
            engine: started.engine.clone(),
            hub: started.hub.clone(),
            reader,
            clock: config.clock,
            sessions,
            data: config.data,
            broom: identity::Broom::every(identity::PRUNE_EVERY_MS),
            pairings: identity::Pairings::default(),
            erasing: Arc::default(),
            secrets: Mutex::new(config.secrets),
            limiter,
            metrics: Metrics::new(assets.build(), started.engine.tally()),
            assets,
            push,
            pins: identity::pin::PinHasher::new(passcodes.key.for_pins()),
            passcodes,
            bus,
            public_url: config.public_url,
            leaving: AtomicBool::new(false),
            stopping: watch::Sender::new(false),
            room: Room::within(config.descriptors),
            sockets: Mutex::new(Some(sockets)),
            gone: tokio::sync::Mutex::new(gone),
            started: Mutex::new(Some(started)),
        })))
    }

    /// Which build the pages are of.
    #[must_use]
    pub fn build_id(&self) -> &str {
        self.assets.build()
    }

    /// From now on no connection outlives its next answer.
    pub(crate) fn begin_leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    /// Is the server about to stop?
    pub(crate) fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    /// Tells everyone who holds a connection that the server stops.
    pub fn begin_stop(&self) {
        self.stopping.send_replace(true);
        self.sockets.lock().take();
    }

    /// Waits until every socket has said goodbye.
    pub(crate) async fn sockets_gone(&self) {
        // Nothing is ever sent: this ends when the last sender is dropped.
        let _ = self.gone.lock().await.recv().await;
    }

    /// To be held by a socket while it is open; none once the server stops.
    pub(crate) fn hold_socket(&self) -> Option<mpsc::Sender<()>> {
        self.sockets.lock().clone()
    }

    /// Ends the engine after what waits already, and closes the journal.
    pub async fn stop(&self) {
        self.begin_stop();
        let started = self.started.lock().take();
        if let Some(started) = started {
            started.stop().await;
        }
    }
}
