//! A stolen tablet, and colleagues who try each other's PINs.

use futures::future::join_all;
use presso_backend::identity::pin::{PIN_TRIES, PIN_TRIES_IN_ALL};
use presso_core::api::LinkFor;
use presso_tests::pins::Seat;
use presso_tests::server::{self, Server};
use serde_json::{Value, json};

struct Scene {
    server: Server,
    manager: Seat,
    bo: Seat,
    eve: Seat,
}

impl Scene {
    async fn set() -> Self {
        let server = Server::start_with(server::settings(), |_| ()).await;
        let comes =
            async |link_for, name| Seat::by_link(&server, &server.link(link_for, name).await).await;
        let manager = comes(LinkFor::Manager, "Max").await;
        let bo = comes(LinkFor::Barista, "Bo").await;
        let eve = comes(LinkFor::Barista, "Eve").await;
        assert_eq!(bo.sets(&server, "2580", None).await.status, 200);
        Self {
            server,
            manager,
            bo,
            eve,
        }
    }
    /// Eve tries Bo's PIN at some tablet; what she is told.
    async fn tries(&self, at: &Seat, pin: &str) -> String {
        let reply = at.switches(&self.server, &self.bo.staff(), pin).await;
        match reply.status {
            200 => "in".to_owned(),
            _ => reply.text("code").to_owned(),
        }
    }
    async fn another_tablet(&self) -> Seat {
        let link = self.server.link(LinkFor::Barista, "Eve").await;
        Seat::by_link(&self.server, &link).await
    }
}

#[tokio::test(flavor = "current_thread")]
async fn of_many_guesses_at_once_five_are_compared_and_then_the_right_one_is_none() {
    let scene = Scene::set().await;
    let pins: Vec<String> = (0..40).map(|nth| format!("{:04}", 3001 + nth)).collect();
    let told = join_all(pins.iter().map(|pin| scene.tries(&scene.eve, pin))).await;
    let compared = told.iter().filter(|told| *told == "pin_wrong").count();
    assert_eq!(compared, PIN_TRIES as usize, "{told:?}");
    assert_eq!(told.iter().filter(|told| *told == "pin_locked").count(), 35);
    assert_eq!(scene.tries(&scene.eve, "2580").await, "pin_locked");
    // At another tablet Bo comes in; the locked one stays so.
    let other = scene.another_tablet().await;
    assert_eq!(scene.tries(&other, "2580").await, "in");
    assert_eq!(scene.tries(&scene.eve, "2580").await, "pin_locked");
    let path = format!("/v1/shops/demo/staff/{}/pin", scene.bo.staff());
    let lifted = scene
        .manager
        .asks(&scene.server, "DELETE", &path, &Value::Null)
        .await;
    assert_eq!(lifted.status, 200);
    assert_eq!(scene.bo.sets(&scene.server, "7391", None).await.status, 200);
    assert_eq!(scene.tries(&scene.eve, "7391").await, "in");
}

#[tokio::test(flavor = "current_thread")]
async fn many_tablets_give_fifteen_guesses_and_one_s_own_link_lifts_the_lock() {
    let scene = Scene::set().await;
    let mut compared = 0;
    for _ in 0..5 {
        let tablet = scene.another_tablet().await;
        for pin in ["3001", "3002", "3003", "3004", "3005"] {
            compared += u32::from(scene.tries(&tablet, pin).await == "pin_wrong");
        }
    }
    assert_eq!(compared, PIN_TRIES_IN_ALL);
    assert_eq!(scene.tries(&scene.eve, "2580").await, "pin_locked");
    let path = format!("/v1/shops/demo/staff/{}/link", scene.bo.staff());
    let link = scene
        .manager
        .asks(&scene.server, "POST", &path, &json!({}))
        .await;
    Seat::by_link(&scene.server, link.text("link")).await;
    assert_eq!(scene.tries(&scene.eve, "2580").await, "in");
}

#[tokio::test(flavor = "current_thread")]
async fn no_other_route_tells_more_often_whether_a_pin_is_right() {
    let scene = Scene::set().await;
    let here = Seat::of(
        &scene
            .eve
            .switches(&scene.server, &scene.bo.staff(), "2580")
            .await,
    );
    let check = async |pin: &str| {
        let body = json!({ "pin": pin });
        let reply = here.asks(&scene.server, "POST", "/v1/me/pin", &body).await;
        reply.text("code").to_owned()
    };
    assert_eq!(check("3001").await, "pin_wrong");
    assert_eq!(check("3002").await, "pin_wrong");
    let set = here.sets(&scene.server, "9753", Some("3003")).await;
    assert_eq!(set.text("code"), "pin_wrong");
    assert_eq!(scene.tries(&scene.eve, "3004").await, "pin_wrong");
    assert_eq!(check("3005").await, "pin_wrong");
    assert_eq!(
        check("2580").await,
        "pin_locked",
        "all of them count together"
    );
    let set = here.sets(&scene.server, "9753", Some("2580")).await;
    assert_eq!(set.text("code"), "pin_locked");
}

