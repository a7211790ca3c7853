//! Web push: who may subscribe with what, what is kept of it and for how long, and that nothing is
//! lost between a commit and its reading.

use super::actors::{Person, Reply, Server};
use crate::push::{self, Rules};
use presso_core::api::Tokens;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const KEY: &str =
    "BLn9b-VR0ca83knDNZ32dCHGyjJp-1riX9ZTN40MqV8K_LpQmLqxC_DoHvqvFXO_nGdAB4W9dogZb_sM-uV4JbY";

fn browser(endpoint: &str) -> Value {
    json!({ "endpoint": endpoint, "p256dh": KEY, "auth": "_ordMnz7uTCmrpBTeUV4Bw" })
}

async fn subscribe(server: &Server, person: &Person, body: Value) -> Reply {
    server
        .send(person, "PUT", "/v1/shops/demo/push", body)
        .await
}

async fn count(server: &Server, table: &'static str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    let count = move |db: &rusqlite::Connection| db.query_row(&sql, [], |row| row.get(0));
    let asked = server.app.reader.query(count);
    asked.await.unwrap()
}

#[tokio::test]
async fn customers_subscribe_and_nobody_else() {
    let server = Server::start().await;
    let people = [
        (Person(None), 401),
        (server.guest().await, 200),
        (server.staff("demo", "display").await, 403),
        (server.staff("demo", "barista").await, 403),
        (server.staff("demo", "manager").await, 403),
        (server.operator(), 403),
    ];
    for (person, status) in people {
        assert_eq!(server.get(&person, "/v1/push/key").await.status, 200);
        let body = browser("https://push.example.org/a");
        assert_eq!(subscribe(&server, &person, body).await.status, status);
        let gone = server.send(&person, "DELETE", "/v1/push", json!({})).await;
        assert_eq!(gone.status, status);
    }
    let guest = server.guest().await;
    let body = browser("https://push.example.org/a");
    let nowhere = server.send(&guest, "PUT", "/v1/shops/nowhere/push", body);
    assert_eq!(nowhere.await.status, 404);
    assert_eq!(count(&server, "push").await, 0);
}

#[tokio::test]
async fn what_leads_into_the_operators_own_network_is_refused() {
    let server = Server::start().await;
    let guest = server.guest().await;
    for endpoint in [
        "https://10.0.0.7/a",
        "https://127.0.0.1/a",
        "https://[fd00::1]/a",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/a",
        "https://printer.local/a",
        "http://push.example.org/a",
        "https://push.example.org:22/a",
    ] {
        let reply = subscribe(&server, &guest, browser(endpoint)).await;
        let problem = reply.problem();
        assert_eq!(
            (problem.status, problem.field.as_deref()),
            (422, Some("endpoint"))
        );
    }
    let mut body = browser("https://push.example.org/a");
    body["p256dh"] = json!("AAAA");
    let problem = subscribe(&server, &guest, body).await.problem();
    assert_eq!(problem.field.as_deref(), Some("p256dh"));
    assert_eq!(count(&server, "push").await, 0);
}

#[tokio::test]
async fn a_subscription_is_replaced_by_the_next_and_goes_with_its_session() {
    let server = Server::start().await;
    let begun = server
        .post(&Person(None), "/v1/session/guest", json!({}))
        .await;
    let tokens: Tokens = begun.tokens();
    let guest = Person(Some(tokens.access));
    for endpoint in ["https://push.example.org/a", "https://push.example.org/b"] {
        assert_eq!(
            subscribe(&server, &guest, browser(endpoint)).await.status,
            200
        );
    }
    let other = server.send(
        &guest,
        "PUT",
        "/v1/shops/other/push",
        browser("https://a.example/b"),
    );
    assert_eq!(other.await.status, 200);
    assert_eq!(count(&server, "push").await, 2, "one of each shop");
    let body = json!({ "refresh": tokens.refresh });
    let ended = server.post(&Person(None), "/v1/session/end", body).await;
    assert_eq!((ended.status, count(&server, "push").await), (200, 0));
    let late = subscribe(&server, &guest, browser("https://push.example.org/a")).await;
    assert_eq!((late.status, count(&server, "push").await), (401, 0));
}

#[tokio::test]
async fn a_subscription_goes_when_its_session_expires() {
    let server = Server::start().await;
    let guest = server.guest().await;
    let body = browser("https://push.example.org/a");
    assert_eq!(subscribe(&server, &guest, body).await.status, 200);
    server.clock.advance_ms(31 * 86_400_000);
    server.guest().await; // what is over goes with a write that happens anyway
    assert_eq!(count(&server, "push").await, 0);
}

#[tokio::test]
async fn one_session_is_subscribed_at_eight_shops_at_the_most() {
    let server = Server::start().await;
    let (operator, guest) = (server.operator(), server.guest().await);
    for n in 0..10 {
        let shop = format!("shop-{n}");
        let made = server
            .post(&operator, "/v1/shops", json!({ "shop": shop }))
            .await;
        assert_eq!(made.status, 201, "{made:?}");
        server.clock.advance_ms(1);
        let path = format!("/v1/shops/{shop}/push");
        let body = browser("https://push.example.org/a");
        assert_eq!(server.send(&guest, "PUT", &path, body).await.status, 200);
    }
    assert_eq!(count(&server, "push").await, 8);
    let newest = server.app.reader.query(|db| {
        db.query_row(
            "SELECT count(*) FROM push WHERE shop = 'shop-9'",
            [],
            |row| row.get::<_, i64>(0),
        )
    });
    assert_eq!(
        newest.await.unwrap(),
        1,
        "the one not renewed for longest went"
    );
}

#[tokio::test]
async fn what_was_committed_while_nobody_read_on_is_told_once_somebody_does() {
    let server = Server::start_with(|config| config.push = Rules { loopback: true }).await;
    let (guest, barista) = (server.guest().await, server.staff("demo", "barista").await);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/a", listener.local_addr().unwrap());
    assert_eq!(
        subscribe(&server, &guest, browser(&endpoint)).await.status,
        200
    );
    let order = server.scanned(&guest).await;
    let path = format!("/v1/orders/{order}/cancel");
    let reply = server
        .post(&barista, &path, json!({ "reason": "closing" }))
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
    // Nothing ran so far that reads the journal: as after a crash right behind the commit.
    assert_eq!(count(&server, "push_due").await, 0);
    let courier = tokio::spawn(push::run(server.app.clone()));
    let limit = std::time::Duration::from_secs(20);
    let accepted = tokio::time::timeout(limit, listener.accept()).await;
    let (mut stream, _) = accepted.expect("it is told").unwrap();
    let mut head = [0; 14];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"POST /a HTTP/1");
    assert_eq!(
        count(&server, "push_due").await,
        1,
        "on disk until it is taken"
    );
    let taken = b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n";
    stream.write_all(taken).await.unwrap();
    let settled = async {
        while count(&server, "push_due").await > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(limit, settled)
        .await
        .expect("it is done");
    server.app.begin_stop();
    courier.await.unwrap();
}
