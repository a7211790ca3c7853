//! Every role on every route. The routes are those of the server's own description, which is made
//! from the table that its router is made from: a route without a line here is a red test, and so
//! is a line without a route. Whatever is refused leaves the journal as it was.

use crate::cast::{BARISTA, Bent, Cast, OWNER, ROLES, STRANGER};
use presso_tests::raw::get;
use presso_tests::server;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How far the order is that a line is about: a fresh one for each role.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    None,
    Scanned,
    Queued,
    Making,
    Ready,
}

/// Method, path, body, how far the order is, and the status for each role.
type Line = (&'static str, &'static str, Value, Order, [u16; 9]);

const ANYONE: [u16; 9] = [200; 9];
const STAFF: [u16; 9] = [401, 403, 403, 403, 200, 200, 403, 200, 200];
const LEAD: [u16; 9] = [401, 403, 403, 403, 403, 200, 403, 200, 200];
const SCREEN: [u16; 9] = [401, 403, 403, 200, 200, 200, 403, 200, 200];
const CUSTOMER: [u16; 9] = [401, 200, 200, 403, 403, 403, 403, 403, 403];
const WORKER: [u16; 9] = [401, 403, 403, 403, 200, 200, 403, 200, 403];
const MEMBER: [u16; 9] = [401, 403, 403, 403, 200, 200, 200, 403, 403];
/// The command runs the server and looks into nobody's order: a journey alone has no names of guests.
const INSIGHT: [u16; 9] = [401, 404, 200, 404, 200, 200, 404, 200, 403];

