//! An order's journey, as its customer and the staff see it while it happens.

use presso_tests::{
    browser::{Browser, Eye, PATIENCE, Screen},
    server::settings,
    stage::{Phone, play},
};
use serde_json::{Value, json};
use std::time::Duration;

/// What is drawn: where the order is, and how many arrows it took.
async fn drawn(page: &Browser, state: &str, arrows: u32) {
    let script = "return [
        [...document.querySelectorAll('.graph-state.here')].map(e => e.dataset.state).join(' '),
        document.querySelectorAll('.graph-line.taken').length]";
    let wanted = json!([state, arrows]);
    page.fact(&format!("{state} after {arrows}"), PATIENCE, async || {
        let seen = page.run(script, vec![]).await;
        (seen == wanted).then_some(()).ok_or(seen.to_string())
    })
    .await;
}

/// The same in words, for whoever does not see it.
async fn told(page: &Browser) -> String {
    let script = "return document.querySelector('[data-test=graph]').getAttribute('aria-label')";
    match page.run(script, vec![]).await {
        Value::String(text) => text,
        other => panic!("no text alternative: {other}"),
    }
}

async fn looks(phone: &Phone) {
    phone.press("See its journey").await;
    phone.screen("journey").await;
}

#[test]
fn an_order_is_followed_through_its_graph_by_its_customer_and_the_staff_while_it_is_made() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.picks("Latte", &["Oat milk"]).await;
        let ticket = ada.places("Ada").await;
        looks(&ada).await;
        drawn(&ada, "queued", 2).await;
        ada.sees("Waiting for a barista").await;
        ada.checked("a journey under way").await;

        let journey = format!("The journey of order {ticket}");
        bo.on(ticket, &journey).await;
        drawn(&bo, "queued", 2).await;
        bo.checked("a journey over the lanes").await;
        bo.press_in("dialog[open]", "Close").await;

        stage.server.clock.push(Duration::from_secs(75));
        bo.starts(ticket).await;
        drawn(&ada, "making", 3).await;
        ada.sees("of waiting for a barista").await;
        ada.sees("Waiting for the drink").await;
        // Taken back, and taken again: the path says so.
        bo.undoes(ticket).await;
        drawn(&ada, "queued", 4).await;
        bo.starts(ticket).await;
        drawn(&ada, "making", 4).await;
        let said = told(&ada).await;
        assert!(
            said.contains("4, Taken back: Started: In the queue"),
            "{said}"
        );
        assert!(said.contains("5, Started: Being made"), "{said}");
        assert!(
            !ada.words().await.contains("by Bo"),
            "who is the staff's to know"
        );

        bo.finishes(ticket).await;
        // Whoever is called sees that first.
        ada.screen("ready").await;
        looks(&ada).await;
        drawn(&ada, "ready", 5).await;
        bo.on(ticket, &journey).await;
        bo.sees("by Bo").await;
        bo.press_in("dialog[open]", "Close").await;
        bo.hands_over(ticket).await;
        drawn(&ada, "collected", 6).await;
        ada.checked("a journey that is over").await;
        ada.press("Back").await;
        ada.screen("ended").await;
    });
}

#[test]
fn a_journey_is_looked_at_by_a_link_that_shows_nobody_until_it_is_ended() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.picks("Latte", &["Oat milk"]).await;
        let ticket = ada.places("Adelheid").await;
        looks(&ada).await;
        ada.press("Share it by a link").await;
        ada.sees("A link to this journey").await;
        ada.checked("the link").await;
        let link = ada.texts("[data-test=share-link]").await[0].clone();

        let eve = stage.open("Eve", Screen::PHONE, Eye::None).await;
        eve.goto(&link).await;
        drawn(&eve, "queued", 2).await;
        stage.checked(&eve, "a shared journey").await;
        bo.starts(ticket).await;
        // It looks again every five seconds.
        let patience = Duration::from_secs(20);
        eve.sees_within("Waiting for the drink", patience).await;
        drawn(&eve, "making", 3).await;
        let words = eve.words().await;
        assert!(
            !words.contains("Adelheid") && !words.contains("by Bo"),
            "{words}"
        );

        ada.press_in("dialog[open]", "End the link").await;
        ada.sees("The link leads nowhere any more").await;
        eve.reload().await;
        eve.sees("Nothing to see here").await;
        stage.checked(&eve, "a link that leads nowhere").await;
    });
}