#[tokio::test(flavor = "current_thread")]
async fn a_tablet_that_is_put_out_takes_everybody_along_who_came_in_by_pin() {
    let scene = Scene::set().await;
    let (server, eve) = (&scene.server, &scene.eve);
    let here = Seat::of(&eve.switches(server, &scene.bo.staff(), "2580").await);
    let path = "/v1/shops/demo/sessions";
    let listed = scene.manager.asks(server, "GET", path, &Value::Null).await;
    let sessions = listed.body["sessions"].as_array().expect("a list");
    let of_bo = |one: &&Value| one["who"]["by_pin"] == true;
    let by_pin = sessions.iter().find(of_bo).expect("it is listed");
    let path = format!("{path}/{}", by_pin["session"].as_str().expect("a name"));
    let ended = scene
        .manager
        .asks(server, "DELETE", &path, &Value::Null)
        .await;
    assert_eq!(ended.status, 200);
    for out in [&here, eve] {
        assert!(!out.is_in(server).await, "an access token is about");
        assert_eq!(out.renews(server).await.status, 401);
    }
    assert!(scene.bo.is_in(server).await, "Bo's own tablet is elsewhere");
}

#[tokio::test(flavor = "current_thread")]
async fn who_is_removed_takes_along_what_was_begun_at_their_tablet() {
    let scene = Scene::set().await;
    let (server, eve) = (&scene.server, &scene.eve);
    let at_eves = Seat::of(&eve.switches(server, &scene.bo.staff(), "2580").await);
    let path = format!("/v1/shops/demo/staff/{}", eve.staff());
    let removed = scene
        .manager
        .asks(server, "DELETE", &path, &Value::Null)
        .await;
    assert_eq!(removed.status, 200);
    assert!(!at_eves.is_in(server).await, "Eve still holds the tablet");
    assert!(scene.bo.is_in(server).await);
    // And who is removed comes in nowhere, by whatever PIN.
    let max = &scene.manager;
    let path = format!("/v1/shops/demo/staff/{}", scene.bo.staff());
    assert_eq!(
        max.asks(server, "DELETE", &path, &Value::Null).await.status,
        200
    );
    assert_eq!(scene.tries(max, "2580").await, "staff_unknown");
}

#[tokio::test(flavor = "current_thread")]
async fn signing_a_tablet_out_ends_what_was_begun_at_it() {
    let scene = Scene::set().await;
    let (server, eve) = (&scene.server, &scene.eve);
    let here = Seat::of(&eve.switches(server, &scene.bo.staff(), "2580").await);
    let body = json!({ "refresh": eve.refresh });
    let out = eve.asks(server, "POST", "/v1/session/end", &body).await;
    assert_eq!(out.status, 200);
    assert!(!here.is_in(server).await);
}

#[tokio::test(flavor = "current_thread")]
async fn who_came_in_by_a_pin_lets_nobody_else_in_and_no_shop_s_staff_another_s() {
    let scene = Scene::set().await;
    let server = &scene.server;
    let here = Seat::of(&scene.eve.switches(server, &scene.bo.staff(), "2580").await);
    let on = here.switches(server, &scene.bo.staff(), "2580").await;
    assert_eq!((on.status, on.text("code")), (403, "not_allowed"));
    let made =
        presso_tests::raw::post(&server.operator(), "/v1/shops", &json!({ "shop": "other" }));
    assert_eq!(made.send(server).await.status, 201);
    let body = json!({ "for": "barista", "name": "Mo" });
    let links = presso_tests::raw::post(&server.operator(), "/v1/shops/other/links", &body);
    let mo = Seat::by_link(server, links.send(server).await.text("link")).await;
    assert_eq!(scene.tries(&mo, "2580").await, "staff_unknown");
}

#[tokio::test(flavor = "current_thread")]
async fn a_pin_that_is_taken_away_takes_along_who_came_in_by_it_and_nobody_sets_the_next_from_there()
 {
    let scene = Scene::set().await;
    let (server, eve) = (&scene.server, &scene.eve);
    let here = Seat::of(&eve.switches(server, &scene.bo.staff(), "2580").await);
    let path = format!("/v1/shops/demo/staff/{}/pin", scene.bo.staff());
    let taken = scene
        .manager
        .asks(server, "DELETE", &path, &Value::Null)
        .await;
    assert_eq!(taken.status, 200);
    assert_eq!(here.sets(server, "9753", None).await.status, 401);
    assert!(!here.is_in(server).await, "an access token is about");
    assert_eq!(here.renews(server).await.status, 401);
    // Who owns the tablet goes on, and so does Bo elsewhere.
    assert!(eve.is_in(server).await && scene.bo.is_in(server).await);
}

#[tokio::test(flavor = "current_thread")]
async fn a_pin_that_is_changed_ends_what_the_old_one_began_elsewhere() {
    let scene = Scene::set().await;
    let (server, eve) = (&scene.server, &scene.eve);
    let there = Seat::of(&eve.switches(server, &scene.bo.staff(), "2580").await);
    let changed = scene.bo.sets(server, "9753", Some("2580")).await;
    assert_eq!(changed.status, 200);
    assert!(!there.is_in(server).await, "an access token is about");
    assert_eq!(there.renews(server).await.status, 401);
    assert!(scene.bo.is_in(server).await);
}

#[tokio::test(flavor = "current_thread")]
async fn four_digits_sign_nobody_out_everywhere() {
    let scene = Scene::set().await;
    let (server, eve) = (&scene.server, &scene.eve);
    let here = Seat::of(&eve.switches(server, &scene.bo.staff(), "2580").await);
    let path = "/v1/session/end-all";
    let asked = here.asks(server, "POST", path, &json!({})).await;
    assert_eq!(asked.status, 403);
    assert!(scene.bo.is_in(server).await && here.is_in(server).await);
}
