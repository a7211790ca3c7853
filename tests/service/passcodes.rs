//! Signing in by one-time code, over HTTP: what is sent, what it makes of a guest, what stays.

use crate::raw::{Raw, post};
use crate::reach;
use presso_core::api::{
    AskPasscode, AskPasscodeBody, GetOrder, GetShop, MyOrders, PasscodeAnswer, Problem,
    PutSettings, SignInBy, Submit, SubmitBody, VerifyPasscode, VerifyPasscodeBody,
};
use presso_core::order::OrderState;
use presso_core::settings::{Settings, SignIn};
use presso_core::workflow::Verb;
use presso_tests::passcodes::{Gateway, Mailbox, code_in};
use presso_tests::people::Person;
use presso_tests::server::{self, Server};
use serde_json::json;
use std::time::Duration;

const NUMBER: &str = "+491701234567";

/// A shop that takes orders of those who have signed in, and the phones that its codes reach.
struct Scene {
    server: Server,
    gateway: Gateway,
    bo: Person,
}

impl Scene {
    async fn set() -> Self {
        Self::with(Settings {
            sign_in: SignIn::Verified,
            ..server::settings()
        })
        .await
    }
    async fn with(settings: Settings) -> Self {
        let gateway = Gateway::open();
        let passcodes = gateway.settings();
        let unusual = move |config: &mut presso_backend::app::AppConfig| {
            config.passcodes = passcodes.clone();
        };
        let server = Server::start_with(settings, unusual).await;
        let bo = server.barista("Bo").await;
        Self {
            server,
            gateway,
            bo,
        }
    }
    async fn asks(&self, who: &Person, to: &str) -> Result<PasscodeAnswer, Problem> {
        let (shop, to) = (self.server.shop.clone(), to.to_owned());
        let body = AskPasscodeBody { shop, to };
        who.call(AskPasscode { body }).await
    }
    async fn tries(&self, who: &Person, to: &str, code: &str) -> Result<(), Problem> {
        let body = VerifyPasscodeBody {
            shop: self.server.shop.clone(),
            to: to.to_owned(),
            code: code.to_owned(),
        };
        who.call(VerifyPasscode { body }).await?;
        who.renews().await;
        Ok(())
    }
    async fn signs_in(&self, who: &Person) -> Result<(), Problem> {
        self.asks(who, NUMBER).await?;
        let code = self.gateway.code(NUMBER).await;
        self.tries(who, NUMBER, &code).await
    }
    async fn submits(
        &self,
        who: &Person,
        order: presso_core::id::OrderId,
    ) -> Result<OrderState, Problem> {
        let body = SubmitBody {
            drink: "espresso".parse().expect("a slug"),
            options: vec![],
            name: None,
        };
        Ok(who.call(Submit { order, body }).await?.order.state)
    }
    fn time_passes(&self, seconds: u64) {
        self.server.clock.push(Duration::from_secs(seconds));
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_guest_whose_place_is_kept_signs_in_and_orders() {
    let scene = Scene::set().await;
    let ada = scene.server.guest("Ada").await;
    let order = ada
        .scans(&scene.bo.code().await)
        .await
        .expect("a place")
        .order;
    let refused = scene.submits(&ada, order).await.unwrap_err();
    assert_eq!(
        (refused.status, refused.code.as_str()),
        (403, "sign_in_needed")
    );
    scene.signs_in(&ada).await.expect("the code is right");
    assert_eq!(scene.submits(&ada, order).await, Ok(OrderState::Queued));
    let shop = scene.server.shop.clone();
    let shown = ada.call(GetShop { shop }).await.expect("it is there");
    assert_eq!(shown.facts.sign_in, SignIn::Verified);
    assert_eq!(shown.sign_in_by, [SignInBy::Sms]);
}

#[tokio::test(flavor = "current_thread")]
async fn the_sms_goes_to_the_gateway_as_a_form_and_ends_as_phones_expect() {
    let scene = Scene::set().await;
    let ada = scene.server.guest("Ada").await;
    let answer = scene
        .asks(&ada, "+49 (170) 123-4567")
        .await
        .expect("it is sent");
    let wait_ms = answer.resend_at.ms_since(answer.expires_at);
    assert_eq!(wait_ms, -270_000, "half a minute, and five");
    let text = scene.gateway.text().await;
    assert_eq!(text.to, NUMBER);
    assert_eq!(text.form["From"], "+15550001111");
    assert_eq!(
        text.letter.header("content-type"),
        "application/x-www-form-urlencoded"
    );
    let code = code_in(&text.text);
    let last = text.text.lines().last().unwrap_or_default();
    assert_eq!(last, format!("@127.0.0.1 #{code}"));
    assert!(text.text.contains("Harbour Coffee"), "{}", text.text);
    assert!(
        text.text.is_ascii() && text.text.len() <= 160,
        "one SMS: {}",
        text.text
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_gateway_that_is_busy_is_asked_again() {
    let scene = Scene::set().await;
    let ada = scene.server.guest("Ada").await;
    scene.gateway.will_answer(&[503]);
    scene.asks(&ada, NUMBER).await.expect("nobody waits for it");
    let first = scene.gateway.code(NUMBER).await;
    assert_eq!(scene.gateway.code(NUMBER).await, first, "the same code");
    scene
        .tries(&ada, NUMBER, &first)
        .await
        .expect("it is right");
}

#[tokio::test(flavor = "current_thread")]
async fn an_address_gets_its_code_by_smtp() {
    let mailbox = Mailbox::open();
    let passcodes = mailbox.settings();
    let server = Server::start_with(server::settings(), move |config| {
        config.passcodes = passcodes.clone();
    })
    .await;
    let ada = server.guest("Ada").await;
    let (shop, to) = (server.shop.clone(), "Ada@Example.org".to_owned());
    let body = AskPasscodeBody {
        shop: shop.clone(),
        to: to.clone(),
    };
    ada.call(AskPasscode { body }).await.expect("it is sent");
    let mail = mailbox.mail().await;
    assert_eq!(
        (mail.from.as_str(), mail.to.as_str()),
        ("coffee@example.org", "ada@example.org")
    );
    let (head, text) = mail.data.split_once("\r\n\r\n").expect("a head and a body");
    assert!(
        head.contains("Subject: Your code for Harbour Coffee"),
        "{head}"
    );
    let code = code_in(text);
    assert!(!head.contains(&code), "a locked phone shows the subject");
    let body = VerifyPasscodeBody { shop, to, code };
    ada.call(VerifyPasscode { body })
        .await
        .expect("it is right");
}

#[tokio::test(flavor = "current_thread")]
async fn on_another_phone_the_same_number_is_the_same_customer_and_what_they_hold_goes_along() {
    let scene = Scene::with(server::settings()).await;
    let (first, second) = (
        scene.server.guest("Ada").await,
        scene.server.guest("Ada").await,
    );
    scene.signs_in(&first).await.expect("the code is right");
    let before = first
        .orders(&scene.bo.code().await, "espresso", &[])
        .await
        .order;
    scene.bo.does(Verb::Claim, before).await;
    scene.bo.does(Verb::Complete, before).await;
    // A guest on the second phone, with an order in the queue.
    let mine = second
        .orders(&scene.bo.code().await, "espresso", &[])
        .await
        .order;
    scene.time_passes(31);
    scene.signs_in(&second).await.expect("the code is right");
    let page = second.call(MyOrders::default()).await.expect("one's own");
    let own: Vec<_> = page.orders.iter().map(|one| one.order.order).collect();
    assert_eq!(own, [mine, before], "those of both phones");
    assert!(first.call(GetOrder { order: mine }).await.is_ok());
    // One unfinished order each: it counts on the first phone, too.
    let refused = first.scans(&scene.bo.code().await).await.unwrap_err();
    assert_eq!(refused.code, "already_ordered");
    let done = second.cancels(mine, None).await;
    assert_eq!(done.state, OrderState::Cancelled);
}

#[tokio::test(flavor = "current_thread")]
async fn who_has_an_order_already_keeps_it_and_signs_in_when_it_is_over() {
    let scene = Scene::set().await;
    let (first, second) = (
        scene.server.guest("Ada").await,
        scene.server.guest("Ada").await,
    );
    scene.signs_in(&first).await.expect("the code is right");
    let theirs = first
        .scans(&scene.bo.code().await)
        .await
        .expect("a place")
        .order;
    let mine = second
        .scans(&scene.bo.code().await)
        .await
        .expect("a place")
        .order;
    scene.time_passes(31);
    scene.asks(&second, NUMBER).await.expect("it is sent");
    let code = scene.gateway.code(NUMBER).await;
    let refused = scene.tries(&second, NUMBER, &code).await.unwrap_err();
    assert_eq!(refused.code, "already_ordered");
    let still = second
        .call(GetOrder { order: mine })
        .await
        .expect("it is hers");
    assert_eq!(still.order.state, OrderState::Choosing, "nothing was lost");
    let refused = scene.submits(&second, mine).await.unwrap_err();
    assert_eq!(refused.code, "sign_in_needed", "and nothing was won");
    first.cancels(theirs, None).await;
    scene
        .tries(&second, NUMBER, &code)
        .await
        .expect("the same code still does");
    assert_eq!(scene.submits(&second, mine).await, Ok(OrderState::Queued));
}

#[tokio::test(flavor = "current_thread")]
async fn every_number_that_is_none_is_told_its_rule_and_what_is_not_served_says_so() {
    let scene = Scene::set().await;
    let ada = scene.server.guest("Ada").await;
    for (to, code, word) in [
        ("0170 1234567", "bad_contact", "begins with +"),
        ("+0170 1234567", "bad_contact", "begin with 0"),
        ("+49 170 COFFEE", "bad_contact", "digits only"),
        ("+49 170", "bad_contact", "8 to 15"),
        ("+43 660 1234567", "country_not_served", "country"),
        ("ada@example.org", "addresses_not_served", "SMS"),
    ] {
        let refused = scene.asks(&ada, to).await.unwrap_err();
        assert_eq!((refused.status, refused.code.as_str()), (422, code), "{to}");
        assert_eq!(refused.field.as_deref(), Some("to"));
        assert!(refused.title.contains(word), "{to}: {}", refused.title);
    }
    let malformed = scene.tries(&ada, NUMBER, "12345").await.unwrap_err();
    assert_eq!(
        (malformed.status, malformed.code.as_str()),
        (422, "passcode_malformed")
    );
    assert!(scene.gateway.is_empty().await);
}

#[tokio::test(flavor = "current_thread")]
async fn where_no_codes_are_sent_nobody_has_to_sign_in() {
    let server = Server::start(server::settings()).await;
    let ada = server.guest("Ada").await;
    let shop = server.shop.clone();
    let body = AskPasscodeBody {
        shop: shop.clone(),
        to: NUMBER.into(),
    };
    let refused = ada.call(AskPasscode { body }).await.unwrap_err();
    assert_eq!(
        (refused.status, refused.code.as_str()),
        (409, "passcodes_off")
    );
    let settings = Settings {
        sign_in: SignIn::Verified,
        ..server::settings()
    };
    let refused = server
        .operator()
        .call(PutSettings { shop, settings })
        .await
        .unwrap_err();
    assert_eq!(
        (refused.code.as_str(), refused.field.as_deref()),
        ("bad_settings", Some("sign_in"))
    );
}

#[tokio::test(flavor = "current_thread")]
async fn asking_twice_sends_once_and_a_minute_later_the_new_code_counts() {
    let scene = Scene::set().await;
    let (ada, eve) = (
        scene.server.guest("Ada").await,
        scene.server.guest("Eve").await,
    );
    let answer = scene.asks(&ada, NUMBER).await.expect("it is sent");
    assert_eq!(
        scene.asks(&ada, NUMBER).await,
        Ok(answer),
        "the answer was lost"
    );
    let refused = scene.asks(&eve, NUMBER).await.unwrap_err();
    assert_eq!(
        (refused.status, refused.code.as_str()),
        (429, "passcode_too_soon")
    );
    assert!(refused.retry_after_s.is_some_and(|s| (1..=30).contains(&s)));
    let old = scene.gateway.code(NUMBER).await;
    assert!(scene.gateway.is_empty().await);
    scene.time_passes(31);
    scene.asks(&ada, NUMBER).await.expect("another");
    let new = scene.gateway.code(NUMBER).await;
    if old != new {
        let refused = scene.tries(&ada, NUMBER, &old).await.unwrap_err();
        assert_eq!(
            (refused.status, refused.code.as_str()),
            (403, "passcode_wrong")
        );
    }
    scene.time_passes(301);
    let refused = scene.tries(&ada, NUMBER, &new).await.unwrap_err();
    assert_eq!(
        (refused.status, refused.code.as_str()),
        (410, "passcode_expired")
    );
}

#[tokio::test(flavor = "current_thread")]
async fn neither_number_nor_code_is_anywhere_in_the_data_folder() {
    let scene = Scene::set().await;
    let ada = scene.server.guest("Ada").await;
    scene.asks(&ada, NUMBER).await.expect("it is sent");
    let code = scene.gateway.code(NUMBER).await;
    scene.tries(&ada, NUMBER, &code).await.expect("it is right");
    let order = ada.orders(&scene.bo.code().await, "espresso", &[]).await;
    assert!(order.ticket.is_some());
    let journal = reach::journal_text(&scene.server).await;
    assert!(
        journal.contains("\"verified\":true"),
        "who ordered had signed in: {journal}"
    );
    let mut read = 0;
    for entry in std::fs::read_dir(scene.server.data()).expect("a folder") {
        let path = entry.expect("an entry").path();
        let Ok(bytes) = std::fs::read(&path) else {
            continue;
        };
        read += 1;
        for text in [NUMBER, &NUMBER[1..], &NUMBER[3..], "170 1234567"] {
            let found = bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes());
            assert!(!found, "{text} is in {}", path.display());
        }
        let quoted = format!("\"{code}\"");
        assert!(!bytes.windows(8).any(|part| part == quoted.as_bytes()));
    }
    assert!(read >= 3, "database and keys were read");
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_no_request_for_a_code_is_refused() {
    let scene = Scene::set().await;
    let ada = scene.server.guest("Ada").await;
    for (path, body, status) in [
        ("/v1/session/code", json!({"shop": "demo"}), 422),
        (
            "/v1/session/code",
            json!({"shop": "demo", "to": NUMBER, "account": 1}),
            422,
        ),
        (
            "/v1/session/code",
            json!({"shop": "nowhere", "to": NUMBER}),
            404,
        ),
        (
            "/v1/session/verify",
            json!({"shop": "demo", "to": NUMBER}),
            422,
        ),
    ] {
        let raw = Raw {
            key: None,
            ..post(&ada, path, &body)
        };
        let reply = raw.send(&scene.server).await;
        assert_eq!(reply.status, status, "{path} {body}: {reply:?}");
    }
}
