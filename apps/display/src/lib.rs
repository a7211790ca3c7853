//! What the shop's screen decides by itself: what it shows where the code stands, which tickets
//! are on which page, which are called right now, whether it chimes. Pure, so that it is tested on the host; the
//! drawing is in the program beside it (`main.rs`).

pub mod calls;
pub mod chime;
pub mod code;
pub mod paging;
pub mod panel;
pub mod ready;

#[cfg(test)]
mod example;
