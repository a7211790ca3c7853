//! Would a change break who reads our events? The catalogue as it was is kept in
//! `catalogue/kept.json`; what it promised must still hold. What was added and is fine is kept, too,
//! once `PRESSO_KEEP_CATALOGUE=1 cargo test -p presso-core --test catalogue` has written it down.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect stops there"
)]

use presso_core::bus::{Facts, asyncapi, catalogue, cloudevents};
use presso_core::id::ShopId;
use presso_core::menu::Menu;
use presso_core::settings::Settings;
use presso_core::workflow::Event;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/catalogue/kept.json");

fn kept() -> Value {
    serde_json::from_str(&std::fs::read_to_string(KEPT).unwrap()).unwrap()
}

fn now() -> Value {
    let all = catalogue().into_iter();
    Value::Object(all.map(|one| (one.name, one.schema)).collect())
}

fn objects(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn texts(value: &Value) -> BTreeSet<String> {
    let list = value.as_array().cloned().unwrap_or_else(|| match value {
        Value::Null => vec![],
        one => vec![one.clone()],
    });
    list.iter().map(|one| one.to_string()).collect()
}

/// Two schemas, each with the document that its references lead into.
struct Pair<'a> {
    old: (&'a Value, &'a Value),
    new: (&'a Value, &'a Value),
}

/// What a reference leads to.
fn led<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(target) => &document["$defs"][target.rsplit('/').next().unwrap()],
        None => schema,
    }
}

impl Pair<'_> {
    /// Which of the old promises the new schema breaks.
    fn breaks(&self, path: &str, found: &mut Vec<String>) {
        let (old, new) = (led(self.old.0, self.old.1), led(self.new.0, self.new.1));
        for rule in ["type", "const", "enum", "format", "pattern"] {
            let (was, is) = (&old[rule], &new[rule]);
            if texts(was) != texts(is) {
                found.push(format!("{path}: {rule} was {was}, is {is}"));
            }
        }
        let (was, is) = (texts(&old["required"]), texts(&new["required"]));
        for field in was.difference(&is) {
            found.push(format!("{path}: {field} need not be there any more"));
        }
        for field in is.difference(&was) {
            found.push(format!("{path}: {field} is newly required"));
        }
        let fields = objects(&new["properties"]);
        for (name, was) in objects(&old["properties"]) {
            match fields.get(&name) {
                Some(is) => self.at(&was, is).breaks(&format!("{path}.{name}"), found),
                None => found.push(format!("{path}.{name} is gone")),
            }
        }
        if !old["items"].is_null() {
            let pair = self.at(&old["items"], &new["items"]);
            pair.breaks(&format!("{path}[]"), found);
        }
        for list in ["oneOf", "anyOf", "allOf"] {
            let of = |schema: &Value| schema[list].as_array().cloned().unwrap_or_default();
            let (was, is) = (of(old), of(new));
            if was.len() != is.len() {
                found.push(format!("{path}: {} choices were {}", is.len(), was.len()));
            }
            for (nth, (was, is)) in was.iter().zip(&is).enumerate() {
                self.at(was, is).breaks(&format!("{path}({nth})"), found);
            }
        }
    }

    fn at<'b>(&'b self, old: &'b Value, new: &'b Value) -> Pair<'b> {
        Pair {
            old: (self.old.0, old),
            new: (self.new.0, new),
        }
    }
}

fn breaks(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (name, was) in objects(old) {
        match new.get(&name) {
            Some(is) => Pair {
                old: (&was, &was),
                new: (is, is),
            }
            .breaks(&name, &mut found),
            None => found.push(format!("{name} is gone")),
        }
    }
    found
}

#[test]
fn nothing_that_consumers_were_promised_has_changed() {
    let now = now();
    if std::env::var_os("PRESSO_KEEP_CATALOGUE").is_some() {
        let text = serde_json::to_string_pretty(&now).unwrap();
        std::fs::write(KEPT, text + "\n").unwrap();
    }
    let broken = breaks(&kept(), &now);
    assert!(
        broken.is_empty(),
        "events are a contract; what has to change gets another version (….v2):\n{}",
        broken.join("\n")
    );
    let more: Vec<String> = objects(&now).into_iter().map(|(name, _)| name).collect();
    assert_eq!(more.len(), 22, "one for each kind of event: {more:?}");
}

