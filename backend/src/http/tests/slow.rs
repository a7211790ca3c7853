//! Peers that are slow on purpose: each is let go when its time is over.

use super::actors::{Person, Server};
use crate::http::router;
use crate::serve::connection;
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{WebSocketStream, client_async};

/// A connection through which few bytes go at once, and when it has ended.
fn dial(server: &Server) -> (DuplexStream, JoinHandle<()>) {
    let (near, far) = tokio::io::duplex(256);
    let peer = "192.0.2.7".parse().unwrap();
    let stopping = server.app.stopping.subscribe();
    let router = router(&server.app);
    let ends = tokio::spawn(connection(far, peer, router, stopping, Duration::ZERO));
    (near, ends)
}

/// Time passes whenever everybody waits for it.
async fn lasts(ends: JoinHandle<()>) -> Duration {
    let began = Instant::now();
    ends.await.unwrap();
    began.elapsed()
}

fn about(seconds: u64, lasted: Duration) -> bool {
    (Duration::from_secs(seconds)..Duration::from_secs(seconds + 2)).contains(&lasted)
}

#[tokio::test]
async fn a_head_that_trickles_in_is_waited_for_half_a_minute() {
    let server = Server::start().await;
    tokio::time::pause();
    let (mut slow, ends) = dial(&server);
    slow.write_all(b"GET / HTTP/1.1\r\nhost: a").await.unwrap();
    let lasted = lasts(ends).await;
    assert!(about(30, lasted), "{lasted:?}");
}

#[tokio::test]
async fn a_body_that_trickles_in_is_waited_for_half_a_minute() {
    let server = Server::start().await;
    tokio::time::pause();
    let (mut slow, ends) = dial(&server);
    let head = b"POST /v1/session/guest HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\
        content-type: application/json\r\ncontent-length: 99\r\n\r\n{";
    slow.write_all(head).await.unwrap();
    let began = Instant::now();
    let mut first = [0; 12];
    slow.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 503");
    assert!(about(30, began.elapsed()), "{:?}", began.elapsed());
    drop(slow);
    ends.await.unwrap();
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_kept_half_a_minute() {
    let server = Server::start().await;
    tokio::time::pause();
    let (mut slow, ends) = dial(&server);
    let ask = b"GET /openapi.json HTTP/1.1\r\nhost: a\r\n\r\n";
    slow.write_all(ask).await.unwrap();
    let lasted = lasts(ends).await;
    assert!(about(30, lasted), "{lasted:?}");
}

/// A socket that has said hello.
async fn socket(server: &Server) -> WebSocketStream<DuplexStream> {
    let mut request = "ws://presso.example/v1/realtime"
        .into_client_request()
        .unwrap();
    let protocol = "presso.1".parse().unwrap();
    request
        .headers_mut()
        .insert("sec-websocket-protocol", protocol);
    let (near, _) = dial(server);
    let (mut socket, _) = client_async(request, near).await.unwrap();
    let hello = json!({ "t": "hello", "protocol": 1, "app": "test/1" });
    say(&mut socket, &hello).await;
    assert!(socket.next().await.is_some_and(|frame| frame.is_ok()));
    socket
}

async fn say(socket: &mut WebSocketStream<DuplexStream>, frame: &serde_json::Value) {
    let frame = Message::Text(frame.to_string().into());
    socket.send(frame).await.unwrap();
}

#[tokio::test]
async fn a_socket_whose_peer_says_nothing_is_let_go_after_forty_five_seconds() {
    let server = Server::start().await;
    let mut silent = socket(&server).await;
    tokio::time::pause();
    let began = Instant::now();
    // It hears that it is asked whether it is still there, and does not answer.
    let mut asked = 0;
    while let Some(Ok(Message::Text(_))) = silent.next().await {
        asked += 1;
    }
    assert!(about(45, began.elapsed()), "{:?}", began.elapsed());
    assert_eq!(asked, 2, "after 15 and after 30 seconds");
}

#[tokio::test]
async fn a_socket_that_nobody_reads_is_let_go_after_ten_seconds() {
    let server = Server::start().await;
    let mut slow = socket(&server).await;
    let began = Instant::now();
    say(
        &mut slow,
        &json!({ "t": "watch", "topic": "shop/demo/menu" }),
    )
    .await;
    let staff = server.staff("demo", "barista").await;
    for available in [true, false, true] {
        let switch = "/v1/shops/demo/menu/tea/availability";
        let body = json!({ "available": available });
        assert_eq!(server.send(&staff, "PUT", switch, body).await.status, 200);
    }
    tokio::time::pause();
    let open = || {
        let text = server.app.metrics.text(crate::metrics::Now::default());
        text.unwrap().contains("presso_sockets 1")
    };
    assert!(open());
    while open() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(about(10, began.elapsed()), "{:?}", began.elapsed());
    // Whoever else asks is answered.
    assert_eq!(server.get(&Person(None), "/v1/shops").await.status, 200);
}
