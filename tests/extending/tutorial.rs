//! The loyalty card, in three languages.

use crate::consumer::{Consumer, lacks, port};
use crate::document::block;
use crate::shop::{Shop, is_not_built};
use std::process::Command;

/// Two coffees make two people's points; whoever has no key is not heard, nor who signed long ago.
async fn counts(program: &str, code: &str, file: &str) {
    let shop = Shop::open().await;
    let port = port();
    let secret = shop.rule(block("json rule.json"), port);
    let mut command = Command::new(program);
    if !code.is_empty() {
        std::fs::write(shop.folder().join(file), code).expect("a file can be written");
        command.arg(file);
    }
    let consumer = Consumer::start(command.current_dir(shop.folder()), port, &secret);
    shop.coffee().await;
    let first = consumer.line();
    shop.coffee().await;
    let second = consumer.line();
    for line in [&first, &second] {
        let customer = line.strip_suffix(" has 1 point(s)");
        assert_eq!(customer.map(str::len), Some(8), "{line}");
    }
    assert_ne!(first, second, "two guests");
    let forged = r#"{"type": "presso.order.started.v1", "subject": "x", "data": {"customer": "forged, all of it"}}"#;
    for headers in [
        "",
        "webhook-id: a\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,AAAA\r\n",
        &signed("whsec_bm90IGl0cyBrZXk=", now(), forged),
        &signed(&secret, now() - 3_600, forged),
    ] {
        assert_eq!(consumer.answers(headers, forged), 401, "{headers}");
    }
    // The right key at the right time is heard; and once, however often it comes.
    let headers = signed(&secret, now(), forged);
    let collected = forged.replace("started", "collected");
    assert_eq!(consumer.answers(&headers, forged), 204);
    assert_eq!(consumer.answers(&headers, forged), 204);
    let headers = signed(&secret, now(), &collected).replace("msg_1", "msg_2");
    assert_eq!(consumer.answers(&headers, &collected), 401, "another id");
    consumer.ends_without_a_word();
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(since.expect("it is after 1970").as_secs()).expect("for a while yet")
}

/// The headers of a webhook, by the library that is the measure for all others.
fn signed(secret: &str, at: i64, body: &str) -> String {
    let webhook = standardwebhooks::Webhook::new(secret).expect("a key");
    let signature = webhook.sign("msg_1", at, body.as_bytes());
    let signature = signature.expect("it can be signed");
    format!("webhook-id: msg_1\r\nwebhook-timestamp: {at}\r\nwebhook-signature: {signature}\r\n")
}

#[tokio::test]
async fn the_loyalty_card_in_python_counts_and_believes_no_forger() {
    if !is_not_built() && !lacks("python3") {
        counts("python3", block("python"), "loyalty.py").await;
    }
}

#[tokio::test]
async fn the_loyalty_card_in_javascript_counts_and_believes_no_forger() {
    if !is_not_built() && !lacks("node") {
        counts("node", block("js"), "loyalty.mjs").await;
    }
}

/// Built from the file that the tutorial's block is held against.
#[tokio::test]
async fn the_loyalty_card_in_rust_counts_and_believes_no_forger() {
    if !is_not_built() {
        counts(env!("CARGO_BIN_EXE_loyalty"), "", "").await;
    }
}
