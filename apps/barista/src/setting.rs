//! The shop's settings as fields of a form: which there are, in which unit and range, and how a
//! text becomes a value. Whether a value may be is the server's to say.

use presso_core::settings::Settings;
use serde_json::Value;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Days.
    Days,
    /// Orders.
    Orders,
}

/// A setting that is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// As the server names it.
    pub key: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// From where.
    pub low: i64,
    /// To where.
    pub high: i64,
}

const fn field(key: &'static str, unit: Unit, low: i64, high: i64) -> Field {
    Field {
        key,
        unit,
        low,
        high,
    }
}

/// In the order in which a form asks. The ranges are core's (a test holds them against it).
pub const FIELDS: [Field; 13] = [
    field("capacity", Unit::Orders, 1, 100_000),
    field("orders_per_customer", Unit::Orders, 1, 100),
    field("orders_per_customer_per_day", Unit::Orders, 0, 1_000),
    field("code_places", Unit::Orders, 1, 100_000),
    field("rotation_s", Unit::Seconds, 15, 86_400),
    field("grace_s", Unit::Seconds, 0, 3_600),
    field("submit_within_s", Unit::Seconds, 10, 86_400),
    field("make_within_s", Unit::Seconds, 10, 86_400),
    field("collect_within_s", Unit::Seconds, 10, 86_400),
    field("undo_within_s", Unit::Seconds, 0, 60),
    field("tablet_silent_s", Unit::Seconds, 15, 3_600),
    field("utc_offset_minutes", Unit::Minutes, -840, 840),
    field("names_kept_days", Unit::Days, 1, 3_650),
];

/// A setting as the form shows it.
#[must_use]
pub fn text(settings: &Settings, key: &str) -> String {
    match serde_json::to_value(settings).ok().and_then(|mut all| {
        let value = all.get_mut(key)?;
        Some(value.take())
    }) {
        Some(Value::String(text)) => text,
        Some(Value::Array(items)) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            items.join(", ")
        }
        Some(value) => value.to_string(),
        None => String::new(),
    }
}

/// The settings with what was typed; the field's key where that is no value of its kind at all.
///
/// # Errors
/// The first such key.
pub fn with<'a>(
    settings: &Settings,
    typed: impl IntoIterator<Item = (&'a str, String)>,
) -> Result<Settings, &'a str> {
    let mut all = serde_json::to_value(settings).unwrap_or_default();
    for (key, text) in typed {
        let text = text.trim();
        let value = match all.get(key) {
            Some(Value::Number(_)) => Value::from(text.parse::<i64>().map_err(|_| key)?),
            Some(Value::Array(_)) => {
                let tags = text.split([',', ' ']).filter(|tag| !tag.is_empty());
                Value::from(tags.map(str::to_owned).collect::<Vec<_>>())
            }
            Some(_) => Value::from(text),
            None => return Err(key),
        };
        all[key] = value;
        // A number that its kind cannot hold (a negative one, mostly).
        serde_json::from_value::<Settings>(all.clone()).map_err(|_| key)?;
    }
    serde_json::from_value(all).map_err(|_| "name")
}

#[cfg(test)]
mod tests {
    use super::*;
    use presso_core::settings::SignIn;

    fn typed(key: &str, text: &str) -> Result<Settings, String> {
        with(&Settings::default(), [(key, text.to_owned())]).map_err(str::to_owned)
    }

    #[test]
    fn every_setting_is_in_the_form_and_its_range_is_the_servers() {
        let all = serde_json::to_value(Settings::default()).unwrap();
        let keys = all.as_object().unwrap().keys();
        let asked = |key: &&String| FIELDS.iter().any(|field| field.key == key.as_str());
        let others: Vec<_> = keys.filter(|key| !asked(key)).collect();
        assert_eq!(others, ["languages", "name", "sign_in"]);
        for Field { key, low, high, .. } in FIELDS {
            for (value, good) in [
                (low, true),
                (high, true),
                (low - 1, false),
                (high + 1, false),
            ] {
                let taken = typed(key, &value.to_string()).is_ok_and(|s| s.validate().is_ok());
                assert_eq!(taken, good, "{key} = {value}");
            }
        }
    }

    #[test]
    fn what_is_typed_becomes_the_setting_or_names_its_field() {
        assert_eq!(typed("capacity", " 30 ").unwrap().capacity, 30);
        assert_eq!(typed("languages", "en, pt-BR").unwrap().languages.len(), 2);
        assert_eq!(typed("name", " Café ").unwrap().name, "Café");
        assert_eq!(
            typed("sign_in", "verified").unwrap().sign_in,
            SignIn::Verified
        );
        for (key, bad) in [("capacity", "many"), ("capacity", "-1"), ("grace_s", "")] {
            assert_eq!(typed(key, bad).unwrap_err(), key, "{bad}");
        }
        let settings = Settings::default();
        assert_eq!(text(&settings, "rotation_s"), "300");
        assert_eq!(text(&settings, "languages"), "en");
        assert_eq!(text(&settings, "name"), "Coffee");
        assert_eq!(text(&settings, "sign_in"), "guest");
    }
}
