//! Presso's core: the order model, the workflow, what screens see, and how they are kept up to date.
//!
//! Start at [`workflow`]: a [`shop::Shop`] is the unit of consistency, [`workflow::decide`] turns a
//! command into events or a rejection, [`workflow::evolve`] folds events, [`workflow::offers`] tells
//! a screen what it may offer, [`board`] tells it what to show.
//!
//! Invariants: the domain modules are pure (no `async`, clock, randomness or `cfg`: time and
//! identifiers are handed in); `evolve` is total; whatever `offers` offers, `decide` accepts.

pub mod api;
pub mod board;
pub mod bus;
#[cfg(feature = "client")]
pub mod client;
pub mod code;
pub mod contact;
pub mod estimate;
pub mod id;
pub mod journey;
pub mod json;
pub mod menu;
pub mod order;
pub mod pattern;
pub mod qr;
pub mod realtime;
pub mod scan;
pub mod settings;
pub mod shop;
pub mod time;
pub mod workflow;
