//! The frames of the realtime protocol.

use super::{AT, is, is_not_read};
use presso_core::api::Problem;
use presso_core::board::{Change, Topic, Update, View};
use presso_core::menu::Menu;
use presso_core::realtime::frame::{ClientFrame, ServerFrame};
use serde_json::json;

fn menu() -> Topic {
    "shop/demo/menu".parse().unwrap()
}

#[test]
fn what_a_client_says() {
    let hello = |token: Option<&str>| ClientFrame::Hello {
        protocol: 1,
        app: "customer/0.1.0".into(),
        token: token.map(Into::into),
    };
    is(
        &hello(Some("abc")),
        json!({"t": "hello", "protocol": 1, "app": "customer/0.1.0", "token": "abc"}),
    );
    is(
        &hello(None),
        json!({"t": "hello", "protocol": 1, "app": "customer/0.1.0"}),
    );
    is(
        &ClientFrame::Reauth {
            token: "abc".into(),
        },
        json!({"t": "reauth", "token": "abc"}),
    );
    let watch = |since| ClientFrame::Watch {
        topic: menu(),
        since,
    };
    is(
        &watch(Some(7)),
        json!({"t": "watch", "topic": "shop/demo/menu", "since": 7}),
    );
    is(
        &watch(None),
        json!({"t": "watch", "topic": "shop/demo/menu"}),
    );
    is(
        &ClientFrame::Unwatch { topic: menu() },
        json!({"t": "unwatch", "topic": "shop/demo/menu"}),
    );
    is(&ClientFrame::Ping, json!({"t": "ping"}));
    is(&ClientFrame::Pong, json!({"t": "pong"}));
}

#[test]
fn what_a_server_says() {
    let welcome = |expires_at| ServerFrame::Welcome {
        protocol: 1,
        now: AT,
        build: "0.1.0+abc".into(),
        expires_at,
    };
    is(
        &welcome(Some(AT)),
        json!({"t": "welcome", "protocol": 1, "now": AT, "build": "0.1.0+abc", "expires_at": AT}),
    );
    is(
        &welcome(None),
        json!({"t": "welcome", "protocol": 1, "now": AT, "build": "0.1.0+abc"}),
    );
    is(
        &ServerFrame::Snapshot {
            topic: menu(),
            version: 7,
            view: View::Menu(Menu::default()),
        },
        json!({"t": "snapshot", "topic": "shop/demo/menu", "version": 7,
               "view": {"menu": {"drinks": [], "groups": []}}}),
    );
    is(
        &ServerFrame::Update(Update {
            topic: menu(),
            version: 9,
            prev: 7,
            change: Change::Menu(Menu::default()),
        }),
        json!({"t": "update", "topic": "shop/demo/menu", "version": 9, "prev": 7,
               "change": {"menu": {"drinks": [], "groups": []}}}),
    );
    let problem = Problem::new(403, "not_allowed", "no");
    let told = json!({"type": "/problems/not_allowed", "title": "no", "status": 403,
                      "code": "not_allowed"});
    is(
        &ServerFrame::Refused {
            topic: Some(menu()),
            problem: problem.clone(),
        },
        json!({"t": "refused", "topic": "shop/demo/menu", "problem": told}),
    );
    is(
        &ServerFrame::Refused {
            topic: None,
            problem: problem.clone(),
        },
        json!({"t": "refused", "problem": told}),
    );
    is(
        &ServerFrame::Reauthed { expires_at: AT },
        json!({"t": "reauthed", "expires_at": AT}),
    );
    is(&ServerFrame::Ping, json!({"t": "ping"}));
    is(&ServerFrame::Pong, json!({"t": "pong"}));
    is(
        &ServerFrame::Bye { problem },
        json!({"t": "bye", "problem": told}),
    );
}

#[test]
fn what_a_client_does_not_say_is_not_read() {
    for text in [
        json!({"t": "hello"}),
        json!({"t": "watch", "topic": "shop/Demo/menu"}),
        json!({"t": "watch", "topic": "shop/demo/menu", "since": -1}),
        json!({"t": "watch", "topic": "shop/demo/menu", "from": 7}),
        json!({"t": "shout"}),
        json!({"topic": "shop/demo/menu"}),
    ] {
        is_not_read::<ClientFrame>(&text);
    }
}
