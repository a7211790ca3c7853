//! What rules bring to their targets: everything, in order within an order, again after a failure,
//! and nobody held up by somebody else's trouble.

use super::actors::{Person, Server};
use super::target::{Target, until};
use crate::bus;
use presso_core::time::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::task::JoinHandle;

const MINUTE_MS: u32 = 60_000;
const STEPS: [&str; 5] = [
    "presso.order.started.v1",
    "presso.order.submitted.v1",
    "presso.order.claimed.v1",
    "presso.order.completed.v1",
    "presso.order.collected.v1",
];

/// A server whose webhooks may go to this machine.
async fn server() -> Server {
    Server::start_with(|config| {
        config.webhooks.allow = vec!["127.0.0.0/8".parse().unwrap()];
        config.webhooks.plain_http = true;
    })
    .await
}

fn orders() -> Value {
    json!({ "type": [{ "prefix": "presso.order." }] })
}

/// Puts a rule; its secret.
async fn rule(server: &Server, name: &str, pattern: Value, target: &Target) -> String {
    let body = json!({ "pattern": pattern, "target": { "kind": "webhook", "url": target.url } });
    let path = format!("/v1/shops/demo/rules/{name}");
    let put = server.send(&server.operator(), "PUT", &path, body).await;
    assert_eq!(put.status, 200, "{put:?}");
    put.json()["secret"].as_str().unwrap().to_owned()
}

