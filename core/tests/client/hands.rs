//! Several people at one device: who is at it, whose tap goes out under whose session, and what is
//! told without a network.

use super::server::{Asked, Reply, Server};
use super::{client, problem};
use presso_core::api::{PutPinBody, StaffVerb, Tokens};
use presso_core::client::{Client, Config, InMemory, TokenStore};
use presso_core::id::StaffId;
use presso_core::time::Timestamp;
use presso_core::workflow::Verb;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

const SWITCH: &str = "POST /v1/session/switch";
const REFRESH: &str = "POST /v1/session/refresh";
const CHECK: &str = "POST /v1/me/pin";
const ADA: StaffId = StaffId(Uuid::from_u128(1));
const BO: StaffId = StaffId(Uuid::from_u128(2));

fn who(staff: StaffId, by_pin: bool) -> Value {
    let mut who = json!({"kind": "staff", "shop": "demo", "staff": staff, "role": "barista",
        "tablet": Uuid::from_u128(9)});
    if by_pin {
        who["by_pin"] = json!(true);
    }
    who
}

fn tokens(name: &str, who: &Value) -> Tokens {
    let tokens = json!({"access": format!("access-{name}"), "access_expires_at": Timestamp(i64::MAX),
        "refresh": format!("refresh-{name}"), "who": who, "name": name});
    serde_json::from_value(tokens).unwrap()
}

fn session(name: &str, who: &Value) -> Reply {
    Reply::Json(200, serde_json::to_value(tokens(name, who)).unwrap())
}

/// Ada's tablet, at which Bo's PIN is 2580 and hers 1397, and which can lose its network.
async fn tablet() -> (Server, Client, Arc<InMemory>, Arc<AtomicBool>) {
    let down = Arc::new(AtomicBool::new(false));
    let is_down = down.clone();
    let server = Server::start(move |_, asked| {
        if is_down.load(Ordering::SeqCst) {
            return Reply::Nothing;
        }
        answer(asked)
    })
    .await;
    let store = Arc::new(InMemory::default());
    let ada = tokens("ada", &who(ADA, false));
    store.save(&serde_json::to_string(&ada).unwrap());
    let client = of(&server, &store);
    (server, client, store, down)
}

fn of(server: &Server, store: &Arc<InMemory>) -> Client {
    Client::new(Config {
        base_url: server.url.clone(),
        app: "test/0".into(),
        tokens: store.clone(),
    })
}

fn answer(asked: &Asked) -> Reply {
    let nothing = || Reply::Json(200, json!({}));
    match (asked.line.as_str(), asked.body["pin"].as_str()) {
        (SWITCH, Some("2580")) => session("bo", &who(BO, true)),
        (SWITCH, _) => problem(403, "pin_wrong"),
        (CHECK, Some("2580")) if asked.token.as_deref() == Some("access-bo") => nothing(),
        (CHECK, Some("1397")) if asked.token.as_deref() == Some("access-ada") => nothing(),
        (CHECK, _) => problem(403, "pin_wrong"),
        ("PUT /v1/me/pin", _) => nothing(),
        _ => problem(409, "wrong_state"),
    }
}

fn claim() -> StaffVerb {
    StaffVerb {
        order: Uuid::from_u128(7).to_string().parse().unwrap(),
        verb: Verb::Claim,
    }
}

fn at(client: &Client) -> Option<StaffId> {
    client.who()?.member().map(|(staff, _)| staff)
}

#[tokio::test]
async fn who_came_in_by_pin_is_at_the_device_and_its_own_session_vouches_for_them() {
    let (server, client, store, _) = tablet().await;
    let wrong = client.switch(BO, "2581").await;
    assert_eq!(wrong.unwrap_err().code(), Some("pin_wrong"));
    assert_eq!(at(&client), Some(ADA));
    client.switch(BO, "2580").await.unwrap();
    assert_eq!(at(&client), Some(BO));
    let asked = server.asked(SWITCH);
    assert_eq!(asked[1].token.as_deref(), Some("access-ada"));
    // Both outlive the app, and who of them is at it.
    let again = of(&server, &store);
    assert_eq!(at(&again), Some(BO));
    assert_eq!(again.hands().len(), 2);
    client.switch(ADA, "1397").await.unwrap();
    assert_eq!(at(&client), Some(ADA));
    assert_eq!(server.asked(SWITCH).len(), 2, "hers is here");
    client.switch(BO, "2580").await.unwrap();
    assert_eq!(
        server.asked(SWITCH).len(),
        2,
        "his, too, as long as the app runs"
    );
}

