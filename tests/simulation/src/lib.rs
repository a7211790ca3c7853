//! The whole system on virtual time, from one seed: the real core, engine, hub and sessions; a
//! network, a disk, clocks and people that misbehave. Whatever happens follows from the seed, so
//! that what went wrong once can be looked at as often as one likes.
//!
//! Real: `decide` and `evolve`, the engine with its turns and group commits, the hub with its rings,
//! the client's session, `offers`, every frame and answer as JSON. Stand-ins: the journal and its
//! disk, HTTP, sockets, who is who. What SQLite does when it dies is `tests/crash`'s business.

mod chance;
mod device;
mod disk;
mod end;
mod errand;
mod fate;
mod journal;
mod laws;
mod mind;
mod network;
mod people;
pub mod report;
mod seat;
mod server;
mod shop;
mod story;
mod task;
mod time;
mod weather;
mod world;

/// The one checker, as all tests have it, without what else they are made of.
#[path = "../../src"]
mod shared {
    pub mod checker;
}
pub use shared::checker;

#[cfg(feature = "planted")]
pub use presso_backend::planted;
pub use weather::{Fault, Faults};

use std::panic::{AssertUnwindSafe, catch_unwind};
use world::World;

/// What came of one seed.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Which.
    pub seed: u64,
    /// The law that was broken; none when all held.
    pub broken: Option<String>,
    /// What happened, where it was asked for.
    pub story: Vec<String>,
    /// SHA-256 of the journal.
    pub hash: String,
    /// How much time went by in it, milliseconds.
    pub passed_ms: i64,
    /// What went wrong, how often.
    pub faults: Faults,
    /// How often something happened, and a law was asked.
    pub steps: u64,
    /// How often a law was asked.
    pub laws: u64,
    /// Events in the journal.
    pub events: u64,
    /// Orders begun.
    pub orders: u64,
    /// Commands answered 2xx.
    pub answered: u64,
    /// Commits that reached the disk.
    pub commits: u64,
}

/// Plays one seed: so many hours with faults, and then until everything has ended.
#[must_use]
pub fn play(seed: u64, hours: f64, tells: bool) -> Outcome {
    let mut world = World::new(seed, tells);
    let played = catch_unwind(AssertUnwindSafe(|| {
        world.play((hours * 3_600_000.0) as i64);
    }));
    if let Err(panic) = played {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.into()));
        world.hold(false, || format!("panicked: {}", text.unwrap_or_default()));
    }
    world.outcome(seed)
}
