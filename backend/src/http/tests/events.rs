//! What others put on the bus: who may, under which name, once; and that it starts rules and touches
//! no order.

use super::actors::{Person, Reply, Server};
use super::target::{Target, until};
use crate::bus;
use crate::http::IDEMPOTENCY_KEY;
use axum::body::Body;
use presso_core::time::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

const EVENTS: &str = "/v1/shops/demo/events";
const SOURCES: &str = "/v1/shops/demo/sources";

/// Whoever has the key of a new source.
async fn source(server: &Server, name: &str) -> Person {
    let reply = server
        .post(&server.operator(), SOURCES, json!({ "source": name }))
        .await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let key = reply.json()["key"].as_str().unwrap().to_owned();
    assert!(key.starts_with("psk_") && key.len() == 47);
    Person(Some(key))
}

fn event(source: &str) -> Value {
    json!({ "source": source, "detail-type": "OrderManager.DrinkAverageTime",
            "detail": { "drink": "Latte", "duration": 93, "eventId": "demo" } })
}

async fn put(server: &Server, by: &Person, key: Uuid, body: &Value) -> Reply {
    let request = by
        .request("POST", EVENTS)
        .header(IDEMPOTENCY_KEY, key.to_string())
        .header("content-type", "application/json");
    let body = Body::from(body.to_string());
    server.ask(request.body(body).unwrap()).await
}

async fn kept(server: &Server) -> i64 {
    let count = |db: &rusqlite::Connection| {
        db.query_row("SELECT count(*) FROM put_events", [], |row| row.get(0))
    };
    server.app.reader.query(count).await.unwrap()
}

#[tokio::test]
async fn an_event_is_on_disk_when_it_is_answered_starts_rules_and_moves_no_stream() {
    let server = Server::start_with(|config| {
        config.webhooks.allow = vec!["127.0.0.0/8".parse().unwrap()];
        config.webhooks.plain_http = true;
    })
    .await;
    let times = source(&server, "waiting.times").await;
    let before = server.version();
    // Before any rule is there: nobody is told of it.
    assert_eq!(
        put(&server, &times, Uuid::new_v4(), &event("waiting.times"))
            .await
            .status,
        201
    );
    let target = Target::open();
    for (name, format) in [("mine", "eventbridge"), ("clouds", "cloudevents")] {
        let body = json!({
            "pattern": { "source": ["waiting.times"] }, "format": format,
            "target": { "kind": "webhook", "url": target.url },
        });
        let path = format!("/v1/shops/demo/rules/{name}");
        assert_eq!(
            server
                .send(&server.operator(), "PUT", &path, body)
                .await
                .status,
            200
        );
    }
    let courier = tokio::spawn(bus::run(server.app.clone()));
    let reply = put(&server, &times, Uuid::new_v4(), &event("waiting.times")).await;
    assert_eq!((reply.status, kept(&server).await), (201, 2));
    until("both rules tell", async || target.received().len() == 2).await;
    let id = reply.json()["id"].clone();
    for one in target.received() {
        assert_eq!(json!(one.id), id);
        let said = if one.body["specversion"] == "1.0" {
            assert_eq!(one.body["shop"], "demo");
            assert_eq!(one.body["type"], "OrderManager.DrinkAverageTime");
            &one.body["data"]
        } else {
            assert_eq!(one.body["detail-type"], "OrderManager.DrinkAverageTime");
            &one.body["detail"]
        };
        assert_eq!(said, &event("waiting.times")["detail"]);
    }
    assert_eq!(server.version(), before, "the shop's stream is as it was");
    courier.abort();
}

#[tokio::test]
async fn a_repeat_under_the_same_key_is_the_same_event_and_another_body_is_refused() {
    let server = Server::start().await;
    let times = source(&server, "waiting.times").await;
    let key = Uuid::new_v4();
    let first = put(&server, &times, key, &event("waiting.times")).await;
    let again = put(&server, &times, key, &event("waiting.times")).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.body, again.body);
    let mut other = event("waiting.times");
    other["detail"]["duration"] = json!(94);
    let reused = put(&server, &times, key, &other).await;
    assert_eq!(reused.refused(), (422, "idempotency_key_reused".into()));
    // The same key of somebody else is another.
    let second = source(&server, "loyalty").await;
    let theirs = put(&server, &second, key, &event("loyalty")).await;
    assert_ne!(theirs.json()["id"], first.json()["id"]);
    assert_eq!(kept(&server).await, 2);
}

