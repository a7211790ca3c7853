//! Serverlesspresso's envelopes, literally.

use crate::happenings::{event, every, stall};
use presso_core::bus::{DETAIL_TYPES, SOURCE, eventbridge};
use presso_core::pattern::Pattern;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The envelopes of the kind at this place of the list.
fn written(place: usize) -> Vec<Value> {
    let (stall, event) = (stall(), event(every().remove(place)));
    eventbridge(&event, &stall.facts(&event))
}

#[track_caller]
fn is(place: usize, expected: &[(&str, Value)]) {
    let envelopes = written(place);
    let written: Vec<(&str, Value)> = envelopes
        .iter()
        .map(|one| (one["detail-type"].as_str().unwrap(), one["detail"].clone()))
        .collect();
    assert_eq!(written, expected);
}

/// What every order's detail has, and more.
fn detail(message: &str, more: Value) -> Value {
    let mut detail = json!({
        "orderId": "00000000-0000-0000-0000-00000000000a",
        "userId": "00000000-0000-0000-0000-00000000000c",
        "eventId": "demo",
        "Message": message,
    });
    for (name, value) in more.as_object().unwrap() {
        detail[name] = value.clone();
    }
    detail
}

#[test]
fn the_envelope_around_is_that_of_eventbridge() {
    let expected = json!({
        "version": "0",
        "id": written(13)[1]["id"],
        "detail-type": "OrderProcessor.orderFinished",
        "source": "awsserverlessda.serverlesspresso",
        "account": "000000000000",
        "time": "2027-01-15T08:00:00Z",
        "region": "presso",
        "resources": [],
        "detail": detail("The order is finished.", json!({})),
    });
    assert_eq!(written(13)[1], expected);
}

#[test]
fn a_scan_is_two_envelopes_and_tells_no_code() {
    let bucket = json!({
        "PK": "demo-6000000",
        "last_id": 6_000_000,
        "last_code": "",
        "start_ts": 1_800_000_000_000_i64,
        "start_full": "Fri Jan 15 2027 08:00:00 GMT+0000 (Coordinated Universal Time)",
        "end_ts": 1_800_000_299_999_i64,
        "end_full": "Fri Jan 15 2027 08:04:59 GMT+0000 (Coordinated Universal Time)",
        "availableTokens": 7,
        "eventId": "demo",
    });
    let token = &written(8)[1]["detail"]["TaskToken"];
    is(
        8,
        &[
            (
                "Validator.NewOrder",
                detail(
                    "The code was valid: an order was started.",
                    json!({"bucket": bucket}),
                ),
            ),
            (
                "OrderProcessor.WorkflowStarted",
                detail(
                    "The order waits for the customer to choose.",
                    json!({"TaskToken": token}),
                ),
            ),
        ],
    );
}

#[test]
fn an_ordered_drink_is_two_envelopes_with_its_number() {
    let token = &written(9)[0]["detail"]["TaskToken"];
    let drink = json!({
        "userId": "00000000-0000-0000-0000-00000000000c",
        "drink": "Latte",
        "modifiers": ["Oat"],
        "icon": "latte",
    });
    is(
        9,
        &[
            (
                "OrderProcessor.WaitingCompletion",
                detail(
                    "The order has its number and waits to be made.",
                    json!({"orderNumber": "7", "TaskToken": token}),
                ),
            ),
            (
                "OrderManager.WaitingCompletion",
                detail(
                    "The order is in the queue.",
                    json!({"orderNumber": "7", "state": "demo-CREATED", "drinkOrder": drink,
                        "robot": false, "TS": 1_800_000_000_123_i64}),
                ),
            ),
        ],
    );
}

#[test]
fn claims_say_whose_the_order_is() {
    let make = |message, barista| {
        let detail = detail(message, json!({"baristaUserId": barista}));
        [("OrderManager.MakeOrder", detail)]
    };
    let taken = "A barista makes the order.";
    is(10, &make(taken, "00000000-0000-0000-0000-00000000000e"));
    is(
        11,
        &make("The barista gave the order back to the queue.", ""),
    );
    is(12, &make(taken, "00000000-0000-0000-0000-00000000001e"));
}

#[test]
fn ends_are_told_twice_but_for_a_time_out() {
    let finished = (
        "OrderProcessor.orderFinished",
        detail("The order is finished.", json!({})),
    );
    let completed = detail(
        "The order is ready.",
        json!({"ORDERSTATE": "demo-COMPLETED"}),
    );
    is(
        13,
        &[("OrderManager.OrderCompleted", completed), finished.clone()],
    );
    let cancelled = detail(
        "The order was cancelled.",
        json!({"ORDERSTATE": "demo-CANCELLED"}),
    );
    is(15, &[("OrderManager.OrderCancelled", cancelled), finished]);
    let timed_out = detail(
        "A deadline of the order passed.",
        json!({"cause": "Barista timedout"}),
    );
    is(16, &[("OrderProcessor.OrderTimeOut", timed_out)]);
}

#[test]
fn settings_are_typed_as_dynamodb_does() {
    let image = json!({
        "PK": {"S": "demo"},
        "eventId": {"S": "demo"},
        "name": {"S": "Coffee"},
        "storeOpen": {"BOOL": true},
        "maxOrdersInQueue": {"N": "20"},
        "maxOrdersPerUser": {"N": "1"},
        "maxOrdersPerCode": {"N": "10"},
        "codeRotationSeconds": {"N": "300"},
        "submitWithinSeconds": {"N": "300"},
        "makeWithinSeconds": {"N": "900"},
    });
    is(
        1,
        &[("ConfigService.ConfigChanged", json!({"NewImage": image}))],
    );
}

#[test]
fn all_other_kinds_have_no_envelope() {
    for place in [0, 2, 3, 4, 5, 6, 7, 14, 17, 18, 19, 20] {
        assert_eq!(written(place), Vec::<Value>::new(), "{place}");
    }
}

#[test]
fn every_envelope_has_an_id_of_its_own_and_always_the_same() {
    let ids = || {
        let all = (0..every().len()).flat_map(written);
        all.map(|one| one["id"].to_string())
    };
    let (once, again): (Vec<_>, Vec<_>) = (ids().collect(), ids().collect());
    assert_eq!(once, again);
    // Made from one journal event each here, so that the kinds alone tell them apart.
    let kinds: BTreeSet<String> = (0..every().len())
        .flat_map(written)
        .map(|one| one["detail-type"].to_string())
        .collect();
    assert_eq!(once.into_iter().collect::<BTreeSet<_>>().len(), kinds.len());
    // Nobody outside may use one of these.
    let listed = DETAIL_TYPES.map(|kind| json!(kind).to_string());
    assert_eq!(kinds, listed.into());
}

#[test]
fn a_rule_of_an_extension_finds_its_envelope() {
    let rule = json!({
        "source": [SOURCE],
        "detail-type": [{"prefix": "OrderManager."}],
        "detail": {"drinkOrder": {"drink": [{"anything-but": "Espresso"}]}},
    });
    let rule = Pattern::parse(&rule.to_string()).unwrap();
    let found: Vec<usize> = (0..every().len())
        .filter(|place| written(*place).iter().any(|one| rule.matches(one)))
        .collect();
    assert_eq!(found, [9]);
}
