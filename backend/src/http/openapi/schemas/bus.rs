//! The schemas of the event bus: rules, and what others put on it.

use super::{body, list, of, shown};
use serde_json::{Value, json};

pub(super) fn all() -> Vec<(&'static str, Value)> {
    let slug = json!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,31}$" });
    let text = json!({ "type": "string" });
    let flag = json!({ "type": "boolean" });
    let count = json!({ "type": "integer", "minimum": 0 });
    let time = json!({ "type": "integer", "description": "unix milliseconds" });
    let object = json!({ "type": "object" });
    let pattern = json!({ "type": ["object", "string"] });
    let kind = |name: &str| json!({ "const": name });
    let webhook = body(
        &["kind", "url"],
        &[("kind", &kind("webhook")), ("url", &text)],
    );
    let file = body(
        &["kind", "name"],
        &[("kind", &kind("file")), ("name", &text)],
    );
    let log = body(&["kind"], &[("kind", &kind("log"))]);
    let format = json!({ "enum": ["cloudevents", "eventbridge"] });
    let transform = [("paths", &object), ("template", &text)];
    let says = [
        ("pattern", &pattern),
        ("target", &of("Target")),
        ("format", &format),
        ("transform", &of("Transform")),
        ("enabled", &flag),
    ];
    let always = [
        ("pattern", &pattern),
        ("target", &of("Target")),
        ("enabled", &flag),
    ];
    let fares = [("rule", &slug), ("waiting", &count), ("dead", &count)];
    let span = [
        ("from", &time),
        ("to", &time),
        ("pattern", &pattern),
        ("speed", &count),
    ];
    let letter = [
        ("dead", &count),
        ("at", &time),
        ("tries", &count),
        ("why", &text),
        ("envelope", &object),
    ];
    let event = [
        ("source", &text),
        ("detail-type", &text),
        ("detail", &object),
    ];
    vec![
        (
            "PutEventBody",
            body(&["source", "detail-type", "detail"], &event),
        ),
        ("PutEventAnswer", shown(&[("id", &text)])),
        ("AddSourceBody", body(&["source"], &[("source", &text)])),
        ("SourceKey", shown(&[("source", &text), ("key", &text)])),
        (
            "SourceView",
            shown(&[("source", &text), ("added_at", &time)]),
        ),
        (
            "SourcesAnswer",
            shown(&[("sources", &list(of("SourceView")))]),
        ),
        ("Target", json!({ "oneOf": [webhook, file, log] })),
        ("Transform", body(&["template"], &transform)),
        ("RuleBody", body(&["pattern", "target"], &says)),
        (
            "RuleView",
            shown(&[fares.as_slice(), always.as_slice()].concat()),
        ),
        ("RulesAnswer", shown(&[("rules", &list(of("RuleView")))])),
        ("DeadLetter", shown(&letter)),
        ("DeadAnswer", shown(&[("dead", &list(of("DeadLetter")))])),
        ("ReplayBody", body(&["from", "to"], &span)),
        ("ReplayAnswer", shown(&[("replay", &text)])),
        ("RedriveBody", body(&[], &[("dead", &count)])),
        ("RedriveAnswer", shown(&[("redriven", &count)])),
        ("EventSchemas", object.clone()),
        ("AsyncApi", object.clone()),
    ]
}
