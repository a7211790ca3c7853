//! The engine: the only writer. Commands of every shop, and every other row that is written, go
//! through its bounded channel to one thread, which decides what waits, has it committed together,
//! and then answers and announces. Meanwhile the next ones gather; they are decided and sent off
//! before the first are answered, so that the disk does not wait for answers to be given.
//!
//! ```text
//! waiting commands ─▶ decide on the speculative shops ─▶ one transaction ─▶ hub, answers, wake-ups
//!        ▲ deadlines that passed, tablets that fell silent
//! ```
//!
//! Start it with [`start`] (a thread of its own), or drive a [`Machine`] on a thread that is
//! already there. Journal, clock and randomness are parameters, so that a run can be repeated.

mod clock;
mod handle;
mod load;
mod machine;
mod randomness;
mod request;
mod tablets;
mod tally;
#[cfg(test)]
mod tests;
mod turn;

pub(crate) use clock::sleep_until;
pub use clock::{Clock, ManualClock, SystemClock};
pub use handle::{Engine, Error};
pub use machine::{Fatal, Machine, Setup, Started, exit_on_fatal, start};
pub use randomness::{Randomness, SeededRandomness, SystemRandomness, sortable_uuid};
pub use request::{Answer, Ask, Decided, Key, Request};
pub use tally::Tally;
