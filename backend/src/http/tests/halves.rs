//! What was written is told, whatever becomes of who asked; and what is asked slowly is asked by
//! who may at its end.

use super::actors::{Person, Reply, Server};
use super::listening::{Socket, listen};
use axum::body::{Body, Bytes};
use axum::http::{Request, header};
use futures_util::FutureExt;
use presso_core::api::{InvitedAnswer, Tokens};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

const STAFF: &str = "/v1/shops/demo/staff";

/// Somebody who came in, and where they are named.
async fn member(server: &Server, role: &str) -> (Person, Tokens, String) {
    let body = json!({ "name": "Bo", "role": role });
    let invited = server.post(&server.operator(), STAFF, body).await.json();
    let invited: InvitedAnswer = serde_json::from_value(invited).unwrap();
    let secret = invited.link.split_once("#k=").unwrap().1.to_owned();
    let tokens = server.redeem(&secret).await.tokens();
    let path = format!("{STAFF}/{}", invited.staff);
    (Person(Some(tokens.access.clone())), tokens, path)
}

fn request(by: &Person, method: &str, path: &str, body: &Value) -> Request<Body> {
    let request = by
        .request(method, path)
        .header(header::CONTENT_TYPE, "application/json");
    request.body(Body::from(body.to_string())).unwrap()
}

/// Asks and hangs up before there can be an answer; then it is on disk all the same.
async fn asks_and_hangs_up(server: &Server, by: &Person, method: &str, path: &str, body: Value) {
    let asked = server.ask(request(by, method, path, &body)).now_or_never();
    assert!(asked.is_none(), "answered before it was on disk: {asked:?}");
    server.app.engine.write(|_| Ok(())).await.unwrap();
}

#[tokio::test]
async fn who_is_removed_by_somebody_who_hangs_up_is_out_all_the_same() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let at = listen(&server.app).await;
    let (bo, _, path) = member(&server, "barista").await;
    let mut socket = Socket::hello(&at, &bo).await;
    asks_and_hangs_up(&server, &manager, "DELETE", &path, json!({})).await;
    let asked = server.get(&bo, "/v1/shops/demo/orders").await;
    assert_eq!(asked.refused(), (401, "session".into()));
    assert_eq!(socket.bye_at_once().await, "session");
    // And asked again it is done: whoever lost the answer may repeat.
    let again = server.send(&manager, "DELETE", &path, json!({})).await;
    assert_eq!(again.status, 200, "{again:?}");
}

#[tokio::test]
async fn each_that_ends_or_changes_a_session_is_told_when_its_asker_hung_up() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let (bo, _, path) = member(&server, "manager").await;
    let barista = json!({ "role": "barista" });
    asks_and_hangs_up(&server, &manager, "PUT", &path, barista).await;
    let asked = server.get(&bo, "/v1/shops/demo/settings").await;
    assert_eq!(asked.status, 401, "it says more than they may");

    let (cy, _, _) = member(&server, "barista").await;
    let own = server.get(&cy, "/v1/me/sessions").await.json();
    let session = own["sessions"][0]["session"].as_str().unwrap().to_owned();
    let path = format!("/v1/shops/demo/sessions/{session}");
    asks_and_hangs_up(&server, &manager, "DELETE", &path, json!({})).await;
    assert_eq!(server.get(&cy, "/v1/me/sessions").await.status, 401);

    let (dee, tokens, _) = member(&server, "barista").await;
    let body = json!({ "refresh": tokens.refresh });
    asks_and_hangs_up(&server, &Person(None), "POST", "/v1/session/end", body).await;
    assert_eq!(server.get(&dee, "/v1/me/sessions").await.status, 401);

    let (eli, _, _) = member(&server, "barista").await;
    asks_and_hangs_up(&server, &eli, "POST", "/v1/session/end-all", json!({})).await;
    assert_eq!(server.get(&eli, "/v1/me/sessions").await.status, 401);

    let guest = server.guest().await;
    asks_and_hangs_up(&server, &guest, "DELETE", "/v1/me", json!({})).await;
    assert_eq!(server.get(&guest, "/v1/me/sessions").await.status, 401);
}

