//! CloudEvents: every kind has its type, and what it carries is what the journal has.

use crate::happenings::{event, every, stall};
use presso_core::bus::cloudevents;
use presso_core::workflow::EventKind;
use serde_json::{Value, json};

fn written(kind: EventKind) -> Value {
    let (stall, event) = (stall(), event(kind));
    cloudevents(&event, &stall.facts(&event))
}

#[test]
fn every_kind_of_event_has_a_type_of_its_own() {
    let types: Vec<String> = every()
        .into_iter()
        .map(|kind| written(kind)["type"].as_str().unwrap().to_owned())
        .collect();
    let expected = [
        "shop.created",
        "settings.changed",
        "menu.replaced",
        "drink.switched",
        "option.switched",
        "shop.opened",
        "shop.closed",
        "period.started",
        "order.started",
        "order.submitted",
        "order.claimed",
        "order.unclaimed",
        "order.taken_over",
        "order.completed",
        "order.collected",
        "order.cancelled",
        "order.timed_out",
        "order.swept",
        "order.undone",
        "tablet.silent",
        "tablet.back",
        "order.handed_over",
    ];
    assert_eq!(types, expected.map(|kind| format!("presso.{kind}.v1")));
}

#[test]
fn an_order_event_is_written_like_this() {
    let cancelled = every().remove(15);
    let expected = json!({
        "specversion": "1.0",
        "id": "00000000-0000-0000-0000-00000000000b",
        "type": "presso.order.cancelled.v1",
        "source": "/shops/demo",
        "subject": "00000000-0000-0000-0000-00000000000a",
        "time": "2027-01-15T08:00:00.123Z",
        "datacontenttype": "application/json",
        "data": {
            "version": 12,
            "actor": {
                "kind": "staff",
                "staff": "00000000-0000-0000-0000-00000000000e",
                "role": "barista",
                "tablet": "00000000-0000-0000-0000-00000000000f",
            },
            "order": "00000000-0000-0000-0000-00000000000a",
            "reason": "no_show",
            "place_returned": false,
        },
    });
    assert_eq!(written(cancelled), expected);
}

#[test]
fn an_event_about_the_shop_has_no_subject() {
    let opened = written(EventKind::ShopOpened);
    assert_eq!(opened.get("subject"), None);
    assert_eq!(opened["data"]["version"], 12);
    assert_eq!(opened["data"].get("type"), None, "the envelope says it");
}
