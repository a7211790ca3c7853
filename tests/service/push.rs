//! The alert reaches a browser whose page is closed: what the server leaves at a push service is
//! signed, can be read by that browser alone, and is neither lost nor told twice.

use presso_core::api::{EndSession, GetPushKey, PushMessage, Subscribe, Unsubscribe};
use presso_core::board::Alert;
use presso_core::id::OrderId;
use presso_core::order::{CancelReason, Ticket, TimeOutCause};
use presso_core::workflow::Verb;
use presso_tests::people::Person;
use presso_tests::push::{Receiver, Vendor};
use presso_tests::server::{self, Server};
use std::time::Duration;

/// A shop, a customer's phone, and where its letters are left.
struct Scene {
    server: Server,
    service: Vendor,
    phone: Receiver,
    ada: Person,
    bo: Person,
}

impl Scene {
    async fn set() -> Self {
        let server = Server::start(server::settings()).await;
        let scene = Self {
            service: Vendor::open(),
            phone: Receiver::new(),
            ada: server.guest("Ada").await,
            bo: server.barista("Bo").await,
            server,
        };
        scene.subscribes().await;
        scene
    }
    async fn subscribes(&self) {
        let body = self.phone.subscription(&self.service.endpoint);
        let shop = self.server.shop.clone();
        let done = self.ada.call(Subscribe { shop, body }).await;
        done.expect("a customer may");
    }
    async fn orders(&self) -> OrderId {
        let code = self.bo.code().await;
        let order = self.ada.orders(&code, "espresso", &[]).await.order;
        self.bo.does(Verb::Claim, order).await;
        order
    }
    /// The next message, decrypted.
    async fn told(&self) -> PushMessage {
        self.phone.reads(&self.service.letter().await)
    }
    fn message(&self, order: OrderId, alert: Alert) -> PushMessage {
        let shop = self.server.shop.clone();
        PushMessage { shop, order, alert }
    }
    /// Whatever is told from now on is not about anything before: nothing waits to be told.
    async fn nothing_else_was_told(&self) {
        let order = self.orders().await;
        let reason = CancelReason::Closing;
        self.bo.cancels(order, Some(reason)).await;
        let last = self.message(order, Alert::Cancelled { reason });
        assert_eq!(self.told().await, last);
        assert!(self.service.is_empty().await);
    }
}

const READY: Alert = Alert::Ready { ticket: Ticket(1) };