/// Of two who give one person another role, who is told last is who wrote last.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_many_changes_of_role_at_once_memory_says_what_the_disk_says() {
    let server = Arc::new(Server::start().await);
    let (_, _, path) = member(&server, "barista").await;
    let operator = server.operator();
    for round in 0..20 {
        let ask = |role: &'static str| {
            let (server, operator, path) = (Arc::clone(&server), operator.clone(), path.clone());
            tokio::spawn(async move {
                let body = json!({ "role": role });
                server.send(&operator, "PUT", &path, body).await.status
            })
        };
        let asked: Vec<_> = (0..4)
            .flat_map(|_| [ask("manager"), ask("barista")])
            .collect();
        for asked in asked {
            assert_eq!(asked.await.unwrap(), 200);
        }
        let link = server
            .post(&operator, &format!("{path}/link"), json!({}))
            .await
            .json();
        let link = link["link"].as_str().unwrap();
        let secret = link.split_once("#k=").unwrap().1.to_owned();
        let tokens = server.redeem(&secret).await.tokens();
        let asked = server
            .get(&Person(Some(tokens.access)), "/v1/me/sessions")
            .await;
        assert_eq!(
            asked.status, 200,
            "round {round}: the role on disk is refused in memory"
        );
    }
}

/// Begins to ask; the rest of the body comes when it is told to.
struct Slowly {
    rest: mpsc::Sender<Result<Bytes, std::io::Error>>,
    answer: tokio::task::JoinHandle<Reply>,
}

impl Slowly {
    /// Whoever asks has been let in by the time this returns: the body is read.
    async fn ask(server: &Arc<Server>, by: &Person, method: &str, path: &str) -> Self {
        let (rest, mut chunks) = mpsc::channel(1);
        let (read, reads) = oneshot::channel();
        let mut read = Some(read);
        let body = Body::from_stream(futures_util::stream::poll_fn(move |context| {
            read.take().map(|read| read.send(()));
            chunks.poll_recv(context)
        }));
        let request = by
            .request(method, path)
            .header(
                crate::http::IDEMPOTENCY_KEY,
                uuid::Uuid::new_v4().to_string(),
            )
            .header(header::CONTENT_TYPE, "application/json");
        let request = request.body(body).unwrap();
        let server = Arc::clone(server);
        let answer = tokio::spawn(async move { server.ask(request).await });
        reads.await.unwrap();
        Self { rest, answer }
    }
    async fn says(self, body: Value) -> Reply {
        self.rest.send(Ok(body.to_string().into())).await.unwrap();
        drop(self.rest);
        self.answer.await.unwrap()
    }
}

#[tokio::test]
async fn a_slow_body_does_not_outlive_the_role_of_who_sends_it() {
    let server = Arc::new(Server::start().await);
    let operator = server.operator();
    let settings = server
        .get(&operator, "/v1/shops/demo/settings")
        .await
        .json();
    let hook = json!({ "kind": "webhook", "url": "https://hooks.example.org/coffee" });
    let rule = json!({ "pattern": { "type": ["x"] }, "target": hook });
    let cases = [
        ("POST", STAFF, json!({ "name": "Eve", "role": "manager" })),
        (
            "POST",
            "/v1/shops/demo/links",
            json!({ "for": "manager", "name": "Eve" }),
        ),
        ("PUT", "/v1/shops/demo/settings", settings),
        ("PUT", "/v1/shops/demo/rules/hook", rule),
        ("POST", "/v1/shops/demo/sources", json!({ "source": "eve" })),
        ("POST", "/v1/shops/demo/close", json!({})),
    ];
    for (method, path, body) in cases {
        let (bo, _, named) = member(&server, "manager").await;
        let slow = Slowly::ask(&server, &bo, method, path).await;
        let before = server.version();
        let out = server.send(&operator, "DELETE", &named, json!({})).await;
        assert_eq!(out.status, 200);
        let reply = slow.says(body).await;
        assert_eq!(reply.refused(), (401, "session".into()), "{method} {path}");
        assert_eq!(server.version(), before, "{method} {path}");
    }
    let staff = server.get(&operator, STAFF).await.json();
    assert_eq!(
        staff["staff"],
        json!([]),
        "nobody let in a friend on the way out"
    );
}
