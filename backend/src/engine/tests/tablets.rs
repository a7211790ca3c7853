//! Tablets that fall silent make their claims takeable, and take them back when heard of again.

use super::stage::{MORNING, Stage, TABLET, barista, journal, perform};
use crate::engine::ManualClock;
use presso_core::id::OrderId;
use presso_core::settings::Settings;
use presso_core::workflow::Command;

fn takeable(stage: &Stage, order: OrderId) -> bool {
    let view = stage.hub.order(order).unwrap().for_staff;
    view.claim.unwrap().takeable
}

#[tokio::test]
async fn a_claim_is_takeable_after_two_silent_minutes_until_its_tablet_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let mut claimed = None;
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(Settings::default()).await;
        let order = stage.order(1).await;
        let claim = Command::Claim { order };
        stage.command(barista(), claim).await.unwrap();
        claimed = Some(order);
        stage.clock.advance_ms(60_000);
        stage.engine.heard(TABLET);
        stage.clock.advance_ms(119_999);
        stage.command(barista(), Command::OpenShop).await.unwrap();
        assert!(!takeable(&stage, order));
        stage.engine.heard(TABLET);
        stage.clock.advance_ms(121_000);
        stage.until(|s| takeable(s, order)).await;
        stage.engine.heard(TABLET);
        stage.until(|s| !takeable(s, order)).await;
    })
    .await;
    let order = claimed.unwrap();
    clock.advance_ms(110_000);
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.clock.advance_ms(119_000);
        stage.command(barista(), Command::OpenShop).await.unwrap();
        assert!(!takeable(&stage, order), "silence counts from the start");
        stage.clock.advance_ms(2_000);
        stage.until(|s| takeable(s, order)).await;
    })
    .await;
}
