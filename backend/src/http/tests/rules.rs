//! Rules as they are put: who may, what is refused and why, and how many there may be.

use super::actors::{Person, Server};
use serde_json::{Value, json};

fn body() -> Value {
    json!({
        "pattern": { "type": ["presso.order.completed.v1"] },
        "target": { "kind": "webhook", "url": "https://hooks.example.org/coffee" },
    })
}

async fn put(server: &Server, person: &Person, path: &str, body: Value) -> (u16, Value) {
    let reply = server.send(person, "PUT", path, body).await;
    (reply.status, reply.json())
}

const PATH: &str = "/v1/shops/demo/rules/hook";

#[tokio::test]
async fn a_rule_is_put_looked_at_replaced_and_deleted_and_tells_its_secret_once() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let (status, made) = put(&server, &manager, PATH, body()).await;
    assert_eq!(status, 200, "{made}");
    let secret = made["secret"].as_str().unwrap();
    assert!(
        secret.starts_with("whsec_") && secret.len() > 40,
        "{secret}"
    );
    let shown = server.get(&manager, PATH).await.json();
    let expected = json!({
        "rule": "hook", "pattern": body()["pattern"], "target": body()["target"],
        "format": "cloudevents", "enabled": true, "waiting": 0, "dead": 0,
    });
    assert_eq!(shown, expected);
    let mut other = body();
    other["format"] = json!("eventbridge");
    other["enabled"] = json!(false);
    let (_, replaced) = put(&server, &manager, PATH, other).await;
    assert_eq!(replaced["secret"], Value::Null, "told once");
    assert_eq!(replaced["enabled"], false);
    let all = server.get(&manager, "/v1/shops/demo/rules").await.json();
    assert_eq!(all["rules"], json!([replaced]));
    let gone = server.send(&manager, "DELETE", PATH, json!({})).await;
    assert_eq!(gone.status, 200);
    for (method, path) in [
        ("GET", PATH.to_owned()),
        ("DELETE", PATH.to_owned()),
        ("POST", format!("{PATH}/enable")),
        ("POST", format!("{PATH}/redrive")),
        ("GET", format!("{PATH}/dead")),
        ("GET", "/v1/shops/demo/rules/No".to_owned()),
    ] {
        let reply = server.send(&manager, method, &path, json!({})).await;
        assert_eq!(reply.refused(), (404, "rule_unknown".into()), "{path}");
    }
    let odd = server.get(&manager, &format!("{PATH}/dead?after=x")).await;
    assert_eq!(odd.refused(), (400, "malformed".into()));
}

#[tokio::test]
async fn a_rule_whose_target_is_not_signed_tells_no_secret() {
    let server = Server::start().await;
    let operator = server.operator();
    for target in [
        json!({ "kind": "file", "name": "x" }),
        json!({ "kind": "log" }),
    ] {
        let mut body = body();
        body["target"] = target;
        let (status, made) = put(&server, &operator, PATH, body).await;
        assert_eq!((status, &made["secret"]), (200, &Value::Null), "{made}");
        let gone = server.send(&operator, "DELETE", PATH, json!({}));
        assert_eq!(gone.await.status, 200);
    }
}

