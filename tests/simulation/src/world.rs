//! One seed's world: who is in it, and what comes next. Everything happens on one thread, one
//! thing after the other, in an order that follows from the seed alone.

use crate::chance::Chance;
use crate::checker::Asked;
use crate::device::{Device, Kind, Life};
use crate::disk::Disk;
use crate::errand::{Errand, Reply};
use crate::journal::SimulatedJournal;
use crate::laws::Truth;
use crate::network::Wire;
use crate::server::Server;
use crate::shop;
use crate::story::Story;
use crate::time::{Dial, Time};
use crate::weather::{Fault, Faults, Weather};
use parking_lot::{Mutex, MutexGuard};
use presso_core::order::Actor;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use uuid::Uuid;

/// A connection: whose, and which one.
pub(crate) type Line = (usize, u64);

/// Something that comes at its time.
pub(crate) enum Next {
    /// A person looks up.
    Act(usize),
    /// A session wanted to be woken.
    Tick(usize),
    /// A connection reaches the server; it is open, or closed, at the device.
    Connect(Line),
    Opened(Line),
    Closed(Line),
    /// The device has given it up, and says so.
    HungUp(Line),
    /// A frame arrives: at the server; at the device, perhaps once more.
    Up(Line, String),
    Down(Line, String, bool),
    /// The server listens whether anybody is still there.
    Listen(Line),
    /// A slow reader reads on.
    Read(Line),
    /// A request arrives; its answer does; nothing has come of it yet.
    Ask(usize, Rc<Errand>),
    Answer(usize, Rc<Errand>, Reply),
    Retry(usize, Uuid),
    /// The server's fate.
    Crash,
    Start,
    Suspend,
    Resume,
    /// Devices' fates.
    Offline(usize),
}

/// When the server served, by what clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) dial: Dial,
}

pub(crate) struct World {
    pub(crate) time: Time,
    queue: BTreeMap<(i64, u64), Next>,
    queued: u64,
    pub(crate) chance: Chance,
    pub(crate) journal: SimulatedJournal,
    pub(crate) server: Server,
    pub(crate) suspended_until: i64,
    pub(crate) boots: u64,
    pub(crate) devices: Vec<Device>,
    pub(crate) wires: BTreeMap<Line, Wire>,
    /// The newest request of each device that arrived, to know who overtakes.
    pub(crate) arrived: BTreeMap<usize, u64>,
    pub(crate) log: Vec<Asked>,
    pub(crate) truth: Truth,
    pub(crate) runs: Vec<Run>,
    pub(crate) pauses: Vec<(i64, i64)>,
    pub(crate) story: Story,
    pub(crate) broken: Option<String>,
    pub(crate) usual_delay_ms: i64,
    /// Nothing goes wrong any more, and nobody begins anything; and then: nobody does anything.
    pub(crate) calm: bool,
    pub(crate) quiet: bool,
    pub(crate) steps: u64,
    pub(crate) laws: u64,
}

impl World {
    pub(crate) fn new(seed: u64, tells: bool) -> Self {
        let mut chance = Chance::new(seed);
        let time = Time::new();
        let disk = Disk::new(Weather::new(chance.split()), chance.split());
        let journal = SimulatedJournal {
            disk: Arc::new(Mutex::new(disk)),
            time: time.clone(),
        };
        let mut world = Self {
            story: Story::new(time.clone(), tells),
            queue: BTreeMap::new(),
            queued: 0,
            journal,
            server: Server::Down,
            suspended_until: 0,
            boots: 0,
            devices: Vec::new(),
            wires: BTreeMap::new(),
            arrived: BTreeMap::new(),
            log: Vec::new(),
            truth: Truth::new(),
            runs: Vec::new(),
            pauses: Vec::new(),
            broken: None,
            usual_delay_ms: chance.between(1, 80),
            calm: false,
            quiet: false,
            steps: 0,
            laws: 0,
            time,
            chance,
        };
        world.people();
        world.boot();
        world.after(2_000, Next::Suspend);
        world.after(10_000, Next::Crash);
        world
    }

