//! CloudEvents 1.0, structured JSON: one for each journal event.

use super::{Facts, instant};
use crate::workflow::Event;
use serde_json::{Map, Value, json};

/// The event as a CloudEvent. `data` holds what the journal holds: the event's own fields, its
/// `version` in the shop's stream, and the `actor`.
#[must_use]
pub fn cloudevents(event: &Event, facts: &Facts<'_>) -> Value {
    let mut envelope = json!({
        "specversion": "1.0",
        "id": event.id,
        "type": kind(event.kind.name()),
        "source": format!("/shops/{}", facts.shop),
        "time": instant::millis(event.at),
        "datacontenttype": "application/json",
        "data": data(event),
    });
    if let Some(order) = event.kind.order() {
        envelope["subject"] = json!(order);
    }
    envelope
}

/// `presso.order.claimed.v1` for `order_claimed`.
pub(super) fn kind(name: &str) -> String {
    format!("presso.{}.v1", name.replacen('_', ".", 1))
}

fn data(event: &Event) -> Value {
    let fields = match serde_json::to_value(&event.kind) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let mut data = json!({"version": event.version, "actor": event.actor});
    for (name, value) in fields.into_iter().filter(|(name, _)| name != "type") {
        data[name] = value;
    }
    data
}
