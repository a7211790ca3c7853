//! The schemas. Bodies are whole; of answers the fields that are always there, since core's types
//! are the contract and are documented where they stand.

mod bus;

use presso_core::api::{PROBLEM_TYPE, Problem};
use presso_core::settings::Settings;
use serde_json::{Map, Value, json};

/// Every schema that the table of contents names, and those that these name.
pub(super) fn all() -> Value {
    let slug = json!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,31}$" });
    let text = json!({ "type": "string" });
    let flag = json!({ "type": "boolean" });
    let count = json!({ "type": "integer", "minimum": 0 });
    let time = json!({ "type": "integer", "description": "unix milliseconds" });
    let reasons = [
        "changed_mind",
        "too_long",
        "mistake",
        "out_of_stock",
        "no_show",
        "closing",
        "other",
    ];
    let name = json!({ "type": "string", "minLength": 1, "maxLength": 40 });
    let mut all = json!({
        "Nothing": body(&[], &[]),
        "ScanBody": body(&["code"], &[("code", &text)]),
        "SubmitBody": body(&["drink"], &[("drink", &slug), ("options", &list(slug.clone())), ("name", &name)]),
        "CancelBody": body(&[], &[("reason", &json!({ "enum": reasons }))]),
        "Availability": body(&["available"], &[("available", &flag)]),
        "LinkBody": body(&["for"], &[("for", &json!({ "enum": ["barista", "manager", "display"] })), ("name", &name)]),
        "RedeemLinkBody": body(&["secret"], &[("secret", &text)]),
        "RefreshBody": body(&["refresh"], &[("refresh", &text)]),
        "AskPasscodeBody": body(&["shop", "to"], &[("shop", &slug), ("to", &text)]),
        "PasscodeAnswer": shown(&[("expires_at", &time), ("resend_at", &time)]),
        "VerifyPasscodeBody": body(&["shop", "to", "code"], &[("shop", &slug), ("to", &text), ("code", &text)]),
        "SubscribeBody": body(&["endpoint", "p256dh", "auth"], &[("endpoint", &text), ("p256dh", &text), ("auth", &text)]),
        "BeginPairingBody": body(&["for"], &[("for", &json!({ "enum": ["display", "barista"] }))]),
        "PairingAnswer": shown(&[("device_code", &text), ("user_code", &text), ("expires_at", &time), ("interval_s", &count)]),
        "ClaimPairingBody": body(&["device_code"], &[("device_code", &text)]),
        "ApprovePairingBody": body(&["user_code"], &[("user_code", &text), ("name", &name)]),
        "PairedAnswer": shown(&[("for", &json!({ "enum": ["display", "barista"] }))]),
        "RotateKeysBody": body(&[], &[("at_once", &flag)]),
        "RotatedKeys": shown(&[("keys", &list(text.clone()))]),
        "SessionView": shown(&[("session", &text), ("who", &json!({ "type": "object" })), ("used_at", &time), ("current", &flag)]),
        "SessionsAnswer": shown(&[("sessions", &list(of("SessionView")))]),
        "ErasedRows": shown(&[("table", &text), ("rows", &count)]),
        "MeErased": shown(&[("erased", &list(of("ErasedRows")))]),
        "Proof": shown(&[("bytes", &count), ("searched", &count), ("too_short", &count), ("left", &count), ("elsewhere", &list(of("ErasedRows")))]),
        "ShopErased": shown(&[("at", &time), ("erased", &list(of("ErasedRows"))), ("proof", &of("Proof"))]),
        "PushKeyAnswer": shown(&[("key", &text)]),
        "CreateShopBody": body(&["shop"], &[("shop", &slug), ("settings", &of("Settings")), ("menu", &of("Menu"))]),
        "Menu": body(&["drinks"], &[("drinks", &list(of("Drink"))), ("groups", &list(of("OptionGroup")))]),
        "Drink": body(&["id", "name"], &[("id", &slug), ("name", &text), ("icon", &text), ("available", &flag), ("groups", &list(slug.clone()))]),
        "OptionGroup": body(&["id", "name", "choose", "options"], &[("id", &slug), ("name", &text), ("choose", &json!({ "enum": ["single", "multiple"] })), ("required", &flag), ("options", &list(of("MenuOption")))]),
        "MenuOption": body(&["id", "name"], &[("id", &slug), ("name", &text), ("available", &flag)]),
        "Settings": settings(),
        "ShopFacts": shown(&[("shop", &slug), ("name", &text), ("open", &flag), ("full", &flag)]),
        "ShopsAnswer": shown(&[("shops", &list(of("ShopFacts")))]),
        "ShopAnswer": shown(&[("version", &count), ("facts", &of("ShopFacts"))]),
        "MenuAnswer": shown(&[("version", &count), ("menu", &of("Menu"))]),
        "CodeView": shown(&[("code", &text), ("link", &text), ("places", &count), ("places_left", &count), ("rotates_at", &time)]),
        "ScanAnswer": shown(&[("order", &text), ("expires_at", &time)]),
        "OrderView": shown(&[("order", &text), ("version", &count), ("state", &states())]),
        "OrderAnswer": shown(&[("shop", &slug), ("order", &of("OrderView"))]),
        "OrderPage": shown(&[("orders", &list(of("OrderAnswer")))]),
        "Journey": shown(&[("order", &text), ("steps", &list(of("Step")))]),
        "SharedLink": shown(&[("link", &text), ("ends_at", &time)]),
        "ReadSharedBody": body(&["secret"], &[("secret", &text)]),
        "SharedJourney": shown(&[("shop_name", &text), ("steps", &list(of("Step"))), ("ends_at", &time)]),
        "Step": shown(&[("version", &count), ("at", &time), ("waited_ms", &count), ("by", &text), ("to", &states())]),
        "Tokens": shown(&[("access", &text), ("access_expires_at", &time), ("refresh", &text), ("who", &json!({ "type": "object" }))]),
        "LinkAnswer": shown(&[("link", &text), ("expires_at", &time)]),
        "Keys": shown(&[("keys", &list(json!({ "type": "object" })))]),
        "OpenApi": json!({ "type": "object" }),
        "Problem": problem(),
    });
    if let Value::Object(all) = &mut all {
        all.extend(staff());
    }
    for (name, schema) in bus::all() {
        all[name] = schema;
    }
    all
}