    fn people(&mut self) {
        let tablets = usize::try_from(self.chance.between(1, 4)).unwrap_or(1);
        let customers = usize::try_from(self.chance.between(2, 9)).unwrap_or(2);
        let mut all = vec![("operator".to_owned(), Kind::Operator, Actor::Operator)];
        all.push(("display".to_owned(), Kind::Display, Actor::Operator));
        for n in 0..tablets {
            all.push((format!("tablet {n}"), Kind::Tablet, shop::barista(n)));
        }
        for n in 0..customers {
            let kind = Kind::Customer(Life::default());
            all.push((format!("customer {n}"), kind, shop::customer(n)));
        }
        for (at, (name, kind, actor)) in all.into_iter().enumerate() {
            let device = Device::new(name, kind, actor, self.chance.split());
            self.devices.push(device);
            let wait = self.chance.between(5, 3_000);
            self.after(wait, Next::Act(at));
            self.after(30_000, Next::Offline(at));
        }
        let settings = shop::settings(&mut self.chance);
        self.story.tell(|| format!("the shop: {settings:?}"));
        let menu = shop::menu();
        let create = presso_core::workflow::Command::CreateShop { settings, menu };
        self.ask(0, crate::errand::Wish::Do(create));
    }

    pub(crate) fn now(&self) -> i64 {
        self.time.now()
    }

    pub(crate) fn at(&mut self, at: i64, next: Next) {
        self.queued += 1;
        self.queue.insert((at.max(self.now()), self.queued), next);
    }

    pub(crate) fn after(&mut self, ms: i64, next: Next) {
        self.at(self.now() + ms, next);
    }

    pub(crate) fn disk(&self) -> MutexGuard<'_, Disk> {
        self.journal.disk.lock()
    }

    pub(crate) fn strikes(&self, fault: Fault) -> bool {
        self.disk().weather.strikes(fault)
    }

    pub(crate) fn knows(&self, fault: Fault) -> bool {
        self.disk().weather.knows(fault)
    }

    pub(crate) fn count(&self, fault: Fault) {
        self.disk().weather.faults.count(fault);
    }

    pub(crate) fn faults(&self) -> Faults {
        self.disk().weather.faults.clone()
    }

    /// A law does not hold; the first one that did not is told.
    pub(crate) fn hold(&mut self, holds: bool, law: impl FnOnce() -> String) {
        self.laws += 1;
        if !holds && self.broken.is_none() {
            let law = law();
            self.story.tell(|| format!("BROKEN: {law}"));
            self.broken = Some(law);
        }
    }

    /// Goes on until then, or until a law is broken.
    pub(crate) fn run_until(&mut self, end: i64) {
        self.settle();
        while self.broken.is_none() {
            let queued = self.queue.first_key_value().map(|((at, _), _)| *at);
            let Some(at) = [queued, self.time.next()].into_iter().flatten().min() else {
                break;
            };
            if at >= end {
                break;
            }
            self.time.advance_to(at);
            if queued == Some(at)
                && let Some((_, next)) = self.queue.pop_first()
            {
                self.happens(next);
            }
            self.steps += 1;
            self.settle();
        }
        self.time.advance_to(end);
    }

    fn happens(&mut self, next: Next) {
        match next {
            Next::Act(at) => self.act(at),
            Next::Tick(at) => self.tick(at),
            Next::Connect(line) => self.connect(line),
            Next::Opened(line) => self.opened(line),
            Next::Closed(line) => self.closed(line),
            Next::HungUp(line) => self.hung_up(line),
            Next::Up(line, text) => self.up(line, text),
            Next::Down(line, text, again) => self.down(line, &text, again),
            Next::Listen(line) => self.listen(line),
            Next::Read(line) => self.read_seat(line),
            Next::Ask(at, errand) => self.arrive(at, errand),
            Next::Answer(at, errand, reply) => self.answered(at, &errand, reply),
            Next::Retry(at, key) => self.retry(at, key),
            Next::Crash => self.crash_comes(),
            Next::Start => self.boot(),
            Next::Suspend => self.suspend(),
            Next::Resume => {}
            Next::Offline(at) => self.offline(at),
        }
    }
}
