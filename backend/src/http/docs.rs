//! `/docs/events`: the event catalogue, for people as a page without a script, for programs as JSON
//! Schema and AsyncAPI. All of it is made from core's types, once.

use super::body::Answer;
use super::pages::escaped;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use presso_core::bus::{Catalogued, asyncapi, catalogue};
use serde_json::{Map, Value};
use std::sync::OnceLock;

const PAGE: &str = include_str!("pages/events.html");
const STYLE: &str = include_str!("pages/events.css");

pub(super) async fn schemas() -> Answer<&'static Value> {
    static SCHEMAS: OnceLock<Value> = OnceLock::new();
    Answer(SCHEMAS.get_or_init(|| {
        let all = catalogue().into_iter();
        Value::Object(all.map(|one| (one.name, one.schema)).collect())
    }))
}

pub(super) async fn bus_and_socket() -> Answer<&'static Value> {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    Answer(DOCUMENT.get_or_init(|| asyncapi(env!("CARGO_PKG_VERSION"))))
}

pub(super) async fn page() -> Response {
    static PAGES: OnceLock<String> = OnceLock::new();
    let page = PAGES.get_or_init(|| {
        let all = catalogue();
        let link =
            |one: &Catalogued| format!("<li><a href=\"#{0}\"><code>{0}</code></a></li>", one.name);
        let links: String = all.iter().map(link).collect();
        let events: String = all.iter().map(event).collect();
        PAGE.replace("<!-- links -->", &links)
            .replace("<!-- events -->", &events)
    });
    (keep(), Html(page.as_str())).into_response()
}

pub(super) async fn style() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (keep(), kind, STYLE).into_response()
}

/// It is the same until the program is another.
fn keep() -> [(header::HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-cache")]
}

fn event(one: &Catalogued) -> String {
    let (name, schema) = (&one.name, &one.schema);
    let data = &schema["properties"]["data"];
    let rows = rows(schema, data, "");
    let whole = serde_json::to_string_pretty(schema).unwrap_or_default();
    format!(
        "<section id=\"{name}\"><h2><code>{name}</code></h2><p>{}</p>\
         <div class=\"scroll\"><table><thead><tr><th scope=\"col\">in <code>data</code></th><th scope=\"col\">type</th>\
         <th scope=\"col\">meaning</th></tr></thead><tbody>{rows}</tbody></table></div>\
         <details><summary>JSON Schema</summary><pre>{}</pre></details></section>",
        escaped(&one.what),
        escaped(&whole)
    )
}

/// A line for each field, and below it those of what it holds, two deep.
fn rows(document: &Value, object: &Value, before: &str) -> String {
    let none = Map::new();
    let fields = object["properties"].as_object().unwrap_or(&none);
    let required = object["required"].as_array();
    let row = |(name, schema): (&String, &Value)| {
        let always = required.is_some_and(|list| list.iter().any(|one| one == name));
        let named = led(document, schema);
        let meaning = [schema, named].map(|of| of["description"].as_str().unwrap_or_default());
        let meaning = meaning.into_iter().find(|text| !text.is_empty());
        let maybe = if always {
            ""
        } else {
            " <small>may be missing</small>"
        };
        let own = format!(
            "<tr><td><code>{before}{name}</code>{maybe}</td><td>{}</td><td>{}</td></tr>",
            kind(document, schema),
            escaped(meaning.unwrap_or_default())
        );
        let deeper = before.matches('.').count() < 2;
        let inside = if deeper {
            rows(document, named, &format!("{before}{name}."))
        } else {
            String::new()
        };
        own + &inside
    };
    fields.iter().map(row).collect()
}

fn led<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(target) => &document["$defs"][target.rsplit('/').next().unwrap_or_default()],
        None => schema,
    }
}

/// `string`, `integer`, one of some values, a list of something.
fn kind(document: &Value, schema: &Value) -> String {
    let schema = led(document, schema);
    let code = |value: &Value| {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        format!("<code>{}</code>", escaped(&text))
    };
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().map(code).collect::<Vec<_>>().join(", ");
    }
    if !schema["const"].is_null() {
        return code(&schema["const"]);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let choices =
            choices.iter().map(
                |choice| match choice["properties"]["kind"]["const"].as_str() {
                    Some(name) => format!("<code>{}</code>{}", escaped(name), fields(choice)),
                    None => kind(document, choice),
                },
            );
        return choices.collect::<Vec<_>>().join(", ");
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("array"), _) => format!("list of {}", kind(document, &schema["items"])),
        (Some("string"), Some(format)) => escaped(format),
        (Some(name), _) => escaped(name),
        (None, _) => "any".to_owned(),
    }
}

/// What a choice holds beside its kind, in brackets.
fn fields(choice: &Value) -> String {
    let none = Map::new();
    let names = choice["properties"].as_object().unwrap_or(&none).keys();
    let names: Vec<&str> = names
        .map(String::as_str)
        .filter(|name| *name != "kind")
        .collect();
    match names.is_empty() {
        true => String::new(),
        false => format!(" ({})", escaped(&names.join(", "))),
    }
}