/// Those of staff; apart, since a macro takes only so much at once.
fn staff() -> Map<String, Value> {
    let text = json!({ "type": "string" });
    let flag = json!({ "type": "boolean" });
    let time = json!({ "type": "integer", "description": "unix milliseconds" });
    let name = json!({ "type": "string", "minLength": 1, "maxLength": 40 });
    let role = json!({ "enum": ["barista", "manager"] });
    let list = json!({ "type": "array", "items": { "$ref": "#/components/schemas/StaffView" } });
    let pin = json!({ "type": "string", "pattern": "^[0-9]{4,6}$" });
    let colleague = shown(&[("staff", &text), ("current", &flag)]);
    properties(&[
        ("MenuTable", &body(&["csv"], &[("csv", &text)])),
        (
            "InviteStaffBody",
            &body(&["name", "role"], &[("name", &name), ("role", &role)]),
        ),
        (
            "ColleaguesAnswer",
            &shown(&[(
                "colleagues",
                &json!({ "type": "array", "items": colleague }),
            )]),
        ),
        (
            "PutPinBody",
            &body(&["pin"], &[("pin", &pin), ("current", &pin)]),
        ),
        ("CheckPinBody", &body(&["pin"], &[("pin", &pin)])),
        (
            "SwitchBody",
            &body(&["staff", "pin"], &[("staff", &text), ("pin", &pin)]),
        ),
        ("InviteOrganiserBody", &body(&["name"], &[("name", &name)])),
        ("ChangeStaffBody", &body(&["role"], &[("role", &role)])),
        (
            "StaffView",
            &shown(&[
                ("staff", &text),
                ("role", &role),
                ("joined", &flag),
                ("current", &flag),
                ("has_pin", &flag),
            ]),
        ),
        ("StaffAnswer", &shown(&[("staff", &list)])),
        (
            "InvitedAnswer",
            &shown(&[("staff", &text), ("link", &text), ("expires_at", &time)]),
        ),
    ])
}

/// By name.
fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn properties(fields: &[(&str, &Value)]) -> Map<String, Value> {
    let fields = fields
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), (*schema).clone()));
    fields.collect()
}

/// What is sent: nothing may be in it that is not named here.
fn body(required: &[&str], fields: &[(&str, &Value)]) -> Value {
    json!({
        "type": "object", "additionalProperties": false,
        "required": required, "properties": properties(fields),
    })
}

/// What is answered: these fields are always there, later versions may add some.
fn shown(fields: &[(&str, &Value)]) -> Value {
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    json!({ "type": "object", "required": required, "properties": properties(fields) })
}

fn states() -> Value {
    let names = presso_core::order::OrderState::ALL
        .iter()
        .map(|state| state.name());
    json!({ "enum": names.collect::<Vec<_>>() })
}

/// The defaults are core's own, so that they cannot drift.
fn settings() -> Value {
    let Ok(Value::Object(defaults)) = serde_json::to_value(Settings::default()) else {
        return json!({ "type": "object" });
    };
    let fields = defaults.into_iter().map(|(name, default)| {
        let kind = match default {
            Value::Number(_) => "integer",
            Value::Array(_) => "array",
            _ => "string",
        };
        (name, json!({ "type": kind, "default": default }))
    });
    let fields: Map<String, Value> = fields.collect();
    json!({ "type": "object", "additionalProperties": false, "properties": fields })
}

fn problem() -> Value {
    let example = Problem::new(409, "shop_full", "the shop takes no more at the moment");
    let text = json!({ "type": "string" });
    let count = json!({ "type": "integer" });
    let mut schema = shown(&[
        ("type", &text),
        ("title", &text),
        ("status", &count),
        ("code", &text),
    ]);
    schema["description"] = json!(format!("as {PROBLEM_TYPE}; `code` is stable"));
    schema["examples"] = json!([example]);
    schema["properties"]["field"] = text;
    schema["properties"]["retry_after_s"] = count;
    schema["properties"]["rejection"] = json!({ "type": "object" });
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use presso_core::menu::Menu;

    /// A body's schema names exactly the fields that core's type takes.
    #[test]
    fn the_schema_of_a_menu_names_the_fields_that_a_menu_prints() {
        let menu: Menu = serde_json::from_value(json!({
            "drinks": [{ "id": "latte", "name": "Latte" }],
            "groups": [{ "id": "milk", "name": "Milk", "choose": "single",
                         "options": [{ "id": "oat", "name": "Oat" }] }],
        }))
        .unwrap();
        let printed = serde_json::to_value(menu).unwrap();
        let all = all();
        for (schema, value) in [
            ("Menu", &printed),
            ("Drink", &printed["drinks"][0]),
            ("OptionGroup", &printed["groups"][0]),
            ("MenuOption", &printed["groups"][0]["options"][0]),
        ] {
            let fields = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            assert_eq!(
                fields(&all[schema]["properties"]),
                fields(value),
                "{schema}"
            );
        }
    }
}
