//! The socket, over a real connection: hello, topics by role, updates, and every way to end.

use super::actors::{Person, Server};
use super::listening::{Listening, Socket, dial, listen};
use serde_json::json;
use tokio_tungstenite::tungstenite::Error;

#[tokio::test]
async fn each_role_watches_exactly_the_topics_that_are_its_own() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let (owner, stranger) = (server.guest().await, server.guest().await);
    let barista = server.staff("demo", "barista").await;
    let foreign = server.staff("other", "barista").await;
    let display = server.staff("demo", "display").await;
    let order = format!("order/{}", server.scanned(&owner).await);
    let table = [
        (
            "nobody",
            Person(None),
            ["", "", "session", "session", "session"],
        ),
        ("owner", owner, ["", "", "not_allowed", "not_allowed", ""]),
        (
            "stranger",
            stranger,
            ["", "", "not_allowed", "not_allowed", "order_unknown"],
        ),
        (
            "display",
            display,
            ["", "", "not_allowed", "", "order_unknown"],
        ),
        ("barista", barista, ["", "", "", "", ""]),
        (
            "foreign",
            foreign,
            ["", "", "not_allowed", "not_allowed", "order_unknown"],
        ),
    ];
    let topics = [
        "shop/demo/board",
        "shop/demo/menu",
        "shop/demo/queue",
        "shop/demo/code",
        &order,
    ];
    for (name, person, expected) in table {
        let mut socket = Socket::hello(&at, &person).await;
        for (topic, code) in topics.iter().zip(expected) {
            let frame = socket.watch(topic).await;
            let got = frame["problem"]["code"].as_str().unwrap_or_default();
            assert_eq!(got, code, "{name} watches {topic}: {frame}");
            assert_eq!(frame["topic"], *topic);
        }
        assert_eq!(socket.refused("shop/nowhere/board").await, "shop_unknown");
    }
}

#[tokio::test]
async fn a_watcher_hears_of_a_change_and_resumes_from_the_version_it_saw() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let mut socket = Socket::hello(&at, &Person(None)).await;
    let snapshot = socket.watch("shop/demo/board").await;
    assert_eq!(snapshot["view"]["board"]["facts"]["open"], true);
    let close = server
        .post(&server.operator(), "/v1/shops/demo/close", json!({}))
        .await;
    assert_eq!(close.status, 200);
    let update = socket.hears().await;
    assert_eq!(
        (&update["t"], &update["prev"]),
        (&json!("update"), &snapshot["version"])
    );
    assert_eq!(update["change"]["board"]["facts"]["open"], false);
    let mut again = Socket::hello(&at, &Person(None)).await;
    let since = json!({ "t": "watch", "topic": "shop/demo/board", "since": snapshot["version"] });
    again.say(&since).await;
    assert_eq!(again.hears().await, update);
    again.say(&json!({ "t": "ping" })).await;
    assert_eq!(again.hears().await["t"], "pong");
}

#[tokio::test]
async fn a_socket_that_begins_wrongly_is_told_why_and_closed() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    for (first, code) in [
        (
            json!({ "t": "hello", "protocol": 0, "app": "old" }),
            "protocol",
        ),
        (
            json!({ "t": "hello", "protocol": 2, "app": "new" }),
            "server_too_old",
        ),
        (
            json!({ "t": "hello", "protocol": 1, "app": "a", "token": "x" }),
            "session",
        ),
        (
            json!({ "t": "watch", "topic": "shop/demo/board" }),
            "malformed",
        ),
        (json!("coffee"), "malformed"),
    ] {
        let mut socket = dial(&at, None).await.unwrap();
        socket.say(&first).await;
        assert_eq!(socket.bye().await, code, "{first}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_may_not_listen() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let own = format!("http://{}", at.address);
    assert!(dial(&at, Some(&own)).await.is_ok());
    assert!(dial(&at, Some("http://presso.example")).await.is_ok());
    for foreign in [
        "https://evil.example",
        "null",
        "http://presso.example.evil.example",
    ] {
        let refused = dial(&at, Some(foreign)).await.err().unwrap();
        assert!(
            matches!(refused, Error::Http(r) if r.status() == 403),
            "{foreign}"
        );
    }
}

#[tokio::test]
async fn a_session_that_is_not_renewed_ends_its_socket_and_a_renewed_one_goes_on() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let person = server.guest().await;
    let (mut idle, mut renewed) = (
        Socket::hello(&at, &person).await,
        Socket::hello(&at, &person).await,
    );
    server.clock.advance_ms(300_000);
    let fresh = server.guest().await;
    renewed
        .say(&json!({ "t": "reauth", "token": fresh.0 }))
        .await;
    assert_eq!(renewed.hears().await["t"], "reauthed");
    server.clock.advance_ms(300_000);
    assert_eq!(idle.bye().await, "session");
    renewed.say(&json!({ "t": "ping" })).await;
    assert_eq!(renewed.hears().await["t"], "pong");
}

#[tokio::test]
async fn a_session_that_was_ended_shows_its_socket_nothing_more() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let secret = server.link("demo", "barista").await;
    let tokens = server.redeem(&secret).await.tokens();
    let person = Person(Some(tokens.access));
    let mut watching = Socket::hello(&at, &person).await;
    assert_eq!(watching.watch("shop/demo/queue").await["t"], "snapshot");
    let mut asking = Socket::hello(&at, &person).await;
    let body = json!({ "refresh": tokens.refresh });
    let ended = server.post(&person, "/v1/session/end", body).await;
    assert_eq!(ended.status, 200);
    server.scanned(&server.guest().await).await;
    assert_eq!(watching.bye().await, "session", "woken by a change");
    let queue = json!({ "t": "watch", "topic": "shop/demo/queue" });
    asking.say(&queue).await;
    assert_eq!(asking.bye().await, "session", "asked for a topic");
}

#[tokio::test]
async fn beyond_their_share_sockets_are_refused_and_guests_before_staff() {
    let server = Server::start_with(|config| config.descriptors = 5).await;
    let at = listen(&server.app).await;
    let barista = server.staff("demo", "barista").await;
    let mut inside = Vec::new();
    for _ in 0..3 {
        inside.push(Socket::hello(&at, &Person(None)).await);
    }
    let mut fourth = dial(&at, None).await.unwrap();
    let hello = json!({ "t": "hello", "protocol": 1, "app": "test/1" });
    fourth.say(&hello).await;
    assert_eq!(fourth.bye().await, "overloaded");
    drop(fourth);
    // Its place is free once the server has seen it go.
    while server.app.room.enter().is_none() {
        tokio::task::yield_now().await;
    }
    inside.push(Socket::hello(&at, &barista).await);
    match dial(&at, None).await.err().unwrap() {
        Error::Http(refused) => {
            assert_eq!(refused.status(), 503);
            assert!(refused.headers().contains_key("retry-after"));
        }
        other => panic!("{other}"),
    }
    assert_eq!(server.get(&barista, "/v1/shops").await.status, 200);
}

#[tokio::test]
async fn a_server_that_stops_says_goodbye_to_every_socket() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let mut socket = Socket::hello(&at, &Person(None)).await;
    let Listening { stop, done, .. } = at;
    stop.send(()).unwrap();
    assert_eq!(socket.bye().await, "restarting");
    done.await.unwrap();
}
