//! Screens that do not read what they are told: the server keeps nothing for them, and lets them go.

use crate::day::{Template, shop};
use crate::is_skipped;
use crate::start::{PATIENCE, Presso, run, serve};
use crate::subscriber::Subscriber;
use crate::web::{Kept, ask};
use presso_core::api::{PROTOCOL, Tokens};
use presso_core::board::Topic;
use presso_core::realtime::frame::{ClientFrame, SUBPROTOCOL};
use serde_json::{Value, json};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Message, WebSocket, client};
use uuid::Uuid;

/// How many do not read.
const STUCK: usize = 20;
/// As many updates as the server keeps for everybody, and some.
const KEPT: usize = 520;
/// More than fits into any socket's buffers.
const MORE: usize = 600;
/// What one who does not read may cost at the most, KiB.
const EACH_KIB: u64 = 256;
/// Within which they are let go: ten seconds, and a little.
const GONE: Duration = Duration::from_secs(15);

/// A screen that watches the menu and never reads.
fn stuck(address: &str) -> WebSocket<TcpStream> {
    let url = format!("ws://{address}/v1/realtime");
    let mut request = url.into_client_request().expect("an address");
    let protocol = SUBPROTOCOL.parse().expect("a header");
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", protocol);
    let stream = TcpStream::connect(address).expect("it listens");
    let (mut socket, _) = client(request, stream).expect("it is a socket");
    let hello = ClientFrame::Hello {
        protocol: PROTOCOL,
        app: "crash/0.1.0".into(),
        token: None,
    };
    let watch = ClientFrame::Watch {
        topic: Topic::Menu(shop()),
        since: None,
    };
    for frame in [hello, watch] {
        let text = serde_json::to_string(&frame).expect("JSON");
        socket.send(Message::text(text)).expect("it takes it");
    }
    socket
}

/// Menus of 9 KB, one after the other.
struct Writer {
    kept: Kept,
    token: String,
    written: usize,
}

impl Writer {
    fn new(server: &Presso, link: &str) -> Self {
        let (_, secret) = link.trim().split_once("#k=").expect("a link has a secret");
        let body = json!({ "secret": secret }).to_string();
        let call = ("POST", "/v1/session/link");
        let reply = ask(&server.address, call, "", None, &body).expect("an answer");
        let tokens: Tokens = serde_json::from_slice(&reply.body).expect("tokens");
        Self {
            kept: Kept::to(&server.address),
            token: tokens.access,
            written: 0,
        }
    }
    fn write(&mut self, menus: usize) {
        for _ in 0..menus {
            self.written += 1;
            let drink = |n: usize| {
                let name = format!(
                    "Coffee number {n}, as it is made for the {}th time",
                    self.written
                );
                json!({ "id": format!("coffee-{n}"), "name": name })
            };
            let drinks: Vec<Value> = (0..100).map(drink).collect();
            let body = json!({ "drinks": drinks, "groups": [] }).to_string();
            let call = ("PUT", "/v1/shops/demo/menu");
            let reply = self
                .kept
                .ask(call, &self.token, Some(Uuid::new_v4()), &body);
            let reply = reply.expect("a running server answers");
            assert_eq!(
                reply.status,
                200,
                "{}",
                String::from_utf8_lossy(&reply.body)
            );
        }
    }
}

fn resident_kib(server: &Presso) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid()));
    let status = status.expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kib.expect("a number")
}

fn open_files(server: &Presso) -> usize {
    let files = std::fs::read_dir(format!("/proc/{}/fd", server.pid()));
    files.expect("it runs").count()
}

#[test]
fn screens_that_do_not_read_cost_little_and_are_let_go_while_others_are_told_all() {
    if is_skipped(false) {
        return;
    }
    let template = Template::make(0);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let data = folder.path();
    template.copy_to(data);
    // One manager writes more menus here than anybody does in a year.
    let settings = folder.path().join("presso.toml");
    std::fs::write(&settings, "[limits]\naccount = \"off\"\n").expect("a file can be written");
    let mut command = serve(data);
    command.arg("--config").arg(&settings);
    let server = Presso::try_start(&mut command).unwrap_or_else(|ended| panic!("{ended:?}"));
    let link = ["staff", "link", "demo", "--name", "Mo", "--role", "manager"];
    let mut writer = Writer::new(&server, &run(data, &link));
    let mut reads = Subscriber::new(&template.bo, vec![Topic::Menu(shop())]);
    reads.connect(&server.address);
    writer.write(KEPT);
    let (memory, files) = (resident_kib(&server), open_files(&server));
    let _stuck: Vec<_> = (0..STUCK).map(|_| stuck(&server.address)).collect();
    let began = Instant::now();
    while open_files(&server) < files + STUCK {
        assert!(began.elapsed() < PATIENCE, "they are taken on");
        std::thread::yield_now();
    }
    writer.write(MORE);
    let grown = resident_kib(&server).saturating_sub(memory);
    let began = Instant::now();
    while open_files(&server) > files {
        assert!(began.elapsed() < GONE, "they are not let go");
        std::thread::sleep(Duration::from_millis(20));
    }
    println!(
        "{STUCK} who do not read: {grown} KiB more, {} KiB each; gone {:?} later",
        grown / STUCK as u64,
        began.elapsed()
    );
    assert!(grown <= EACH_KIB * STUCK as u64, "{grown} KiB more");
    let path = format!("/v1/shops/{}", shop());
    let facts = ask(&server.address, ("GET", &path), "", None, "").expect("an answer");
    let facts: Value = serde_json::from_slice(&facts.body).expect("JSON");
    reads.until(facts["version"].as_u64().expect("a version"));
    assert!(server.stop().status.success(), "it stops in peace");
}
