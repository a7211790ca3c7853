//! Too much, too large, too deep, too slow: each ends with a word, and the server serves on.

use crate::cast::{Bent, Cast, roomy};
use crate::topics::Socket;
use futures_util::SinkExt;
use presso_backend::limits::Limits;
use presso_tests::raw::{Raw, get};
use presso_tests::server::Server;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;

async fn serves_on(server: &Server) {
    let reply = get("/v1/shops/demo").send(server).await;
    assert_eq!(reply.status, 200, "{reply:?}");
}

#[tokio::test(flavor = "current_thread")]
async fn json_that_is_deep_is_refused_before_the_stack_ends() {
    let cast = Cast::meet().await;
    let eve = cast.server.guest("Eve").await.token();
    let scans = get("/v1/shops/demo/scans").sending("POST", &json!({}));
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"code\":[", "]}")] {
        let depth = 60_000 / (open.len() + close.len());
        let body = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let raw = Raw {
            body: body.into_bytes(),
            ..scans.clone().by(Some(eve.clone()))
        };
        let before = cast.journal().await;
        let reply = raw.send(&cast.server).await;
        assert!([400, 422].contains(&reply.status), "{open}: {reply:?}");
        assert_eq!(cast.journal().await, before);
    }
    serves_on(&cast.server).await;
}

/// Nothing is unpacked: a few bytes cannot become many.
#[tokio::test(flavor = "current_thread")]
async fn a_packed_body_is_not_unpacked() {
    let cast = Cast::meet().await;
    // An empty object, packed by gzip.
    let packed = [
        31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 171, 174, 5, 0, 67, 191, 166, 163, 2, 0, 0, 0,
    ];
    let raw = Raw {
        body: packed.to_vec(),
        ..get("/v1/session/guest").sending("POST", &json!({}))
    };
    cast.is_refused(&raw, 400, "malformed_json").await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_body_that_is_too_long_is_refused_however_it_is_announced() {
    let cast = Cast::meet().await;
    let mebibyte = Raw {
        body: vec![b' '; 1024 * 1024],
        ..get("/v1/session/guest").sending("POST", &json!({}))
    };
    cast.is_refused(&mebibyte, 413, "body_too_big").await;
    // In pieces, without an end in sight.
    let mut stream = dial(&cast.server).await;
    let head = "POST /v1/session/guest HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n\
        transfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("it listens");
    let piece = format!("1000\r\n{}\r\n", " ".repeat(4096));
    let pour = async { while stream.write_all(piece.as_bytes()).await.is_ok() {} };
    // The server answers and closes: pouring on fails sooner or later.
    tokio::time::timeout(std::time::Duration::from_secs(20), pour)
        .await
        .expect("it is cut off");
    serves_on(&cast.server).await;
}

#[tokio::test(flavor = "current_thread")]
async fn heads_that_are_too_long_or_too_many_are_cut_off() {
    let cast = Cast::meet().await;
    let long = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "y".repeat(64 * 1024)
    );
    let many = format!(
        "GET / HTTP/1.1\r\nhost: a\r\n{}\r\n",
        "x: y\r\n".repeat(5_000)
    );
    let address = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(64 * 1024));
    for head in [long, many, address] {
        let answer = told(&cast.server, head.as_bytes()).await;
        let refused = ["HTTP/1.1 431", "HTTP/1.1 414", "HTTP/1.1 400"];
        let cut_off = answer.is_empty() || refused.iter().any(|s| answer.starts_with(s));
        assert!(cut_off, "{answer}");
    }
    serves_on(&cast.server).await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_giant_frame_ends_its_socket_and_no_other() {
    let cast = Cast::meet().await;
    let mut quiet = Socket::greeted(&cast, None).await;
    for giant in [
        Message::Text("x".repeat(17 * 1024).into()),
        Message::Binary(vec![0; 1024 * 1024].into()),
    ] {
        let mut eve = Socket::greeted(&cast, None).await;
        // It may be closed before all of it is out.
        let _ = eve.0.send(giant).await;
        assert_eq!(eve.hears().await, None);
    }
    quiet.says(&json!({ "t": "ping" })).await;
    assert_eq!(quiet.hears().await.expect("it is open")["t"], "pong");
}

#[tokio::test(flavor = "current_thread")]
async fn a_flood_of_frames_ends_its_socket_with_a_word() {
    let cast = Cast::meet().await;
    let mut eve = Socket::greeted(&cast, None).await;
    let mut last = None;
    for _ in 0..2_000 {
        eve.says(&json!({ "t": "ping" })).await;
        match eve.hears().await {
            Some(frame) => last = Some(frame),
            None => break,
        }
    }
    let last = last.expect("something was said");
    assert_eq!(
        (&last["t"], &last["problem"]["code"]),
        (&json!("bye"), &json!("too_often"))
    );
    serves_on(&cast.server).await;
}

#[tokio::test(flavor = "current_thread")]
async fn one_address_does_not_begin_sessions_without_end() {
    let limits = "guests = { burst = 20, per_minute = 1 }";
    let limits: Limits = toml::from_str(limits).expect("limits");
    let server = Server::start_with(roomy(), move |config| config.limits = limits.clone()).await;
    let begin = get("/v1/session/guest").sending("POST", &json!({}));
    let mut begun = 0;
    for _ in 0..30 {
        // What it writes itself into that header is nobody's address.
        let reply = begin.send(&server).await;
        begun += usize::from(reply.status == 200);
    }
    assert_eq!(begun, 20);
    serves_on(&server).await;
}

async fn dial(server: &Server) -> TcpStream {
    let address = server.address.trim_start_matches("http://");
    TcpStream::connect(address).await.expect("it listens")
}

/// What is answered to these bytes, until the server closes.
pub(crate) async fn told(server: &Server, bytes: &[u8]) -> String {
    let mut stream = dial(server).await;
    // The server may close before all of it is out.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    // A connection that is kept open says so by its answer.
    let _ = tokio::time::timeout(std::time::Duration::from_secs(5), read).await;
    String::from_utf8_lossy(&answer).into_owned()
}
