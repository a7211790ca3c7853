//! The shop's screen.

use crate::{crowd::Crowd, shoot, shop};
use presso_core::settings::Settings;
use presso_tests::{
    browser::{Eye, Screen},
    stage::{Stage, Tv, play},
};
use std::time::Duration;

async fn shoot_tv(tv: &Tv, name: &str) {
    shoot(tv, &format!("display-{name}"), Screen::TV).await;
}

async fn busy(stage: &Stage, orders: usize, ready: usize) {
    let crowd = Crowd::gather(stage, "Cy").await;
    let orders = crowd.order(orders, Duration::from_secs(7)).await;
    crowd.finishes(&orders[..ready]).await;
    crowd.makes(&orders[ready..ready + 2]).await;
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn display_code_and_boards() {
    let many = Settings {
        capacity: 200,
        code_places: 60,
        ..shop()
    };
    play(many, async |stage| {
        let tv = stage.tv().await;
        tv.panel("code").await;
        shoot_tv(&tv, "code-quiet").await;
        busy(stage, 9, 3).await;
        tv.reload().await;
        tv.calls(&[1, 2, 3]).await;
        shoot_tv(&tv, "code-busy").await;
        busy(stage, 45, 24).await;
        tv.reload().await;
        tv.panel("code").await;
        tv.sees("54").await;
        shoot_tv(&tv, "code-pages").await;
        stage.server.closes().await;
        tv.panel("closed").await;
        shoot_tv(&tv, "closed-busy").await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn display_instead_of_the_code() {
    let few = Settings {
        capacity: 5,
        code_places: 3,
        ..shop()
    };
    play(few, async |stage| {
        let tv = stage.tv().await;
        let crowd = Crowd::gather(stage, "Cy").await;
        crowd.order(2, Duration::from_secs(20)).await;
        tv.sees("1 place left").await;
        shoot_tv(&tv, "code-last-place").await;
        crowd.order(1, Duration::from_secs(20)).await;
        tv.panel("used-up").await;
        shoot_tv(&tv, "used-up").await;
        stage.server.clock.push(Duration::from_secs(300));
        crowd.order(2, Duration::from_secs(1)).await;
        tv.panel("full").await;
        shoot_tv(&tv, "full").await;
        stage.server_goes_away().await;
        tv.panel("stale").await;
        shoot_tv(&tv, "stale").await;
        stage.server.comes_back().await;
        stage.server.closes().await;
        tv.panel("closed").await;
        shoot_tv(&tv, "closed").await;
        tv.reaches_nothing().await;
        tv.reload().await;
        tv.shows("[data-test=before]").await;
        shoot_tv(&tv, "before-connecting").await;
        tv.sees("No connection since").await;
        shoot_tv(&tv, "before").await;
        let lost = stage.open("a screen", Screen::TV, Eye::None).await;
        lost.goto(&format!("{}/display", stage.server.address))
            .await;
        lost.sees("not signed in").await;
        shoot(&lost, "display-enter-none", Screen::TV).await;
        lost.goto(&format!("{}/display#k=AAAA", stage.server.address))
            .await;
        lost.sees("does not work").await;
        shoot(&lost, "display-enter-bad", Screen::TV).await;
    });
}
