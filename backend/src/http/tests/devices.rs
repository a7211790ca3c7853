//! Devices that show a code and are let in.

use super::actors::{Person, Reply, Server};
use super::listening::{Socket, listen};
use presso_core::api::{DeviceFor, PairingAnswer, Who};
use serde_json::{Value, json};

const NOBODY: Person = Person(None);

async fn begins(server: &Server, wants: &str) -> PairingAnswer {
    let reply = server
        .post(&NOBODY, "/v1/devices", json!({ "for": wants }))
        .await;
    assert_eq!(reply.status, 201, "{reply:?}");
    serde_json::from_value(reply.json()).unwrap()
}

async fn asks(server: &Server, pairing: &PairingAnswer) -> Reply {
    let body = json!({ "device_code": pairing.device_code });
    server.post(&NOBODY, "/v1/devices/token", body).await
}

async fn approves(server: &Server, person: &Person, shop: &str, body: Value) -> Reply {
    server
        .post(person, &format!("/v1/shops/{shop}/devices"), body)
        .await
}

fn shown(pairing: &PairingAnswer) -> Value {
    json!({ "user_code": pairing.user_code })
}

#[tokio::test]
async fn a_display_shows_a_code_and_is_let_in_once_the_manager_has_said_yes() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let pairing = begins(&server, "display").await;
    let waits = asks(&server, &pairing).await;
    assert_eq!(waits.refused(), (400, "authorization_pending".into()));
    assert_eq!(waits.headers["retry-after"], "5");
    let typed = pairing.user_code.to_lowercase().replace('-', " ");
    let body = json!({ "user_code": typed });
    let reply = approves(&server, &manager, "demo", body).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.json(), json!({ "for": "display" }));
    server.clock.advance_ms(5_000);
    let tokens = asks(&server, &pairing).await.tokens();
    assert!(matches!(&tokens.who, Who::Display { shop } if shop.as_str() == "demo"));
    let display = Person(Some(tokens.access));
    assert_eq!(
        server.get(&display, "/v1/shops/demo/code").await.status,
        200
    );
    assert_eq!(
        server.get(&display, "/v1/shops/demo/orders").await.status,
        403
    );
    server.clock.advance_ms(5_000);
    let again = asks(&server, &pairing).await;
    assert_eq!(again.refused(), (400, "expired_token".into()));
}

#[tokio::test]
async fn a_tablet_is_let_in_under_its_baristas_name_and_as_no_more_than_a_barista() {
    let server = Server::start().await;
    let pairing = begins(&server, "barista").await;
    let operator = server.operator();
    let nameless = approves(&server, &operator, "demo", shown(&pairing)).await;
    assert_eq!(nameless.refused(), (422, "bad_name".into()));
    let body = json!({ "user_code": pairing.user_code, "name": " Ada " });
    let reply = approves(&server, &operator, "demo", body).await;
    assert_eq!(reply.status, 200, "a name can be put right: {reply:?}");
    let tokens = asks(&server, &pairing).await.tokens();
    assert_eq!(tokens.name.as_deref(), Some("Ada"));
    let tablet = Person(Some(tokens.access));
    assert_eq!(
        server.get(&tablet, "/v1/shops/demo/orders").await.status,
        200
    );
    assert_eq!(
        server.get(&tablet, "/v1/shops/demo/settings").await.status,
        403
    );
    let more = json!({ "for": "manager" });
    let reply = server.post(&NOBODY, "/v1/devices", more).await;
    assert_eq!(reply.refused(), (422, "invalid_field".into()));
}

#[tokio::test]
async fn only_who_runs_a_shop_lets_a_device_in_and_only_there() {
    let server = Server::start().await;
    let pairing = begins(&server, "display").await;
    for person in [
        NOBODY,
        server.guest().await,
        server.staff("demo", "display").await,
        server.staff("demo", "barista").await,
        server.staff("other", "manager").await,
    ] {
        let reply = approves(&server, &person, "demo", shown(&pairing)).await;
        assert!([401, 403].contains(&reply.status), "{reply:?}");
    }
    let waits = asks(&server, &pairing).await;
    assert_eq!(waits.refused(), (400, "authorization_pending".into()));
    let manager = server.staff("demo", "manager").await;
    for odd in ["", "BCDF-GHJK", "x", "ABCD-EFGH"] {
        let reply = approves(&server, &manager, "demo", json!({ "user_code": odd })).await;
        assert_eq!(reply.refused(), (404, "device_unknown".into()), "{odd}");
    }
}

#[tokio::test]
async fn a_device_that_asks_too_often_or_too_late_is_told_so() {
    let server = Server::start().await;
    let pairing = begins(&server, "display").await;
    asks(&server, &pairing).await;
    server.clock.advance_ms(1_000);
    let hasty = asks(&server, &pairing).await;
    assert_eq!(hasty.refused(), (400, "slow_down".into()));
    server.clock.advance_ms(600_000);
    let late = asks(&server, &pairing).await;
    assert_eq!(late.refused(), (400, "expired_token".into()));
    let reply = approves(&server, &server.operator(), "demo", shown(&pairing)).await;
    assert_eq!(reply.refused(), (404, "device_unknown".into()));
    for odd in ["", "x", &"A".repeat(43), &pairing.user_code] {
        let body = json!({ "device_code": odd });
        let reply = server.post(&NOBODY, "/v1/devices/token", body).await;
        assert_eq!(reply.refused(), (400, "expired_token".into()), "{odd}");
    }
}

#[tokio::test]
async fn a_paired_device_is_listed_and_off_within_two_seconds_of_being_put_out() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let manager = server.staff("demo", "manager").await;
    let pairing = begins(&server, "display").await;
    approves(&server, &manager, "demo", shown(&pairing)).await;
    let display = Person(Some(asks(&server, &pairing).await.tokens().access));
    let mut socket = Socket::hello(&at, &display).await;
    assert_eq!(socket.watch("shop/demo/code").await["t"], "snapshot");
    let listed = server.get(&manager, "/v1/shops/demo/sessions").await.json();
    let sessions = listed["sessions"].as_array().unwrap();
    let own = sessions
        .iter()
        .find(|s| s["who"]["kind"] == "display")
        .unwrap();
    let path = format!(
        "/v1/shops/demo/sessions/{}",
        own["session"].as_str().unwrap()
    );
    let ended = server.send(&manager, "DELETE", &path, json!({})).await;
    assert_eq!(ended.status, 200, "{ended:?}");
    let within = std::time::Duration::from_secs(2);
    let told = tokio::time::timeout(within, socket.bye()).await;
    assert_eq!(told.expect("it is told at once"), "session");
}

#[test]
fn a_device_asks_for_no_more_than_it_needs() {
    let all = [DeviceFor::Display, DeviceFor::Barista].map(|wants| json!(wants));
    assert_eq!(all, [json!("display"), json!("barista")]);
}
