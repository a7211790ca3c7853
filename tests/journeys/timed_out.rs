//! Both deadlines, on a clock that is pushed on.

use presso_tests::{browser::Eye, server::settings, stage::play};
use serde_json::json;
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

/// Keeps every text that the bar with the time left ever shows.
const REMEMBER: &str = "
    window.told = new Set();
    new MutationObserver(() => {
        const bar = document.querySelector('.choosing-bar');
        if (bar) window.told.add(bar.innerText);
    }).observe(document, { childList: true, subtree: true, characterData: true });
";

#[test]
fn a_phone_whose_clock_is_far_off_never_shows_a_wrong_time() {
    // The server lives on a day of its own; this machine's clock says something else.
    play(settings(), async |stage| {
        let ada = stage.phone("Ada", Eye::None).await;
        let remember = json!({ "source": REMEMBER });
        ada.cdp("Page.addScriptToEvaluateOnNewDocument", remember)
            .await;
        let code = stage.server.barista("Bo").await.code().await;
        ada.goto("about:blank").await;
        ada.goto(&format!("{}#c={code}", stage.server.front_door()))
            .await;
        ada.screen("menu").await;
        ada.sees("Order within 4:").await;
        let told = ada.run("return [...window.told].join(' | ')", vec![]).await;
        let told = told
            .as_str()
            .unwrap_or_default()
            .replace(char::is_whitespace, "");
        let told = told.replace(['\u{2068}', '\u{2069}'], "");
        assert!(told.contains("Orderwithin4:"), "{told}");
        for one in told.split("Orderwithin").skip(1) {
            assert!(one.starts_with("4:") || one.starts_with("5:00"), "{told}");
        }
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
