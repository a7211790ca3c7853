//! A morning: the shop as the journal has it, what is on its way, and what may happen next.

use crate::books::{Books, Link};
use crate::shop::{BARISTAS, CUSTOMERS, NOON, STRIDE_S, barista, choice, customer, empty, menu};
use crate::shop::{settings, window};
use presso_core::id::{EventId, OrderId};
use presso_core::order::{Actor, CancelReason};
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Event, EventKind, Rejection, Verb, decide, evolve};
use std::sync::Arc;
use uuid::Uuid;

/// What is walked.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// With a command under a key, and a crash.
    pub keyed: bool,
    /// How many places the code has.
    pub places: u32,
}

/// One state.
#[derive(Debug, Clone, PartialEq)]
pub struct Morning {
    pub now: Timestamp,
    /// As the journal has it: what is ahead of it while a commit is under way, nobody sees.
    pub shop: Shop,
    /// How often each customer may still scan; a refused scan does not count.
    pub scans: [u8; CUSTOMERS as usize],
    /// The command under a key; none before it was sent.
    pub key: Option<Key>,
    /// The server has crashed.
    pub crashed: bool,
    /// Counted anew, from the events alone.
    pub books: Books,
    /// The events, newest first.
    pub journal: Option<Arc<Link>>,
}

/// A command that its client repeats until it is answered, and the network doubles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub by: Actor,
    pub what: What,
    /// Copies on their way.
    pub copies: u8,
    /// It was accepted, and its answer is kept with its events.
    pub taken: bool,
    /// How often it was accepted: never twice.
    pub done: u8,
    /// The client has the answer.
    pub answered: bool,
}

impl Key {
    pub fn example() -> Self {
        Self {
            by: customer(0),
            what: What::Scan(0),
            copies: 1,
            taken: true,
            done: 1,
            answered: false,
        }
    }
}

/// What somebody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// This customer scans the code that is shown.
    Scan(u8),
    /// A verb on an order.
    Verb(Verb, OrderId),
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A stride passes.
    TimePasses,
    /// The engine lets time act.
    DeadlinesPass,
    /// Somebody's command is decided, committed and answered.
    Does(Actor, What),
    /// Somebody sends one under a key, in two copies.
    Sends(Actor, What),
    /// A copy arrives.
    Arrives,
    /// A copy arrives, and the server dies before the commit.
    DiesBefore,
    /// A copy arrives, and the server dies between commit and answer.
    DiesAfter,
}

impl Morning {
    pub fn begin() -> Self {
        Self::with_places(crate::shop::PLACES)
    }

    pub fn with_places(places: u32) -> Self {
        let mut morning = Self {
            now: NOON,
            shop: empty(),
            scans: [1; CUSTOMERS as usize],
            key: None,
            crashed: false,
            books: Books::default(),
            journal: None,
        };
        let (settings, menu) = (settings(places), menu());
        let create = Command::CreateShop { settings, menu };
        for command in [create, Command::OpenShop] {
            let done = morning.decided(Actor::Operator, &command);
            done.expect("a shop can be set up and opened");
        }
        morning
    }

    pub fn acts(&self, model: &Model, acts: &mut Vec<Act>) {
        let moves = self.shop.has_live_orders() || self.is_undoable() || self.scans != [0; 3];
        // A server that stands still for a stride leaves things due; not for two.
        let next = self.shop.next_deadline();
        if moves && next.is_none_or(|at| at > self.now.plus_ms(-i64::from(STRIDE_S) * 1000)) {
            acts.push(Act::TimePasses);
        }
        if next.is_some_and(|at| at <= self.now) {
            acts.push(Act::DeadlinesPass);
        }
        self.wishes(|by, what| {
            // Why nothing is lost by asking first: see `model.rs`.
            if decide(&self.shop, &by, &self.command(what), self.now).is_ok() {
                acts.push(Act::Does(by, what));
                if model.keyed && self.key.is_none() {
                    acts.push(Act::Sends(by, what));
                }
            }
        });
        if self.key.is_some_and(|key| key.copies > 0) {
            acts.push(Act::Arrives);
            if !self.crashed {
                acts.extend([Act::DiesBefore, Act::DiesAfter]);
            }
        }
    }

    /// Can anything be taken back still? Time passes until nothing can.
    fn is_undoable(&self) -> bool {
        let within_s = self.shop.settings.undo_within_s;
        let mut last = self.shop.orders.values().filter_map(|o| o.last.as_ref());
        last.any(|last| self.now < last.at.plus_s(within_s))
    }

