//! A server that stops and starts again is where it was.

use presso_core::order::{OrderState, Ticket};
use presso_core::workflow::Verb;
use presso_tests::server::{self, Server};

#[tokio::test(flavor = "current_thread")]
async fn orders_claims_tickets_and_sessions_survive_a_restart() {
    let server = Server::start(server::settings()).await;
    let (bo, ada, eve) = (
        server.barista("Bo").await,
        server.guest("Ada").await,
        server.guest("Eve").await,
    );
    let code = bo.code().await;
    let first = ada.orders(&code, "espresso", &[]).await;
    bo.does(Verb::Claim, first.order).await;
    let before = bo.reads(first.order).await;
    server.goes_away().await;
    server.comes_back().await;
    assert_eq!(
        bo.reads(first.order).await,
        before,
        "the claim and its name too"
    );
    assert_eq!(
        eve.orders(&code, "espresso", &[]).await.ticket,
        Some(Ticket(2))
    );
    assert_eq!(
        bo.does(Verb::Complete, first.order).await.state,
        OrderState::Ready
    );
}

#[tokio::test(flavor = "current_thread")]
async fn what_was_answered_is_on_disk_at_every_moment() {
    let server = Server::start(presso_core::settings::Settings {
        code_places: 100,
        capacity: 100,
        ..server::settings()
    })
    .await;
    let bo = server.barista("Bo").await;
    let code = bo.code().await;
    let mut answered = vec![];
    for round in 0..5 {
        for n in 0..3 {
            let guest = server.guest(&format!("guest {round} {n}")).await;
            answered.push(guest.orders(&code, "espresso", &[]).await);
        }
        server.goes_away().await;
        server.comes_back().await;
        for order in &answered {
            assert_eq!(bo.reads(order.order).await.ticket, order.ticket);
        }
    }
}