/// A change, made to the kept copy, and what is said of it.
#[test]
fn a_change_that_breaks_a_consumer_is_seen_and_one_that_adds_is_not() {
    const CLAIMED: &str = "/presso.order.claimed.v1";
    let data = |rest: &str| format!("{CLAIMED}/properties/data{rest}");
    let kept = kept();
    let said = |change: &dyn Fn(&mut Value)| {
        let mut new = kept.clone();
        change(&mut new);
        breaks(&kept, &new).join("; ")
    };
    let gone = said(&|new| {
        let fields = new.pointer_mut(&data("/properties")).unwrap();
        fields.as_object_mut().unwrap().remove("claim");
    });
    assert!(gone.contains("data.claim is gone"), "{gone}");
    let other = said(&|new| {
        *new.pointer_mut(&data("/properties/version/type")).unwrap() = json!("string");
    });
    assert!(other.contains("data.version: type was"), "{other}");
    let deep = said(&|new| {
        let claim = format!("{CLAIMED}/$defs/Claim/properties");
        let fields = new.pointer_mut(&claim).unwrap().as_object_mut().unwrap();
        fields.remove("since");
    });
    assert!(deep.contains("data.claim.since is gone"), "{deep}");
    let loose = said(&|new| {
        let required = new.pointer_mut(&data("/required")).unwrap();
        required.as_array_mut().unwrap().retain(|f| f != "actor");
    });
    assert!(loose.contains("\"actor\" need not be there"), "{loose}");
    let reason = said(&|new| {
        let cancelled = new.get_mut("presso.order.cancelled.v1").unwrap();
        let reasons = cancelled.pointer_mut("/$defs/CancelReason").unwrap();
        reasons["oneOf"].as_array_mut().unwrap().pop();
    });
    assert!(reason.contains("choices were"), "{reason}");
    let event = said(&|new| {
        new.as_object_mut().unwrap().remove("presso.shop.opened.v1");
    });
    assert_eq!(event, "presso.shop.opened.v1 is gone");
    let strict = said(&|new| {
        let fields = new.pointer_mut(&data("/properties")).unwrap();
        fields["mood"] = json!({ "type": "string" });
        let required = new.pointer_mut(&data("/required")).unwrap();
        required.as_array_mut().unwrap().push(json!("mood"));
    });
    assert!(strict.contains("\"mood\" is newly required"), "{strict}");
    let added = said(&|new| {
        let fields = new.pointer_mut(&data("/properties")).unwrap();
        fields["mood"] = json!({ "type": "string" });
        new["presso.order.praised.v1"] = json!({});
    });
    assert_eq!(added, "", "what is added, and need not be there, is fine");
}

