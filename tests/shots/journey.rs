//! Journeys: a success, both time-outs, both cancels; and the staff's look at one.

use crate::{shoot, shop};
use presso_tests::{
    browser::{Eye, Screen},
    stage::{Phone, Stage, Tablet, Tv, play},
};
use std::time::Duration;

async fn shoot_journey(phone: &Phone, name: &str) {
    phone.press("See its journey").await;
    phone.shows("[data-test=journey]").await;
    shoot(phone, &format!("journey-{name}"), Screen::PHONE).await;
}

async fn ordered(stage: &Stage, tv: &Tv, name: &str) -> (Phone, u32) {
    let phone = stage.arrives(name, tv).await;
    stage.server.clock.push(Duration::from_secs(38));
    phone.picks("Latte", &["Oat milk"]).await;
    let ticket = phone.places(name).await;
    stage.server.clock.push(Duration::from_secs(95));
    (phone, ticket)
}

async fn started(stage: &Stage, tv: &Tv, bo: &Tablet, name: &str) -> (Phone, u32) {
    let (phone, ticket) = ordered(stage, tv, name).await;
    bo.starts(ticket).await;
    stage.server.clock.push(Duration::from_secs(64));
    (phone, ticket)
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn journey_made_and_collected() {
    play(shop(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let (ada, ticket) = ordered(stage, &tv, "Ada").await;
        shoot_journey(&ada, "waiting").await;
        ada.press("Share it by a link").await;
        ada.sees("A link to this journey").await;
        shoot(&ada, "journey-link", Screen::PHONE).await;
        let link = ada.texts("[data-test=share-link]").await[0].clone();
        ada.press("Done").await;
        let eve = stage.open("Eve", Screen::PHONE, Eye::None).await;
        eve.goto(&link).await;
        eve.shows("[data-test=journey]").await;
        shoot(&eve, "journey-shared", Screen::PHONE).await;
        bo.starts(ticket).await;
        bo.undoes(ticket).await;
        bo.lane("to-make", &[ticket]).await;
        bo.starts(ticket).await;
        stage.server.clock.push(Duration::from_secs(64));
        bo.on(ticket, &format!("The journey of order {ticket}"))
            .await;
        bo.shows("[data-test=journey]").await;
        shoot(&bo, "journey-staff", Screen::TABLET).await;
        bo.press_in("dialog[open]", "Close").await;
        bo.finishes(ticket).await;
        ada.screen("ready").await;
        stage.server.clock.push(Duration::from_secs(31));
        bo.hands_over(ticket).await;
        ada.screen("ended").await;
        shoot_journey(&ada, "collected").await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn journey_timed_out() {
    play(shop(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        bo.sees("1 choosing").await;
        stage.server.clock.push(Duration::from_secs(5 * 60));
        ada.screen("ended").await;
        shoot_journey(&ada, "timed-out-choosing").await;
        let (eve, _) = started(stage, &tv, &bo, "Eve").await;
        stage.server.clock.push(Duration::from_secs(15 * 60));
        eve.screen("ended").await;
        shoot_journey(&eve, "timed-out-making").await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn journey_cancelled() {
    play(shop(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let (ada, _) = ordered(stage, &tv, "Ada").await;
        ada.press("Cancel my order").await;
        ada.press("It takes too long").await;
        ada.press("Cancel my order").await;
        ada.screen("ended").await;
        shoot_journey(&ada, "cancelled-by-customer").await;
        let (eve, ticket) = started(stage, &tv, &bo, "Eve").await;
        bo.cancels(ticket, "Something ran out").await;
        eve.screen("ended").await;
        shoot_journey(&eve, "cancelled-by-shop").await;
    });
}
