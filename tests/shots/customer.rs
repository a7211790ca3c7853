//! The customer's phone, from the door to the cup.

use crate::{crowd::Crowd, shoot, shop};
use presso_core::{
    order::CancelReason,
    settings::{Settings, SignIn},
    workflow::Verb,
};
use presso_tests::{
    browser::{Eye, Screen},
    passcodes::Gateway,
    stage::{Phone, play, play_with},
};
use std::time::Duration;

pub(crate) async fn shoot_phone(phone: &Phone, name: &str) {
    shoot(phone, &format!("customer-{name}"), Screen::PHONE).await;
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn customer_coming_in() {
    play(shop(), async |stage| {
        let tv = stage.tv().await;
        // Pointed beside the code, so that the camera's screen stays.
        let ada = stage.phone("Ada", stage.film_of_nothing(&tv).await).await;
        ada.screen("door").await;
        shoot_phone(&ada, "door").await;
        ada.press("Scan the code").await;
        ada.sees("Point at the code").await;
        shoot_phone(&ada, "camera").await;
        ada.press("Type the code").await;
        shoot_phone(&ada, "typing").await;
        ada.types("Code", "12").await;
        ada.press("Come in").await;
        ada.sees("not a whole code yet").await;
        shoot_phone(&ada, "typing-wrong").await;
        let eve = stage.phone("Eve", Eye::Refused).await;
        eve.press("Scan the code").await;
        eve.sees("We may not use the camera").await;
        shoot_phone(&eve, "camera-refused").await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn customer_scanning() {
    play(shop(), async |stage| {
        let ada = stage.phone("Ada", Eye::Two).await;
        ada.begins_impatient().await;
        ada.press("Scan the code").await;
        ada.sees("Go a little closer").await;
        shoot_phone(&ada, "camera-long").await;
        ada.camera_is_pulled_out().await;
        ada.sees("The camera is gone").await;
        shoot_phone(&ada, "camera-gone").await;
        let poster = stage.film_of_poster("WIFI:S:guest;T:WPA;P:secret;;");
        let eve = stage.phone("Eve", poster).await;
        eve.press("Scan the code").await;
        eve.shows("[data-test=found] polygon").await;
        shoot_phone(&eve, "camera-not-ours").await;
        let bob = stage.phone("Bob", Eye::None).await;
        let nothing = stage.file("phone.png", &bob.picture().await);
        bob.press("Scan the code").await;
        bob.sees("There is no camera").await;
        bob.chooses_file("[data-test=picture]", &nothing).await;
        bob.sees("no code to be read in this picture").await;
        shoot_phone(&bob, "camera-picture-nothing").await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn customer_choosing() {
    play(shop(), async |stage| {
        let crowd = Crowd::gather(stage, "Cy").await;
        let link = format!(
            "{}#c={}",
            stage.server.front_door(),
            crowd.barista.code().await
        );
        let ada = stage.phone("Ada", Eye::None).await;
        ada.goto(&link).await;
        ada.screen("menu").await;
        shoot_phone(&ada, "menu").await;
        let bo = stage.tablet("Bo").await;
        bo.press_in("header", "Menu").await;
        bo.press_in("dialog[open]", "Mocha").await;
        bo.press_in("dialog[open]", "Soy milk").await;
        ada.sees("Sold out").await;
        shoot_phone(&ada, "menu-sold-out").await;
        ada.press_in("main", "Latte").await;
        ada.screen("options").await;
        shoot_phone(&ada, "options").await;
        ada.press("Continue").await;
        ada.sees("Please choose one of these").await;
        shoot_phone(&ada, "options-missing").await;
        ada.press("Oat milk").await;
        ada.press("Vanilla syrup").await;
        ada.press("Continue").await;
        ada.screen("review").await;
        ada.types("Name for the cup", "Ada").await;
        shoot_phone(&ada, "review").await;
        ada.press("Leave").await;
        ada.sees("Give up your place?").await;
        shoot_phone(&ada, "leave").await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn customer_on_its_way_and_ready() {
    play(shop(), async |stage| {
        let crowd = Crowd::gather(stage, "Cy").await;
        // Some history, so that there is something to reckon a wait from.
        let before = crowd.order(3, Duration::from_secs(40)).await;
        crowd.finishes(&before).await;
        let ahead = crowd.order(3, Duration::from_secs(5)).await;
        let link = format!(
            "{}#c={}",
            stage.server.front_door(),
            crowd.barista.code().await
        );
        let ada = stage.phone("Ada", Eye::None).await;
        ada.goto(&link).await;
        ada.screen("menu").await;
        ada.picks("Latte", &["Oat milk", "Vanilla syrup"]).await;
        let ticket = ada.places("Ada").await;
        ada.sees("3 drinks before yours").await;
        shoot_phone(&ada, "waiting").await;
        ada.press("Cancel my order").await;
        ada.sees("Cancel your order?").await;
        shoot_phone(&ada, "cancel").await;
        ada.press("Keep it").await;
        crowd.finishes(&ahead).await;
        let bo = stage.tablet("Bo").await;
        bo.starts(ticket).await;
        ada.sees("Your drink is being made").await;
        shoot_phone(&ada, "making").await;
        bo.finishes(ticket).await;
        ada.screen("ready").await;
        shoot_phone(&ada, "ready").await;
        bo.undoes(ticket).await;
        ada.sees("not ready after all").await;
        shoot_phone(&ada, "corrected").await;
        stage.server_goes_away().await;
        ada.sees("No connection").await;
        shoot_phone(&ada, "offline").await;
        stage.server.comes_back().await;
        bo.shows("[data-live=true]").await;
        bo.finishes(ticket).await;
        bo.hands_over(ticket).await;
        ada.sees("Enjoy!").await;
        shoot_phone(&ada, "collected").await;
        ada.press("My orders").await;
        ada.screen("history").await;
        ada.sees("Collected").await;
        shoot_phone(&ada, "history").await;
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn customer_over() {
    play(shop(), async |stage| {
        let crowd = Crowd::gather(stage, "Cy").await;
        let ada = stage.phone("Ada", Eye::None).await;
        // Each ending in turn, on one phone.
        for ending in [
            "cancelled-by-you",
            "cancelled-by-shop",
            "swept",
            "timed-out-shop",
        ] {
            let code = crowd.barista.code().await;
            ada.goto(&format!("{}#c={code}", stage.server.front_door()))
                .await;
            ada.screen("menu").await;
            ada.picks("Latte", &["Oat milk"]).await;
            ada.places("Ada").await;
            let page = crowd.newest().await;
            match ending {
                "cancelled-by-you" => {
                    ada.press("Cancel my order").await;
                    ada.sees("Cancel your order?").await;
                    ada.press("Cancel my order").await;
                }
                "cancelled-by-shop" => {
                    let why = Some(CancelReason::OutOfStock);
                    crowd.barista.cancels(page, why).await;
                }
                "swept" => {
                    crowd.barista.does(Verb::Claim, page).await;
                    crowd.barista.does(Verb::Complete, page).await;
                    stage.server.clock.push(Duration::from_secs(600));
                }
                _ => stage.server.clock.push(Duration::from_secs(900)),
            }
            ada.screen("ended").await;
            shoot_phone(&ada, ending).await;
        }
        let code = crowd.barista.code().await;
        ada.goto(&format!("{}#c={code}", stage.server.front_door()))
            .await;
        ada.screen("menu").await;
        stage.server.clock.push(Duration::from_secs(300));
        ada.sees("Time ran out").await;
        shoot_phone(&ada, "timed-out-you").await;
    });
}

/// The panel of alerts: asked, on, refused, out of reach. What a vendor answers is not at hand here.
#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn customer_alerts() {
    play(shop(), async |stage| {
        let barista = stage.server.barista("Bo").await;
        for (name, permission, vendor) in [
            ("alerts-asked", "prompt", false),
            ("alerts-on", "granted", true),
            ("alerts-failed", "granted", false),
            ("alerts-refused", "denied", false),
            ("alerts-home-screen", "prompt", false),
            ("alerts-unsupported", "prompt", false),
        ] {
            let code = barista.code().await;
            let ada = stage.open("Ada", Screen::PHONE, Eye::None).await;
            let origin = stage.server.address.clone();
            let setting = serde_json::json!({
                "permission": { "name": "notifications" }, "setting": permission,
                "origin": origin,
            });
            ada.cdp("Browser.setPermission", setting).await;
            if vendor {
                let keys = presso_tests::push::Receiver::new();
                ada.has_a_vendor(&keys.subscription("http://127.0.0.1:9/a"))
                    .await;
            }
            if let "alerts-home-screen" | "alerts-unsupported" = name {
                ada.has_no_push(name == "alerts-home-screen").await;
            }
            ada.goto(&format!("{}#c={code}", stage.server.front_door()))
                .await;
            let ada = Phone::of(ada);
            ada.screen("menu").await;
            ada.picks("Latte", &["Oat milk"]).await;
            ada.places("Ada").await;
            match name {
                "alerts-on" => {
                    ada.press("Ring this phone").await;
                    ada.sees("We ring this phone").await;
                }
                "alerts-failed" => {
                    ada.press("Ring this phone").await;
                    ada.sees("That did not work").await;
                }
                "alerts-home-screen" => ada.sees("Home Screen").await,
                "alerts-unsupported" => ada.sees("cannot ring a locked phone").await,
                "alerts-refused" => ada.sees("may not send notifications").await,
                _ => ada.sees("Want to put your phone away?").await,
            }
            ada.run(
                "document.querySelector('[data-test=alerts]').scrollIntoView({block: 'center'})",
                vec![],
            )
            .await;
            shoot_phone(&ada, name).await;
        }
    });
}

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn customer_signing_in() {
    let gateway = Gateway::open();
    let passcodes = gateway.settings();
    let unusual = move |config: &mut presso_backend::app::AppConfig| {
        config.passcodes = passcodes.clone();
    };
    let verified = Settings {
        sign_in: SignIn::Verified,
        ..shop()
    };
    play_with(verified, unusual, async |stage| {
        let tv = stage.tv().await;
        let ada = stage.arrives("Ada", &tv).await;
        ada.picks("Latte", &["Oat milk"]).await;
        ada.sees("asks you to sign in").await;
        shoot_phone(&ada, "sign-in-needed").await;
        ada.press("Sign in").await;
        shoot_phone(&ada, "sign-in").await;
        ada.types("Phone number", "0170 1234567").await;
        ada.press("Send me a code").await;
        ada.sees("Begin with +").await;
        shoot_phone(&ada, "sign-in-wrong").await;
        ada.types("Phone number", "+49 170 1234567").await;
        ada.press("Send me a code").await;
        ada.sees("Another code in").await;
        shoot_phone(&ada, "sign-in-code").await;
        let code = gateway.code("+491701234567").await;
        ada.types("Code", &code).await;
        ada.press("Sign in").await;
        ada.places("Ada").await;
        ada.press("My orders").await;
        ada.sees("You are signed in").await;
        shoot_phone(&ada, "signed-in").await;
        ada.press("Sign out").await;
        ada.sees("Sign out?").await;
        shoot_phone(&ada, "sign-out").await;
    });
}
