//! Who is signed in, and is not any more.

use super::actors::{Person, Server};
use super::listening::{Socket, listen};
use presso_core::api::Tokens;
use serde_json::{Value, json};

async fn signed_in(server: &Server, shop: &str, link_for: &str) -> (Person, Tokens) {
    let secret = server.link(shop, link_for).await;
    let tokens = server.redeem(&secret).await.tokens();
    (Person(Some(tokens.access.clone())), tokens)
}

async fn listed(server: &Server, person: &Person, path: &str) -> Vec<Value> {
    let reply = server.get(person, path).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["sessions"].as_array().unwrap().clone()
}

const OF_DEMO: &str = "/v1/shops/demo/sessions";

#[tokio::test]
async fn a_manager_sees_who_is_signed_in_at_the_shop_and_nobody_else() {
    let server = Server::start().await;
    let (manager, _) = signed_in(&server, "demo", "manager").await;
    server.clock.advance_ms(1_000);
    let (_, barista) = signed_in(&server, "demo", "barista").await;
    signed_in(&server, "demo", "display").await;
    signed_in(&server, "other", "barista").await;
    server.guest().await;
    server.clock.advance_ms(1_000);
    let body = json!({ "refresh": barista.refresh });
    let renewed = server
        .post(&Person(None), "/v1/session/refresh", body)
        .await;
    assert_eq!(renewed.status, 200);
    let all = listed(&server, &manager, OF_DEMO).await;
    let seen: Vec<_> = all
        .iter()
        .map(|s| {
            (
                s["who"]["kind"].as_str().unwrap(),
                s["name"].as_str(),
                &s["current"],
            )
        })
        .collect();
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(
        seen,
        [
            ("staff", Some("Ada"), &no),
            ("display", None, &no),
            ("staff", Some("Ada"), &yes),
        ],
        "the one used last first"
    );
    let (began, used) = (&all[0]["began_at"], &all[0]["used_at"]);
    assert_eq!(used.as_i64().unwrap() - began.as_i64().unwrap(), 1_000);
    let text = json!(all).to_string();
    assert!(
        !text.contains("refresh") && !text.contains("access"),
        "{text}"
    );
}

#[tokio::test]
async fn a_manager_signs_a_tablet_out_and_its_open_socket_with_it() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let (manager, _) = signed_in(&server, "demo", "manager").await;
    let (barista, tokens) = signed_in(&server, "demo", "barista").await;
    let (other, _) = signed_in(&server, "demo", "barista").await;
    let mut socket = Socket::hello(&at, &barista).await;
    let mut stays = Socket::hello(&at, &other).await;
    let own = listed(&server, &barista, "/v1/me/sessions").await;
    let session = own[0]["session"].as_str().unwrap();
    let path = format!("{OF_DEMO}/{session}");
    let ended = server.send(&manager, "DELETE", &path, json!({})).await;
    assert_eq!(ended.status, 200, "{ended:?}");
    assert_eq!(socket.bye_at_once().await, "session");
    let asked = server.get(&barista, "/v1/shops/demo/orders").await;
    assert_eq!(asked.refused(), (401, "session".into()));
    let body = json!({ "refresh": tokens.refresh });
    let renewed = server
        .post(&Person(None), "/v1/session/refresh", body)
        .await;
    assert_eq!(renewed.refused(), (401, "session".into()));
    assert_eq!(listed(&server, &manager, OF_DEMO).await.len(), 2);
    stays.say(&json!({ "t": "ping" })).await;
    assert_eq!(stays.hears().await["t"], "pong");
    let again = server.send(&manager, "DELETE", &path, json!({})).await;
    assert_eq!(again.refused(), (404, "session_unknown".into()));
}

#[tokio::test]
async fn a_manager_ends_no_session_of_another_shop_or_of_a_customer() {
    let server = Server::start().await;
    let (manager, _) = signed_in(&server, "demo", "manager").await;
    let (foreign, _) = signed_in(&server, "other", "barista").await;
    let guest = server.guest().await;
    for person in [&foreign, &guest] {
        let own = listed(&server, person, "/v1/me/sessions").await;
        let path = format!("{OF_DEMO}/{}", own[0]["session"].as_str().unwrap());
        let reply = server.send(&manager, "DELETE", &path, json!({})).await;
        assert_eq!(reply.refused(), (404, "session_unknown".into()));
        assert_eq!(listed(&server, person, "/v1/me/sessions").await.len(), 1);
    }
    for odd in ["x", "..", "6f2c1a52"] {
        let path = format!("{OF_DEMO}/{odd}");
        let reply = server.send(&manager, "DELETE", &path, json!({})).await;
        assert_eq!(reply.status, 404, "{odd}");
    }
}

#[tokio::test]
async fn who_signs_out_everywhere_is_signed_out_here_too_and_nobody_else_is() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let (ada, bob) = (server.guest().await, server.guest().await);
    let mut socket = Socket::hello(&at, &ada).await;
    assert_eq!(listed(&server, &ada, "/v1/me/sessions").await.len(), 1);
    let out = server.post(&ada, "/v1/session/end-all", json!({})).await;
    assert_eq!(out.status, 200, "{out:?}");
    assert_eq!(socket.bye_at_once().await, "session");
    let asked = server.get(&ada, "/v1/me/sessions").await;
    assert_eq!(asked.refused(), (401, "session".into()));
    assert_eq!(listed(&server, &bob, "/v1/me/sessions").await.len(), 1);
}
