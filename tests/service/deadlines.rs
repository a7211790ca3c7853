//! Deadlines fire on time, and after a restart.

use crate::reach;
use presso_core::board::{Topic, View};
use presso_core::id::OrderId;
use presso_core::order::{Ending, OrderState, TimeOutCause};
use presso_core::workflow::Verb;
use presso_tests::people::Person;
use presso_tests::server::{self, Server};
use std::time::Duration;

/// Waits until the journal says that the order is in this state.
async fn becomes(watcher: &presso_core::client::Client, order: OrderId, state: OrderState) {
    let mut watch = watcher.watch(Topic::Order(order));
    loop {
        let seen = reach::within(watch.next())
            .await
            .expect("the server is of this version");
        if let presso_core::client::Seen::View {
            view: View::Order(view),
            ..
        } = seen
            && view.state == state
        {
            return;
        }
    }
}

async fn people(server: &Server) -> (Person, Person) {
    (server.barista("Bo").await, server.guest("Ada").await)
}

#[tokio::test(flavor = "current_thread")]
async fn who_does_not_order_in_five_minutes_is_timed_out_and_not_before() {
    let server = Server::start(server::settings()).await;
    let (bo, ada) = people(&server).await;
    let order = ada
        .scans(&bo.code().await)
        .await
        .expect("a live code")
        .order;
    server.clock.push(Duration::from_secs(290));
    assert_eq!(ada.reads(order).await.state, OrderState::Choosing);
    server.clock.push(Duration::from_secs(11));
    becomes(&reach::watcher(&server).await, order, OrderState::TimedOut).await;
    let ending = bo.reads(order).await.ending;
    assert_eq!(
        ending,
        Some(Ending::TimedOut {
            cause: TimeOutCause::Customer
        })
    );
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_not_made_in_fifteen_minutes_is_timed_out_and_cannot_be_completed() {
    let server = Server::start(server::settings()).await;
    let (bo, ada) = people(&server).await;
    let order = ada.orders(&bo.code().await, "espresso", &[]).await.order;
    bo.does(Verb::Claim, order).await;
    server.clock.push(Duration::from_secs(901));
    becomes(&reach::watcher(&server).await, order, OrderState::TimedOut).await;
    let ending = bo.reads(order).await.ending;
    assert_eq!(
        ending,
        Some(Ending::TimedOut {
            cause: TimeOutCause::Barista
        })
    );
    let late = presso_core::api::StaffVerb {
        order,
        verb: Verb::Complete,
    };
    assert_eq!(
        bo.call(late).await.expect_err("too late").code,
        "order_ended"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn deadlines_that_pass_while_the_server_is_down_fire_when_it_is_back() {
    let server = Server::start(server::settings()).await;
    let (bo, ada) = people(&server).await;
    let eve = server.guest("Eve").await;
    let code = bo.code().await;
    let waiting = ada.orders(&code, "espresso", &[]).await.order;
    let choosing = eve.scans(&code).await.expect("a live code").order;
    server.goes_away().await;
    server.clock.push(Duration::from_secs(301));
    server.comes_back().await;
    becomes(
        &reach::watcher(&server).await,
        choosing,
        OrderState::TimedOut,
    )
    .await;
    assert_eq!(
        bo.reads(waiting).await.state,
        OrderState::Queued,
        "its deadline has not come"
    );
    server.clock.push(Duration::from_secs(600));
    becomes(
        &reach::watcher(&server).await,
        waiting,
        OrderState::TimedOut,
    )
    .await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_ready_drink_is_swept_from_the_board_after_ten_minutes() {
    let server = Server::start(server::settings()).await;
    let (bo, ada) = people(&server).await;
    let order = ada.orders(&bo.code().await, "espresso", &[]).await.order;
    bo.does(Verb::Complete, order).await;
    server.clock.push(Duration::from_secs(601));
    becomes(&reach::watcher(&server).await, order, OrderState::Swept).await;
}
