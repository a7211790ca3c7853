//! A code rotates; an order that it admitted does not mind.

use presso_core::api::{GetCode, PutSettings, Submit, SubmitBody};
use presso_core::id::{DrinkId, OrderId};
use presso_core::order::OrderState;
use presso_core::settings::Settings;
use presso_tests::people::Person;
use presso_tests::server::{self, Server};
use std::time::Duration;

async fn submits(person: &Person, order: OrderId) -> OrderState {
    let drink = DrinkId::parse("espresso").expect("a slug");
    let body = SubmitBody {
        drink,
        options: vec![],
        name: None,
    };
    person
        .call(Submit { order, body })
        .await
        .expect("in time")
        .order
        .state
}

async fn seconds_to_rotation(server: &Server, bo: &Person) -> u64 {
    let code = bo
        .call(GetCode {
            shop: server.shop.clone(),
        })
        .await
        .expect("staff may");
    let now = presso_backend::engine::Clock::now(&server.clock);
    u64::try_from(code.rotates_at.ms_since(now) / 1000).expect("ahead")
}

#[tokio::test(flavor = "current_thread")]
async fn an_order_is_submitted_after_its_code_rotated_and_its_grace_passed() {
    let server = Server::start(server::settings()).await;
    let (bo, ada, eve) = (
        server.barista("Bo").await,
        server.guest("Ada").await,
        server.guest("Eve").await,
    );
    let code = bo.code().await;
    let left = seconds_to_rotation(&server, &bo).await;
    server
        .clock
        .push(Duration::from_secs(left.saturating_sub(5)));
    let order = ada.scans(&code).await.expect("a live code").order;
    server.clock.push(Duration::from_secs(5 + 61));
    let late = eve.scans(&code).await.expect_err("the code is dead");
    assert_eq!((late.status, late.code.as_str()), (410, "code_expired"));
    assert_eq!(submits(&ada, order).await, OrderState::Queued);
}

#[tokio::test(flavor = "current_thread")]
async fn an_order_is_submitted_three_one_minute_rotations_later() {
    let settings = Settings {
        rotation_s: 60,
        ..server::settings()
    };
    let server = Server::start(settings).await;
    let (bo, ada) = (server.barista("Bo").await, server.guest("Ada").await);
    let code = bo.code().await;
    let order = ada.scans(&code).await.expect("a live code").order;
    for _ in 0..3 {
        server.clock.push(Duration::from_secs(60));
        assert_ne!(bo.code().await, code, "it has rotated");
    }
    assert_eq!(submits(&ada, order).await, OrderState::Queued);
}

#[tokio::test(flavor = "current_thread")]
async fn a_code_is_redeemed_within_its_grace_and_a_wrong_one_never() {
    let server = Server::start(server::settings()).await;
    let bo = server.barista("Bo").await;
    let code = bo.code().await;
    let left = seconds_to_rotation(&server, &bo).await;
    server.clock.push(Duration::from_secs(left + 30));
    assert_ne!(bo.code().await, code);
    server
        .guest("Ada")
        .await
        .scans(&code)
        .await
        .expect("30 s into its grace");
    let wrong = presso_core::code::Code::parse("0000000000").expect("a code in form");
    let refused = server
        .guest("Eve")
        .await
        .scans(&wrong)
        .await
        .expect_err("nobody's code");
    assert_eq!(
        (refused.status, refused.code.as_str()),
        (404, "code_unknown")
    );
    assert_eq!(refused.field.as_deref(), Some("code"));
}

#[tokio::test(flavor = "current_thread")]
async fn a_place_comes_back_when_its_customer_gives_up_before_ordering() {
    let settings = Settings {
        code_places: 1,
        ..server::settings()
    };
    let server = Server::start(settings).await;
    let (bo, ada, eve) = (
        server.barista("Bo").await,
        server.guest("Ada").await,
        server.guest("Eve").await,
    );
    let code = bo.code().await;
    let order = ada.scans(&code).await.expect("the only place").order;
    assert_eq!(
        eve.scans(&code).await.expect_err("no place").code,
        "code_used_up"
    );
    ada.cancels(order, None).await;
    eve.scans(&code).await.expect("the place is free again");
}

#[tokio::test(flavor = "current_thread")]
async fn a_changed_rotation_leaves_the_code_on_the_screen_its_grace() {
    let server = Server::start(server::settings()).await;
    let bo = server.barista("Bo").await;
    let code = bo.code().await;
    let settings = Settings {
        rotation_s: 60,
        ..server::settings()
    };
    let shop = server.shop.clone();
    let operator = server.operator();
    let change = operator.call(PutSettings { shop, settings }).await;
    change.expect("the operator may");
    assert_ne!(bo.code().await, code);
    let scan = server.guest("Ada").await.scans(&code).await;
    scan.expect("whoever looked at the screen a moment ago");
    server.clock.push(Duration::from_secs(61));
    let late = server.guest("Eve").await.scans(&code).await;
    let late = late.expect_err("its grace has passed");
    assert_eq!((late.status, late.code.as_str()), (410, "code_expired"));
}
