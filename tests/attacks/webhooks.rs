//! Can the bus be made to reach into its operator's network, or into another shop? By an address in
//! any spelling, by a redirect, by a name that leads elsewhere the second time, by a rule of
//! another shop; and can a pattern eat the server?

use crate::cast::{Bent, Cast, roomy};
use presso_backend::bus::Lookup;
use presso_core::api::LinkFor;
use presso_tests::people::Person;
use presso_tests::push::{Letter, Vendor};
use presso_tests::raw::get;
use presso_tests::server::{self, Server};
use serde_json::{Value, json};
use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Inside, where no rule allows to go; the network beside it is allowed.
const INSIDE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

fn rule(url: &str) -> Value {
    json!({ "pattern": { "type": [{ "prefix": "presso.shop." }] },
            "target": { "kind": "webhook", "url": url } })
}

/// A server that may send to one address of this machine and no other, and who runs its shop.
async fn server(lookup: Option<Arc<dyn Lookup>>) -> (Server, Person) {
    let server = Server::start_with(roomy(), move |config| {
        config.webhooks.allow = vec!["127.0.0.1/32".parse().expect("a network")];
        config.webhooks.plain_http = true;
        if let Some(lookup) = &lookup {
            config.webhooks.lookup = Arc::clone(lookup);
        }
    })
    .await;
    let link = server.link(LinkFor::Manager, "Max").await;
    let max = Person::by_link("Max", &server.address, &server.shop, &link).await;
    (server, max)
}

async fn put(server: &Server, by: &Person, name: &str, body: &Value) -> (u16, Value) {
    let path = format!("/v1/shops/demo/rules/{name}");
    let raw = get(&path).sending("PUT", body).by(Some(by.token()));
    let reply = raw.send(server).await;
    (reply.status, reply.body)
}

/// Something happens that rules for the door want to tell.
async fn the_door_moves(server: &Server) {
    for verb in ["close", "open"] {
        let path = format!("/v1/shops/demo/{verb}");
        let operator = Some(server.operator().token());
        let moved = get(&path).sending("POST", &json!({})).by(operator);
        assert_eq!(moved.send(server).await.status, 200);
    }
}

/// Counts whoever connects where nobody may.
fn trap() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind((INSIDE, 0)).expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port();
    let caught = Arc::new(AtomicUsize::new(0));
    let counts = Arc::clone(&caught);
    std::thread::spawn(move || {
        for _ in listener.incoming().flatten() {
            counts.fetch_add(1, Ordering::SeqCst);
        }
    });
    (port, caught)
}

