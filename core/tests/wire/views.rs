//! What topics show, and what changes them.

use super::{AT, ORDER};
use presso_core::board::{Change, View};
use presso_core::journey::Journey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// This JSON is read as it, and written again as it was: no name changed, nothing came or went.
#[track_caller]
fn reads<T: Serialize + DeserializeOwned>(text: &Value) {
    let read: T = serde_json::from_value(text.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&read).unwrap(), text);
}

fn facts() -> Value {
    json!({
        "shop": "demo", "name": "Coffee", "open": true, "full": false,
        "spent_codes": [{"window": {"index": 6000000, "rotation_s": 300}, "dies_at": AT}],
        "undo_within_s": 10, "collect_within_s": 600, "wait": {"low_min": 1, "high_min": 3},
        "languages": ["en"], "sign_in": "guest",
    })
}

fn row() -> Value {
    json!({"ticket": 7, "state": "ready", "submitted_at": AT, "ready_at": AT})
}

fn order() -> Value {
    json!({
        "order": ORDER, "version": 12, "state": "making", "ticket": 7,
        "choice": {"drink": "latte", "options": ["oat"]}, "name": "Ada",
        "window": {"index": 6000000, "rotation_s": 300}, "started_at": AT, "submit_by": AT,
        "submitted_at": AT, "make_by": AT,
        "claim": {"staff": ORDER, "name": "Bo", "since": AT, "takeable": false},
        "ready_at": null, "sweep_at": null, "ended_at": null, "ending": null,
        "undo": {"verb": "claim", "side": "barista", "staff": ORDER, "at": AT,
                 "back_to": "queued", "deadline": AT},
        "place_returned": false, "customer_has_other": false,
    })
}

fn menu() -> Value {
    json!({
        "drinks": [{"id": "latte", "name": "Latte", "icon": "latte", "available": true,
                    "groups": ["milk"]}],
        "groups": [{"id": "milk", "name": "Milk", "choose": "single", "required": true,
                    "options": [{"id": "oat", "name": "Oat", "available": false}]}],
    })
}

#[test]
fn the_views_of_all_topics() {
    reads::<View>(&json!({"board": {"facts": facts(), "rows": [row()]}}));
    reads::<View>(&json!({"queue": {"facts": facts(), "orders": [order()]}}));
    reads::<View>(&json!({"menu": menu()}));
    reads::<View>(&json!({"order": order()}));
    reads::<View>(&json!({"code": {
        "code": "ABCDE12345", "link": "https://coffee.example/s/demo#c=ABCDE12345",
        "places": 10, "places_left": 3, "rotates_at": AT, "rotation_s": 300,
    }}));
}

#[test]
fn the_changes_of_all_topics() {
    reads::<Change>(&json!({"board": {"facts": facts(), "put": [row()], "gone": [6]}}));
    reads::<Change>(&json!({"board": {}}));
    reads::<Change>(&json!({"queue": {"facts": facts(), "put": [order()], "gone": [ORDER]}}));
    reads::<Change>(&json!({"queue": {}}));
    reads::<Change>(&json!({"menu": menu()}));
    reads::<Change>(&json!({"order": order()}));
}

#[test]
fn every_way_an_order_ends() {
    for ending in [
        json!({"how": "collected"}),
        json!({"how": "swept"}),
        json!({"how": "cancelled", "by": "customer", "reason": "changed_mind"}),
        json!({"how": "cancelled", "by": "barista", "reason": "out_of_stock"}),
        json!({"how": "timed_out", "cause": "barista"}),
    ] {
        let mut order = order();
        order["ending"] = ending;
        order["ended_at"] = json!(AT);
        reads::<View>(&json!({"order": order}));
    }
}

#[test]
fn a_journey() {
    let step = |verb: Value, from: Value, to: &str| {
        json!({"version": 3, "at": AT, "waited_ms": 0, "waited_for": null, "verb": verb,
               "undid": null, "by": "customer", "staff": null, "name": null, "from": from,
               "to": to, "reason": null, "cause": null})
    };
    reads::<Journey>(&json!({
        "order": ORDER, "ticket": 7,
        "steps": [step(Value::Null, Value::Null, "choosing"),
                  step(json!("submit"), json!("choosing"), "queued")],
        "waiting": {"for": "barista", "since": AT, "until": AT},
    }));
}