    /// Everything that anybody might ask for, sensible or not.
    fn wishes(&self, mut wish: impl FnMut(Actor, What)) {
        for n in 0..CUSTOMERS {
            if self.scans[usize::from(n)] > 0 {
                wish(customer(n), What::Scan(n));
            }
        }
        for order in self.shop.orders.values() {
            let customer = Actor::guest(order.customer);
            for verb in [Verb::Submit, Verb::Cancel, Verb::Undo] {
                wish(customer, What::Verb(verb, order.id));
            }
            for n in 0..BARISTAS {
                for verb in [
                    Verb::Claim,
                    Verb::Unclaim,
                    Verb::Complete,
                    Verb::Collect,
                    Verb::Cancel,
                    Verb::Undo,
                ] {
                    wish(barista(n), What::Verb(verb, order.id));
                }
            }
        }
    }

    /// None where it changes nothing.
    pub fn after(&self, act: Act) -> Option<Self> {
        let mut next = self.clone();
        match act {
            Act::TimePasses => next.now = self.now.plus_s(STRIDE_S),
            Act::DeadlinesPass => {
                let pass = Command::PassDeadlines { limit: 100 };
                next.decided(Actor::Clock, &pass).ok()?;
            }
            Act::Does(by, what) => {
                next.put(by, what).ok()?;
                next.has_scanned(what);
            }
            Act::Sends(by, what) => {
                next.has_scanned(what);
                next.key = Some(Key {
                    by,
                    what,
                    copies: 2,
                    taken: false,
                    done: 0,
                    answered: false,
                });
            }
            Act::Arrives => {
                next.arrive();
                if let Some(key) = &mut next.key {
                    key.answered |= key.taken;
                }
            }
            // What was decided is forgotten with the memory that it was decided in.
            Act::DiesBefore => {
                next.take_copy();
                next.restart();
            }
            Act::DiesAfter => {
                next.arrive();
                next.restart();
            }
        }
        Some(next)
    }

    /// Whatever comes of one that was sent under a key: its customer scans no more.
    fn has_scanned(&mut self, what: What) {
        if let What::Scan(n) = what {
            self.scans[usize::from(n)] -= 1;
        }
    }

    fn take_copy(&mut self) {
        if let Some(key) = &mut self.key {
            key.copies -= 1;
        }
    }

    /// As the engine does it: a key that was answered is not decided again.
    fn arrive(&mut self) {
        self.take_copy();
        let Some(key) = self.key.filter(|key| !key.taken) else {
            return;
        };
        let done = self.put(key.by, key.what).is_ok();
        if let Some(key) = &mut self.key {
            key.taken = done;
            key.done += u8::from(done);
        }
    }

    /// Memory is gone: the shop is read again from the journal.
    fn restart(&mut self) {
        self.crashed = true;
        let again = Link::replay(self.journal.as_deref());
        if again != self.shop {
            self.books.broken = Some("the journal gives another shop");
        }
        self.shop = again;
    }

    /// Decides and folds somebody's command.
    fn put(&mut self, by: Actor, what: What) -> Result<(), Rejection> {
        let command = self.command(what);
        self.decided(by, &command)
    }

    fn command(&self, what: What) -> Command {
        match what {
            What::Scan(_) => {
                let begun = self.books.states.len() as u128;
                let order = OrderId(Uuid::from_u128(begun + 1));
                let window = Some(window(self.now));
                Command::Scan { window, order }
            }
            What::Verb(verb, order) => command(verb, order),
        }
    }

    fn decided(&mut self, actor: Actor, command: &Command) -> Result<(), Rejection> {
        for kind in decide(&self.shop, &actor, command, self.now)? {
            self.happen(actor, kind);
        }
        Ok(())
    }

    pub fn happen(&mut self, actor: Actor, kind: EventKind) {
        let version = self.shop.version + 1;
        let event = Event {
            id: EventId(Uuid::from_u128(version.into())),
            version,
            at: self.now,
            actor,
            kind,
        };
        self.books.enter(&event, &self.shop);
        evolve(&mut self.shop, &event);
        self.books.compare(&self.shop);
        let before = self.journal.take();
        self.journal = Some(Arc::new(Link { event, before }));
    }
}

pub fn command(verb: Verb, order: OrderId) -> Command {
    match verb {
        Verb::Submit => {
            let choice = choice();
            Command::Submit { order, choice }
        }
        Verb::Cancel => {
            let reason = CancelReason::Other;
            Command::Cancel { order, reason }
        }
        Verb::Claim => Command::Claim { order },
        Verb::Unclaim => Command::Unclaim { order },
        Verb::TakeOver => Command::TakeOver { order },
        Verb::Complete => Command::Complete { order },
        Verb::Collect => Command::Collect { order },
        Verb::Undo | Verb::TimeOut | Verb::Sweep => Command::Undo { order },
    }
}
