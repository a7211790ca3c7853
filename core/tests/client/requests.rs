//! Requests: signed, repeated, done once.

use super::server::{Reply, Server};
use super::{client, no_shops, problem, session};
use futures_util::future::join_all;
use presso_core::api::{BeginGuest, Call, ListShops, OpenShop, VerifyPasscodeBody, Who};
use presso_core::client::{Error, TokenStore};
use serde_json::json;

const REFRESH: &str = "POST /v1/session/refresh";
const GUEST: &str = "POST /v1/session/guest";
const OPEN: &str = "POST /v1/shops/demo/open";

fn open() -> OpenShop {
    OpenShop {
        shop: "demo".parse().unwrap(),
    }
}

fn opened() -> Reply {
    let facts = json!({"shop": "demo", "name": "Coffee", "open": true, "full": false,
        "spent_codes": [], "undo_within_s": 10, "collect_within_s": 600, "wait": null,
        "languages": ["en"], "sign_in": "guest"});
    Reply::Json(200, json!({"version": 2, "facts": facts}))
}

#[tokio::test]
async fn many_callers_whose_token_has_expired_share_one_refresh() {
    let server = Server::start(|_, asked| match asked.line.as_str() {
        REFRESH => session(1),
        _ if asked.token.as_deref() == Some("access-1") => Reply::Json(200, no_shops()),
        _ => problem(401, "session"),
    })
    .await;
    let (client, store) = client(&server, true);
    let answers = join_all((0..10).map(|_| client.send(&ListShops))).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let refreshes = server.asked(REFRESH);
    assert_eq!(refreshes.len(), 1);
    assert_eq!(refreshes[0].body, json!({"refresh": "refresh-0"}));
    assert!(store.load().unwrap().contains("refresh-1"));
}

#[tokio::test]
async fn a_session_that_the_server_forgot_ends_here_too() {
    let server = Server::start(|_, _| problem(401, "session")).await;
    let (client, store) = client(&server, true);
    let answer = client.send(&ListShops).await;
    assert_eq!(answer.unwrap_err().code(), Some("session"));
    assert_eq!((client.who(), store.load()), (None, None));
}

#[tokio::test]
async fn another_page_s_renewal_is_taken_over_instead_of_using_an_old_refresh_token() {
    let server = Server::start(|_, asked| match asked.token.as_deref() {
        Some("access-5") => Reply::Json(200, no_shops()),
        _ => problem(401, "session"),
    })
    .await;
    let (client, store) = client(&server, true);
    store.save(&serde_json::to_string(&super::tokens(5)).unwrap());
    assert!(client.send(&ListShops).await.is_ok());
    assert!(server.asked(REFRESH).is_empty());
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_lose_the_rotated_tokens() {
    let server = Server::start(|_, asked| match asked.line.as_str() {
        REFRESH => session(1),
        _ if asked.token.as_deref() == Some("access-1") => Reply::Json(200, no_shops()),
        _ => problem(401, "session"),
    })
    .await;
    let (client, _) = client(&server, true);
    {
        let mut asking = Box::pin(client.send(&ListShops));
        // Until the server has seen the refresh; then nobody waits for its answer any more.
        while server.asked(REFRESH).is_empty() {
            tokio::select! {
                biased;
                _ = &mut asking => break,
                () = tokio::task::yield_now() => {}
            }
        }
    }
    assert!(client.send(&ListShops).await.is_ok());
    assert_eq!(server.asked(REFRESH).len(), 1);
}

#[tokio::test]
async fn a_command_without_an_answer_is_repeated_under_the_same_key() {
    let server = Server::start(|before, _| match before {
        0 => Reply::Nothing,
        1 => problem(503, "overloaded"),
        _ => opened(),
    })
    .await;
    let (client, _) = client(&server, true);
    assert!(client.send(&open()).await.unwrap().facts.open);
    let keys: Vec<_> = server.asked(OPEN).into_iter().map(|a| a.key).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys[0].is_some() && keys.iter().all(|key| *key == keys[0]));
}

#[tokio::test]
async fn every_command_has_a_key_of_its_own_unless_the_caller_names_one() {
    let server = Server::start(|_, _| opened()).await;
    let (client, _) = client(&server, true);
    let key = uuid::Uuid::from_u128(7);
    client.send(&open()).await.unwrap();
    client.send(&open()).await.unwrap();
    client.send_keyed(&open(), key, None).await.unwrap();
    let keys: Vec<_> = server.asked(OPEN).into_iter().map(|a| a.key).collect();
    assert_ne!(keys[0], keys[1]);
    assert_eq!(keys[2], Some(key.to_string()));
}

