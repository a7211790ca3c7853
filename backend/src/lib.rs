//! Presso's backend: stores and serves orders, and knows nothing of their life.
//!
//! Start at [`http`] for what is served, at `engine` for how a command becomes durable.

pub mod app;
pub mod assets;
pub mod cli;
pub mod config;
pub mod engine;
pub mod http;
pub mod hub;
pub mod identity;
pub mod journal;
pub mod limits;
pub mod metrics;
pub mod planted;
pub mod push;
pub mod serve;
pub mod telemetry;
pub mod verify;
