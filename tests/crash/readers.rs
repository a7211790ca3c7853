//! Screens that do not read what they are told: the server keeps nothing for them, and lets them go.

use crate::day::{Template, shop};
use crate::is_skipped;
use crate::menus::{self, Writer};
use crate::start::{PATIENCE, Presso};
use crate::subscriber::Subscriber;
use crate::web::ask;
use presso_core::api::PROTOCOL;
use presso_core::board::Topic;
use presso_core::realtime::frame::{ClientFrame, SUBPROTOCOL};
use serde_json::Value;
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Message, WebSocket, client};

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
    let server = menus::serve_without_limits(data);
    let mut writer = Writer::new(&server, data);
    let mut reads = Subscriber::new(&template.bo, vec![Topic::Menu(shop())]);
    reads.connect(&server.address);
    assert!(writer.write(KEPT), "a running server answers");
    let (memory, files) = (resident_kib(&server), open_files(&server));
    let _stuck: Vec<_> = (0..STUCK).map(|_| stuck(&server.address)).collect();
    let began = Instant::now();
    while open_files(&server) < files + STUCK {
        assert!(began.elapsed() < PATIENCE, "they are taken on");
        std::thread::yield_now();
    }
    assert!(writer.write(MORE), "a running server answers");
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