/// Every field that an envelope has is in its schema, and every one that must be there is.
#[test]
fn events_are_written_as_the_catalogue_says() {
    let at = 1_780_300_800_000_i64;
    let id = "6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01";
    let claim = json!({ "staff": id, "tablet": id, "since": at });
    let choice = json!({ "drink": "latte", "options": ["oat"] });
    let menu = json!({ "drinks": [{ "id": "latte", "name": "Latte" }] });
    let settings = json!({ "name": "Demo" });
    let window = json!({ "index": 7, "rotation_s": 300 });
    let staff = json!({ "kind": "staff", "staff": id, "role": "barista", "tablet": id });
    let kinds = [
        json!({ "type": "shop_created", "settings": settings, "menu": menu }),
        json!({ "type": "settings_changed", "settings": settings }),
        json!({ "type": "menu_replaced", "menu": menu }),
        json!({ "type": "drink_switched", "drink": "latte", "available": true }),
        json!({ "type": "option_switched", "option": "oat", "available": true }),
        json!({ "type": "shop_opened" }),
        json!({ "type": "shop_closed" }),
        json!({ "type": "period_started", "period": 2, "day": 20600 }),
        json!({ "type": "order_started", "order": id, "customer": id, "window": window, "place": 1, "submit_by": at }),
        json!({ "type": "order_submitted", "order": id, "choice": choice, "ticket": 1, "make_by": at }),
        json!({ "type": "order_handed_over", "order": id, "customer": id }),
        json!({ "type": "order_claimed", "order": id, "claim": claim }),
        json!({ "type": "order_unclaimed", "order": id }),
        json!({ "type": "order_taken_over", "order": id, "from": claim, "claim": claim }),
        json!({ "type": "order_completed", "order": id, "sweep_at": at }),
        json!({ "type": "order_collected", "order": id }),
        json!({ "type": "order_cancelled", "order": id, "reason": "too_long", "place_returned": true }),
        json!({ "type": "order_timed_out", "order": id, "cause": "barista", "place_returned": true }),
        json!({ "type": "order_swept", "order": id }),
        json!({ "type": "order_undone", "order": id, "verb": "complete", "place_retaken": false }),
        json!({ "type": "tablet_silent", "tablet": id }),
        json!({ "type": "tablet_back", "tablet": id }),
    ];
    let now = now();
    let (shop, settings, menu) = (
        ShopId::parse("demo").unwrap(),
        Settings::default(),
        Menu::default(),
    );
    let facts = Facts {
        shop: &shop,
        settings: &settings,
        menu: &menu,
        open: true,
        customer: None,
    };
    let mut seen = BTreeSet::new();
    for mut kind in kinds {
        kind["id"] = json!(id);
        kind["version"] = json!(3);
        kind["at"] = json!(at);
        kind["actor"] = staff.clone();
        let event: Event = serde_json::from_value(kind).unwrap();
        let envelope = cloudevents(&event, &facts);
        let name = envelope["type"].as_str().unwrap().to_owned();
        let schema = now.get(&name).unwrap_or_else(|| panic!("no {name}"));
        follows(schema, schema, &envelope, &name);
        seen.insert(name);
    }
    assert_eq!(
        seen,
        objects(&now).into_iter().map(|(name, _)| name).collect()
    );
}

/// The value has what the schema asks for, and nothing that it does not name.
fn follows(document: &Value, schema: &Value, value: &Value, path: &str) {
    let schema = led(document, schema);
    if let Some(choices) = schema["oneOf"].as_array()
        && value.is_object()
    {
        let tag = |choice: &&Value| {
            let consts = objects(&choice["properties"]);
            consts
                .iter()
                .all(|(name, of)| of["const"].is_null() || of["const"] == value[name])
        };
        let choice = choices.iter().find(tag);
        return follows(
            document,
            choice.unwrap_or_else(|| panic!("{path}: {value}")),
            value,
            path,
        );
    }
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::Null => "null",
    };
    if !schema["type"].is_null() {
        let kind = json!(kind).to_string();
        assert!(
            texts(&schema["type"]).contains(&kind),
            "{path}: {value} is no {}",
            schema["type"]
        );
    }
    if !schema["const"].is_null() {
        assert_eq!(schema["const"], *value, "{path}");
    }
    for field in schema["required"].as_array().into_iter().flatten() {
        assert!(
            value.get(field.as_str().unwrap()).is_some(),
            "{path}: {field} is not there"
        );
    }
    let fields = objects(&schema["properties"]);
    for (name, inside) in objects(value) {
        let field = fields
            .get(&name)
            .unwrap_or_else(|| panic!("{path}.{name} is not in the catalogue"));
        follows(document, field, &inside, &format!("{path}.{name}"));
    }
    for inside in value.as_array().into_iter().flatten() {
        follows(document, &schema["items"], inside, &format!("{path}[]"));
    }
}

#[test]
fn the_document_of_bus_and_socket_leads_nowhere_but_into_itself() {
    fn references<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|inside| references(inside, found));
            }
            Value::Array(items) => items.iter().for_each(|inside| references(inside, found)),
            _ => {}
        }
    }
    let document = asyncapi("1.0.0");
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 40, "{}", found.len());
    for target in found {
        let there = target
            .strip_prefix('#')
            .and_then(|path| document.pointer(path));
        assert!(there.is_some(), "{target}");
    }
    assert_eq!(document["asyncapi"], "3.0.0");
    let on_bus = objects(&document["channels"]["bus"]["messages"]);
    assert_eq!(on_bus.len(), 22);
}
