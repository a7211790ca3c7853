//! The event catalogue: what each event looks like, as JSON Schema, made from the types that write
//! them; and as one AsyncAPI document, with the frames of the socket beside it.

use crate::id::EventId;
use crate::order::Actor;
use crate::realtime::frame::{ClientFrame, SUBPROTOCOL, ServerFrame};
use crate::workflow::EventKind;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Where AsyncAPI keeps schemas.
const COMPONENTS: &str = "#/components/schemas/";
/// Where a schema by itself keeps its own.
const DEFINITIONS: &str = "#/$defs/";
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// One kind of event.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogued {
    /// Its `type`, as `presso.order.claimed.v1`.
    pub name: String,
    /// What happened.
    pub what: String,
    /// The CloudEvent's schema (draft 2020-12), whole by itself.
    pub schema: Value,
}

/// Every event, in the order in which `EventKind` has them.
#[must_use]
pub fn catalogue() -> Vec<Catalogued> {
    let (kinds, definitions) = kinds();
    let whole = |(name, what, envelope): Kind| {
        let mut schema = envelope;
        schema["$schema"] = json!(DIALECT);
        let used = used(&schema, &definitions);
        schema["$defs"] = Value::Object(used);
        relocate(&mut schema, COMPONENTS, DEFINITIONS);
        Catalogued { name, what, schema }
    };
    kinds.into_iter().map(whole).collect()
}

/// The bus and the socket as an AsyncAPI 3 document.
#[must_use]
pub fn asyncapi(version: &str) -> Value {
    let (kinds, mut definitions) = kinds();
    let mut generator = generator();
    let client = generator.subschema_for::<ClientFrame>().to_value();
    let server = generator.subschema_for::<ServerFrame>().to_value();
    definitions.extend(generator.take_definitions(true));
    let (mut messages, mut on_bus) = (Map::new(), Map::new());
    for (name, what, envelope) in kinds {
        on_bus.insert(name.clone(), reference("messages", &name));
        messages.insert(
            name.clone(),
            json!({
                "name": name, "title": name, "summary": what,
                "contentType": "application/cloudevents+json",
                "payload": envelope,
            }),
        );
    }
    for (name, what, payload) in [
        ("clientFrame", "What a client says on the socket.", client),
        ("serverFrame", "What the server says on it.", server),
    ] {
        let frame = json!({
            "name": name, "title": name, "summary": what,
            "contentType": "application/json", "payload": payload,
        });
        messages.insert(name.to_owned(), frame);
    }
    for schema in definitions.values_mut() {
        tolerant(schema);
    }
    let frames = json!({
        "clientFrame": reference("messages", "clientFrame"),
        "serverFrame": reference("messages", "serverFrame"),
    });
    let channel = |name: &str| json!({ "$ref": format!("#/channels/{name}") });
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Presso",
            "version": version,
            "description": "What a shop tells others as it happens: events to the targets of rules \
                (webhooks by Standard Webhooks, files, the log), and frames on a WebSocket.",
        },
        "defaultContentType": "application/json",
        "channels": {
            "bus": {
                "address": null,
                "description": "A rule's target. At least once, in order within an order.",
                "messages": on_bus,
            },
            "realtime": {
                "address": "/v1/realtime",
                "description": format!("A WebSocket with the subprotocol {SUBPROTOCOL}."),
                "messages": frames,
            },
        },
        "operations": {
            "deliver": {
                "action": "send", "channel": channel("bus"),
                "summary": "Presso brings what a rule's pattern matches to its target.",
            },
            "hear": {
                "action": "receive", "channel": channel("realtime"),
                "messages": [{ "$ref": "#/channels/realtime/messages/clientFrame" }],
            },
            "tell": {
                "action": "send", "channel": channel("realtime"),
                "messages": [{ "$ref": "#/channels/realtime/messages/serverFrame" }],
            },
        },
        "components": { "messages": messages, "schemas": definitions },
    })
}

fn reference(place: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{place}/{name}") })
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator()
}

/// Name, meaning and envelope of one kind.
type Kind = (String, String, Value);

