//! One checker for all tests: does what happened keep the eight invariants? It reads the journal,
//! the rows beside it, and what clients were answered and told; none of its sums is the server's.
//!
//! | | |
//! | --- | --- |
//! | I1 | what was answered 2xx exists afterwards, once |
//! | I2 | tickets are unique and without gaps, in each period |
//! | I3 | no order outlives its deadline by more than a second of running time, none ends early |
//! | I4 | no order ends twice, no transition is illegal |
//! | I5 | orders in progress never exceed the capacity |
//! | I6 | places handed out never exceed the code's |
//! | I7 | every subscriber is told everything it may see at least once, in order |
//! | I8 | replaying the journal gives the rows beside it |

mod answers;
mod deadlines;
mod history;
mod limits;
mod lives;
mod rows;
mod screens;
#[cfg(test)]
mod tests;
mod tickets;

pub use history::{Answer, Asked, Came, History, Screen, Span, Told, What};

use std::fmt;

/// Which promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invariant {
    /// Answered means kept.
    I1,
    /// Tickets.
    I2,
    /// Deadlines.
    I3,
    /// Ends and transitions.
    I4,
    /// Capacity.
    I5,
    /// Places.
    I6,
    /// Subscribers.
    I7,
    /// Rows beside the journal.
    I8,
}

/// A promise that was not kept, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Which.
    pub invariant: Invariant,
    /// The place: `version 7`, `order …`, a client's name.
    pub place: String,
    /// What is wrong there.
    pub why: String,
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {}: {}", self.invariant, self.place, self.why)
    }
}

/// Collects the objections to one invariant.
struct Found {
    invariant: Invariant,
    objections: Vec<Objection>,
}

impl Found {
    fn new(invariant: Invariant) -> Self {
        let objections = Vec::new();
        Self {
            invariant,
            objections,
        }
    }
    /// Objects at a place unless it holds.
    fn hold(&mut self, holds: bool, place: impl fmt::Display, why: impl FnOnce() -> String) {
        if !holds {
            self.objections.push(Objection {
                invariant: self.invariant,
                place: place.to_string(),
                why: why(),
            });
        }
    }
    /// The same about an event's place in the journal.
    fn at(&mut self, version: u64, holds: bool, why: impl FnOnce() -> String) {
        self.hold(holds, format_args!("version {version}"), why);
    }
}

/// Everything that is wrong with it; empty when all promises were kept.
#[must_use]
pub fn check(history: &History) -> Vec<Objection> {
    let checks: [fn(&History) -> Found; 8] = [
        answers::kept,
        tickets::drawn_in_order,
        deadlines::on_time,
        lives::legal,
        limits::capacity,
        limits::places,
        screens::told_everything,
        rows::as_replayed,
    ];
    checks
        .iter()
        .flat_map(|check| check(history).objections)
        .collect()
}

/// For tests: everything was kept.
///
/// # Panics
/// With what was not.
pub fn must_hold(history: &History, when: &str) {
    let objections = check(history);
    let told: Vec<String> = objections.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{when}:\n{}", told.join("\n"));
}
