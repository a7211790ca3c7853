//! The server goes away and comes back: no screen is stale without saying so, and none lies after.

use presso_tests::{server::settings, stage::play};

#[test]
fn all_three_screens_say_stale_then_live_and_then_equal_the_journal() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.picks("Latte", &["Oat milk"]).await;
        let ticket = ada.places("Ada").await;
        bo.lane("to-make", &[ticket]).await;

        stage.server_goes_away().await;
        ada.live(false).await;
        ada.sees("No connection").await;
        ada.checked("offline").await;
        tv.panel("stale").await;
        tv.shows("[data-test=stale-since]").await;
        tv.checked("stale").await;
        bo.shows("[data-test=banner-stale]").await;
        bo.checked("stale").await;

        stage.server.comes_back().await;
        // What happens before a screen is back must be on it all the same.
        let second = stage.server.serves_somebody().await;

        ada.live(true).await;
        ada.sees_no("No connection").await;
        assert_eq!(ada.ticket().await, ticket);
        bo.lane("to-make", &[ticket]).await;
        bo.lane("ready", &[second]).await;
        tv.prepares(&[ticket]).await;
        tv.calls(&[second]).await;
        tv.panel("code").await;

        // And the screens work again.
        bo.starts(ticket).await;
        ada.sees("Your drink is being made").await;
    });
}

#[test]
fn a_display_that_starts_without_a_network_says_so_and_recovers_alone() {
    play(settings(), async |stage| {
        let tv = stage.tv().await;
        tv.panel("code").await;
        tv.expects_a_dead_server();
        tv.reaches_nothing().await;
        tv.reload().await;
        tv.shows("[data-test=before]").await;
        tv.sees("Harbour Coffee").await;
        tv.sees("No connection since").await;
        tv.sees("order at the counter").await;
        tv.checked("started without a network").await;
        tv.reaches_the_server().await;
        tv.panel("code").await;
        tv.sees("Nothing on the counter").await;
        // Nobody points at it, so nothing shows where.
        let cursor = "return getComputedStyle(document.querySelector('[data-test=wall]')).cursor";
        assert_eq!(tv.run(cursor, vec![]).await, "none");
    });
}
