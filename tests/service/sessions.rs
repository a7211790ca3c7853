//! Getting in: links work once, refresh tokens rotate, a lost answer logs nobody out.

use crate::raw::{Raw, get, post};
use presso_core::api::LinkFor;
use presso_tests::server::{self, Server};
use serde_json::json;
use std::time::Duration;

#[tokio::test(flavor = "current_thread")]
async fn a_link_lets_one_in_once_also_when_two_try_at_once() {
    let server = Server::start(server::settings()).await;
    let ada = server.guest("Ada").await;
    let link = server.link(LinkFor::Barista, "Bo").await;
    let (_, secret) = link.split_once("#k=").expect("a secret in the fragment");
    let redeem = Raw {
        token: None,
        key: None,
        ..post(&ada, "/v1/session/link", &json!({ "secret": secret }))
    };
    let replies = futures::future::join_all((0..8).map(|_| redeem.send(&server))).await;
    assert_eq!(
        replies.iter().filter(|r| r.status / 100 == 2).count(),
        1,
        "{replies:?}"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn the_refresh_token_before_is_good_for_30_seconds_and_then_ends_the_family() {
    let server = Server::start(server::settings()).await;
    let ada = server.guest("Ada").await;
    let first = ada.refresh_token();
    let refresh = |token: &str| Raw {
        token: None,
        key: None,
        ..post(&ada, "/v1/session/refresh", &json!({ "refresh": token }))
    };
    let second = refresh(&first).send(&server).await;
    assert_eq!(second.status, 200, "{second:?}");
    server.clock.push(Duration::from_secs(20));
    let repeat = refresh(&first).send(&server).await;
    assert_eq!(repeat.status, 200, "the answer was lost: {repeat:?}");
    server.clock.push(Duration::from_secs(31));
    let replay = refresh(&first).send(&server).await;
    assert_eq!(replay.status, 401, "{replay:?}");
    let newest = repeat.text("refresh").to_owned();
    assert_eq!(
        refresh(&newest).send(&server).await.status,
        401,
        "the family has ended"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn an_access_token_ends_after_ten_minutes() {
    let server = Server::start(server::settings()).await;
    let ada = server.guest("Ada").await;
    let mine = Raw {
        token: Some(ada.token()),
        ..get("/v1/me/orders")
    };
    assert_eq!(mine.send(&server).await.status, 200);
    server.clock.push(Duration::from_secs(601));
    let late = mine.send(&server).await;
    assert_eq!((late.status, late.text("code")), (401, "session"));
}
