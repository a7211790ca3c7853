//! The phone is put away: its page closed, it rings all the same. Only the vendor's push service is
//! missing here; what the server left there is decrypted and handed to the service worker, as the
//! browser would.

use presso_tests::{
    browser::{Browser, Eye, PATIENCE, Screen},
    push::{Receiver, Vendor},
    server::settings,
    stage::{Phone, Stage, play},
};
use serde_json::json;
use std::rc::Rc;

const SCOPE: &str = "/s/";

/// A phone at the menu, whose page may ask for this.
async fn phone(stage: &Stage, permission: &str, vendor: Option<(&Vendor, &Receiver)>) -> Phone {
    let phone = stage.open("Ada", Screen::PHONE, Eye::None).await;
    let origin = stage.server.address.clone();
    let setting = json!({
        "permission": { "name": "notifications" }, "setting": permission, "origin": origin,
    });
    phone.cdp("Browser.setPermission", setting).await;
    if let Some((service, receiver)) = vendor {
        phone
            .has_a_vendor(&receiver.subscription(&service.endpoint))
            .await;
    }
    at_the_menu(stage, phone).await
}

async fn at_the_menu(stage: &Stage, phone: Rc<Browser>) -> Phone {
    let code = stage.server.barista("Cy").await.code().await;
    phone
        .goto(&format!("{}#c={code}", stage.server.front_door()))
        .await;
    let phone = Phone::of(phone);
    phone.screen("menu").await;
    phone
}

/// Away from the shop's page, at one that the same worker can be asked from.
async fn puts_it_away(stage: &Stage, phone: &Phone) {
    phone
        .goto(&format!("{}/barista", stage.server.address))
        .await;
}

/// Hands it this push until these are the notifications that the phone shows: their titles. Again,
/// since to the worker a page that was left may be there for a moment longer, and rings itself then;
/// a notification of the same order takes the place of the one before.
async fn is_rung(stage: &Stage, phone: &Phone, push: &str, titles: &[&str]) -> Vec<[String; 3]> {
    phone
        .fact(&format!("is rung with {titles:?}"), PATIENCE, async || {
            phone.receives_push(&stage.server.address, push).await;
            let seen = phone.notifications(SCOPE).await;
            let said: Vec<_> = seen.iter().map(|[title, ..]| title.as_str()).collect();
            if said == titles {
                Ok(seen.clone())
            } else {
                Err(format!("{seen:?}"))
            }
        })
        .await
}

#[test]
fn with_the_page_closed_the_phone_rings_when_the_drink_is_ready_and_when_it_is_not_after_all() {
    play(settings(), async |stage| {
        let (service, receiver) = (Vendor::open(), Receiver::new());
        let bo = stage.tablet("Bo").await;
        let ada = phone(stage, "granted", Some((&service, &receiver))).await;
        ada.picks("Latte", &["Oat milk"]).await;
        let ticket = ada.places("Ada").await;
        ada.sees("We can ring it when your drink is ready, even when it is locked")
            .await;
        ada.checked("asked about alerts").await;
        ada.press("Ring this phone").await;
        ada.sees("We ring this phone when your drink is ready")
            .await;
        ada.checked("alerts are on").await;

        puts_it_away(stage, &ada).await;
        bo.starts(ticket).await;
        bo.finishes(ticket).await;
        let ready = receiver.text(&service.letter().await);
        let seen = is_rung(stage, &ada, &ready, &["Your drink is ready!"]).await;
        assert_eq!(seen[0][1], "Number 1. Pick it up at the counter.");

        bo.undoes(ticket).await;
        let correction = receiver.text(&service.letter().await);
        let seen = is_rung(stage, &ada, &correction, &["Not ready after all"]).await;
        assert_eq!(seen.len(), 1, "in place of the first");

        // Whoever looks at the shop's page is told there.
        ada.goto(&stage.server.front_door()).await;
        ada.screen("waiting").await;
        ada.sees("We ring this phone").await;
        let other = ready.replace("\"ticket\":1", "\"ticket\":77");
        let other = other.replace(&seen[0][2], "00000000-0000-7000-8000-000000000077");
        assert_ne!(other, ready);
        ada.receives_push(&stage.server.address, &other).await;
        puts_it_away(stage, &ada).await;
        is_rung(stage, &ada, &ready, &["Your drink is ready!"]).await;
    });
}

#[test]
fn alerts_can_be_switched_off_again() {
    play(settings(), async |stage| {
        let (service, receiver) = (Vendor::open(), Receiver::new());
        let bo = stage.server.barista("Bo").await;
        let ada = phone(stage, "granted", Some((&service, &receiver))).await;
        ada.picks("Espresso", &[]).await;
        ada.places("Ada").await;
        ada.press("Ring this phone").await;
        ada.sees("We ring this phone").await;
        ada.reload().await;
        ada.sees("We ring this phone").await;
        ada.press("Do not ring").await;
        ada.sees("We can ring it").await;
        let page = bo.call(presso_core::api::ListOrders {
            shop: stage.server.shop.clone(),
            state: None,
            after: None,
        });
        let order = page.await.expect("staff may").orders[0].order.order;
        bo.cancels(order, None).await;
        ada.sees("The shop cancelled your order").await;
        assert!(service.is_empty().await);
    });
}

#[test]
fn refused_or_impossible_the_page_says_what_instead() {
    play(settings(), async |stage| {
        let refused = phone(stage, "denied", None).await;
        refused.picks("Espresso", &[]).await;
        refused.places("Ada").await;
        refused.sees("may not send notifications").await;
        refused.sees("Keep this page open").await;
        refused.checked("alerts refused").await;
        assert!(!refused.offers("Ring this phone").await);

        for (iphone, instead) in [
            (true, "put this page on your Home Screen"),
            (false, "cannot ring a locked phone"),
        ] {
            let old = stage.open("Eve", Screen::PHONE, Eye::None).await;
            old.has_no_push(iphone).await;
            let old = at_the_menu(stage, old).await;
            old.picks("Espresso", &[]).await;
            old.places("Eve").await;
            old.sees(instead).await;
            old.sees("keep this page open").await;
            old.checked("alerts impossible").await;
            assert!(!old.offers("Ring this phone").await);
        }
    });
}

#[test]
fn a_browser_that_cannot_reach_its_vendor_says_so_and_can_be_asked_again() {
    play(settings(), async |stage| {
        // Its own way to its vendor, which is not there.
        let ada = phone(stage, "granted", None).await;
        ada.picks("Espresso", &[]).await;
        ada.places("Ada").await;
        ada.press("Ring this phone").await;
        ada.sees("That did not work").await;
        ada.checked("alerts failed").await;
        assert!(ada.offers("Try again").await);
    });
}