#[tokio::test]
async fn what_one_asked_is_not_sent_as_another() {
    let server = Server::start(|_, _| opened()).await;
    let (client, _) = client(&server, true);
    let key = uuid::Uuid::new_v4();
    let bo = Some(presso_core::id::StaffId(uuid::Uuid::new_v4()));
    let error = client.send_keyed(&open(), key, bo).await.unwrap_err();
    assert_eq!(error.code(), Some("another_session"));
    assert_eq!(server.asked(OPEN).len(), 0);
}

#[tokio::test]
async fn a_renewal_that_brings_somebody_else_sends_nothing() {
    // Another page of the same browser signed somebody else in meanwhile.
    let server = Server::start(|_, asked| match asked.line.as_str() {
        OPEN if asked.token.as_deref() == Some("access-0") => problem(401, "session"),
        _ => opened(),
    })
    .await;
    let (client, store) = client(&server, true);
    let mut other: serde_json::Value = serde_json::from_str(&store.load().unwrap()).unwrap();
    other["who"]["account"] = json!(uuid::Uuid::new_v4());
    other["access"] = json!("access-9");
    store.save(&other.to_string());
    let error = client.send(&open()).await.unwrap_err();
    assert_eq!(error.code(), Some("session"));
    assert_eq!(server.asked(OPEN).len(), 1);
}

#[tokio::test]
async fn a_refusal_is_not_repeated() {
    let server = Server::start(|_, _| problem(409, "menu_empty")).await;
    let (client, _) = client(&server, true);
    let error = client.send(&open()).await.unwrap_err();
    assert_eq!((error.code(), error.retry()), (Some("menu_empty"), false));
    assert_eq!(server.asked(OPEN).len(), 1);
}

#[tokio::test]
async fn a_call_that_may_not_arrive_twice_is_not_repeated() {
    let server = Server::start(|_, _| Reply::Nothing).await;
    let (client, _) = client(&server, true);
    let call = Call::post("/v1/shops/demo/links".into(), &json!({})).unkeyed();
    let answer = client.call(&call, uuid::Uuid::nil(), None).await;
    assert_eq!(answer, Err(Error::Offline));
    assert_eq!(server.asked("POST /v1/shops/demo/links").len(), 1);
}

#[tokio::test]
async fn a_guest_is_begun_once_and_tokens_are_not_handed_out() {
    let server = Server::start(|_, _| session(0)).await;
    let (client, store) = client(&server, false);
    let guests = join_all((0..5).map(|_| client.begin_guest())).await;
    assert!(guests.iter().all(|g| matches!(g, Ok(Who::Guest { .. }))));
    assert_eq!(server.asked(GUEST).len(), 1);
    assert!(store.load().is_some() && client.who().is_some());
    let around = client.send(&BeginGuest).await;
    assert!(matches!(around, Err(Error::Malformed(_))));
    assert_eq!(server.asked(GUEST).len(), 1);
}

#[tokio::test]
async fn signing_in_by_a_code_renews_the_session_at_once_and_a_wrong_code_changes_nothing() {
    let server = Server::start(|_, asked| match asked.line.as_str() {
        REFRESH => session(1),
        "POST /v1/session/verify" if asked.body["code"] == "123456" => Reply::Json(200, json!({})),
        _ => problem(403, "passcode_wrong"),
    })
    .await;
    let (client, store) = client(&server, true);
    let tries = |code: &str| {
        let body = VerifyPasscodeBody {
            shop: "demo".parse().unwrap(),
            to: "+491701234567".into(),
            code: code.into(),
        };
        client.verify_passcode(body)
    };
    let refused = tries("000000").await.unwrap_err();
    assert_eq!(refused.code(), Some("passcode_wrong"));
    assert!(server.asked(REFRESH).is_empty());
    assert!(matches!(tries("123456").await, Ok(Who::Guest { .. })));
    let asked = server.asked("POST /v1/session/verify");
    assert_eq!(asked[1].token.as_deref(), Some("access-0"));
    assert_eq!(server.asked(REFRESH).len(), 1);
    assert!(store.load().unwrap().contains("refresh-1"));
}

#[tokio::test]
async fn signing_out_holds_here_even_when_the_server_says_no() {
    let server = Server::start(|_, _| problem(404, "gone")).await;
    let (client, store) = client(&server, true);
    assert!(client.end_session().await.is_err());
    assert_eq!((client.who(), store.load()), (None, None));
    let told = server.asked("POST /v1/session/end");
    assert_eq!(told[0].body, json!({"refresh": "refresh-0"}));
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_said_to_be_one() {
    let server = Server::start(|_, _| Reply::Json(200, json!({"shops": 7}))).await;
    let (client, _) = client(&server, false);
    let error = client.send(&ListShops).await.unwrap_err();
    assert!(matches!(error, Error::Malformed(_)) && !error.retry());
}
