//! Does the client keep its promises? The native body against a server of a few lines; the whole
//! product behind it is tested in `tests/service`.

#![allow(unreachable_pub, reason = "the parts of one test share everything")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect stops there"
)]

#[path = "client/hands.rs"]
mod hands;
#[path = "client/requests.rs"]
mod requests;
#[path = "client/server.rs"]
mod server;
#[path = "client/watching.rs"]
mod watching;

use presso_core::api::{Problem, Tokens, Who};
use presso_core::client::{Client, Config, InMemory, TokenStore};
use presso_core::time::Timestamp;
use serde_json::{Value, json};
use server::{Reply, Server};
use std::sync::Arc;

/// The tokens of the nth renewal.
fn tokens(nth: usize) -> Tokens {
    Tokens {
        access: format!("access-{nth}"),
        access_expires_at: Timestamp(i64::MAX),
        refresh: format!("refresh-{nth}"),
        who: Who::guest(uuid::Uuid::nil()),
        name: None,
    }
}

fn session(nth: usize) -> Reply {
    Reply::Json(200, serde_json::to_value(tokens(nth)).unwrap())
}

fn problem(status: u16, code: &str) -> Reply {
    let problem = Problem::new(status, code, code);
    Reply::Json(status, serde_json::to_value(problem).unwrap())
}

fn no_shops() -> Value {
    json!({"shops": []})
}

/// A client of this server, signed in with the tokens of the 0th renewal or not at all.
fn client(server: &Server, signed_in: bool) -> (Client, Arc<InMemory>) {
    let store = Arc::new(InMemory::default());
    if signed_in {
        store.save(&serde_json::to_string(&tokens(0)).unwrap());
    }
    let client = Client::new(Config {
        base_url: server.url.clone(),
        app: "test/0".into(),
        tokens: store.clone(),
    });
    (client, store)
}