#[tokio::test]
async fn nobody_puts_what_is_not_theirs_to_say() {
    let server = Server::start().await;
    let times = source(&server, "waiting.times").await;
    let refused = async |by: &Person, body: Value| {
        let reply = put(&server, by, Uuid::new_v4(), &body).await;
        let problem = reply.problem();
        (
            problem.status,
            problem.code,
            problem.field.unwrap_or_default(),
        )
    };
    let told = |status: u16, code: &str, field: &str| (status, code.to_owned(), field.to_owned());
    for name in ["awsserverlessda.serverlesspresso", "loyalty"] {
        let answer = refused(&times, event(name)).await;
        assert_eq!(answer, told(403, "source_not_yours", "source"));
    }
    for kind in [
        "OrderManager.OrderCompleted",
        "presso.order.completed.v1",
        "a b",
        "",
    ] {
        let mut body = event("waiting.times");
        body["detail-type"] = json!(kind);
        let answer = refused(&times, body).await;
        assert_eq!(answer, told(422, "invalid_field", "detail-type"), "{kind}");
    }
    let mut body = event("waiting.times");
    body["detail"] = json!({ "x": "y".repeat(16 * 1024) });
    assert_eq!(
        refused(&times, body).await,
        told(413, "body_too_big", "detail")
    );
    let mut body = event("waiting.times");
    body["detail"] = json!(7);
    assert_eq!(
        refused(&times, body).await,
        told(422, "invalid_field", "detail")
    );
    let people = [
        Person(None),
        server.operator(),
        server.staff("demo", "manager").await,
        Person(Some(format!("psk_{}", "A".repeat(43)))),
    ];
    for person in people {
        assert_eq!(refused(&person, event("waiting.times")).await.0, 401);
    }
    let elsewhere = times.request("POST", "/v1/shops/other/events");
    let elsewhere = server.ask(elsewhere.body(Body::empty()).unwrap()).await;
    assert_eq!(elsewhere.status, 403);
    // And a key is no session.
    assert_eq!(server.get(&times, SOURCES).await.status, 401);
    assert_eq!(kept(&server).await, 0);
}

#[tokio::test]
async fn sources_are_added_listed_and_removed_and_their_keys_with_them() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let times = source(&server, "waiting.times").await;
    for (name, status) in [
        ("waiting.times", 409),
        ("presso", 422),
        ("aws.events", 422),
        ("", 422),
    ] {
        let reply = server
            .post(&manager, SOURCES, json!({ "source": name }))
            .await;
        assert_eq!(reply.status, status, "{name}: {reply:?}");
    }
    let all = server.get(&manager, SOURCES).await.json();
    assert_eq!(all["sources"][0]["source"], "waiting.times");
    let path = format!("{SOURCES}/waiting.times");
    let gone = server.send(&manager, "DELETE", &path, json!({})).await;
    assert_eq!(gone.status, 200);
    let reply = put(&server, &times, Uuid::new_v4(), &event("waiting.times")).await;
    assert_eq!(reply.status, 401);
    let again = server.send(&manager, "DELETE", &path, json!({})).await;
    assert_eq!(again.refused(), (404, "source_unknown".into()));
    for n in 0..20 {
        source(&server, &format!("source-{n}")).await;
    }
    let full = server
        .post(&manager, SOURCES, json!({ "source": "more" }))
        .await;
    assert_eq!(full.refused(), (409, "source_exists".into()));
}

#[tokio::test]
async fn a_source_puts_no_more_than_it_may_and_no_more_is_kept_than_there_is_room_for() {
    let server = Server::start_with(|config| {
        config.limits = toml::from_str("events = { burst = 5, per_minute = 1 }").unwrap();
    })
    .await;
    let times = source(&server, "waiting.times").await;
    let mut statuses = Vec::new();
    for _ in 0..7 {
        let reply = put(&server, &times, Uuid::new_v4(), &event("waiting.times")).await;
        statuses.push(reply.status);
    }
    assert_eq!(statuses, [201, 201, 201, 201, 201, 429, 429]);
}

#[tokio::test]
async fn what_a_source_put_goes_after_thirty_days_also_where_nobody_puts_any_more() {
    let server = Server::start().await;
    let put = |n: u128, at: Timestamp| {
        let event = presso_core::bus::OutsideEvent {
            id: uuid::Uuid::from_u128(n),
            at,
            shop: presso_core::id::ShopId::parse("demo").unwrap(),
            source: "waiting.times".into(),
            detail_type: "x".into(),
            detail: json!({}),
        };
        let write = move |db: &rusqlite::Connection| crate::bus::put_event(db, &event, &[0; 32]);
        server.app.engine.write(write)
    };
    put(1, server.app.clock.now()).await.unwrap();
    server.clock.advance_ms(31 * 86_400_000);
    put(2, server.app.clock.now()).await.unwrap();
    let sweep = tokio::spawn(crate::retention::run(server.app.clone()));
    let kept = async || {
        let read = |db: &rusqlite::Connection| {
            db.query_row("SELECT count(*) FROM put_events", [], |row| {
                row.get::<_, u32>(0)
            })
        };
        server.app.reader.query(read).await.unwrap()
    };
    while kept().await > 1 {
        tokio::task::yield_now().await;
    }
    server.app.begin_stop();
    sweep.await.unwrap();
    assert_eq!(kept().await, 1, "the young one stays");
}
