//! A shop that asks its customers to sign in: the place is kept, the code comes, the order goes on.

use presso_core::settings::{Settings, SignIn};
use presso_tests::{passcodes::Gateway, server::settings, stage::play_with};
use std::time::Duration;

const NUMBER: &str = "+49 170 1234567";
const AS_SENT: &str = "+491701234567";

fn verified() -> Settings {
    Settings {
        sign_in: SignIn::Verified,
        ..settings()
    }
}

#[test]
fn a_guest_signs_in_on_the_way_keeps_the_order_and_signs_out() {
    let gateway = Gateway::open();
    let passcodes = gateway.settings();
    let unusual = move |config: &mut presso_backend::app::AppConfig| {
        config.passcodes = passcodes.clone();
    };
    play_with(verified(), unusual, async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.picks("Latte", &["Oat milk"]).await;
        ada.sees("This shop asks you to sign in").await;
        assert!(!ada.offers("Place order").await);
        ada.checked("asked to sign in").await;
        ada.press("Sign in").await;
        ada.screen("sign-in").await;
        ada.checked("where to send the code").await;
        ada.types("Phone number", "0170 1234567").await;
        ada.press("Send me a code").await;
        ada.sees("Begin with + and your country").await;
        ada.checked("a number without its country").await;
        ada.types("Phone number", NUMBER).await;
        ada.press("Send me a code").await;
        ada.sees("Type the code").await;
        ada.sees("Another code in").await;
        ada.checked("the six digits").await;
        let code = gateway.code(AS_SENT).await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        ada.types("Code", wrong).await;
        ada.press("Sign in").await;
        ada.sees("That is not the code we sent").await;
        ada.types("Code", &code).await;
        ada.press("Sign in").await;
        // Back where she was, with what she had chosen.
        ada.screen("review").await;
        ada.sees("Oat milk").await;
        let ticket = ada.places("Ada").await;
        bo.lane("to-make", &[ticket]).await;
        ada.reload().await;
        ada.screen("waiting").await;

        ada.press("My orders").await;
        ada.sees("You are signed in").await;
        ada.checked("signed in").await;
        // As an order at another shop of this server is kept.
        let elsewhere = "localStorage.setItem('presso.customer.last.elsewhere', '{}')";
        ada.run(elsewhere, vec![]).await;
        ada.press("Sign out").await;
        ada.sees("Sign in again, on any phone").await;
        ada.checked("asked before signing out").await;
        ada.press_in("dialog[open]", "Sign out").await;
        ada.screen("door").await;
        let kept = "return Object.keys(localStorage)
            .filter((key) => /^presso.customer.(order|last|name)/.test(key))";
        assert_eq!(ada.run(kept, vec![]).await, serde_json::json!([]));
        ada.reload().await;
        ada.screen("door").await;

        // Another day, another phone: the order is there.
        stage.server.clock.push(Duration::from_secs(31));
        let second = stage.arrives("Ada, again", &tv).await;
        second.press("Leave").await;
        second.press("Give it up").await;
        second.press("My orders").await;
        second.press("Sign in").await;
        second.types("Phone number", NUMBER).await;
        second.press("Send me a code").await;
        let code = gateway.code(AS_SENT).await;
        second.types("Code", &code).await;
        second.press("Sign in").await;
        second.press("My orders").await;
        second.sees("In the queue").await;
    });
}
