//! The server goes away in the middle of an order and comes back.

use presso_tests::{native::play, server::settings};

#[test]
fn three_native_apps_say_stale_then_live_and_show_what_happened_meanwhile() {
    play(settings(), async |booth| {
        let ((_, tv), (_, bo)) = tokio::join!(booth.tv(), booth.tablet("Bo"));
        let (_, ada) = booth.arrives("Ada", &tv).await;
        ada.picks("Latte", &["Oat milk"]).await;
        let ticket = ada.places("Ada").await;
        bo.lane("to-make", &[ticket]).await;

        booth.server.goes_away().await;
        ada.live(false).await;
        ada.sees("No connection").await;
        tv.panel("stale").await;
        bo.shows("[data-test=banner-stale]").await;
        booth.is_photographed("away").await;

        booth.server.comes_back().await;
        // What happens before an app is back must be on it all the same.
        let second = booth.server.serves_somebody().await;

        ada.live(true).await;
        ada.sees_no("No connection").await;
        assert_eq!(ada.ticket().await, ticket);
        bo.lane("to-make", &[ticket]).await;
        bo.lane("ready", &[second]).await;
        tv.prepares(&[ticket]).await;
        tv.calls(&[second]).await;
        tv.panel("code").await;

        bo.starts(ticket).await;
        ada.sees("Your drink is being made").await;
    });
}
