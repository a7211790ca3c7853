//! The barista's tablet.

use crate::{crowd::Crowd, shoot, shop};
use presso_core::{api::LinkFor, order::CancelReason, settings::Settings, workflow::Verb};
use presso_tests::{
    browser::{Eye, Screen},
    line::Line,
    stage::{Tablet, play},
};
use std::time::Duration;

async fn shoot_tablet(tablet: &Tablet, name: &str) {
    shoot(tablet, &format!("barista-{name}"), Screen::TABLET).await;
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn barista_lanes() {
    let many = Settings {
        code_places: 50,
        ..shop()
    };
    play(many, async |stage| {
        let bo = stage.tablet("Bo").await;
        bo.lane("to-make", &[]).await;
        shoot_tablet(&bo, "empty").await;
        let crowd = Crowd::gather(stage, "Cy").await;
        let old = crowd.order(4, Duration::from_secs(150)).await;
        crowd.finishes(&old[..2]).await;
        crowd.makes(&old[2..3]).await;
        crowd.order(4, Duration::from_secs(45)).await;
        crowd.chooses().await;
        bo.reload().await;
        bo.lane("to-make", &[4, 5, 6, 7, 8]).await;
        bo.starts(4).await;
        bo.lane("making", &[3, 4]).await;
        shoot_tablet(&bo, "busy").await;
        bo.finishes(4).await;
        bo.lane("ready", &[1, 2, 4]).await;
        shoot_tablet(&bo, "undo").await;

        bo.on(5, "Cancel order 5").await;
        bo.sees("Why cancel").await;
        shoot_tablet(&bo, "cancel").await;
        bo.press("Keep the order").await;
        bo.press_in("header", "Close shop").await;
        bo.sees("Close the shop?").await;
        shoot_tablet(&bo, "close").await;
        bo.press("Stay open").await;
        bo.press_in("header", "Menu").await;
        bo.press_in("dialog[open]", "Mocha").await;
        bo.press_in("dialog[open]", "Soy milk").await;
        shoot_tablet(&bo, "menu").await;
        bo.press_in("dialog[open]", "Close").await;

        // Old orders: some are pressing.
        stage.server.clock.push(Duration::from_secs(330));
        bo.reload().await;
        bo.lane("to-make", &[5, 6, 7, 8]).await;
        shoot_tablet(&bo, "pressing").await;
        stage.server_goes_away().await;
        bo.shows("[data-test=banner-stale]").await;
        shoot_tablet(&bo, "stale").await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn barista_full_and_closed_and_a_silent_colleague() {
    let few = Settings {
        capacity: 3,
        tablet_silent_s: 15,
        ..shop()
    };
    play(few, async |stage| {
        let bo = stage.tablet("Bo").await;
        let crowd = Crowd::gather(stage, "Cy").await;
        let orders = crowd.order(3, Duration::from_secs(30)).await;
        bo.shows("[data-test=banner-full]").await;
        shoot_tablet(&bo, "full").await;
        crowd.barista.does(Verb::Claim, orders[0]).await;
        stage.server.clock.push(Duration::from_secs(31));
        bo.sees("tablet is silent").await;
        shoot_tablet(&bo, "silent").await;
        stage.server.closes().await;
        bo.shows("[data-test=banner-closed]").await;
        shoot_tablet(&bo, "closed").await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn barista_coming_in() {
    play(shop(), async |stage| {
        let tablet = stage.open("a tablet", Screen::TABLET, Eye::None).await;
        let home = format!("{}/barista", stage.server.address);
        tablet.goto(&home).await;
        tablet.sees("not signed in").await;
        shoot(&tablet, "barista-enter-none", Screen::TABLET).await;
        let link = stage.server.link(LinkFor::Barista, "Bo").await;
        let other = stage
            .open("another tablet", Screen::TABLET, Eye::None)
            .await;
        other.goto(&link).await;
        other.shows("[data-test=lane-to-make]").await;
        tablet.goto(&link).await;
        tablet.sees("has been used").await;
        shoot(&tablet, "barista-enter-used", Screen::TABLET).await;
        tablet.goto(&format!("{home}#k=AAAA")).await;
        tablet.sees("does not work").await;
        shoot(&tablet, "barista-enter-bad", Screen::TABLET).await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn barista_without_a_network() {
    let many = Settings {
        code_places: 50,
        ..shop()
    };
    play(many, async |stage| {
        let line = Line::to(&stage.server.address).await;
        let bo = stage.tablet_by(&line, "Bo").await;
        let crowd = Crowd::gather(stage, "Cy").await;
        crowd.order(6, Duration::from_secs(40)).await;
        bo.reload().await;
        bo.lane("to-make", &[1, 2, 3, 4, 5, 6]).await;
        bo.starts(1).await;
        bo.starts(2).await;
        bo.lane("making", &[1, 2]).await;
        bo.expects_a_dead_server();
        line.cut();
        bo.shows("[data-test=banner-stale]").await;
        bo.finishes(1).await;
        bo.starts(3).await;
        bo.on(4, "Cancel order 4").await;
        shoot_tablet(&bo, "offline-cancel").await;
        bo.press_in("dialog[open]", "Something ran out").await;
        bo.starts(5).await;
        bo.finishes(5).await;
        bo.lane("ready", &[1, 5]).await;
        shoot_tablet(&bo, "offline-taps").await;
        // Two of them come to nothing.
        let orders = crowd.alive().await;
        crowd.barista.does(Verb::Claim, orders[2]).await;
        crowd
            .barista
            .cancels(orders[4], Some(CancelReason::OutOfStock))
            .await;
        bo.reaches_nothing().await;
        line.mend();
        bo.reload().await;
        bo.shows("[data-test=before]").await;
        shoot_tablet(&bo, "offline-restart").await;
        bo.reaches_the_server().await;
        bo.sees("Not done").await;
        bo.lane("ready", &[1]).await;
        shoot_tablet(&bo, "offline-conflicts").await;
        bo.strikes("?").await;
        bo.sees("Keyboard shortcuts").await;
        shoot_tablet(&bo, "keys").await;
    });
}
