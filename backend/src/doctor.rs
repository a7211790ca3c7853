//! Is a shop well, and if not, what is to be done? Facts are looked at first ([`look`]), judged
//! afterwards: each check is a function of the facts alone.

mod checks;
mod look;
#[cfg(test)]
mod tests;

pub use look::look;

use crate::disk::Disk;
use presso_core::time::Timestamp;
use std::net::SocketAddr;

/// What is known of a data folder, its server and its settings.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Where the data folder is, as it was named.
    pub data: String,
    /// What is in it; none when no shop was ever made there.
    pub folder: Option<Result<Folder, String>>,
    /// How its disk stands.
    pub disk: Disk,
    /// Keys that others can read.
    pub exposed: Vec<String>,
    /// The server.
    pub server: Server,
    /// What links begin with.
    pub public_url: String,
    /// Will browsers trust pages of that address with cameras and notifications?
    pub is_secure: bool,
    /// The machine's time.
    pub now: Timestamp,
}

/// What is in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The database's format.
    pub format: i64,
    /// The newest that this program knows.
    pub known: i64,
    /// When something happened last.
    pub newest: Option<Timestamp>,
    /// Orders that have not ended.
    pub alive: usize,
    /// Of them, those whose deadline has passed, the longest past first: by how much, milliseconds.
    pub overdue_ms: Vec<i64>,
}

/// Whether a server has the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Server {
    /// Nobody has it.
    None,
    /// Somebody has it, and does not say where it listens.
    Hidden,
    /// It does not answer there.
    Silent(SocketAddr),
    /// It answers.
    Answers {
        /// Its version.
        version: String,
        /// Why it takes no requests, as a code; none when it does.
        unready: Option<String>,
    },
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// All is well.
    Good,
    /// It works, and somebody should know.
    Mind,
    /// Something is wrong.
    Wrong,
}

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check's name.
    pub check: &'static str,
    /// How much it matters.
    pub level: Level,
    /// What is so, as a sentence.
    pub told: String,
    /// What to do; empty when all is well.
    pub remedy: &'static str,
}

/// Every check, in the order in which one would look.
#[must_use]
pub fn judge(facts: &Facts) -> Vec<Finding> {
    checks::ALL
        .iter()
        .filter_map(|check| check(facts))
        .collect()
}
