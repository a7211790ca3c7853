//! Changing hands at one tablet: by a PIN, each under their own name.

use presso_core::api::LinkFor;
use presso_tests::pins::Seat;
use presso_tests::server::{self, Server};
use serde_json::{Value, json};
use std::time::Duration;

async fn ada_and_bo(server: &Server) -> (Seat, Seat) {
    let ada = Seat::by_link(server, &server.link(LinkFor::Manager, "Ada").await).await;
    let bo = Seat::by_link(server, &server.link(LinkFor::Barista, "Bo").await).await;
    assert_eq!(bo.sets(server, "2580", None).await.status, 200);
    (ada, bo)
}

#[tokio::test(flavor = "current_thread")]
async fn a_barista_comes_in_at_a_colleague_s_tablet_and_the_journal_names_who_tapped() {
    let server = Server::start(server::settings()).await;
    let (ada, bo) = ada_and_bo(&server).await;
    let asked = "/v1/shops/demo/colleagues";
    let listed = ada.asks(&server, "GET", asked, &Value::Null).await;
    let colleagues = listed.body["colleagues"].clone();
    let only_bo = json!([{ "staff": bo.staff(), "name": "Bo", "current": false }]);
    assert_eq!(colleagues, only_bo, "who has no PIN is not offered");
    let reply = ada.switches(&server, &bo.staff(), "2580").await;
    assert_eq!(reply.text("name"), "Bo");
    let here = Seat::of(&reply);
    assert_eq!(here.who["staff"], bo.who["staff"]);
    assert_eq!(here.who["tablet"], ada.who["tablet"], "at Ada's tablet");
    assert_eq!(here.who["by_pin"], true);

    let guest = server.guest("Zoe").await;
    let code = server.operator().code().await;
    let order = guest.orders(&code, "espresso", &[]).await.order;
    let claim = format!("/v1/orders/{order}/claim");
    let raw = presso_tests::raw::post(&guest, &claim, &json!({}));
    let by = |token: &str| presso_tests::raw::Raw {
        token: Some(token.to_owned()),
        ..presso_tests::raw::post(&guest, &claim, &json!({}))
    };
    assert_eq!(raw.send(&server).await.status, 403);
    let claimed = by(&here.access).send(&server).await;
    assert_eq!(claimed.body["order"]["claim"]["name"], "Bo", "{claimed:?}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_pin_lets_in_as_a_barista_for_a_shift_however_often_the_session_is_renewed() {
    let server = Server::start(server::settings()).await;
    let (ada, bo) = ada_and_bo(&server).await;
    assert_eq!(ada.sets(&server, "1397", None).await.status, 200);
    let here = Seat::of(&bo.switches(&server, &ada.staff(), "1397").await);
    assert_eq!(here.who["role"], "barista", "Ada is a manager");
    let path = "/v1/shops/demo/staff";
    let staff = here.asks(&server, "GET", path, &Value::Null).await;
    assert_eq!(staff.status, 403);
    server.clock.push(Duration::from_secs(11 * 3600));
    let renewed = Seat::of(&here.renews(&server).await);
    assert!(renewed.is_in(&server).await);
    server.clock.push(Duration::from_secs(3600));
    let late = renewed.renews(&server).await;
    assert_eq!((late.status, late.text("code")), (401, "session"));
    let own = Seat::of(&bo.renews(&server).await);
    assert!(own.is_in(&server).await, "the tablet's own goes on");
}

#[tokio::test(flavor = "current_thread")]
async fn a_role_that_changes_leaves_who_came_by_pin_a_barista_and_signed_in() {
    let server = Server::start(server::settings()).await;
    let (ada, bo) = ada_and_bo(&server).await;
    let here = Seat::of(&ada.switches(&server, &bo.staff(), "2580").await);
    let path = format!("/v1/shops/demo/staff/{}", bo.staff());
    let promoted = ada
        .asks(&server, "PUT", &path, &json!({ "role": "manager" }))
        .await;
    assert_eq!(promoted.status, 200, "{promoted:?}");
    assert!(here.is_in(&server).await);
    let renewed = Seat::of(&here.renews(&server).await);
    assert_eq!(renewed.who["role"], "barista");
    assert_eq!(Seat::of(&bo.renews(&server).await).who["role"], "manager");
}

#[tokio::test(flavor = "current_thread")]
async fn a_pin_is_changed_by_who_knows_it_and_taken_away_by_a_manager() {
    let server = Server::start(server::settings()).await;
    let (ada, bo) = ada_and_bo(&server).await;
    for (pin, current, code) in [
        ("123", None, "pin_malformed"),
        ("1234", Some("2580"), "pin_easy"),
        ("7391", None, "pin_wrong"),
        ("7391", Some("2581"), "pin_wrong"),
        ("7391", Some("x"), "pin_malformed"),
    ] {
        let reply = bo.sets(&server, pin, current).await;
        assert_eq!(reply.text("code"), code, "{reply:?}");
    }
    assert_eq!(bo.sets(&server, "7391", Some("2580")).await.status, 200);
    let check = json!({ "pin": "7391" });
    let mine = bo.asks(&server, "POST", "/v1/me/pin", &check).await;
    assert_eq!(mine.status, 200);
    let old = ada.switches(&server, &bo.staff(), "2580").await;
    assert_eq!(old.text("code"), "pin_wrong");
    let path = format!("/v1/shops/demo/staff/{}/pin", bo.staff());
    let forbidden = bo.asks(&server, "DELETE", &path, &Value::Null).await;
    assert_eq!(forbidden.status, 403);
    let cleared = ada.asks(&server, "DELETE", &path, &Value::Null).await;
    assert_eq!(cleared.status, 200);
    let unset = ada.switches(&server, &bo.staff(), "7391").await;
    assert_eq!((unset.status, unset.text("code")), (409, "pin_unset"));
    assert_eq!(bo.sets(&server, "8642", None).await.status, 200);
}
