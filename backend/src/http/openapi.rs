//! `/openapi.json`: the table of contents as an OpenAPI 3.1 document. It is built from the table
//! that the router is built from, so that no route can be missing in either.

mod schemas;

use super::ROUTES;
use super::body::Answer;
use super::keyed::HEADER;
use super::route::Route;
use presso_core::api::PROBLEM_TYPE;
use serde_json::{Map, Value, json};
use std::sync::OnceLock;

pub(super) async fn show() -> Answer<&'static Value> {
    Answer(document())
}

/// The document; always the same, so made once.
pub(super) fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        json!({
            "openapi": "3.1.0",
            "info": {
                "title": "Presso",
                "version": env!("CARGO_PKG_VERSION"),
                "description": "Orders for a coffee stand, from phones. Times are unix milliseconds. \
                    Every refusal is a problem (RFC 9457) with a stable `code`. The prose is \
                    docs/protocol.md.",
            },
            "paths": paths(),
            "components": {
                "schemas": schemas::all(),
                "responses": { "Problem": {
                    "description": "refused; `code` says why",
                    "content": { PROBLEM_TYPE: { "schema": reference("Problem") } },
                } },
                "securitySchemes": { "session": {
                    "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                } },
            },
        })
    })
}

fn paths() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method] = operation(route);
    }
    Value::Object(paths)
}

fn operation(route: &Route) -> Value {
    let mut good = json!({ "description": route.what });
    if let Some(schema) = route.gives {
        good["content"] = json!({ "application/json": { "schema": reference(schema) } });
    }
    let mut operation = json!({
        "summary": route.what,
        "description": format!("For {}.", route.who),
        "parameters": parameters(route),
        "responses": {
            route.status.to_string(): good,
            "default": { "$ref": "#/components/responses/Problem" },
        },
    });
    if route.needs_session() {
        operation["security"] = json!([{ "session": [] }]);
    }
    if let Some(schema) = route.takes {
        operation["requestBody"] = json!({
            "required": !["Nothing", "CancelBody", "RotateKeysBody", "RedriveBody"].contains(&schema),
            "content": { "application/json": { "schema": reference(schema) } },
        });
    }
    operation
}

fn parameters(route: &Route) -> Vec<Value> {
    let text = json!({ "type": "string" });
    let in_path = route.path.split('/').filter_map(|part| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        Some(json!({ "name": name, "in": "path", "required": true, "schema": text }))
    });
    let in_query = route
        .narrowed_by
        .iter()
        .map(|name| json!({ "name": name, "in": "query", "required": false, "schema": text }));
    let key = route.keyed.then(|| {
        let uuid = json!({ "type": "string", "format": "uuid" });
        json!({ "name": HEADER, "in": "header", "required": true, "schema": uuid })
    });
    in_path.chain(in_query).chain(key).collect()
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}
