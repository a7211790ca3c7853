//! Who comes too often: refused with 429 and a time, and nobody else with them.

use super::actors::{Person, Reply, Server};
use super::listening::{Socket, listen};
use crate::limits::{Bound, Limits, Rate};
use crate::serve;
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;
use std::num::NonZeroU32;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn at(burst: u32, per_minute: u32) -> Bound {
    let number = |n| NonZeroU32::new(n).unwrap();
    Bound::At(Rate {
        burst: number(burst),
        per_minute: number(per_minute),
    })
}

async fn limited(limits: Limits) -> Server {
    Server::start_with(|config| config.limits = limits).await
}

fn guest() -> axum::http::request::Builder {
    Person(None).request("POST", "/v1/session/guest")
}

async fn begins(server: &Server, address: &str) -> Reply {
    let request = guest().body(Body::empty()).unwrap();
    server.ask_from(address, request).await
}

fn refused(reply: &Reply) -> u64 {
    assert_eq!(reply.refused(), (429, "too_often".into()));
    let seconds = reply.headers[header::RETRY_AFTER].to_str().unwrap();
    assert_eq!(reply.json()["retry_after_s"].to_string(), seconds);
    seconds.parse().unwrap()
}

#[tokio::test]
async fn an_address_begins_so_many_guests_sessions_and_another_address_is_not_meant() {
    let guests = at(3, 6);
    let server = limited(Limits {
        guests,
        ..Limits::default()
    })
    .await;
    for _ in 0..3 {
        assert_eq!(begins(&server, "192.0.2.7").await.status, 200);
    }
    let reply = begins(&server, "192.0.2.7").await;
    assert_eq!(refused(&reply), 10);
    assert_eq!(reply.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(begins(&server, "192.0.2.8").await.status, 200);
    server.clock.advance_ms(9_999);
    assert_eq!(refused(&begins(&server, "192.0.2.7").await), 1);
    server.clock.advance_ms(1);
    assert_eq!(begins(&server, "192.0.2.7").await.status, 200);
}

#[tokio::test]
async fn a_refused_guest_leaves_no_session_behind() {
    let guests = at(1, 1);
    let server = limited(Limits {
        guests,
        ..Limits::default()
    })
    .await;
    for _ in 0..5 {
        begins(&server, "192.0.2.7").await;
    }
    let count = |db: &rusqlite::Connection| {
        db.query_row("SELECT count(*) FROM family", [], |row| {
            row.get::<_, i64>(0)
        })
    };
    assert_eq!(server.app.reader.query(count).await.unwrap(), 1);
}

#[tokio::test]
async fn guests_behind_a_trusted_proxy_are_counted_apart_and_cannot_choose_their_address() {
    let server = Server::start_with(|config| {
        config.limits.guests = at(1, 1);
        config.proxies.trusted = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let from = async |peer: &str, told: &str| {
        let request = guest().header("x-forwarded-for", told);
        let request = request.body(Body::empty()).unwrap();
        server.ask_from(peer, request).await.status
    };
    assert_eq!(from("127.0.0.1", "192.0.2.1").await, 200);
    assert_eq!(from("127.0.0.1", "192.0.2.2").await, 200);
    assert_eq!(
        from("127.0.0.1", "203.0.113.9, 192.0.2.2").await,
        429,
        "made up"
    );
    assert_eq!(from("198.51.100.4", "192.0.2.3").await, 200);
    assert_eq!(from("198.51.100.4", "192.0.2.4").await, 429, "not trusted");
}

#[tokio::test]
async fn an_account_is_counted_wherever_it_asks_from_and_the_command_is_not() {
    let server = limited(Limits {
        account: at(3, 1),
        ..Limits::default()
    })
    .await;
    let (eve, ada) = (server.guest().await, server.guest().await);
    let ask = async |person: &Person, address: &str| {
        let request = person.request("GET", "/v1/me/orders");
        let request = request.body(Body::empty()).unwrap();
        server.ask_from(address, request).await
    };
    for address in ["192.0.2.1", "192.0.2.2", "2001:db8::1"] {
        assert_eq!(ask(&eve, address).await.status, 200);
    }
    assert_eq!(refused(&ask(&eve, "192.0.2.3").await), 60);
    assert_eq!(ask(&ada, "192.0.2.1").await.status, 200);
    for _ in 0..10 {
        let asked = server.get(&server.operator(), "/v1/shops/demo/code").await;
        assert_eq!(asked.status, 200);
    }
}

#[tokio::test]
async fn codes_are_tried_no_faster_than_their_limit_and_nothing_comes_of_the_rest() {
    let server = limited(Limits {
        scans: at(5, 60),
        ..Limits::default()
    })
    .await;
    let person = server.guest().await;
    let mut statuses = Vec::new();
    for _ in 0..8 {
        let request = person.request("POST", "/v1/shops/demo/scans");
        let request = request
            .header(
                crate::http::IDEMPOTENCY_KEY,
                uuid::Uuid::new_v4().to_string(),
            )
            .header(header::CONTENT_TYPE, "application/json");
        let body = json!({ "code": "AAAAAAAAAA" }).to_string();
        let request = request.body(Body::from(body)).unwrap();
        statuses.push(server.ask_from("192.0.2.7", request).await.status);
    }
    assert_eq!(statuses, [404, 404, 404, 404, 404, 429, 429, 429]);
}

#[tokio::test]
async fn every_request_counts_for_its_address_also_one_for_a_page_or_for_nothing() {
    let server = limited(Limits {
        requests: at(3, 60),
        ..Limits::default()
    })
    .await;
    let ask = async |path: &str| {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        server.ask_from("192.0.2.7", request).await.status
    };
    let asked = [ask("/").await, ask("/nothing").await, ask("/healthz").await];
    assert_eq!(asked, [200, 404, 200]);
    assert_eq!(ask("/").await, 429);
}

#[tokio::test]
async fn a_socket_that_says_too_much_is_closed_and_told_when_to_come_back() {
    let server = limited(Limits {
        frames: at(4, 60),
        ..Limits::default()
    })
    .await;
    let at = listen(&server.app).await;
    let mut socket = Socket::hello(&at, &Person(None)).await;
    for _ in 0..3 {
        socket.say(&json!({ "t": "ping" })).await;
        assert_eq!(socket.hears().await["t"], "pong");
    }
    socket.say(&json!({ "t": "ping" })).await;
    assert_eq!(socket.bye().await, "too_often");
}

#[tokio::test]
async fn an_address_holds_so_many_connections_and_no_more() {
    let few = NonZeroU32::new(2).unwrap();
    let server = limited(Limits {
        connections: few,
        ..Limits::default()
    })
    .await;
    let at = listen(&server.app).await;
    let open = || TcpStream::connect(at.address);
    let answers = async |stream: &mut TcpStream| {
        let request = b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
        let mut first = [0; 12];
        let asked = stream.write_all(request).await;
        asked.is_ok() && stream.read_exact(&mut first).await.is_ok() && first == *b"HTTP/1.1 200"
    };
    let (mut first, mut second) = (open().await.unwrap(), open().await.unwrap());
    assert!(answers(&mut first).await && answers(&mut second).await);
    assert!(!answers(&mut open().await.unwrap()).await);
    drop(first);
    // Its place is free once the server has seen it go.
    while !answers(&mut open().await.unwrap()).await {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn metrics_are_on_a_listener_of_their_own_and_nothing_else_is() {
    let server = limited(Limits {
        guests: at(1, 1),
        ..Limits::default()
    })
    .await;
    begins(&server, "192.0.2.7").await;
    begins(&server, "192.0.2.7").await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(serve::run_metrics(listener, server.app.clone()));
    let get = async |path: &str| {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    };
    let metrics = get("/metrics").await;
    assert!(metrics.starts_with("HTTP/1.1 200"), "{metrics}");
    assert!(
        metrics.contains("presso_too_often_total{limit=\"guests\"} 1"),
        "{metrics}"
    );
    assert!(get("/v1/shops").await.starts_with("HTTP/1.1 404"));
    let outside = server.get(&Person(None), "/metrics").await;
    assert_eq!(outside.refused(), (404, "not_found".into()));
    server.app.begin_stop();
    serving.await.unwrap();
}
