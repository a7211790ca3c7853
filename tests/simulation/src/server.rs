//! The server: the real engine and hub, and beside them the little that HTTP and sockets do.

use crate::errand::Errand;
use crate::journal::SimulatedJournal;
use crate::seat::Seat;
use crate::task::Task;
use crate::time::{Dial, ServerClock};
use crate::world::Line;
use presso_backend::engine::{Answer, Engine, Error, Machine, SeededRandomness, Setup};
use presso_backend::hub::Hub;
use presso_backend::journal;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

type Loaded = Result<(Engine, Machine<SimulatedJournal>), journal::Error>;

/// Where its life is.
pub(crate) enum Server {
    Down,
    Starting(Process<Loaded>),
    Up(Box<Node>),
}

/// What every process has.
pub(crate) struct Process<T> {
    pub(crate) task: Task<T>,
    pub(crate) clock: Arc<ServerClock>,
    pub(crate) fatal: Arc<AtomicBool>,
}

/// A process that serves.
pub(crate) struct Node {
    pub(crate) process: Process<()>,
    pub(crate) engine: Engine,
    pub(crate) hub: Hub,
    /// Who waits for an answer.
    pub(crate) waiting: Vec<Waiting>,
    pub(crate) seats: BTreeMap<Line, Seat>,
    /// It serves since then.
    pub(crate) since: i64,
}

pub(crate) struct Waiting {
    pub(crate) device: usize,
    pub(crate) errand: Rc<Errand>,
    pub(crate) task: Task<Result<Answer, Error>>,
}

impl Server {
    /// A process begins, with a clock of its own.
    pub(crate) fn start(journal: SimulatedJournal, dial: Dial, seed: u64) -> Self {
        let clock = Arc::new(ServerClock::new(journal.time.clone(), dial));
        let fatal = Arc::new(AtomicBool::new(false));
        let died = Arc::clone(&fatal);
        let setup = Setup {
            journal,
            clock: Arc::clone(&clock) as Arc<dyn presso_backend::engine::Clock>,
            randomness: Box::new(SeededRandomness(seed)),
            public_url: "http://simulated".into(),
            fatal: Box::new(move |_| died.store(true, Ordering::Relaxed)),
        };
        Self::Starting(Process {
            task: Task::new(Machine::load(setup)),
            clock,
            fatal,
        })
    }
}

impl Node {
    pub(crate) fn new(
        engine: Engine,
        machine: Machine<SimulatedJournal>,
        clock: Arc<ServerClock>,
        fatal: Arc<AtomicBool>,
        since: i64,
    ) -> Self {
        Self {
            hub: engine.hub(),
            process: Process {
                task: Task::new(machine.run()),
                clock,
                fatal,
            },
            engine,
            waiting: Vec::new(),
            seats: BTreeMap::new(),
            since,
        }
    }

    pub(crate) fn ask(&mut self, device: usize, errand: Rc<Errand>) {
        let engine = self.engine.clone();
        let request = errand.request();
        let task = Task::new(async move { engine.command(request).await });
        self.waiting.push(Waiting {
            device,
            errand,
            task,
        });
    }

    pub(crate) fn died(&self) -> bool {
        self.process.fatal.load(Ordering::Relaxed)
    }
}
