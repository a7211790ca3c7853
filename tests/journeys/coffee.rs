//! The main road: from the code on the screen to the cup in the hand.

use presso_core::order::OrderState;
use presso_tests::{server::settings, stage::play};

#[test]
fn a_customer_scans_the_screens_code_and_gets_a_latte_with_oat_milk() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        tv.panel("code").await;
        tv.sees("10 places left").await;
        tv.checked("the code").await;
        bo.lane("to-make", &[]).await;
        bo.checked("nothing to do").await;

        let ada = stage.phone("Ada", stage.film(&tv).await).await;
        ada.screen("door").await;
        ada.checked("the door").await;
        ada.scans().await;
        ada.checked("the menu").await;
        tv.sees("9 places left").await;
        bo.sees("1 choosing").await;

        ada.press_in("main", "Latte").await;
        ada.screen("options").await;
        ada.checked("the options").await;
        ada.press("Oat milk").await;
        ada.press("Continue").await;
        ada.screen("review").await;
        ada.sees("Oat milk").await;
        ada.checked("the review").await;
        let ticket = ada.places("Ada").await;
        assert_eq!(ticket, 1);
        ada.sees("You are next").await;
        ada.checked("in the queue").await;

        tv.prepares(&[ticket]).await;
        bo.lane("to-make", &[ticket]).await;
        bo.sees("Oat milk").await;
        bo.sees("for Ada").await;
        bo.checked("one to make").await;
        bo.starts(ticket).await;
        bo.lane("making", &[ticket]).await;
        bo.checked("one in the making").await;
        ada.sees("Your drink is being made").await;
        ada.checked("being made").await;

        bo.finishes(ticket).await;
        tv.calls(&[ticket]).await;
        tv.prepares(&[]).await;
        tv.checked("one is called").await;
        ada.screen("ready").await;
        ada.sees("Your Latte is ready!").await;
        ada.checked("ready").await;
        bo.lane("ready", &[ticket]).await;
        bo.checked("one is ready").await;

        bo.hands_over(ticket).await;
        ada.sees("Enjoy!").await;
        ada.checked("collected").await;
        tv.calls(&[]).await;
        bo.lane("ready", &[]).await;

        ada.press("My orders").await;
        ada.screen("history").await;
        ada.sees("Collected").await;
        ada.checked("history").await;
    });
}

#[test]
fn an_undone_ready_reaches_the_customer_as_a_correction() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.picks("Cappuccino", &["Whole milk"]).await;
        let ticket = ada.places("Ada").await;
        bo.starts(ticket).await;
        bo.finishes(ticket).await;
        ada.screen("ready").await;
        tv.calls(&[ticket]).await;

        bo.undoes(ticket).await;
        ada.screen("waiting").await;
        ada.sees("not ready after all").await;
        ada.checked("not ready after all").await;
        tv.calls(&[]).await;
        tv.prepares(&[ticket]).await;
        bo.lane("making", &[ticket]).await;
    });
}

#[test]
fn a_reload_at_any_step_comes_back_to_the_same_place() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.reload().await;
        ada.screen("menu").await;
        ada.press_in("main", "Latte").await;
        ada.press("Oat milk").await;
        ada.reload().await;
        ada.screen("options").await;
        ada.press("Continue").await;
        ada.screen("review").await;
        ada.reload().await;
        ada.screen("review").await;
        ada.sees("Oat milk").await;
        let ticket = ada.places("Ada").await;
        ada.reload().await;
        ada.screen("waiting").await;
        assert_eq!(ada.ticket().await, ticket);

        bo.starts(ticket).await;
        tokio::join!(bo.reload(), tv.reload(), ada.reload());
        bo.lane("making", &[ticket]).await;
        tv.prepares(&[ticket]).await;
        ada.sees("Your drink is being made").await;
        bo.finishes(ticket).await;
        ada.screen("ready").await;
        tokio::join!(bo.reload(), tv.reload(), ada.reload());
        bo.lane("ready", &[ticket]).await;
        tv.calls(&[ticket]).await;
        ada.screen("ready").await;
        bo.hands_over(ticket).await;
        ada.sees("Enjoy!").await;
        ada.reload().await;
        ada.sees("Enjoy!").await;
    });
}

#[test]
fn two_baristas_never_make_one_drink_twice() {
    play(settings(), async |stage| {
        let (bo, cy) = tokio::join!(stage.tablet("Bo"), stage.tablet("Cy"));
        let ada = stage.server.guest("Ada").await;
        let code = stage.server.barista("Dee").await.code().await;
        let order = ada.orders(&code, "espresso", &[]).await;
        let ticket = order.ticket.map(|t| t.0).expect("it was ordered");
        bo.starts(ticket).await;
        cy.sees("Bo has it").await;
        cy.checked("a colleague makes it").await;
        assert!(!cy.offers(&format!("Order {ticket} is ready")).await);
        bo.finishes(ticket).await;
        cy.lane("ready", &[ticket]).await;
        assert_eq!(ada.reads(order.order).await.state, OrderState::Ready);
        // Whoever stands there hands it over.
        cy.hands_over(ticket).await;
        bo.lane("ready", &[]).await;
    });
}