#[tokio::test]
async fn a_tap_goes_out_under_the_session_of_whoever_made_it() {
    let (server, client, _, _) = tablet().await;
    client.switch(BO, "2580").await.unwrap();
    client.switch(ADA, "1397").await.unwrap();
    let line = format!("POST {}", presso_core::api::Endpoint::call(&claim()).path);
    for (by, token) in [(BO, "access-bo"), (ADA, "access-ada")] {
        let _ = client.send_keyed(&claim(), Uuid::new_v4(), Some(by)).await;
        let last = server.asked(&line).pop().unwrap();
        assert_eq!(last.token.as_deref(), Some(token));
    }
    let stranger = StaffId(Uuid::from_u128(3));
    let refused = client
        .send_keyed(&claim(), Uuid::new_v4(), Some(stranger))
        .await;
    assert_eq!(refused.unwrap_err().code(), Some("another_session"));
    assert_eq!(server.asked(&line).len(), 2);
}

#[tokio::test]
async fn without_a_network_those_who_were_here_change_hands_and_are_guessed_at_five_times() {
    let (_server, client, store, down) = tablet().await;
    client.switch(BO, "2580").await.unwrap();
    down.store(true, Ordering::SeqCst);
    let unknown = client.switch(ADA, "1397").await;
    assert_eq!(
        unknown.unwrap_err().code(),
        None,
        "her PIN was not typed yet"
    );
    down.store(false, Ordering::SeqCst);
    client.switch(ADA, "1397").await.unwrap();
    down.store(true, Ordering::SeqCst);
    client.switch(BO, "2580").await.unwrap();
    client.switch(ADA, "1397").await.unwrap();
    for _ in 0..5 {
        let wrong = client.switch(BO, "2581").await;
        assert_eq!(wrong.unwrap_err().code(), Some("pin_wrong"));
    }
    let right = client.switch(BO, "2580").await;
    assert_eq!(right.unwrap_err().code(), None, "only the server says now");
    assert_eq!(at(&client), Some(ADA));
    let kept = store.load().unwrap();
    assert!(!kept.contains("2580") && !kept.contains("1397"), "{kept}");
    assert!(kept.contains("access-ada") && !kept.contains("access-bo"));
}

#[tokio::test]
async fn one_s_own_pin_that_was_set_here_is_known_here() {
    let (_server, client, _, down) = tablet().await;
    let body = PutPinBody {
        pin: "1397".into(),
        current: None,
    };
    client.set_pin(body).await.unwrap();
    assert!(client.knows_pin(ADA) && !client.knows_pin(BO));
    down.store(true, Ordering::SeqCst);
    client.switch(ADA, "1397").await.unwrap();
}

#[tokio::test]
async fn when_a_shift_is_over_the_device_s_own_session_goes_on() {
    let server = Server::start(|_, asked| match asked.line.as_str() {
        REFRESH if asked.body["refresh"] == "refresh-bo" => problem(401, "session"),
        SWITCH => session("bo", &who(BO, true)),
        _ if asked.token.as_deref() == Some("access-bo") => problem(401, "session"),
        _ => Reply::Json(200, super::no_shops()),
    })
    .await;
    let (_, store) = client(&server, false);
    let ada = tokens("ada", &who(ADA, false));
    store.save(&serde_json::to_string(&ada).unwrap());
    let client = of(&server, &store);
    client.switch(BO, "2580").await.unwrap();
    let over = client.send(&presso_core::api::ListShops).await;
    assert_eq!(over.unwrap_err().code(), Some("session"));
    assert_eq!(at(&client), Some(ADA));
    assert!(store.load().unwrap().contains("refresh-ada"));
    client.end_session().await.unwrap();
    assert_eq!((client.who(), store.load()), (None, None));
    let ended = server.asked("POST /v1/session/end");
    assert_eq!(ended[0].body, json!({"refresh": "refresh-ada"}));
}
