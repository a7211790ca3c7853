//! The links by which customers share journeys: guessed, forged, another order's, ended, erased, and
//! what they show.

use crate::cast::{BARISTA, Bent, Cast};
use presso_core::api::{EraseMe, EraseShop, ShareJourney, UnshareJourney};
use presso_core::id::OrderId;
use presso_core::order::CancelReason;
use presso_tests::people::Person;
use presso_tests::raw::{Raw, Reply, get};
use serde_json::json;
use std::time::Duration;

async fn reads(cast: &Cast, secret: &str) -> Reply {
    let raw: Raw = get("/v1/shared").sending("POST", &json!({ "secret": secret }));
    raw.send(&cast.server).await
}

async fn is_nothing(cast: &Cast, secret: &str, what: &str) {
    let reply = reads(cast, secret).await;
    let seen = (reply.status, reply.text("code"));
    assert_eq!(seen, (404, "share_unknown"), "{what}");
}

/// An order, and the secret of a link to its journey.
async fn shares(cast: &Cast, ada: &Person) -> (OrderId, String) {
    let code = cast.server.operator().code().await;
    let order = ada.orders(&code, "espresso", &[]).await.order;
    (order, link(ada, order).await)
}

async fn link(ada: &Person, order: OrderId) -> String {
    let shared = ada.call(ShareJourney { order }).await;
    let link = shared.expect("it is their own").link;
    let (page, secret) = link.split_once("#j=").expect("a secret in the fragment");
    assert!(page.ends_with("/j"), "{page}");
    secret.to_owned()
}

#[tokio::test(flavor = "current_thread")]
async fn a_shared_journey_shows_what_happened_and_nobody() {
    let cast = Cast::meet().await;
    let ada = cast.server.guest("Adelheid").await;
    let bo = cast.server.barista("Bartholomew").await;
    let (order, secret) = shares(&cast, &ada).await;
    bo.does(presso_core::workflow::Verb::Claim, order).await;
    let reply = reads(&cast, &secret).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.body["steps"].as_array().map(Vec::len), Some(3));
    assert_eq!(reply.body["waiting"]["for"], "drink");
    let text = reply.body.to_string();
    let own = bo.reads(order).await;
    let staff = own.claim.and_then(|claim| claim.staff).expect("Bo's");
    for hidden in [
        "Adelheid",
        "Bartholomew",
        &staff.to_string(),
        &order.to_string(),
    ] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    // Nor is there a field for anybody.
    let fields: Vec<_> = reply.body.as_object().expect("fields").keys().collect();
    assert_eq!(
        fields,
        ["ends_at", "shop_name", "steps", "ticket", "waiting"]
    );
    for step in reply.body["steps"].as_array().expect("a list") {
        assert_eq!(
            (&step["staff"], &step["name"]),
            (&json!(null), &json!(null))
        );
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_link_that_was_guessed_or_bent_leads_nowhere() {
    let cast = Cast::meet().await;
    let (order, secret) = shares(&cast, &cast.server.guest("Ada").await).await;
    for guess in [
        "",
        "x",
        &"A".repeat(43),
        &order.to_string(),
        &secret[..42],
        &format!("{secret}="),
        &format!(" {secret}"),
        &secret.to_ascii_uppercase(),
        &secret.chars().rev().collect::<String>(),
    ] {
        is_nothing(&cast, guess, guess).await;
    }
    assert_eq!(reads(&cast, &secret).await.status, 200);
}

#[tokio::test(flavor = "current_thread")]
async fn a_link_leads_to_its_own_order_and_opens_nothing_else() {
    let cast = Cast::meet().await;
    let (ada, eve) = (
        cast.server.guest("Ada").await,
        cast.server.guest("Eve").await,
    );
    let (order, first) = shares(&cast, &ada).await;
    let (other, second) = shares(&cast, &eve).await;
    ada.cancels(order, Some(CancelReason::Mistake)).await;
    assert_eq!(reads(&cast, &first).await.body["waiting"], json!(null));
    assert_eq!(
        reads(&cast, &second).await.body["waiting"]["for"],
        "barista"
    );
    // Nobody shares or ends what is another's; and no secret is a token.
    for who in [&eve, &cast.server.barista("Bo").await] {
        let refused = who
            .call(ShareJourney { order })
            .await
            .expect_err("not theirs");
        assert!(matches!(refused.status, 403 | 404), "{refused:?}");
        let refused = who
            .call(UnshareJourney { order })
            .await
            .expect_err("nor this");
        assert!(matches!(refused.status, 403 | 404), "{refused:?}");
    }
    assert_eq!(reads(&cast, &first).await.status, 200);
    for path in [
        format!("/v1/orders/{other}"),
        format!("/v1/orders/{other}/journey"),
    ] {
        let raw = get(&path).by(Some(second.clone()));
        assert_eq!(raw.send(&cast.server).await.status, 401, "{path}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_link_that_was_ended_replaced_or_is_too_old_leads_nowhere() {
    let cast = Cast::meet().await;
    let ada = cast.server.guest("Ada").await;
    let (order, first) = shares(&cast, &ada).await;
    let second = link(&ada, order).await;
    is_nothing(&cast, &first, "replaced").await;
    assert_eq!(reads(&cast, &second).await.status, 200);
    ada.call(UnshareJourney { order }).await.expect("their own");
    is_nothing(&cast, &second, "ended").await;
    let third = link(&ada, order).await;
    let days = u64::from(crate::cast::roomy().names_kept_days);
    cast.server.clock.push(Duration::from_secs(days * 86_400));
    is_nothing(&cast, &third, "too old").await;
}

#[tokio::test(flavor = "current_thread")]
async fn erasing_ends_every_link() {
    let cast = Cast::meet().await;
    let (ada, eve) = (
        cast.server.guest("Ada").await,
        cast.server.guest("Eve").await,
    );
    let (_, of_ada) = shares(&cast, &ada).await;
    let (order, of_eve) = shares(&cast, &eve).await;
    let erased = ada.call(EraseMe).await.expect("anybody may").erased;
    let rows = erased.iter().find(|rows| rows.table == "shared_journeys");
    assert_eq!(rows.map(|rows| rows.rows), Some(1), "{erased:?}");
    is_nothing(&cast, &of_ada, "erased").await;
    assert_eq!(reads(&cast, &of_eve).await.status, 200);

    eve.cancels(order, None).await;
    let bo = cast.token(BARISTA);
    let waiting = get("/v1/shops/demo/orders?state=queued").by(bo.clone());
    let left = waiting.send(&cast.server).await.body["orders"].clone();
    for left in left.as_array().expect("a list") {
        let id = left["order"]["order"].as_str().expect("an identifier");
        let path = format!("/v1/orders/{id}/cancel");
        let cancel = get(&path).sending("POST", &json!({})).by(bo.clone());
        assert_eq!(cancel.send(&cast.server).await.status, 200);
    }
    cast.server.closes().await;
    // What can still be undone is not over yet.
    cast.server.clock.push(Duration::from_secs(60));
    let shop = cast.server.shop.clone();
    let operator = cast.server.operator();
    operator
        .call(EraseShop { shop })
        .await
        .expect("it is closed");
    is_nothing(&cast, &of_eve, "the shop was erased").await;
}
