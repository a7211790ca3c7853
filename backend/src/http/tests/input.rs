//! Bad input: each kind has its own code, names its field, and changes nothing.

use super::actors::{Person, Server};
use crate::http::{IDEMPOTENCY_KEY, MAX_BODY};
use axum::body::Body;
use axum::http::header;
use serde_json::{Value, json};
use uuid::Uuid;

const SCANS: &str = "/v1/shops/demo/scans";

fn request(
    person: &Person,
    path: &str,
    kind: &str,
    body: impl Into<Body>,
) -> axum::http::Request<Body> {
    let request = person
        .request("POST", path)
        .header(header::CONTENT_TYPE, kind);
    let request = request.header(IDEMPOTENCY_KEY, Uuid::new_v4().to_string());
    request.body(body.into()).unwrap()
}

#[tokio::test]
async fn bodies_that_are_not_json_too_big_or_of_another_type_are_refused() {
    let server = Server::start().await;
    let guest = server.guest().await;
    let version = server.version();
    let json = "application/json";
    let big = format!("{{\"code\": \"{}\"}}", "A".repeat(1024 * 1024));
    let just = "A".repeat(MAX_BODY + 1);
    for (kind, body, expected) in [
        (json, "{\"code\": ".to_owned(), (400, "malformed_json")),
        (json, "coffee".to_owned(), (400, "malformed_json")),
        (json, big, (413, "body_too_big")),
        (json, just, (413, "body_too_big")),
        ("text/plain", "{}".to_owned(), (415, "wrong_content_type")),
        (
            "application/x-www-form-urlencoded",
            "code=A".to_owned(),
            (415, "wrong_content_type"),
        ),
    ] {
        let reply = server.ask(request(&guest, SCANS, kind, body)).await;
        let (status, code) = reply.refused();
        assert_eq!((status, code.as_str()), expected);
    }
    assert_eq!(server.version(), version);
}

#[tokio::test]
async fn fields_that_are_wrong_missing_or_unknown_are_named() {
    let server = Server::start().await;
    let guest = server.guest().await;
    let order = server.scanned(&guest).await;
    let submit = format!("/v1/orders/{order}/submit");
    let cancel = format!("/v1/orders/{order}/cancel");
    let version = server.version();
    let latte = |name: &str| json!({ "drink": "latte", "options": ["oat"], "name": name });
    let table: Vec<(&str, Value, u16, &str, &str)> = vec![
        (SCANS, json!({}), 422, "invalid_field", "code"),
        (SCANS, json!({ "code": 7 }), 422, "invalid_field", "code"),
        (
            SCANS,
            json!({ "code": "A", "tip": 1 }),
            422,
            "invalid_field",
            "tip",
        ),
        (
            SCANS,
            json!({ "code": "nonsense" }),
            422,
            "code_malformed",
            "code",
        ),
        (
            SCANS,
            json!({ "code": "0123456789" }),
            404,
            "code_unknown",
            "code",
        ),
        (
            &submit,
            json!({ "drink": "Latte!" }),
            422,
            "invalid_field",
            "drink",
        ),
        (
            &submit,
            json!({ "drink": "latte", "options": [7] }),
            422,
            "invalid_field",
            "options[0]",
        ),
        (
            &submit,
            json!({ "drink": "mocha" }),
            422,
            "drink_not_on_menu",
            "drink",
        ),
        (
            &submit,
            json!({ "drink": "tea" }),
            422,
            "drink_off",
            "drink",
        ),
        (
            &submit,
            json!({ "drink": "latte" }),
            422,
            "missing_option",
            "options",
        ),
        (
            &submit,
            json!({ "drink": "latte", "options": ["oat", "soy"] }),
            422,
            "too_many_options",
            "options",
        ),
        (
            &submit,
            json!({ "drink": "latte", "options": ["gin"] }),
            422,
            "option_not_on_menu",
            "options",
        ),
        (&submit, latte(""), 422, "bad_name", "name"),
        (&submit, latte("   "), 422, "bad_name", "name"),
        (&submit, latte("a\nb"), 422, "bad_name", "name"),
        (&submit, latte(&"a".repeat(41)), 422, "bad_name", "name"),
        (
            &cancel,
            json!({ "reason": "bored" }),
            422,
            "invalid_field",
            "reason",
        ),
        (
            &cancel,
            json!({ "reason": "no_show" }),
            422,
            "reason_not_yours",
            "reason",
        ),
    ];
    for (path, body, status, code, field) in table {
        let reply = server.post(&guest, path, body.clone()).await;
        let problem = reply.problem();
        let got = (
            problem.status,
            problem.code.as_str(),
            problem.field.as_deref(),
        );
        assert_eq!(got, (status, code, Some(field)), "{path} {body}");
        assert!(!problem.title.is_empty());
    }
    assert_eq!(server.version(), version, "what is refused leaves no trace");
}

#[tokio::test]
async fn identifiers_that_are_none_and_addresses_without_a_route_are_not_there() {
    let server = Server::start().await;
    let barista = server.staff("demo", "barista").await;
    for (path, code) in [
        ("/v1/shops/No-Such-Shop", "shop_unknown"),
        ("/v1/shops/nowhere/menu", "shop_unknown"),
        ("/v1/orders/7", "order_unknown"),
        (
            "/v1/orders/6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01",
            "order_unknown",
        ),
        ("/v1/coffee", "not_found"),
        ("/s/No_Such_Shop", "not_found"),
        ("/assets/..%2f..%2fsigning.key", "not_found"),
        ("/assets/nothing.js", "not_found"),
        ("/s/%ff", "not_found"),
        ("/assets/%ff", "not_found"),
        ("/v1/shops/%ff/menu", "shop_unknown"),
        ("/v1/orders/%ff", "order_unknown"),
    ] {
        assert_eq!(
            server.get(&barista, path).await.refused(),
            (404, code.into()),
            "{path}"
        );
    }
    for (path, code, field) in [
        (
            "/v1/shops/demo/menu/Mocha!/availability",
            "drink_unknown",
            "drink",
        ),
        (
            "/v1/shops/demo/menu/mocha/availability",
            "drink_unknown",
            "drink",
        ),
        (
            "/v1/shops/demo/menu/options/gin/availability",
            "option_unknown",
            "option",
        ),
    ] {
        let reply = server
            .send(&barista, "PUT", path, json!({ "available": false }))
            .await;
        let problem = reply.problem();
        assert_eq!((problem.status, problem.code.as_str()), (404, code));
        assert_eq!(problem.field.as_deref(), Some(field));
    }
    let reply = server
        .send(&barista, "DELETE", "/v1/shops/demo", json!({}))
        .await;
    assert_eq!(reply.refused(), (405, "method_not_allowed".into()));
    assert!(
        reply.headers[header::ALLOW]
            .to_str()
            .unwrap()
            .contains("GET")
    );
    for query in ["state=lost", "after=7"] {
        let reply = server
            .get(&barista, &format!("/v1/shops/demo/orders?{query}"))
            .await;
        assert_eq!(reply.refused(), (422, "invalid_field".into()), "{query}");
    }
    let twice = "?after=a&after=b";
    for (person, path) in [
        (&barista, "/v1/shops/demo/orders"),
        (&server.guest().await, "/v1/me/orders"),
    ] {
        let reply = server.get(person, &format!("{path}{twice}")).await;
        assert_eq!(reply.refused(), (400, "malformed".into()), "{path}");
    }
}