/// The server's part that reads and delivers; ends when dropped, as in a crash.
struct Courier(JoinHandle<()>);
impl Courier {
    fn of(server: &Server) -> Self {
        Self(tokio::spawn(bus::run(server.app.clone())))
    }
}
impl Drop for Courier {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A guest's order, from its scan into their hands.
async fn whole_order(server: &Server, barista: &Person) -> String {
    let guest = server.guest().await;
    let order = server.scanned(&guest).await;
    let path = |verb: &str| format!("/v1/orders/{order}/{verb}");
    let drink = json!({ "drink": "latte", "options": ["oat"] });
    let submitted = server.post(&guest, &path("submit"), drink).await;
    assert_eq!(submitted.status, 200, "{submitted:?}");
    for verb in ["claim", "complete", "collect"] {
        let done = server.post(barista, &path(verb), json!({})).await;
        assert_eq!(done.status, 200, "{done:?}");
    }
    order
}

async fn number(server: &Server, sql: &'static str) -> i64 {
    let now = server.clock_now().0;
    let query = move |db: &rusqlite::Connection| {
        db.query_row(&sql.replace("?now", &now.to_string()), [], |row| row.get(0))
    };
    server.app.reader.query(query).await.unwrap()
}

const WAITING: &str = "SELECT count(*) FROM rule_dues";
const DUE_NOW: &str = "SELECT count(*) FROM rule_dues WHERE next_at <= ?now";

async fn nothing_waits(server: &Server) {
    until("nothing waits", async || number(server, WAITING).await == 0).await;
}

/// Time goes on, minute by minute; whatever is due in one is tried in it.
async fn minutes_pass(server: &Server, minutes: u32) {
    for _ in 0..minutes {
        server.clock.advance_ms(MINUTE_MS);
        until("all that is due was tried", async || {
            number(server, DUE_NOW).await == 0
        })
        .await;
    }
}

#[tokio::test]
async fn a_target_that_is_down_for_an_hour_gets_everything_in_order_and_can_tell_repeats() {
    let server = server().await;
    let barista = server.staff("demo", "barista").await;
    let mut target = Target::closed();
    let secret = rule(&server, "all", orders(), &target).await;
    let _courier = Courier::of(&server);
    let mut placed = BTreeSet::new();
    for _ in 0..6 {
        placed.insert(whole_order(&server, &barista).await);
    }
    until("all is queued and was tried", async || {
        let untried =
            "SELECT 30 - count(*) + sum(next_at IS NOT NULL AND tries = 0) FROM rule_dues";
        number(&server, WAITING).await == 30 && number(&server, untried).await == 0
    })
    .await;
    minutes_pass(&server, 60).await;
    assert_eq!(number(&server, WAITING).await, 30, "nothing was given up");
    // It is back, and still unsteady: of every order it takes one in vain.
    let mut denied = BTreeSet::new();
    target.answers(move |received| {
        let subject = received.body["subject"].as_str().unwrap().to_owned();
        if denied.insert(subject) { 503 } else { 204 }
    });
    target.opens();
    minutes_pass(&server, 40).await;
    nothing_waits(&server).await;
    let by_order = target.by_order();
    assert_eq!(by_order.keys().cloned().collect::<BTreeSet<_>>(), placed);
    for (order, steps) in by_order {
        assert_eq!(steps, STEPS, "{order}");
    }
    let received = target.received();
    let ids: BTreeSet<_> = received.iter().map(|one| &one.id).collect();
    assert_eq!((received.len(), ids.len()), (36, 30), "six came twice");
    for one in &received {
        assert!(one.is_signed_with(&secret), "{one:?}");
        assert_eq!(one.body["id"], json!(one.id), "the envelope's own");
        let same = received.iter().find(|other| other.id == one.id).unwrap();
        assert_eq!(same.body, one.body, "a repeat says the same");
    }
}

#[tokio::test]
async fn a_poison_event_ends_as_a_dead_letter_at_once_and_can_be_sent_again() {
    let server = server().await;
    let (operator, barista) = (server.operator(), server.staff("demo", "barista").await);
    let target = Target::open();
    target.answers(|received| match received.body["type"].as_str() {
        Some("presso.order.submitted.v1") => 422,
        _ => 200,
    });
    rule(&server, "all", orders(), &target).await;
    let _courier = Courier::of(&server);
    let order = whole_order(&server, &barista).await;
    nothing_waits(&server).await;
    assert_eq!(target.received().len(), 5, "each was tried once");
    let path = "/v1/shops/demo/rules/all/dead";
    let dead = server.get(&operator, path).await.json();
    let letter = &dead["dead"][0];
    assert_eq!(dead["dead"].as_array().unwrap().len(), 1);
    assert_eq!(letter["why"], "answered 422");
    assert_eq!(letter["envelope"]["subject"], json!(order));
    assert_eq!(letter["tries"], 1);
    // Its fault is mended.
    target.answers(|_| 200);
    let redrive = "/v1/shops/demo/rules/all/redrive";
    let body = json!({ "dead": letter["dead"] });
    let again = server.post(&operator, redrive, body.clone()).await;
    assert_eq!(again.json()["redriven"], 1);
    nothing_waits(&server).await;
    let last = target.received().pop().unwrap();
    assert_eq!(last.body, letter["envelope"]);
    let gone = server.get(&operator, path).await.json();
    assert_eq!(gone["dead"], json!([]));
    let reply = server.post(&operator, redrive, body).await;
    assert_eq!(reply.refused(), (404, "dead_letter_unknown".into()));
    let none = server.post(&operator, redrive, json!({})).await;
    assert_eq!(none.json()["redriven"], 0);
}

#[tokio::test]
async fn an_order_that_its_target_cannot_take_holds_up_no_other_and_is_given_up_within_a_day() {
    let server = server().await;
    let barista = server.staff("demo", "barista").await;
    let target = Target::open();
    rule(&server, "all", orders(), &target).await;
    let _courier = Courier::of(&server);
    let guest = server.guest().await;
    let poison = json!(server.scanned(&guest).await);
    let cursed = poison.clone();
    target.answers(move |received| {
        if received.body["subject"] == cursed {
            500
        } else {
            200
        }
    });
    let path = format!("/v1/orders/{}/cancel", poison.as_str().unwrap());
    assert_eq!(server.post(&guest, &path, json!({})).await.status, 200);
    let fine = whole_order(&server, &barista).await;
    until("the other order is through", async || {
        target
            .by_order()
            .get(&fine)
            .is_some_and(|steps| steps == &STEPS)
    })
    .await;
    let first = |received: &super::target::Received| received.body["type"] == STEPS[0];
    let tried = target.received();
    let mut tried = tried.iter().filter(|one| one.body["subject"] == poison);
    assert!(tried.all(first), "its second waits for its first");
    until("its own two wait", async || {
        number(&server, WAITING).await == 2
    })
    .await;
    minutes_pass(&server, 48 * 60).await;
    nothing_waits(&server).await;
    let dead = server
        .get(&server.operator(), "/v1/shops/demo/rules/all/dead")
        .await;
    let dead = dead.json()["dead"].as_array().unwrap().clone();
    assert_eq!(dead.len(), 2, "one after the other");
    for letter in &dead {
        let tries = letter["tries"].as_u64().unwrap();
        assert!((90..=185).contains(&tries), "{letter}");
        assert_eq!(letter["why"], "answered 500");
    }
    let times = [0, 1].map(|at| dead[at]["at"].as_i64().unwrap());
    assert!(times[0] - 1_800_000_000_000 <= 24 * 3_600_000, "{times:?}");
}

#[tokio::test]
async fn a_crash_between_delivery_and_its_note_delivers_twice_and_never_not() {
    let server = server().await;
    let barista = server.staff("demo", "barista").await;
    let target = Target::open();
    rule(&server, "all", orders(), &target).await;
    whole_order(&server, &barista).await;
    // Nobody has read so far: as after a crash right behind the commits.
    for _ in 0..5 {
        let before = target.received().len();
        let courier = Courier::of(&server);
        until("one more came", async || target.received().len() > before).await;
        // The target has it; whether the server has written that down is a race that it may lose.
        drop(courier);
    }
    let _courier = Courier::of(&server);
    nothing_waits(&server).await;
    let steps: Vec<_> = target.by_order().into_values().collect();
    assert_eq!(steps, [STEPS.map(str::to_owned)]);
}

#[tokio::test]
async fn what_was_delivered_and_not_noted_comes_again_under_the_same_id() {
    let server = server().await;
    let target = Target::open();
    rule(&server, "all", orders(), &target).await;
    let guest = server.guest().await;
    server.scanned(&guest).await;
    let (has_it, mut had_it) = tokio::sync::mpsc::unbounded_channel();
    target.answers(move |_| {
        let _ = has_it.send(());
        200
    });
    let courier = Courier::of(&server);
    had_it.recv().await.unwrap();
    // It was taken off here, before its answer was even read.
    drop(courier);
    assert_eq!(number(&server, WAITING).await, 1);
    let _courier = Courier::of(&server);
    nothing_waits(&server).await;
    let ids: Vec<_> = target.received().into_iter().map(|one| one.id).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn a_target_that_never_answers_holds_up_no_other_rule() {
    let server = server().await;
    let barista = server.staff("demo", "barista").await;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut stuck = Target::closed();
    stuck.url = format!("http://{}/hook", silent.local_addr().unwrap());
    rule(&server, "stuck", orders(), &stuck).await;
    let target = Target::open();
    rule(&server, "all", orders(), &target).await;
    let _courier = Courier::of(&server);
    let order = whole_order(&server, &barista).await;
    until("all is through", async || {
        target.by_order().get(&order).is_some_and(|s| s == &STEPS)
    })
    .await;
    until("only the stuck rule's wait", async || {
        number(&server, WAITING).await == 5
    })
    .await;
}

#[tokio::test]
async fn a_rule_sees_what_happens_while_it_is_on_and_its_own_shop_alone() {
    let server = server().await;
    let operator = server.operator();
    let target = Target::open();
    let guest = server.guest().await;
    server.scanned(&guest).await; // before it is put
    rule(
        &server,
        "doors",
        json!({ "type": [{ "prefix": "presso.shop." }] }),
        &target,
    )
    .await;
    let _courier = Courier::of(&server);
    let door = async |shop: &str, verb: &str| {
        let path = format!("/v1/shops/{shop}/{verb}");
        assert_eq!(server.post(&operator, &path, json!({})).await.status, 200);
    };
    let switch = async |verb: &str| {
        let path = format!("/v1/shops/demo/rules/doors/{verb}");
        let reply = server.post(&operator, &path, json!({})).await;
        assert_eq!(reply.status, 200);
        reply.json()["enabled"].clone()
    };
    door("other", "close").await;
    door("demo", "close").await;
    until("the first is through", async || {
        target.received().len() == 1
    })
    .await;
    assert_eq!(switch("disable").await, json!(false));
    door("demo", "open").await;
    assert_eq!(switch("enable").await, json!(true));
    door("demo", "close").await;
    until("the next is through", async || target.received().len() == 2).await;
    nothing_waits(&server).await;
    for one in target.received() {
        assert_eq!(one.body["type"], "presso.shop.closed.v1");
        assert_eq!(one.body["source"], "/shops/demo");
    }
}

#[tokio::test]
async fn the_operators_rules_see_every_shop_and_write_files() {
    let server = server().await;
    let operator = server.operator();
    let body = json!({
        "pattern": { "detail-type": ["ConfigService.ConfigChanged"] },
        "format": "eventbridge",
        "target": { "kind": "file", "name": "settings.jsonl" },
    });
    let put = server
        .send(&operator, "PUT", "/v1/shops/-/rules/lake", body)
        .await;
    assert_eq!(put.status, 200, "{put:?}");
    let _courier = Courier::of(&server);
    let body = json!({ "shop": "third" });
    assert_eq!(server.post(&operator, "/v1/shops", body).await.status, 201);
    for shop in ["demo", "third"] {
        let path = format!("/v1/shops/{shop}/settings");
        let changed = server
            .send(&operator, "PUT", &path, json!({ "name": shop }))
            .await;
        assert_eq!(changed.status, 200, "{changed:?}");
    }
    let file = server.app.data.join("bus/settings.jsonl");
    until("both are written", async || {
        std::fs::read_to_string(&file).is_ok_and(|text| text.lines().count() == 2)
    })
    .await;
    let text = std::fs::read_to_string(&file).unwrap();
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let images = lines.map(|line| line["detail"]["NewImage"]["name"]["S"].clone());
    let names: BTreeSet<_> = images
        .map(|name| name.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, ["demo".to_owned(), "third".to_owned()].into());
}

#[tokio::test]
async fn a_transformer_says_what_is_sent_and_what_it_would_make_too_large_is_given_up() {
    let server = server().await;
    let (operator, target) = (server.operator(), Target::open());
    let put = async |name: &str, template: String| {
        let body = json!({
            "pattern": { "type": ["presso.shop.closed.v1"] },
            "target": { "kind": "webhook", "url": target.url },
            "transform": { "paths": { "what": "$.type", "all": "$" }, "template": template },
        });
        let path = format!("/v1/shops/demo/rules/{name}");
        let put = server.send(&operator, "PUT", &path, body).await;
        assert_eq!(put.status, 200, "{put:?}");
    };
    put("chat", r#"{"text": "it was <what>"}"#.into()).await;
    put("greedy", format!("[{}0]", "<all>,".repeat(1_000))).await;
    let _courier = Courier::of(&server);
    let closed = server.post(&operator, "/v1/shops/demo/close", json!({}));
    assert_eq!(closed.await.status, 200);
    until("both rules are done", async || {
        let given_up = "SELECT count(*) FROM dead_letters";
        target.received().len() == 1 && number(&server, given_up).await == 1
    })
    .await;
    let received = target.received();
    assert_eq!(received.len(), 1);
    let expected = json!({ "text": "it was presso.shop.closed.v1" });
    assert_eq!(received[0].body, expected);
    let dead = server.get(&operator, "/v1/shops/demo/rules/greedy/dead");
    let dead = dead.await.json();
    let why = dead["dead"][0]["why"].as_str().unwrap();
    assert!(why.contains("longer than 65536 bytes"), "{why}");
}

#[tokio::test]
async fn a_span_is_played_again_to_one_rule_marked_in_order_and_at_its_pace() {
    let server = server().await;
    let barista = server.staff("demo", "barista").await;
    let early = whole_order(&server, &barista).await;
    server.clock.advance_ms(10 * MINUTE_MS);
    let barista = server.staff("demo", "barista").await;
    let from = server.clock_now().0;
    let order = whole_order(&server, &barista).await;
    server.clock.advance_ms(4 * MINUTE_MS);
    let late = whole_order(&server, &barista).await;
    let to = server.clock_now().0 + 1;
    // It is put after all of that: by itself it hears of nothing.
    let (target, other) = (Target::open(), Target::open());
    rule(&server, "all", orders(), &target).await;
    rule(&server, "other", orders(), &other).await;
    let _courier = Courier::of(&server);
    let (operator, replay) = (server.operator(), "/v1/shops/demo/rules/all/replay");
    let begun = server
        .post(&operator, replay, json!({ "from": from, "to": to }))
        .await;
    assert_eq!(begun.status, 200, "{begun:?}");
    until("all is played", async || target.received().len() == 10).await;
    nothing_waits(&server).await;
    let by_order = target.by_order();
    assert_eq!(by_order[&order], STEPS);
    assert_eq!(by_order[&late], STEPS);
    assert!(!by_order.contains_key(&early) && other.received().is_empty());
    for one in target.received() {
        assert_eq!(one.body["replayname"], begun.json()["replay"]);
        assert_ne!(
            one.body["id"],
            json!(one.id),
            "no repeat to who knows it from before"
        );
    }
    // At twice the pace what lay four minutes behind comes two minutes later.
    let operator = server.operator();
    let pattern = json!({ "type": ["presso.order.completed.v1"] });
    // And five minutes in which nothing happened are not waited out.
    let from = from - i64::from(5 * MINUTE_MS);
    let body = json!({ "from": from, "to": to, "speed": 2, "pattern": pattern });
    let begun = server.post(&operator, replay, body.clone()).await;
    assert_eq!(begun.status, 200, "{begun:?}");
    until("the first is played", async || {
        target.received().len() == 11
    })
    .await;
    let again = server.post(&operator, replay, body).await;
    assert_eq!(again.refused(), (409, "replay_running".into()));
    minutes_pass(&server, 1).await;
    assert_eq!(target.received().len(), 11);
    minutes_pass(&server, 1).await;
    until("the second is played", async || {
        target.received().len() == 12
    })
    .await;
    assert_eq!(target.received()[11].body["subject"], json!(late));
    for (body, field) in [
        (json!({ "from": to, "to": from }), "to"),
        (json!({ "from": from, "to": to, "speed": 0 }), "speed"),
        (
            json!({ "from": from, "to": to, "pattern": { "a": 1 } }),
            "pattern",
        ),
    ] {
        let problem = server
            .post(&server.operator(), replay, body)
            .await
            .problem();
        assert_eq!(
            (problem.status, problem.field.as_deref()),
            (422, Some(field))
        );
    }
}

impl Server {
    fn clock_now(&self) -> Timestamp {
        crate::engine::Clock::now(&self.clock)
    }
}