/// Each of them, and what they refer to.
fn kinds() -> (Vec<Kind>, Map<String, Value>) {
    let mut generator = generator();
    let actor = generator.subschema_for::<Actor>().to_value();
    let id = generator.subschema_for::<EventId>().to_value();
    let own = generator.subschema_for::<EventKind>().to_value();
    let mut definitions = generator.take_definitions(true);
    let own = definitions.remove(last(&own)).unwrap_or(own);
    let variants = own["oneOf"].as_array().cloned().unwrap_or_default();
    for schema in definitions.values_mut() {
        tolerant(schema);
    }
    let kinds = variants.into_iter().map(|variant| {
        let what = variant["description"].as_str().unwrap_or_default();
        let name = super::cloudevents::kind(journal_name(&variant));
        let envelope = envelope(&name, what, &variant, &id, &actor);
        (name, what.to_owned(), envelope)
    });
    (kinds.collect(), definitions)
}

fn journal_name(variant: &Value) -> &str {
    variant["properties"]["type"]["const"]
        .as_str()
        .unwrap_or_default()
}

/// The name that a reference ends with.
fn last(reference: &Value) -> &str {
    let text = reference["$ref"].as_str().unwrap_or_default();
    text.rsplit('/').next().unwrap_or_default()
}

/// The CloudEvent around a variant's fields, as [`super::cloudevents`] writes it.
fn envelope(name: &str, what: &str, variant: &Value, id: &Value, actor: &Value) -> Value {
    let fields = variant["properties"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let required = variant["required"].as_array().cloned().unwrap_or_default();
    let is_own = |name: &str| name != "type";
    let mut data = Map::new();
    data.insert(
        "version".into(),
        json!({
            "type": "integer", "minimum": 1,
            "description": "Its place in the shop's stream: 1, 2, 3 …",
        }),
    );
    data.insert("actor".into(), actor.clone());
    let mut always = vec![json!("version"), json!("actor")];
    always.extend(
        required
            .into_iter()
            .filter(|field| is_own(field.as_str().unwrap_or_default())),
    );
    let order = fields.get("order").cloned();
    data.extend(fields.into_iter().filter(|(field, _)| is_own(field)));
    let mut properties = json!({
        "specversion": { "const": "1.0" },
        "id": id,
        "type": { "const": name },
        "source": { "type": "string", "description": "/shops/ and the shop's identifier" },
        "time": { "type": "string", "format": "date-time" },
        "datacontenttype": { "const": "application/json" },
        "replayname": { "type": "string", "description": "Only where it is played again." },
        "data": { "type": "object", "properties": data, "required": always },
    });
    let mut required = vec![
        "specversion",
        "id",
        "type",
        "source",
        "time",
        "datacontenttype",
        "data",
    ];
    if let Some(order) = order {
        properties["subject"] = order;
        required.push("subject");
    }
    let mut envelope = json!({
        "title": name, "description": what,
        "type": "object", "properties": properties, "required": required,
    });
    tolerant(&mut envelope);
    envelope
}

/// Whoever reads must let pass what comes later: nothing that is not named is forbidden.
fn tolerant(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("additionalProperties") == Some(&Value::Bool(false)) {
                fields.remove("additionalProperties");
            }
            fields.values_mut().for_each(tolerant);
        }
        Value::Array(items) => items.iter_mut().for_each(tolerant),
        _ => {}
    }
}

/// The definitions that a schema refers to, and those that these refer to.
fn used(schema: &Value, all: &Map<String, Value>) -> Map<String, Value> {
    let mut found: BTreeMap<String, Value> = BTreeMap::new();
    let mut open = vec![schema];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                let name = last(value);
                if let Some(definition) = all.get(name)
                    && found.insert(name.to_owned(), definition.clone()).is_none()
                {
                    open.push(definition);
                }
                open.extend(fields.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found.into_iter().collect()
}

fn relocate(schema: &mut Value, from: &str, to: &str) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(target)) = fields.get_mut("$ref") {
                *target = target.replace(from, to);
            }
            fields
                .values_mut()
                .for_each(|value| relocate(value, from, to));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| relocate(value, from, to)),
        _ => {}
    }
}
