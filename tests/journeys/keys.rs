//! A barista with a keyboard: single keys do the work, and can be switched off.

use presso_tests::{server::settings, stage::play};

#[test]
fn an_order_is_made_and_handed_over_with_single_keys_until_they_are_switched_off() {
    play(settings(), async |stage| {
        let bo = stage.tablet("Bo").await;
        let ada = stage.server.guest("Ada").await;
        let code = stage.server.barista("Cy").await.code().await;
        let order = ada.orders(&code, "espresso", &[]).await;
        let ticket = order.ticket.map(|t| t.0).expect("it was ordered");
        bo.lane("to-make", &[ticket]).await;
        bo.strikes("1").await;
        bo.shows("article[data-test=order]:focus").await;
        bo.strikes("c").await;
        bo.lane("making", &[ticket]).await;
        // The card takes the focus along, and is the one that is meant.
        bo.shows("[data-test=lane-making] article:focus").await;
        bo.strikes("D").await;
        bo.lane("ready", &[ticket]).await;
        bo.shows("[data-test=lane-ready] article:focus").await;
        bo.strikes("z").await;
        bo.lane("making", &[ticket]).await;
        bo.shows("[data-test=lane-making] article:focus").await;
        bo.strikes("d").await;
        bo.lane("ready", &[ticket]).await;

        bo.strikes("?").await;
        bo.sees("Keyboard shortcuts").await;
        bo.checked("the keys").await;
        bo.press_in("dialog[open]", "Single keys do something")
            .await;
        bo.press_in("dialog[open]", "Close").await;
        bo.reload().await;
        bo.lane("ready", &[ticket]).await;
        bo.strikes("1").await;
        bo.strikes("h").await;
        bo.strikes("?").await;
        assert!(bo.texts("dialog[open]").await.is_empty());
        bo.on(ticket, &format!("Order {ticket} was handed over"))
            .await;
        bo.lane("ready", &[]).await;
    });
}