#[tokio::test(flavor = "current_thread")]
async fn ready_is_told_encrypted_for_the_phone_and_signed_by_the_server() {
    let scene = Scene::set().await;
    let order = scene.orders().await;
    scene.bo.does(Verb::Complete, order).await;
    let letter = scene.service.letter().await;
    assert_eq!(
        scene.phone.reads(&letter),
        scene.message(order, READY),
        "{letter:?}"
    );
    assert_eq!(scene.phone.text(&letter).len(), 256, "lengths tell nothing");
    assert_eq!(letter.request, "POST /send/a-phone HTTP/1.1");
    assert_eq!(letter.header("urgency"), "high");
    assert!(letter.header("topic").len() == 22, "one of each order");
    let ttl_s: u32 = letter.header("ttl").parse().expect("a number");
    assert!(
        (590..=600).contains(&ttl_s),
        "while it stands there: {ttl_s}"
    );
    let key = scene.ada.call(GetPushKey).await.expect("anyone may").key;
    let claims = letter.claims(&key);
    let origin = scene.service.endpoint.trim_end_matches("/send/a-phone");
    assert_eq!(claims["aud"], origin);
    assert!(
        claims["sub"]
            .as_str()
            .is_some_and(|s| s.starts_with("https://"))
    );
    assert!(
        claims["exp"]
            .as_i64()
            .is_some_and(|exp| exp > 1_795_255_220)
    );
    scene.nothing_else_was_told().await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_correction_a_cancelled_order_and_one_out_of_time_are_told() {
    let scene = Scene::set().await;
    let order = scene.orders().await;
    scene.bo.does(Verb::Complete, order).await;
    let ready = scene.service.letter().await;
    scene.bo.does(Verb::Undo, order).await;
    let correction = scene.service.letter().await;
    let ticket = Ticket(1);
    assert_eq!(
        scene.phone.reads(&correction),
        scene.message(order, Alert::NotReadyAfterAll { ticket })
    );
    assert_eq!(
        ready.header("topic"),
        correction.header("topic"),
        "it replaces what was not fetched yet"
    );
    let reason = CancelReason::OutOfStock;
    scene.bo.cancels(order, Some(reason)).await;
    let cancelled = Alert::Cancelled { reason };
    assert_eq!(scene.told().await, scene.message(order, cancelled));
    let order = scene.orders().await;
    scene.server.clock.push(Duration::from_secs(15 * 60));
    let cause = TimeOutCause::Barista;
    let late = Alert::TimedOut { cause };
    assert_eq!(scene.told().await, scene.message(order, late));
    scene.nothing_else_was_told().await;
}

#[tokio::test(flavor = "current_thread")]
async fn what_the_customer_does_and_what_others_order_is_not_told() {
    let scene = Scene::set().await;
    let code = scene.bo.code().await;
    let own = scene.ada.orders(&code, "espresso", &[]).await.order;
    scene.ada.cancels(own, None).await;
    let eve = scene.server.guest("Eve").await;
    let others = eve.orders(&code, "espresso", &[]).await.order;
    scene.bo.does(Verb::Claim, others).await;
    scene.bo.does(Verb::Complete, others).await;
    scene.nothing_else_was_told().await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_push_service_that_fails_is_asked_again_until_it_takes_the_message() {
    let scene = Scene::set().await;
    scene.service.will_answer(&[503, 429]);
    let order = scene.orders().await;
    scene.bo.does(Verb::Complete, order).await;
    for _ in 0..3 {
        assert_eq!(scene.told().await, scene.message(order, READY));
    }
    scene.nothing_else_was_told().await;
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_overtaken_before_it_could_be_told_is_not_told() {
    let scene = Scene::set().await;
    scene.service.will_answer(&[503]);
    let order = scene.orders().await;
    scene.bo.does(Verb::Complete, order).await;
    scene.told().await; // in vain
    scene.bo.does(Verb::Collect, order).await;
    scene.server.clock.push(Duration::from_secs(120));
    scene.nothing_else_was_told().await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_browser_that_is_gone_is_forgotten() {
    for gone in [404, 410] {
        let scene = Scene::set().await;
        scene.service.will_answer(&[gone]);
        let order = scene.orders().await;
        scene.bo.does(Verb::Complete, order).await;
        assert_eq!(scene.told().await, scene.message(order, READY), "{gone}");
        scene.bo.does(Verb::Collect, order).await;
        let second = scene.orders().await;
        scene.bo.does(Verb::Complete, second).await;
        scene.bo.does(Verb::Collect, second).await;
        // Back again: only what happens from now on is told.
        scene.subscribes().await;
        scene.nothing_else_was_told().await;
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_restart_loses_nothing_that_was_not_told() {
    let scene = Scene::set().await;
    scene.service.will_answer(&[503]);
    let order = scene.orders().await;
    scene.bo.does(Verb::Complete, order).await;
    scene.told().await; // in vain
    scene.server.goes_away().await;
    scene.server.comes_back().await;
    assert_eq!(scene.told().await, scene.message(order, READY));
    // And what was told is told once: not after a restart, either.
    scene.bo.does(Verb::Collect, order).await;
    scene.server.goes_away().await;
    scene.server.comes_back().await;
    scene.nothing_else_was_told().await;
}

#[tokio::test(flavor = "current_thread")]
async fn whoever_does_not_want_to_be_told_any_more_is_not() {
    let scene = Scene::set().await;
    let order = scene.orders().await;
    scene.ada.call(Unsubscribe).await.expect("a customer may");
    scene.bo.does(Verb::Complete, order).await;
    scene.bo.does(Verb::Collect, order).await;
    scene.subscribes().await;
    scene.nothing_else_was_told().await;
}

#[tokio::test(flavor = "current_thread")]
async fn signing_out_ends_it() {
    let scene = Scene::set().await;
    let order = scene.orders().await;
    let refresh = scene.ada.refresh_token();
    let ended = scene.ada.call(EndSession { refresh }).await;
    ended.expect("one may leave");
    scene.bo.does(Verb::Complete, order).await;
    // Somebody else on the same phone is told of their own order, and of nothing before it.
    let eve = scene.server.guest("Eve").await;
    let scene = Scene { ada: eve, ..scene };
    scene.subscribes().await;
    scene.nothing_else_was_told().await;
}
