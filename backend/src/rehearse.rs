//! A day at the counter before it comes: the real engine, hub, rules and journal, on a clock that
//! jumps from one thing that happens to the next, with people who follow from a seed.
//!
//! ```text
//! arrivals ─▶ people and baristas ask ─▶ engine ─▶ SQLite ─▶ figures (read from the journal)
//!        ▲ the clock jumps to whoever is next, or to the next deadline
//! ```
//!
//! It plays in a data folder of its own, at a shop called `rehearsal`: nothing of it can meet a real
//! order. HTTP and sockets are left out (docs/decisions/0014).

mod chance;
mod counter;
mod day;
mod figures;
mod guests;
mod memory;
mod page;
mod plot;
mod staffing;
mod world;

pub use figures::{Figures, Lost, Quarter};
pub use page::page;
pub use staffing::{Answer, Row, ask};

use crate::engine::{Clock, Machine, ManualClock, SeededRandomness, Setup};
use crate::journal::{Journal, SqliteJournal};
use presso_core::id::ShopId;
use presso_core::menu::{Drink, Menu};
use presso_core::settings::Settings;
use presso_core::time::Timestamp;
use presso_core::workflow::Event;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use world::World;

/// When the doors open: 2026-06-01T08:00:00Z.
pub const DOORS: Timestamp = Timestamp(1_780_300_800_000);

/// What is rehearsed.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Everything that is left to chance follows from it.
    pub seed: u64,
    /// How many people come.
    pub guests: u32,
    /// For how long the doors are open, minutes.
    pub minutes: u32,
    /// Do they come in rushes, or evenly?
    pub rush: bool,
    /// How many make coffee; the last of three or more is slow.
    pub baristas: u32,
    /// The shop's limits.
    pub settings: Settings,
    /// Do networks and tablets fail?
    pub faults: bool,
    /// At most so many times as fast as time is; none: as fast as it goes.
    pub speed: Option<u32>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seed: 1,
            guests: 960,
            minutes: 480,
            rush: true,
            baristas: 4,
            settings: Settings {
                name: "Rehearsal".into(),
                code_places: 20,
                capacity: 40,
                ..Settings::default()
            },
            faults: false,
            speed: None,
        }
    }
}

/// Why it could not be played to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder cannot be used.
    #[error(transparent)]
    Journal(#[from] crate::journal::Error),
    /// The engine did not do what was asked, and did not refuse it either.
    #[error("the engine: {0}")]
    Engine(crate::engine::Error),
    /// The limits or the plan are none that a shop can have.
    #[error("{0}")]
    Plan(String),
    /// The disk failed on the way.
    #[error("the disk failed; what was rehearsed is in pieces")]
    Disk,
}

/// The shop's name, which is the mark: no other is rehearsed at.
///
/// # Panics
/// Never: it is a slug.
#[must_use]
pub fn shop() -> ShopId {
    ShopId::parse("rehearsal").expect("a slug")
}

/// Plays it in this folder, which holds nothing yet.
///
/// # Errors
/// [`Error`].
pub async fn play(plan: &Plan, folder: &Path) -> Result<Figures, Error> {
    if folder.join(crate::app::DATABASE_FILE).exists() {
        let folder = folder.display();
        let why = format!("{folder} has a database: a rehearsal wants a folder of its own");
        return Err(Error::Plan(why));
    }
    let (journal, reader) = SqliteJournal::open(folder)?;
    let mut figures = run(plan, journal).await?;
    drop(reader);
    let there = crate::verify::Folder::open(folder)?;
    figures.read(plan, &there.events(&shop())?);
    Ok(figures)
}

/// Plays it without a disk, where only the sums are wanted.
async fn sketch(plan: &Plan) -> Result<Figures, Error> {
    let journal = memory::MemoryJournal::default();
    let events = journal.events.clone();
    let mut figures = run(plan, journal).await?;
    let events: Vec<Event> = std::mem::take(&mut *events.lock());
    figures.read(plan, &events);
    Ok(figures)
}

/// Runs engine and people together on this task.
async fn run<J: Journal>(plan: &Plan, journal: J) -> Result<Figures, Error> {
    check(plan)?;
    let clock = ManualClock::new(DOORS.plus_ms(-60_000));
    let broke = Arc::new(AtomicBool::new(false));
    let breaks = Arc::clone(&broke);
    let (engine, machine) = Machine::load(Setup {
        journal,
        clock: Arc::new(clock.clone()) as Arc<dyn Clock>,
        randomness: Box::new(SeededRandomness(plan.seed)),
        public_url: "http://rehearsal".into(),
        fatal: Box::new(move |_| breaks.store(true, Ordering::Relaxed)),
    })
    .await?;
    let play = async {
        let played = World::new(plan, engine.clone(), clock).play().await;
        engine.stop().await;
        played
    };
    let (played, ()) = tokio::join!(play, machine.run());
    if broke.load(Ordering::Relaxed) {
        return Err(Error::Disk);
    }
    played
}

fn check(plan: &Plan) -> Result<(), Error> {
    let rule = |rule: &str| Err(Error::Plan(rule.to_owned()));
    if !(1..=100_000).contains(&plan.guests) {
        return rule("customers: 1 to 100,000");
    }
    if !(10..=1_440).contains(&plan.minutes) {
        return rule("hours: a sixth to 24");
    }
    if !(1..=100).contains(&plan.baristas) {
        return rule("baristas: 1 to 100");
    }
    if plan.speed == Some(0) {
        return rule("speed: full, or how many times as fast, as 60x");
    }
    plan.settings
        .validate()
        .map_err(|bad| Error::Plan(bad.to_string()))
}

fn menu() -> Menu {
    let drinks = DRINKS.map(|(id, name, _)| Drink {
        id: presso_core::id::DrinkId::parse(id).expect("a slug"),
        name: name.into(),
        icon: id.into(),
        available: true,
        groups: vec![],
    });
    Menu {
        drinks: drinks.into(),
        groups: vec![],
    }
}

/// What is ordered, and how long it takes a practised hand, seconds.
const DRINKS: [(&str, &str, i64); 5] = [
    ("espresso", "Espresso", 40),
    ("americano", "Americano", 50),
    ("cappuccino", "Cappuccino", 65),
    ("latte", "Latte", 70),
    ("mocha", "Mocha", 85),
];