/// The lines stand in an order in which each finds what it needs.
#[rustfmt::skip] // a table
fn table() -> Vec<Line> {
    use Order::{Making, None, Queued, Ready, Scanned};
    let menu = serde_json::to_value(server::menu()).expect("a menu is JSON");
    let settings = serde_json::to_value(crate::cast::roomy()).expect("settings are JSON");
    let (nothing, bare, off) = (json!({}), Value::Null, json!({ "available": true }));
    let push = json!({ "endpoint": "x", "p256dh": "x", "auth": "x" });
    let hook = json!({ "kind": "webhook", "url": "https://hooks.example.org/coffee" });
    let rule = json!({ "pattern": { "type": ["nothing"] }, "target": hook });
    let made = |statuses: [u16; 9]| statuses.map(|status| if status == 200 { 201 } else { status });
    let bad = |statuses: [u16; 9]| statuses.map(|status| if status == 200 { 422 } else { status });
    let nobody = |statuses: [u16; 9]| statuses.map(|status| if status == 200 { 404 } else { status });
    vec![
        ("GET", "/v1/shops", bare.clone(), None, ANYONE),
        ("POST", "/v1/shops", json!({ "shop": "{fresh}" }), None, [401, 403, 403, 403, 403, 403, 403, 201, 201]),
        ("GET", "/v1/shops/{shop}", bare.clone(), None, ANYONE),
        ("GET", "/v1/shops/{shop}/settings", bare.clone(), None, LEAD),
        ("PUT", "/v1/shops/{shop}/settings", settings, None, LEAD),
        ("POST", "/v1/shops/{shop}/close", nothing.clone(), None, STAFF),
        ("POST", "/v1/shops/{shop}/open", nothing.clone(), None, STAFF),
        ("POST", "/v1/shops/{shop}/periods", nothing.clone(), None, LEAD),
        ("GET", "/v1/shops/{shop}/menu", bare.clone(), None, ANYONE),
        ("PUT", "/v1/shops/{shop}/menu", menu, None, LEAD),
        ("GET", "/v1/shops/{shop}/menu/table", bare.clone(), None, LEAD),
        ("POST", "/v1/shops/{shop}/menu/table", json!({ "csv": "kind,id,name" }), None, LEAD),
        ("PUT", "/v1/shops/{shop}/menu/{drink}/availability", off.clone(), None, STAFF),
        ("PUT", "/v1/shops/{shop}/menu/options/{option}/availability", off, None, STAFF),
        ("GET", "/v1/shops/{shop}/code", bare.clone(), None, SCREEN),
        ("GET", "/v1/shops/{shop}/orders", bare.clone(), None, STAFF),
        ("POST", "/v1/shops/{shop}/links", json!({ "for": "manager", "name": "Eve" }), None, made(LEAD)),
        ("GET", "/v1/shops/{shop}/staff", bare.clone(), None, LEAD),
        ("POST", "/v1/shops/{shop}/staff", json!({ "name": "Eve", "role": "manager" }), None, made(LEAD)),
        // Let in, and then nobody is called so.
        ("PUT", "/v1/shops/{shop}/staff/{staff}", json!({ "role": "manager" }), None, nobody(LEAD)),
        ("DELETE", "/v1/shops/{shop}/staff/{staff}", bare.clone(), None, nobody(LEAD)),
        ("POST", "/v1/shops/{shop}/staff/{staff}/link", nothing.clone(), None, nobody(LEAD)),
        ("DELETE", "/v1/shops/{shop}/staff/{staff}/pin", bare.clone(), None, nobody(LEAD)),
        ("GET", "/v1/shops/{shop}/colleagues", bare.clone(), None, WORKER),
        ("POST", "/v1/organisers", json!({ "name": "Eve" }), None, [401, 403, 403, 403, 403, 403, 403, 403, 201]),
        ("GET", "/v1/organisers", bare.clone(), None, [401, 403, 403, 403, 403, 403, 403, 403, 200]),
        // Let in, and then nobody is called so.
        ("DELETE", "/v1/organisers/{staff}", bare.clone(), None, [401, 403, 403, 403, 403, 403, 403, 403, 404]),
        ("POST", "/v1/organisers/{staff}/link", nothing.clone(), None, [401, 403, 403, 403, 403, 403, 403, 403, 404]),
        ("POST", "/v1/shops/{shop}/scans", json!({ "code": "{code}" }), None, made(CUSTOMER)),
        ("GET", "/v1/orders/{order}", bare.clone(), Scanned, INSIGHT),
        ("GET", "/v1/orders/{order}/journey", bare.clone(), Scanned, [401, 404, 200, 404, 200, 200, 404, 200, 200]),
        ("POST", "/v1/orders/{order}/share", nothing.clone(), Scanned, [401, 404, 201, 404, 403, 403, 404, 403, 403]),
        ("DELETE", "/v1/orders/{order}/share", bare.clone(), Scanned, [401, 404, 200, 404, 403, 403, 404, 403, 403]),
        ("POST", "/v1/shared", json!({ "secret": "x" }), None, [404; 9]),
        ("POST", "/v1/orders/{order}/submit", json!({ "drink": "espresso" }), Scanned, [401, 404, 200, 404, 403, 403, 404, 403, 403]),
        ("POST", "/v1/orders/{order}/cancel", nothing.clone(), Queued, [401, 404, 200, 404, 200, 200, 404, 200, 403]),
        ("POST", "/v1/orders/{order}/claim", nothing.clone(), Queued, [401, 404, 403, 404, 200, 200, 404, 200, 403]),
        // From here on the barista has claimed it, and takes that back alone.
        ("POST", "/v1/orders/{order}/undo", nothing.clone(), Making, [401, 404, 409, 404, 200, 409, 404, 409, 403]),
        ("POST", "/v1/orders/{order}/unclaim", nothing.clone(), Making, [401, 404, 403, 404, 200, 409, 404, 409, 403]),
        ("POST", "/v1/orders/{order}/takeover", nothing.clone(), Making, [401, 404, 403, 404, 409, 409, 404, 409, 403]),
        ("POST", "/v1/orders/{order}/complete", nothing.clone(), Making, [401, 404, 403, 404, 200, 409, 404, 409, 403]),
        ("POST", "/v1/orders/{order}/collect", nothing.clone(), Ready, [401, 404, 403, 404, 200, 200, 404, 200, 403]),
        ("GET", "/v1/me/orders", bare.clone(), None, CUSTOMER),
        ("POST", "/v1/session/guest", nothing.clone(), None, ANYONE),
        ("POST", "/v1/session/link", json!({ "secret": "x" }), None, [404; 9]),
        // Let in, and then this server sends no codes, and none was asked for.
        ("POST", "/v1/session/code", json!({ "shop": "demo", "to": "+491701234567" }), None, CUSTOMER.map(|status| if status == 200 { 409 } else { status })),
        ("POST", "/v1/session/verify", json!({ "shop": "demo", "to": "+491701234567", "code": "123456" }), None, [401, 403, 403, 403, 403, 403, 403, 403, 403]),
        // Let in, and then they have no PIN; nobody is called so; and there is one.
        ("POST", "/v1/me/pin", json!({ "pin": "2580" }), None, MEMBER.map(|status| if status == 200 { 409 } else { status })),
        ("POST", "/v1/session/switch", json!({ "staff": "6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01", "pin": "2580" }), None, nobody(MEMBER)),
        ("PUT", "/v1/me/pin", json!({ "pin": "2580" }), None, MEMBER),
        ("POST", "/v1/session/refresh", json!({ "refresh": "x" }), None, [401; 9]),
        ("POST", "/v1/session/end", json!({ "refresh": "x" }), None, [401; 9]),
        ("GET", "/v1/me/sessions", bare.clone(), None, [401, 200, 200, 403, 200, 200, 200, 200, 403]),
        ("GET", "/v1/shops/{shop}/sessions", bare.clone(), None, LEAD),
        // Let in, and then the shop is open.
        ("POST", "/v1/shops/{shop}/erase", nothing.clone(), None, [401, 403, 403, 403, 403, 409, 403, 409, 409]),
        // Let in, and then there is no such session.
        ("DELETE", "/v1/shops/{shop}/sessions/{session}", bare.clone(), None, [401, 403, 403, 403, 403, 404, 403, 404, 404]),
        // A fresh device each time; nobody has said yes.
        ("POST", "/v1/devices", json!({ "for": "display" }), None, [201; 9]),
        ("POST", "/v1/devices/token", json!({ "device_code": "x" }), None, [400; 9]),
        // Let in, and then no device shows this code.
        ("POST", "/v1/shops/{shop}/devices", json!({ "user_code": "BCDF-GHJK" }), None, [401, 403, 403, 403, 403, 404, 403, 404, 404]),
        ("POST", "/v1/keys", nothing.clone(), None, [401, 403, 403, 403, 403, 403, 403, 403, 200]),
        ("GET", "/v1/push/key", bare.clone(), None, ANYONE),
        // Let in, and then the address of nothing is refused.
        ("PUT", "/v1/shops/{shop}/push", push, None, bad(CUSTOMER)),
        ("DELETE", "/v1/push", bare.clone(), None, CUSTOMER),
        ("PUT", "/v1/shops/{shop}/rules/{rule}", rule, None, LEAD),
        ("GET", "/v1/shops/{shop}/rules", bare.clone(), None, LEAD),
        ("GET", "/v1/shops/{shop}/rules/{rule}", bare.clone(), None, LEAD),
        ("POST", "/v1/shops/{shop}/rules/{rule}/disable", nothing.clone(), None, LEAD),
        ("POST", "/v1/shops/{shop}/rules/{rule}/enable", nothing.clone(), None, LEAD),
        ("GET", "/v1/shops/{shop}/rules/{rule}/dead", bare.clone(), None, LEAD),
        ("POST", "/v1/shops/{shop}/rules/{rule}/redrive", nothing.clone(), None, LEAD),
        // Let in, and then the span is none.
        ("POST", "/v1/shops/{shop}/rules/{rule}/replay", json!({ "from": 1, "to": 1 }), None, bad(LEAD)),
        // The manager deletes it; for those after there is none any more.
        ("DELETE", "/v1/shops/{shop}/rules/{rule}", bare.clone(), None, [401, 403, 403, 403, 403, 200, 403, 404, 404]),
        ("POST", "/v1/shops/{shop}/sources", json!({ "source": "{fresh}" }), None, made(LEAD)),
        ("GET", "/v1/shops/{shop}/sources", bare.clone(), None, LEAD),
        // Let in, and then there is no such source.
        ("DELETE", "/v1/shops/{shop}/sources/{source}", bare.clone(), None, [401, 403, 403, 403, 403, 404, 403, 404, 404]),
        // No session is a key.
        ("POST", "/v1/shops/{shop}/events", json!({ "source": "a", "detail-type": "b", "detail": {} }), None, [401; 9]),
        ("GET", "/v1/realtime", bare.clone(), None, [400; 9]),
        ("GET", "/healthz", bare.clone(), None, ANYONE),
        ("GET", "/readyz", bare.clone(), None, ANYONE),
        ("GET", "/.well-known/jwks.json", bare.clone(), None, ANYONE),
        ("GET", "/openapi.json", bare.clone(), None, ANYONE),
        ("GET", "/docs/events.json", bare.clone(), None, ANYONE),
        ("GET", "/docs/asyncapi.json", bare.clone(), None, ANYONE),
        ("DELETE", "/v1/me", bare, None, CUSTOMER),
        // The last: whoever is let in is signed out.
        ("POST", "/v1/session/end-all", nothing, None, [401, 200, 200, 403, 200, 200, 200, 200, 403]),
    ]
}

