//! Orders that have ended are found: by how they ended, by ticket, by identifier.

use presso_core::api::{EndedHow, FindOrders};
use presso_core::id::OrderId;
use presso_core::order::{CancelReason, Role, TimeOutCause};
use presso_core::settings::Settings;
use presso_core::workflow::Verb;
use presso_tests::people::Person;
use presso_tests::server::{self, Server};
use std::time::Duration;

async fn found(
    bo: &Person,
    server: &Server,
    ending: EndedHow,
    search: Option<&str>,
) -> Vec<OrderId> {
    let find = FindOrders {
        shop: server.shop.clone(),
        ending,
        search: search.map(str::to_owned),
        after: None,
    };
    let page = bo.call(find).await.expect("staff may");
    page.orders.into_iter().map(|of| of.order.order).collect()
}

#[tokio::test(flavor = "current_thread")]
async fn each_ending_is_found_by_itself_and_all_of_them_newest_first() {
    let settings = Settings {
        orders_per_customer: 20,
        ..server::settings()
    };
    let server = Server::start(settings).await;
    let (bo, ada) = (server.barista("Bo").await, server.guest("Ada").await);
    let order = async || ada.orders(&bo.code().await, "espresso", &[]).await.order;
    // These stand until time ends them.
    let late = ada.scans(&bo.code().await).await.expect("a place").order;
    let unmade = order().await;
    let left = order().await;
    for verb in [Verb::Claim, Verb::Complete] {
        bo.does(verb, left).await;
    }
    let served = order().await;
    for verb in [Verb::Claim, Verb::Complete, Verb::Collect] {
        bo.does(verb, served).await;
    }
    let by_ada = order().await;
    ada.cancels(by_ada, Some(CancelReason::TooLong)).await;
    let by_bo = order().await;
    bo.cancels(by_bo, Some(CancelReason::OutOfStock)).await;
    let over = [served, by_ada, by_bo];
    let any = found(&bo, &server, EndedHow::Any, None).await;
    assert_eq!(any, [by_bo, by_ada, served], "none that is alive");

    server.clock.push(Duration::from_secs(16 * 60));
    let bo = server.barista("Cy").await;
    crate::reach::within(async {
        while found(&bo, &server, EndedHow::Any, None).await.len() < 6 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    for (how, order) in [
        (EndedHow::Collected, over[0]),
        (EndedHow::Swept, left),
        (EndedHow::CancelledBy(Role::Customer), over[1]),
        (EndedHow::CancelledBy(Role::Barista), over[2]),
        (EndedHow::TimedOutBy(TimeOutCause::Customer), late),
        (EndedHow::TimedOutBy(TimeOutCause::Barista), unmade),
    ] {
        assert_eq!(found(&bo, &server, how, None).await, [order], "{how:?}");
    }
    // The first ticket was the unmade one's.
    let any = EndedHow::Any;
    assert_eq!(found(&bo, &server, any, Some("1")).await, [unmade]);
    let id = served.to_string();
    assert_eq!(found(&bo, &server, any, Some(&id)).await, [served]);
    let swept = EndedHow::Swept;
    assert!(found(&bo, &server, swept, Some(&id)).await.is_empty());
    let bad = FindOrders {
        shop: server.shop.clone(),
        ending: any,
        search: Some("Ada & co".into()),
        after: None,
    };
    let refused = bo.call(bad).await.expect_err("neither");
    assert_eq!(
        (refused.status, refused.field.as_deref()),
        (422, Some("search"))
    );
}
