//! What the barista's screen decides by itself: lanes, urgency, what stands out on a card, what
//! can still be undone, what is news, what waits for the network, what a
//! key means, what a manager edits. Pure, so that it is tested on the host; the drawing is in
//! the program beside it (`main.rs`).

pub mod ahead;
pub mod arrivals;
pub mod deed;
pub mod draft;
pub mod lanes;
pub mod outbox;
pub mod recipe;
pub mod setting;
pub mod shortcut;
pub mod undo;
pub mod urgency;

#[cfg(test)]
mod example;