/// Method and path of everything that is served, by the server's own account.
async fn served(cast: &Cast) -> BTreeSet<(String, String)> {
    let document = get("/openapi.json").send(&cast.server).await.body;
    let paths = document["paths"].as_object().expect("paths by name");
    let of_path = |(path, methods): (&String, &Value)| {
        let methods = methods.as_object().expect("methods by name").keys();
        let pair = |method: &String| (method.to_uppercase(), path.clone());
        methods.map(pair).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

#[tokio::test(flavor = "current_thread")]
async fn every_route_has_a_line_for_every_role() {
    let cast = Cast::meet().await;
    let lines = table().into_iter();
    let lines: Vec<_> = lines.map(|l| (l.0.to_owned(), l.1.to_owned())).collect();
    let unique: BTreeSet<_> = lines.iter().cloned().collect();
    assert_eq!(unique.len(), lines.len(), "a route has two lines");
    assert_eq!(unique, served(&cast).await);
}

#[tokio::test(flavor = "current_thread")]
async fn each_role_is_let_in_exactly_where_its_line_says_and_else_leaves_no_trace() {
    let cast = Cast::meet().await;
    for (method, path, body, order, statuses) in table() {
        for (role, expected) in statuses.into_iter().enumerate() {
            let (owner, id) = order_so_far(&cast, order).await;
            let token = match role {
                // Signed out by some lines: another one each time.
                STRANGER => Some(cast.server.guest("Eve").await.token()),
                OWNER => Some(owner),
                _ => cast.token(role),
            };
            let path = path
                .replace("{shop}", "demo")
                .replace("{drink}", "espresso")
                .replace("{option}", "oat")
                .replace("{staff}", "6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01")
                .replace("{rule}", "hook")
                .replace("{source}", "nobody")
                .replace("{session}", "6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01")
                .replace("{order}", &id);
            let body = filled(&cast, &body).await;
            let before = cast.journal().await;
            let raw = get(&path).sending(method, &body).by(token);
            let reply = raw.send(&cast.server).await;
            let who = ROLES[role];
            assert_eq!(reply.status, expected, "{who}: {method} {path}: {reply:?}");
            if reply.status >= 400 {
                assert_eq!(cast.journal().await, before, "{who}: {method} {path}");
            }
        }
    }
}

/// With a fresh name for a shop, and the code of now.
async fn filled(cast: &Cast, body: &Value) -> Value {
    let text = body.to_string();
    if !text.contains('{') || !(text.contains("{fresh}") || text.contains("{code}")) {
        return body.clone();
    }
    let fresh = format!("s{}", &uuid::Uuid::new_v4().simple().to_string()[..12]);
    let text = text
        .replace("{fresh}", &fresh)
        .replace("{code}", &cast.code().await);
    serde_json::from_str(&text).expect("it was JSON before")
}

/// A fresh customer's token, and their order that has come so far.
async fn order_so_far(cast: &Cast, so_far: Order) -> (String, String) {
    let owner = cast.server.guest("Ada").await.token();
    if so_far == Order::None {
        return (owner, String::new());
    }
    let does = async |path: String, body: Value, token: &str| {
        let raw = get(&path).sending("POST", &body).by(Some(token.to_owned()));
        let reply = raw.send(&cast.server).await;
        assert!(reply.status < 300, "{path}: {reply:?}");
        reply.text("order").to_owned()
    };
    let scan = json!({ "code": cast.code().await });
    let id = does("/v1/shops/demo/scans".into(), scan, &owner).await;
    let barista = cast.token(BARISTA).expect("staff have a session");
    let steps = [
        (
            Order::Queued,
            "submit",
            json!({ "drink": "espresso" }),
            &owner,
        ),
        (Order::Making, "claim", json!({}), &barista),
        (Order::Ready, "complete", json!({}), &barista),
    ];
    for (reached, verb, body, token) in steps {
        if so_far >= reached {
            does(format!("/v1/orders/{id}/{verb}"), body, token).await;
        }
    }
    (owner, id)
}
