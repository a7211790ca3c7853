//! Presso's backend: stores and serves orders, and knows nothing of their life.
//!
//! Start at [`http`] for what is served, at `engine` for how a command becomes durable.
// The table of schemas is one `json!`.
#![recursion_limit = "256"]

pub mod app;
pub mod assets;
pub mod backup;
pub mod bus;
pub mod cli;
pub mod config;
pub mod disk;
pub mod doctor;
pub mod engine;
pub mod http;
pub mod hub;
pub mod identity;
pub mod journal;
pub mod limits;
pub mod menu_file;
pub mod metrics;
mod outbound;
pub mod passcodes;
pub mod planted;
pub mod push;
pub mod rehearse;
pub mod retention;
pub mod serve;
pub mod telemetry;
pub mod verify;
