//! The log: lines for people on a terminal, JSON otherwise. It names no person, token or query.

use crate::config::LogFormat;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts the log, on standard error. `RUST_LOG` narrows or widens it. Once a process; a second
/// call changes nothing.
pub fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let human = match format {
        LogFormat::Human => true,
        LogFormat::Json => false,
        LogFormat::Auto => std::io::stderr().is_terminal(),
    };
    // An error means that a log was started already.
    let _ = if human {
        log.with_target(false).try_init()
    } else {
        log.json().flatten_event(true).try_init()
    };
}