#[tokio::test]
async fn what_a_rule_may_not_say_is_refused_by_field() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let with = |field: &str, value: Value| {
        let mut body = body();
        body[field] = value;
        body
    };
    let url = |url: &str| with("target", json!({ "kind": "webhook", "url": url }));
    for (body, code, field) in [
        (
            with("pattern", json!({ "a": "b" })),
            "malformed_pattern",
            "pattern",
        ),
        (
            with("pattern", json!("{\"a\": [}")),
            "malformed_pattern",
            "pattern",
        ),
        (
            with("target", json!({ "kind": "log" })),
            "invalid_field",
            "target.kind",
        ),
        (
            with("target", json!({ "kind": "file", "name": "x" })),
            "invalid_field",
            "target.kind",
        ),
        (
            with("target", json!({ "kind": "nats" })),
            "invalid_field",
            "target.kind",
        ),
        (with("format", json!("xml")), "invalid_field", "format"),
        (with("colour", json!("red")), "invalid_field", "colour"),
        (
            with("transform", json!({ "template": "<a>" })),
            "invalid_field",
            "transform.template",
        ),
        (
            with(
                "transform",
                json!({ "paths": { "a": "x" }, "template": "<a>" }),
            ),
            "invalid_field",
            "transform.paths",
        ),
        (
            url("http://hooks.example.org/"),
            "invalid_field",
            "target.url",
        ),
        (url("https://10.0.0.1/"), "invalid_field", "target.url"),
        (
            url("https://me:pw@hooks.example.org/"),
            "invalid_field",
            "target.url",
        ),
    ] {
        let (status, problem) = put(&server, &manager, PATH, body.clone()).await;
        let told = (status, problem["code"].as_str(), problem["field"].as_str());
        assert_eq!(told, (422, Some(code), Some(field)), "{body}: {problem}");
    }
    let text = with("pattern", json!("{\"a\":\n [\"b\", {\"prefx\": \"c\"}]}"));
    let (_, problem) = put(&server, &manager, PATH, text).await;
    let title = problem["title"].as_str().unwrap();
    assert!(title.starts_with("line 2, column "), "{title}");
}

#[tokio::test]
async fn a_manager_rules_their_own_shop_and_only_the_command_every_shop() {
    let server = Server::start().await;
    let people = [
        (Person(None), 401),
        (server.guest().await, 403),
        (server.staff("demo", "display").await, 403),
        (server.staff("demo", "barista").await, 403),
        (server.staff("other", "manager").await, 403),
    ];
    for (person, status) in people {
        for path in [PATH, "/v1/shops/-/rules/hook"] {
            assert_eq!(
                put(&server, &person, path, body()).await.0,
                status,
                "{path}"
            );
        }
    }
    let manager = server.staff("demo", "manager").await;
    let every = "/v1/shops/-/rules/hook";
    assert_eq!(put(&server, &manager, every, body()).await.0, 403);
    assert_eq!(put(&server, &server.operator(), every, body()).await.0, 200);
    let own = server.get(&manager, "/v1/shops/demo/rules").await.json();
    assert_eq!(own["rules"], json!([]), "the operator's are not shown");
}

#[tokio::test]
async fn a_shop_has_twenty_rules_at_the_most() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    for n in 0..20 {
        let path = format!("/v1/shops/demo/rules/hook-{n}");
        assert_eq!(put(&server, &manager, &path, body()).await.0, 200);
    }
    let (status, problem) = put(&server, &manager, PATH, body()).await;
    assert_eq!(
        (status, problem["code"].as_str()),
        (409, Some("too_many_rules"))
    );
    let known = "/v1/shops/demo/rules/hook-7";
    assert_eq!(
        put(&server, &manager, known, body()).await.0,
        200,
        "it replaces"
    );
}

#[tokio::test]
async fn what_writes_to_the_operators_machine_is_the_operators_at_a_shop_too() {
    let server = Server::start().await;
    let (manager, operator) = (server.staff("demo", "manager").await, server.operator());
    let mut file = body();
    file["target"] = json!({ "kind": "file", "name": "orders.jsonl" });
    let (status, made) = put(&server, &operator, PATH, file.clone()).await;
    assert_eq!(status, 200, "{made}");
    let span = json!({ "from": 1, "to": 2 });
    let asks = [
        ("PUT", PATH.to_owned(), body()),
        ("POST", format!("{PATH}/enable"), json!({})),
        ("POST", format!("{PATH}/disable"), json!({})),
        ("POST", format!("{PATH}/redrive"), json!({})),
        ("POST", format!("{PATH}/replay"), span),
        ("DELETE", PATH.to_owned(), json!({})),
    ];
    for (method, path, body) in &asks {
        let reply = server.send(&manager, method, path, body.clone()).await;
        assert_eq!(
            reply.refused(),
            (403, "operators_rule".into()),
            "{method} {path}"
        );
    }
    let shown = server.get(&manager, PATH).await.json();
    assert_eq!(
        shown["target"], file["target"],
        "to be looked at, and as it was"
    );
    for (method, path, mut body) in asks {
        if method == "PUT" {
            body = file.clone();
        }
        let reply = server.send(&operator, method, &path, body).await;
        assert_eq!(reply.status, 200, "{method} {path}: {reply:?}");
    }
}
