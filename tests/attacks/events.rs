//! Can somebody outside make Presso's rules believe what did not happen? By a key that is none, by
//! another's name, by what only Presso can know, by sending again what was overheard.

use crate::cast::{Bent, Cast};
use presso_tests::raw::{Raw, get};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const EVENTS: &str = "/v1/shops/demo/events";

/// The key of a source that a manager lets in.
async fn key(cast: &Cast, shop: &str, source: &str) -> String {
    let path = format!("/v1/shops/{shop}/sources");
    let add = get(&path).sending("POST", &json!({ "source": source }));
    let reply = add.by(cast.token(7)).send(&cast.server).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.text("key").to_owned()
}

fn event(source: &str, kind: &str, detail: &Value) -> Raw {
    let body = json!({ "source": source, "detail-type": kind, "detail": detail });
    get(EVENTS).sending("POST", &body)
}

#[tokio::test(flavor = "current_thread")]
async fn nobody_puts_an_event_without_a_key_of_that_shop_and_source() {
    let cast = Cast::meet().await;
    let (own, others) = (
        key(&cast, "demo", "loyalty").await,
        key(&cast, "other", "loyalty").await,
    );
    let fine = event("loyalty", "points", &json!({}));
    let mut bent = own.clone().into_bytes();
    bent[10] = if bent[10] == b'A' { b'B' } else { b'A' };
    let bent = String::from_utf8(bent).expect("letters");
    for stranger in [
        None,
        Some(String::new()),
        Some("psk_".into()),
        Some(own[4..].to_owned()),
        Some(format!("{own}A")),
        Some(bent),
        cast.token(1),
        cast.token(4),
        cast.token(5),
        cast.token(7),
        cast.token(8),
    ] {
        let raw = fine.clone().by(stranger);
        cast.is_refused(&raw, 401, "session").await;
    }
    let foreign = fine.clone().by(Some(others));
    cast.is_refused(&foreign, 403, "not_allowed").await;
    let forged = |source: &str| event(source, "points", &json!({})).by(Some(own.clone()));
    for source in [
        "awsserverlessda.serverlesspresso",
        "presso",
        "Loyalty",
        "loyalty ",
    ] {
        cast.is_refused(&forged(source), 403, "source_not_yours")
            .await;
    }
    // The key opens nothing else.
    for (method, path) in [
        ("GET", "/v1/shops/demo/orders"),
        ("GET", "/v1/shops/demo/rules"),
        ("POST", "/v1/shops/demo/close"),
    ] {
        let raw = get(path).sending(method, &json!({})).by(Some(own.clone()));
        cast.is_refused(&raw, 401, "session").await;
    }
    assert_eq!(fine.by(Some(own)).send(&cast.server).await.status, 201);
}

#[tokio::test(flavor = "current_thread")]
async fn nothing_that_only_presso_can_know_is_taken_from_outside() {
    let cast = Cast::meet().await;
    let own = key(&cast, "demo", "loyalty").await;
    let order = json!({ "orderId": "6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01", "eventId": "demo" });
    for kind in [
        "OrderManager.OrderCompleted",
        "ordermanager.ordercancelled",
        "Validator.NewOrder",
        "ConfigService.ConfigChanged",
        "presso.order.completed.v1",
        "Presso.Order.Completed.v1",
        "OrderManager.OrderCompleted\u{200b}",
    ] {
        let raw = event("loyalty", kind, &order).by(Some(own.clone()));
        cast.is_refused(&raw, 422, "invalid_field").await;
    }
    for name in [
        "presso",
        "PRESSO.orders",
        "aws.events",
        "awsserverlessda.serverlesspresso",
    ] {
        let add = get("/v1/shops/demo/sources").sending("POST", &json!({ "source": name }));
        cast.is_refused(&add.by(cast.token(5)), 422, "invalid_field")
            .await;
    }
    // What is taken says nothing to any order, whatever it says.
    let before = cast.journal().await;
    let fine = event("loyalty", "OrderManager.OrderCompletedTwice", &order);
    assert_eq!(fine.by(Some(own)).send(&cast.server).await.status, 201);
    assert_eq!(cast.journal().await, before);
}

#[tokio::test(flavor = "current_thread")]
async fn what_was_overheard_puts_nothing_a_second_time() {
    let cast = Cast::meet().await;
    let own = key(&cast, "demo", "loyalty").await;
    let sent = event("loyalty", "points", &json!({ "points": 7 })).by(Some(own));
    let first = sent.send(&cast.server).await;
    assert_eq!(first.status, 201);
    for _ in 0..3 {
        let again = sent.send(&cast.server).await;
        assert_eq!((again.status, &again.body), (201, &first.body));
    }
    let changed = Raw {
        body: String::from_utf8(sent.body.clone())
            .expect("JSON")
            .replace('7', "700")
            .into_bytes(),
        ..sent.clone()
    };
    cast.is_refused(&changed, 422, "idempotency_key_reused")
        .await;
    let unnamed = Raw { key: None, ..sent };
    cast.is_refused(&unnamed, 428, "idempotency_key_missing")
        .await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_source_that_floods_waits_and_nobody_with_it() {
    let cast = Cast::meet().await;
    let own = key(&cast, "demo", "loyalty").await;
    let quiet = key(&cast, "demo", "quiet").await;
    let start = Instant::now();
    let mut refused = 0;
    for _ in 0..650 {
        let raw = event("loyalty", "points", &json!({})).by(Some(own.clone()));
        let status = raw.send(&cast.server).await.status;
        assert!([201, 429].contains(&status), "{status}");
        refused += usize::from(status == 429);
    }
    // Meanwhile two more a second have room.
    let grown = usize::try_from(start.elapsed().as_secs()).unwrap_or(50) * 2 + 2;
    assert!(refused + grown >= 50, "{refused}");
    let other = event("quiet", "points", &json!({})).by(Some(quiet));
    assert_eq!(other.send(&cast.server).await.status, 201);
    let own = key(&cast, "demo", "large").await;
    let large = event("large", "points", &json!({ "x": "y".repeat(16 * 1024) }));
    let large = large.by(Some(own));
    cast.is_refused(&large, 413, "body_too_big").await;
    assert!(start.elapsed() < Duration::from_secs(60));
}
