//! The apps' own client against a test's server, and other reaches into it.

use presso_backend::journal::SqliteJournal;
use presso_core::api::LinkFor;
use presso_core::client::{Client, Config, InMemory};
use presso_tests::server::Server;
use std::sync::Arc;
use std::time::Duration;

/// How long to wait for a fact before the test fails; facts come in milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// What comes, if it comes.
pub(crate) async fn within<T>(coming: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, coming)
        .await
        .expect("it comes within 20 s")
}

/// An app without a session.
pub(crate) fn stranger(server: &Server) -> Client {
    Client::new(Config {
        base_url: server.address.clone(),
        app: "test/0.1.0".into(),
        tokens: Arc::new(InMemory::default()),
    })
}

/// A tablet that only looks.
pub(crate) async fn watcher(server: &Server) -> Client {
    let client = stranger(server);
    lets_in(server, &client).await;
    client
}

/// Lets an app in that only looks, as a tablet.
pub(crate) async fn lets_in(server: &Server, client: &Client) {
    let link = server.link(LinkFor::Barista, "the watcher").await;
    let (_, secret) = link.split_once("#k=").expect("a secret in the fragment");
    let signed = client.redeem_link(secret).await;
    signed.expect("a fresh link works");
}

/// Every event of the shop's journal, as text. The server is away afterwards.
pub(crate) async fn journal_text(server: &Server) -> String {
    server.goes_away().await;
    let (_journal, reader) = SqliteJournal::open(server.data()).expect("the folder is free");
    let events = reader
        .events_at(server.shop.clone(), 1, 1000)
        .await
        .expect("a sound journal");
    serde_json::to_string(&events).expect("events are JSON")
}
