//! What a round of load is to do and what it found: JSON between the bench and its load program.

use super::usage::Usage;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

/// A round. Who orders orders again and again; the next order begins when the last was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    /// The server.
    pub address: SocketAddr,
    /// Its process, whose use of the machine is counted.
    pub pid: u32,
    /// The shop in the paths.
    pub shop: String,
    /// What the shop's screen shows.
    pub code: String,
    /// Who orders, all at the same time.
    pub clients: Vec<Client>,
    /// Not counted, seconds.
    pub warm_up_s: f64,
    /// Counted, seconds.
    pub seconds: f64,
}

/// Customers, who come one after the other, and the barista who makes what they order: a connection
/// for each side.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Client {
    /// Access tokens; none where a server knows no sessions, and then no idempotency keys either.
    pub tokens: Option<Tokens>,
}

/// Access tokens.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tokens {
    /// Scan, submit, read: each orders once before the first orders again.
    pub customers: Vec<String>,
    /// Completes.
    pub barista: String,
}

/// What was counted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outcome {
    /// Orders that were read within the counted time.
    pub orders: u64,
    /// The counted time, seconds.
    pub seconds: f64,
    /// Half of the orders took no longer, from the scan to the reading, milliseconds.
    pub p50_ms: f64,
    /// Of a hundred, 99 took no longer, milliseconds.
    pub p99_ms: f64,
    /// What the server used in that time.
    pub server: Usage,
    /// What the load program itself used.
    pub load: Usage,
    /// When the counted time began, seconds since 1970.
    pub began_unix_s: f64,
}
