//! Can a person get a coffee? Real screens in a real browser, the real server behind them, and
//! people who press what they see. Each screen of each journey is checked for accessibility.

mod alerts;
mod awake;
mod cancelled;
mod coffee;
mod hands;
mod journey;
mod keys;
mod managing;
mod markup;
mod offline;
mod page_offline;
mod refused;
mod rig;
mod scanner_speed;
mod scanning;
mod seam;
mod signing_in;
mod stale;
mod switched;
mod timed_out;
mod ways_in;
