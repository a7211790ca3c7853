//! Keys that follow one another, and the tokens that they signed.

use super::actors::{Person, Server};
use super::listening::{Socket, listen};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use presso_core::api::Tokens;
use serde_json::{Value, json};
use std::time::Duration;

async fn guest(server: &Server) -> Tokens {
    let begun = server
        .post(&Person(None), "/v1/session/guest", json!({}))
        .await;
    begun.tokens()
}

async fn refreshed(server: &Server, refresh: &str) -> super::actors::Reply {
    let body = json!({ "refresh": refresh });
    server
        .post(&Person(None), "/v1/session/refresh", body)
        .await
}

async fn rotate(server: &Server, body: Value) -> Vec<String> {
    let reply = server.post(&server.operator(), "/v1/keys", body).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    serde_json::from_value(reply.json()["keys"].clone()).unwrap()
}

async fn published(server: &Server) -> Vec<String> {
    let keys = server
        .get(&Person(None), "/.well-known/jwks.json")
        .await
        .json();
    let names = keys["keys"].as_array().unwrap().iter();
    names
        .map(|key| key["kid"].as_str().unwrap().to_owned())
        .collect()
}

fn signed_by(token: &str) -> String {
    let head = URL_SAFE_NO_PAD
        .decode(token.split('.').next().unwrap())
        .unwrap();
    let head: Value = serde_json::from_slice(&head).unwrap();
    head["kid"].as_str().unwrap().to_owned()
}

async fn is_good(server: &Server, access: &str) -> bool {
    let person = Person(Some(access.to_owned()));
    server.get(&person, "/v1/me/orders").await.status == 200
}

#[tokio::test]
async fn a_new_key_signs_and_what_the_one_before_signed_is_good_as_long_as_it_lives() {
    let server = Server::start().await;
    let before = guest(&server).await;
    let keys = rotate(&server, json!({})).await;
    assert_eq!(keys.len(), 2);
    assert_eq!(published(&server).await, keys);
    let after = guest(&server).await;
    assert_eq!(signed_by(&after.access), keys[0]);
    assert_eq!(signed_by(&before.access), keys[1]);
    server.clock.advance_ms(599_999);
    assert!(is_good(&server, &before.access).await && is_good(&server, &after.access).await);
    server.clock.advance_ms(1);
    assert_eq!(published(&server).await, keys[..1]);
    let renewed = refreshed(&server, &before.refresh).await.tokens();
    assert_eq!(signed_by(&renewed.access), keys[0], "the session goes on");
}

#[tokio::test]
async fn at_once_nothing_that_an_earlier_key_signed_is_good_and_sessions_go_on() {
    let server = Server::start().await;
    let before = guest(&server).await;
    assert!(
        is_good(&server, &before.access).await,
        "checked, and remembered"
    );
    let thief = server.operator();
    let keys = rotate(&server, json!({ "at_once": true })).await;
    assert_eq!(keys.len(), 1);
    assert_eq!(published(&server).await, keys);
    assert!(!is_good(&server, &before.access).await);
    let stolen = server.post(&thief, "/v1/keys", json!({})).await;
    assert_eq!(stolen.refused(), (401, "session".into()));
    let renewed = refreshed(&server, &before.refresh).await.tokens();
    assert!(is_good(&server, &renewed.access).await);
}

#[tokio::test]
async fn at_once_closes_the_sockets_that_an_earlier_key_let_in() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let tokens = guest(&server).await;
    let mut socket = Socket::hello(&at, &Person(Some(tokens.access))).await;
    rotate(&server, json!({})).await;
    socket.say(&json!({ "t": "ping" })).await;
    assert_eq!(
        socket.hears().await["t"],
        "pong",
        "nobody notices the usual way"
    );
    rotate(&server, json!({ "at_once": true })).await;
    let told = tokio::time::timeout(Duration::from_secs(2), socket.bye()).await;
    assert_eq!(told.expect("it is told at once"), "session");
    let renewed = refreshed(&server, &tokens.refresh).await.tokens();
    Socket::hello(&at, &Person(Some(renewed.access))).await;
}

#[tokio::test]
async fn a_renewal_whose_answer_was_lost_is_answered_alike_after_the_key_changed() {
    let server = Server::start().await;
    let first = guest(&server).await;
    let second = refreshed(&server, &first.refresh).await.tokens();
    rotate(&server, json!({})).await;
    let again = refreshed(&server, &first.refresh).await.tokens();
    assert_eq!(again.refresh, second.refresh);
    let third = refreshed(&server, &second.refresh).await.tokens();
    assert_ne!(third.refresh, second.refresh);
}

#[tokio::test]
async fn a_refresh_token_that_was_made_up_is_refused_and_signs_nobody_out() {
    let server = Server::start().await;
    let tokens = guest(&server).await;
    let bytes = URL_SAFE_NO_PAD.decode(&tokens.refresh).unwrap();
    let made_up = URL_SAFE_NO_PAD.encode([&bytes[..16], &[7; 32]].concat());
    let refused = refreshed(&server, &made_up).await.refused();
    assert_eq!(refused, (401, "session".into()));
    assert!(is_good(&server, &tokens.access).await);
    assert_eq!(refreshed(&server, &tokens.refresh).await.status, 200);
}
