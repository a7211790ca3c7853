//! Both deadlines, on a clock that is pushed on.

use presso_tests::{server::settings, stage::play};
use std::time::Duration;

#[test]
fn who_does_not_choose_in_five_minutes_reads_that_time_ran_out() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.press_in("main", "Latte").await;
        ada.screen("options").await;
        bo.sees("1 choosing").await;

        stage.server.clock.push(Duration::from_secs(5 * 60));
        ada.sees("Time ran out").await;
        ada.sees("Nothing was ordered in time").await;
        ada.checked("timed out by the customer").await;
        bo.sees_no("1 choosing").await;
    });
}

#[test]
fn a_drink_not_made_in_fifteen_minutes_is_the_shops_fault() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.picks("Latte", &["Oat milk"]).await;
        let ticket = ada.places("Ada").await;
        bo.starts(ticket).await;
        tv.prepares(&[ticket]).await;

        stage.server.clock.push(Duration::from_secs(15 * 60));
        ada.sees("We did not make it in time").await;
        ada.checked("timed out by the shop").await;
        tv.prepares(&[]).await;
        bo.lane("making", &[]).await;
    });
}

#[test]
fn a_ready_drink_that_nobody_fetches_leaves_the_board_after_ten_minutes() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.picks("Espresso", &[]).await;
        let ticket = ada.places("Ada").await;
        bo.starts(ticket).await;
        bo.finishes(ticket).await;
        tv.calls(&[ticket]).await;

        stage.server.clock.push(Duration::from_secs(10 * 60));
        tv.calls(&[]).await;
        bo.lane("ready", &[]).await;
        ada.sees("It waited for you").await;
        ada.checked("swept").await;
    });
}
