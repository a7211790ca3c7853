//! What the barista's screen decides by itself: lanes, urgency, what stands out on a card, what
//! can still be undone, what is news. Pure, so that it is tested on the host; the drawing is in
//! the program beside it (`main.rs`).

pub mod arrivals;
pub mod flight;
pub mod lanes;
pub mod recipe;
pub mod undo;
pub mod urgency;

#[cfg(test)]
mod example;
