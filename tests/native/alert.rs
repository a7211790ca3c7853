//! With its window out of sight the customer's app tells all the same, by the desktop's own means.

use presso_core::order::CancelReason;
use presso_core::workflow::Verb;
use presso_tests::{browser::Screen, native::play, server::settings, stage::Phone};

#[test]
fn with_the_window_hidden_the_app_notifies_when_the_drink_is_ready_and_when_it_is_not_after_all() {
    play(settings(), async |booth| {
        let bo = booth.server.barista("Bo").await;
        let device = booth.device("Ada", "customer", Screen::PHONE);
        let mut notified = device.notifications().await.expect("a bus of its own");
        let link = format!("{}#c={}", booth.server.front_door(), bo.code().await);
        let ada = Phone(device.starts(&[&link]).await);
        ada.screen("menu").await;
        ada.picks("Latte", &["Oat milk"]).await;
        ada.places("Ada").await;
        ada.sees("even with this app out of sight").await;
        // The web view has notifications of its own in some systems: no worker is there to show twice.
        let workers = "const done = arguments[arguments.length - 1];
            const all = navigator.serviceWorker?.getRegistrations() ?? Promise.resolve([]);
            all.then((found) => done(found.length), () => done(0));";
        assert_eq!(ada.run_async(workers, vec![]).await, 0);
        device.hides_the_window().expect("it has one");

        let shop = booth.server.shop.clone();
        let list = presso_core::api::ListOrders {
            shop,
            state: None,
            after: None,
        };
        let page = bo.call(list).await.expect("staff may");
        let order = page.orders[0].order.order;
        bo.does(Verb::Claim, order).await;
        bo.does(Verb::Complete, order).await;
        let ready = [
            "Your drink is ready!",
            "Number 1. Pick it up at the counter.",
        ];
        assert_eq!(notified.next().await, ready);
        bo.does(Verb::Undo, order).await;
        assert_eq!(notified.next().await[0], "Not ready after all");
        bo.cancels(order, Some(CancelReason::OutOfStock)).await;
        assert_eq!(notified.next().await[0], "The shop cancelled your order");
        assert!(notified.is_empty(), "each once");
    });
}
