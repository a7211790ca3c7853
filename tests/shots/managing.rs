//! The manager's area, and a display that waits to be let in.

use crate::{shoot, shop};
use presso_core::api::LinkFor;
use presso_tests::{
    browser::{Eye, PATIENCE, Screen},
    push::Vendor,
    server,
    stage::{play, play_with},
};

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn barista_managing() {
    play(shop(), async |stage| {
        let long = "Wolfeschlegelsteinhausen-Bergerdorffsen";
        for (link_for, name) in [
            (LinkFor::Barista, "Bo"),
            (LinkFor::Manager, "Zoë"),
            (LinkFor::Barista, long),
        ] {
            stage.server.link(link_for, name).await;
        }
        stage.server.barista("Cy").await;
        let max = stage.open("Max", Screen::TABLET, Eye::None).await;
        max.goto(&stage.server.link(LinkFor::Manager, "Max").await)
            .await;
        max.press_in("header", "Manage").await;
        max.shows("[data-person=Max]").await;
        shoot(&max, "barista-manage-staff", Screen::TABLET).await;
        max.press("Invite").await;
        max.sees("1 to 40").await;
        shoot(&max, "barista-manage-staff-refused", Screen::TABLET).await;
        max.press("New link: Bo").await;
        max.sees("A link for Bo").await;
        shoot(&max, "barista-manage-link", Screen::TABLET).await;
        max.press("Done").await;
        max.press_in(".manage-tabs", "Devices").await;
        max.shows("[data-device=Max]").await;
        shoot(&max, "barista-manage-devices", Screen::TABLET).await;
        max.press_in(".manage-tabs", "Shop").await;
        max.types("Most orders in progress", "0").await;
        max.press("Save settings").await;
        max.sees("cannot be used").await;
        shoot(&max, "barista-manage-shop", Screen::TABLET).await;
        max.press_in(".manage-tabs", "Menu").await;
        max.shows("[data-test=save-menu]").await;
        shoot(&max, "barista-manage-menu", Screen::TABLET).await;
        let (bo, ada) = (
            stage.server.barista("Di").await,
            stage.server.guest("Ada").await,
        );
        for _ in 0..2 {
            let order = ada.orders(&bo.code().await, "espresso", &[]).await.order;
            ada.cancels(order, None).await;
        }
        ada.orders(&bo.code().await, "espresso", &[]).await;
        max.press_in(".manage-tabs", "Orders").await;
        max.shows("[data-test=orders-alive] li").await;
        max.shows("[data-test=orders-over] li").await;
        shoot(&max, "barista-manage-orders", Screen::TABLET).await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn display_pairing() {
    play(shop(), async |stage| {
        let tv = stage.open("the display", Screen::TV, Eye::None).await;
        tv.goto(&format!("{}/display", stage.server.address)).await;
        tv.shows("[data-test=pair-code]").await;
        shoot(&tv, "display-pairing", Screen::TV).await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn barista_rules() {
    play_with(shop(), server::with_webhooks_here, async |stage| {
        let service = Vendor::open();
        service.will_answer(&[404]);
        let max = stage.open("Max", Screen::TABLET, Eye::None).await;
        max.goto(&stage.server.link(LinkFor::Manager, "Max").await)
            .await;
        max.press_in("header", "Manage").await;
        max.press_in(".manage-tabs", "Rules").await;
        max.types("Name", "loyalty").await;
        max.types("Address to call (https)", &service.endpoint)
            .await;
        let pattern = "{\"type\": [{\"prefix\": \"presso.shop.\"}]}";
        max.types("Which events (a pattern, JSON)", pattern).await;
        max.press("Put in place").await;
        max.sees("The rule’s secret").await;
        shoot(&max, "barista-manage-rule-secret", Screen::TABLET).await;
        max.press("I have it").await;
        stage.server.closes().await;
        max.fact("is given up", PATIENCE, async || {
            max.press("Refresh").await;
            let there = max.texts("[data-test=rule-dead]").await;
            (!there.is_empty()).then_some(()).ok_or("not yet".into())
        })
        .await;
        shoot(&max, "barista-manage-rules", Screen::TABLET).await;
        max.press("Given up: loyalty").await;
        max.shows("[data-dead]").await;
        shoot(&max, "barista-manage-rules-dead", Screen::TABLET).await;
    });
}