#[tokio::test(flavor = "current_thread")]
async fn no_spelling_of_an_inner_address_is_taken() {
    let cast = Cast::meet().await;
    let max = cast.token(5);
    for host in [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "127.1",
        "127.0.0.1.",
        "%31%32%37.0.0.1",
        "０x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "0",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0xa9fea9fe",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "me:pw@example.org",
    ] {
        let path = "/v1/shops/demo/rules/inside";
        let body = rule(&format!("https://{host}/x"));
        let raw = get(path).sending("PUT", &body).by(max.clone());
        let reply = raw.send(&cast.server).await;
        let told = (reply.status, reply.text("field"));
        assert_eq!(told, (422, "target.url"), "{host}: {reply:?}");
    }
    for url in [
        "http://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
    ] {
        let path = "/v1/shops/demo/rules/inside";
        let raw = get(path).sending("PUT", &rule(url)).by(max.clone());
        assert_eq!(raw.send(&cast.server).await.status, 422, "{url}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_redirect_leads_nowhere() {
    let (server, max) = server(None).await;
    let (port, caught) = trap();
    let vendor = Vendor::open();
    vendor.will_redirect(&format!("http://{INSIDE}:{port}/x"));
    assert_eq!(
        put(&server, &max, "moved", &rule(&vendor.endpoint)).await.0,
        200
    );
    the_door_moves(&server).await;
    let first = vendor.letter().await;
    // It comes again by itself, to the address that was put.
    server.clock.push(Duration::from_secs(2));
    let again = vendor.letter().await;
    assert_eq!(first.header("webhook-id"), again.header("webhook-id"));
    assert_eq!(caught.load(Ordering::SeqCst), 0);
}

/// Leads to the target the first time, and then inside.
struct Rebinding(AtomicUsize, Mutex<Vec<String>>);

impl Lookup for Rebinding {
    fn lookup(
        &self,
        name: String,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        self.1.lock().expect("nobody panics here").push(name);
        let nth = self.0.fetch_add(1, Ordering::SeqCst);
        let leads = if nth == 0 {
            Ipv4Addr::LOCALHOST
        } else {
            INSIDE
        };
        Box::pin(async move { Ok(vec![leads.into()]) })
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_name_that_leads_inside_the_second_time_leads_nowhere() {
    let names = Arc::new(Rebinding(AtomicUsize::new(0), Mutex::default()));
    let (server, max) = server(Some(Arc::<Rebinding>::clone(&names))).await;
    let vendor = Vendor::open();
    let port = vendor
        .endpoint
        .split(':')
        .nth(2)
        .and_then(|rest| rest.split('/').next());
    let port: u16 = port.and_then(|port| port.parse().ok()).expect("a port");
    // Whoever were led inside would be caught at the same port there.
    let listener = TcpListener::bind((INSIDE, port)).expect("the port is free there, too");
    listener
        .set_nonblocking(true)
        .expect("a socket can be told");
    let url = format!("http://rebinding.example:{port}/x");
    assert_eq!(put(&server, &max, "fickle", &rule(&url)).await.0, 200);
    assert_eq!(
        names.0.load(Ordering::SeqCst),
        0,
        "nobody asks when it is put"
    );
    the_door_moves(&server).await;
    let first: Letter = vendor.letter().await;
    assert_eq!(first.header("host"), format!("rebinding.example:{port}"));
    // Its second event, and every try of it, asks anew, is led inside, and does not go.
    for asked in 2..5 {
        server.clock.push(Duration::from_secs(15));
        let start = Instant::now();
        while names.0.load(Ordering::SeqCst) < asked {
            tokio::task::yield_now().await;
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "it is tried again"
            );
        }
    }
    assert!(vendor.is_empty().await);
    let caught = listener.accept();
    assert!(caught.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock));
    let asked = names.1.lock().expect("nobody panics here").clone();
    assert!(
        asked.iter().all(|name| name == "rebinding.example"),
        "{asked:?}"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_managers_rule_hears_of_no_other_shop() {
    let (server, max) = server(None).await;
    let menu = serde_json::to_value(server::menu()).expect("a menu is JSON");
    let other = json!({ "shop": "other", "menu": menu });
    let operator = Some(server.operator().token());
    let made = get("/v1/shops")
        .sending("POST", &other)
        .by(operator.clone());
    assert_eq!(made.send(&server).await.status, 201);
    let vendor = Vendor::open();
    // A pattern that asks for it by name, and one that takes all.
    let mut by_name = rule(&vendor.endpoint);
    by_name["pattern"] = json!({ "source": ["/shops/other"] });
    assert_eq!(put(&server, &max, "spy", &by_name).await.0, 200);
    assert_eq!(
        put(&server, &max, "all", &rule(&vendor.endpoint)).await.0,
        200
    );
    for path in ["/v1/shops/other/rules/spy", "/v1/shops/-/rules/spy"] {
        for (method, body) in [("PUT", rule(&vendor.endpoint)), ("GET", Value::Null)] {
            let raw = get(path).sending(method, &body).by(Some(max.token()));
            assert_eq!(raw.send(&server).await.status, 403, "{method} {path}");
        }
    }
    let open = get("/v1/shops/other/open")
        .sending("POST", &json!({}))
        .by(operator);
    assert_eq!(open.send(&server).await.status, 200);
    the_door_moves(&server).await;
    for expected in ["presso.shop.closed.v1", "presso.shop.opened.v1"] {
        let told: Value = serde_json::from_slice(&vendor.letter().await.body).expect("JSON");
        assert_eq!(
            (&told["type"], &told["source"]),
            (&json!(expected), &json!("/shops/demo"))
        );
    }
    assert!(vendor.is_empty().await);
}

/// The patterns that make backtracking matchers slow, and those that multiply.
#[tokio::test(flavor = "current_thread")]
async fn no_pattern_eats_the_server() {
    let (server, max) = server(None).await;
    let vendor = Vendor::open();
    let with = |pattern: Value| {
        let mut body = rule(&vendor.endpoint);
        body["pattern"] = pattern;
        body
    };
    let stars = format!("{}b", "*a".repeat(1_000));
    let slow = json!({ "data": { "settings": { "name": [{ "wildcard": stars }] } } });
    let exists: Vec<Value> = (0..200)
        .map(|n| json!({ "a": [{ "exists": n % 2 == 0 }] }))
        .collect();
    let ways = json!({ "$or": exists.clone() });
    let doubled: Vec<Value> = (0..2).map(|n| json!({ "a": [n] })).collect();
    let mut nested = json!({ "$or": doubled });
    for depth in 0..20 {
        nested = json!({ "$or": [nested.clone(), { format!("b{depth}"): [1] }], "c": { "$or": [nested, { "d": [1] }] } });
        if nested.to_string().len() > 15_000 {
            break;
        }
    }
    let deep = json!(format!("{}{}", "{\"a\":".repeat(5_000), "}".repeat(5_000)));
    let start = Instant::now();
    for (pattern, status) in [(slow, 200), (ways, 200), (nested, 422), (deep, 422)] {
        let (answered, body) = put(&server, &max, "greedy", &with(pattern)).await;
        assert_eq!(answered, status, "{body}");
    }
    // The slow one, on what it is slow for.
    let slow = json!({ "data": { "settings": { "name": [{ "wildcard": format!("{}b", "*a".repeat(1_000)) }] } } });
    assert_eq!(put(&server, &max, "greedy", &with(slow)).await.0, 200);
    assert_eq!(
        put(&server, &max, "door", &rule(&vendor.endpoint)).await.0,
        200
    );
    let settings = json!({ "name": "a".repeat(60) });
    let changed = get("/v1/shops/demo/settings").sending("PUT", &settings);
    let changed = changed.by(Some(max.token())).send(&server).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    the_door_moves(&server).await;
    vendor.letter().await;
    let took = start.elapsed();
    assert!(took < Duration::from_secs(15), "{took:?}");
}

/// A small template that would make a large message of a small event.
#[tokio::test(flavor = "current_thread")]
async fn no_transformer_eats_the_server() {
    let (server, max) = server(None).await;
    let vendor = Vendor::open();
    let with = |paths: Value, template: String| {
        let mut body = rule(&vendor.endpoint);
        body["transform"] = json!({ "paths": paths, "template": template });
        body
    };
    let many: serde_json::Map<_, _> = (0..101).map(|n| (format!("n{n}"), json!("$"))).collect();
    let long = json!({ "a": format!("${}", ".a".repeat(1_000)) });
    let all = json!({ "a": "$" });
    for refused in [
        with(json!(many), "{}".into()),
        with(long, "{}".into()),
        with(all.clone(), format!("\"{}\"", "x".repeat(8_192))),
        with(all.clone(), "[".repeat(5_000)),
        with(all.clone(), "{\"a\": <a>".into()),
    ] {
        assert_eq!(put(&server, &max, "greedy", &refused).await.0, 422);
    }
    let greedy = with(all, format!("[{}0]", "<a>,".repeat(2_000)));
    assert_eq!(put(&server, &max, "greedy", &greedy).await.0, 200);
    assert_eq!(
        put(&server, &max, "door", &rule(&vendor.endpoint)).await.0,
        200
    );
    let start = Instant::now();
    the_door_moves(&server).await;
    for _ in 0..2 {
        let told = vendor.letter().await;
        assert!(told.body.len() < 2_000, "only what the modest rule tells");
    }
    let given_up = async || {
        let path = "/v1/shops/demo/rules/greedy";
        let shown = get(path).by(Some(max.token())).send(&server).await;
        shown.body["dead"] == 2
    };
    while !given_up().await {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "it is given up at once"
        );
    }
    assert!(vendor.is_empty().await);
}
