//! Refresh tokens and links that were stolen, replayed or made up.

use crate::cast::{Bent, Cast};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use presso_core::api::LinkFor;
use presso_tests::raw::{Reply, get};
use serde_json::json;
use std::time::Duration;

async fn refreshed(cast: &Cast, refresh: &str) -> Reply {
    let body = json!({ "refresh": refresh });
    let raw = get("/v1/session/refresh").sending("POST", &body);
    raw.send(&cast.server).await
}

/// The thief is first: the owner's next renewal gives both away.
#[tokio::test(flavor = "current_thread")]
async fn a_stolen_refresh_token_is_worth_nothing_once_its_owner_uses_theirs() {
    let cast = Cast::meet().await;
    let bo = cast.server.barista("Bo").await;
    let stolen = bo.refresh_token();
    let thief = refreshed(&cast, &stolen).await;
    assert_eq!(thief.status, 200, "for a moment the thief is in");
    cast.server.clock.push(Duration::from_secs(31));
    assert_eq!(
        refreshed(&cast, &stolen).await.status,
        401,
        "the owner notices"
    );
    assert_eq!(refreshed(&cast, thief.text("refresh")).await.status, 401);
    let queue = get("/v1/shops/demo/orders").by(Some(thief.text("access").to_owned()));
    cast.is_refused(&queue, 401, "session").await;
}

/// The owner is first: the thief comes later than any lost answer would.
#[tokio::test(flavor = "current_thread")]
async fn a_stolen_refresh_token_that_was_renewed_meanwhile_opens_nothing() {
    let cast = Cast::meet().await;
    let bo = cast.server.barista("Bo").await;
    let stolen = bo.refresh_token();
    assert_eq!(refreshed(&cast, &stolen).await.status, 200);
    cast.server.clock.push(Duration::from_secs(31));
    assert_eq!(refreshed(&cast, &stolen).await.status, 401);
}

#[tokio::test(flavor = "current_thread")]
async fn a_refresh_token_of_one_session_with_the_secret_of_another_is_refused() {
    let cast = Cast::meet().await;
    let (ada, eve) = (
        cast.server.guest("Ada").await,
        cast.server.guest("Eve").await,
    );
    let bytes = |token: &str| URL_SAFE_NO_PAD.decode(token).expect("it is base64");
    let (hers, own) = (bytes(&ada.refresh_token()), bytes(&eve.refresh_token()));
    let mixed = [&hers[..16], &own[16..]].concat();
    let reply = refreshed(&cast, &URL_SAFE_NO_PAD.encode(mixed)).await;
    assert_eq!((reply.status, reply.text("code")), (401, "session"));
}

/// A wrong secret must not end somebody else's session: their identifier is no secret of theirs.
#[tokio::test(flavor = "current_thread")]
async fn who_knows_only_the_name_of_a_session_cannot_sign_its_owner_out() {
    let cast = Cast::meet().await;
    let ada = cast.server.guest("Ada").await;
    let mut bytes = URL_SAFE_NO_PAD
        .decode(ada.refresh_token())
        .expect("it is base64");
    bytes[16..].fill(7);
    let made_up = URL_SAFE_NO_PAD.encode(bytes);
    let body = json!({ "refresh": made_up });
    let end = get("/v1/session/end").sending("POST", &body);
    cast.is_refused(&end, 401, "session").await;
    assert_eq!(refreshed(&cast, &made_up).await.status, 401);
    let own = get("/v1/me/orders").by(Some(ada.token()));
    assert_eq!(
        own.send(&cast.server).await.status,
        200,
        "her token is good"
    );
    assert_eq!(refreshed(&cast, &ada.refresh_token()).await.status, 200);
}

#[tokio::test(flavor = "current_thread")]
async fn links_that_were_used_guessed_or_made_up_let_nobody_in() {
    let cast = Cast::meet().await;
    let link = cast.server.link(LinkFor::Manager, "Max").await;
    let (_, secret) = link.split_once("#k=").expect("a secret in the fragment");
    let redeem = |secret: &str| {
        let body = json!({ "secret": secret });
        get("/v1/session/link").sending("POST", &body)
    };
    let swapped: String = secret.chars().rev().collect();
    let zeros = URL_SAFE_NO_PAD.encode([0_u8; 32]);
    for made_up in [
        "",
        "x",
        &swapped,
        &zeros,
        &format!("{secret}A"),
        &secret[..42],
    ] {
        cast.is_refused(&redeem(made_up), 404, "link_unknown").await;
    }
    assert_eq!(redeem(secret).send(&cast.server).await.status, 200);
    cast.is_refused(&redeem(secret), 410, "link_used").await;
}

/// The same account, the same second: an access token alone renews nothing and ends nothing.
#[tokio::test(flavor = "current_thread")]
async fn an_access_token_is_no_refresh_token() {
    let cast = Cast::meet().await;
    let ada = cast.server.guest("Ada").await;
    let reply = refreshed(&cast, &ada.token()).await;
    assert_eq!((reply.status, reply.text("code")), (401, "session"));
}
