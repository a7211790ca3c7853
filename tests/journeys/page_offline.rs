//! A phone without a network: its page opens all the same, shows what was last known, and says since
//! when.

use presso_tests::{
    browser::{Browser, Eye, PATIENCE, Screen},
    line::Line,
    server::settings,
    stage::{Phone, Stage, play},
};
use serde_json::json;

/// A phone at the menu, by a line of its own.
async fn at_the_menu(stage: &Stage, line: &Line) -> Phone {
    let code = stage.server.barista("Cy").await.code().await;
    let link = format!("{}#c={code}", stage.server.front_door());
    let phone = stage.open("Ada", Screen::PHONE, Eye::None).await;
    phone.goto(&line.by(&link)).await;
    let phone = Phone::of(phone);
    phone.screen("menu").await;
    phone
}

/// The browser has the page, and will open it by itself.
async fn is_kept(browser: &Browser) {
    let look = "const done = arguments[arguments.length - 1];
        caches.match('/s/').then((page) => done(!!page && !!navigator.serviceWorker.controller));";
    let kept = async || {
        let kept = browser.run_async(look, vec![]).await;
        (kept == json!(true))
            .then_some(())
            .ok_or("not kept".to_owned())
    };
    browser.fact("keeps its page", PATIENCE, kept).await;
}

#[test]
fn a_reload_without_a_network_shows_what_was_last_known_and_then_what_became_of_it() {
    play(settings(), async |stage| {
        let line = Line::to(&stage.server.address).await;
        let bo = stage.tablet("Bo").await;
        let ada = at_the_menu(stage, &line).await;
        ada.picks("Latte", &["Oat milk"]).await;
        let ticket = ada.places("Ada").await;
        is_kept(&ada).await;

        ada.expects_a_dead_server();
        line.cut();
        ada.live(false).await;
        ada.reload().await;
        ada.screen("waiting").await;
        assert_eq!(ada.ticket().await, ticket);
        ada.sees("Latte").await;
        ada.live(false).await;
        ada.sees("No connection since").await;
        ada.checked("reloaded without a network").await;
        // What happens meanwhile.
        bo.starts(ticket).await;
        bo.finishes(ticket).await;

        line.mend();
        ada.live(true).await;
        ada.screen("ready").await;
        ada.sees_no("No connection").await;
    });
}

#[test]
fn what_is_being_chosen_survives_a_reload_without_a_network_and_can_be_ordered_after_it() {
    play(settings(), async |stage| {
        let line = Line::to(&stage.server.address).await;
        let ada = at_the_menu(stage, &line).await;
        is_kept(&ada).await;
        ada.expects_a_dead_server();
        line.cut();
        ada.live(false).await;
        ada.reload().await;
        ada.screen("menu").await;
        ada.sees("Espresso").await;
        ada.checked("a menu without a network").await;
        line.mend();
        ada.live(true).await;
        ada.picks("Latte", &["Oat milk"]).await;
        ada.places("Ada").await;
    });
}
