//! Idempotency keys.

use super::actors::{Person, Server};
use crate::http::IDEMPOTENCY_KEY;
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;
use uuid::Uuid;

fn keyed(person: &Person, path: &str, key: &str, body: &str) -> Request<Body> {
    let request = person
        .request("POST", path)
        .header(header::CONTENT_TYPE, "application/json");
    request
        .header(IDEMPOTENCY_KEY, key)
        .body(Body::from(body.to_owned()))
        .unwrap()
}

#[tokio::test]
async fn a_keyed_route_without_a_key_or_with_none_that_is_a_uuid_is_refused() {
    let server = Server::start().await;
    let barista = server.staff("demo", "barista").await;
    let path = "/v1/shops/demo/close";
    let bare = barista.request("POST", path).body(Body::empty()).unwrap();
    let reply = server.ask(bare).await;
    assert_eq!(reply.refused(), (428, "idempotency_key_missing".into()));
    let reply = server.ask(keyed(&barista, path, "once", "{}")).await;
    assert_eq!(reply.refused(), (400, "idempotency_key_malformed".into()));
}

#[tokio::test]
async fn a_repeat_gets_the_same_answer_and_the_same_key_for_something_else_is_refused() {
    let server = Server::start().await;
    let guest = server.guest().await;
    let body = json!({ "code": server.code("demo").await }).to_string();
    let (path, key) = ("/v1/shops/demo/scans", Uuid::new_v4().to_string());
    let first = server.ask(keyed(&guest, path, &key, &body)).await;
    let version = server.version();
    let again = server.ask(keyed(&guest, path, &key, &body)).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.body, again.body);
    assert!(again.headers.contains_key("idempotency-replayed"));
    assert_eq!(server.version(), version);
    let other = server
        .ask(keyed(&guest, path, &key, r#"{"code": "0123456789"}"#))
        .await;
    assert_eq!(other.refused(), (422, "idempotency_key_reused".into()));
    // Somebody else's key of the same text is another key.
    let stranger = server.guest().await;
    let reply = server.ask(keyed(&stranger, path, &key, &body)).await;
    assert_eq!(reply.status, 201);
    assert_ne!(reply.body, first.body);
}

#[tokio::test]
async fn an_empty_body_is_as_good_as_an_empty_object() {
    let server = Server::start().await;
    let barista = server.staff("demo", "barista").await;
    let request = barista.request("POST", "/v1/shops/demo/close");
    let request = request.header(IDEMPOTENCY_KEY, Uuid::new_v4().to_string());
    let reply = server.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["facts"]["open"], false);
}
