//! Peers that are slow on purpose: each is let go when its time is over.

use super::actors::Server;
use crate::http::router;
use crate::serve::connection;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::task::JoinHandle;
use tokio::time::Instant;

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
