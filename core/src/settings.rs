//! A shop's limits and manners. Every number of the workflow is here, with its default.

use crate::order::Actor;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest grace, seconds.
pub const MAX_GRACE_S: u32 = 3_600;

/// Per-shop settings; a field left out takes its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// As customers read it; 1 to 60 characters.
    pub name: String,
    /// How often the code changes, seconds (15 to 86,400).
    pub rotation_s: u32,
    /// How many orders one code admits (1 to 100,000).
    pub code_places: u32,
    /// How long a code is redeemed after it rotated, seconds (0 to 3,600).
    pub grace_s: u32,
    /// Most orders in progress (1 to 100,000).
    pub capacity: u32,
    /// Most unfinished orders of one customer (1 to 100).
    pub orders_per_customer: u32,
    /// Most orders of one customer in a local day; 0 is no limit.
    pub orders_per_customer_per_day: u32,
    /// Time to choose after the scan, seconds (10 to 86,400).
    pub submit_within_s: u32,
    /// Time to make the drink after it was ordered, seconds (10 to 86,400).
    pub make_within_s: u32,
    /// How long a ready drink stays on the board, seconds (10 to 86,400).
    pub collect_within_s: u32,
    /// How long a verb can be undone, seconds (0 to 60).
    pub undo_within_s: u32,
    /// How long a tablet may be silent before its claims can be taken over, seconds (15 to 3,600).
    pub tablet_silent_s: u32,
    /// The shop's local time, minutes east of UTC (-840 to 840); decides when a local day begins.
    pub utc_offset_minutes: i16,
    /// How long names of customers and how their browsers are reached are kept, days (1 to 3,650).
    pub names_kept_days: u32,
    /// Languages offered, best first, as BCP 47 tags; at least one.
    pub languages: Vec<String>,
    /// Who may order.
    pub sign_in: SignIn,
}

/// Who may order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    /// Anyone who scanned the code.
    Guest,
    /// Only who has shown by a one-time code that a number or an address is theirs. Scanning needs
    /// none: the place is kept meanwhile.
    Verified,
}

impl SignIn {
    /// May this customer order?
    #[must_use]
    pub const fn admits(self, actor: &Actor) -> bool {
        match self {
            Self::Guest => true,
            Self::Verified => !matches!(
                actor,
                Actor::Customer {
                    verified: false,
                    ..
                }
            ),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "Coffee".into(),
            rotation_s: 300,
            code_places: 10,
            grace_s: 60,
            capacity: 20,
            orders_per_customer: 1,
            orders_per_customer_per_day: 0,
            submit_within_s: 300,
            make_within_s: 900,
            collect_within_s: 600,
            undo_within_s: 10,
            tablet_silent_s: 120,
            utc_offset_minutes: 0,
            names_kept_days: 30,
            languages: vec!["en".into()],
            sign_in: SignIn::Guest,
        }
    }
}

/// Settings that cannot be used: which field, and the rule it breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, JsonSchema)]
#[error("{field}: {rule}")]
pub struct BadSettings {
    /// The field.
    pub field: String,
    /// The rule.
    pub rule: String,
}

impl Settings {
    /// Can a shop work with these?
    ///
    /// # Errors
    /// [`BadSettings`] with the first field out of its range (the ranges stand at the fields).
    pub fn validate(&self) -> Result<(), BadSettings> {
        let named = (1..=60).contains(&self.name.chars().count())
            && !self.name.trim().is_empty()
            && !self.name.chars().any(char::is_control);
        if !named {
            return bad("name", "1 to 60 characters, no control characters".into());
        }
        for (field, value, low, high) in [
            ("rotation_s", self.rotation_s, 15, 86_400),
            ("code_places", self.code_places, 1, 100_000),
            ("grace_s", self.grace_s, 0, MAX_GRACE_S),
            ("capacity", self.capacity, 1, 100_000),
            ("orders_per_customer", self.orders_per_customer, 1, 100),
            (
                "orders_per_customer_per_day",
                self.orders_per_customer_per_day,
                0,
                1_000,
            ),
            ("submit_within_s", self.submit_within_s, 10, 86_400),
            ("make_within_s", self.make_within_s, 10, 86_400),
            ("collect_within_s", self.collect_within_s, 10, 86_400),
            ("undo_within_s", self.undo_within_s, 0, 60),
            ("tablet_silent_s", self.tablet_silent_s, 15, 3_600),
            ("names_kept_days", self.names_kept_days, 1, 3_650),
        ] {
            if !(low..=high).contains(&value) {
                return bad(field, format!("from {low} to {high}"));
            }
        }
        if !(-840..=840).contains(&self.utc_offset_minutes) {
            return bad("utc_offset_minutes", "from -840 to 840".into());
        }
        let tag = |t: &String| {
            (2..=35).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        if self.languages.is_empty() || self.languages.len() > 50 || !self.languages.iter().all(tag)
        {
            return bad("languages", "1 to 50 language tags, as en or pt-BR".into());
        }
        Ok(())
    }
}

fn bad(field: &str, rule: String) -> Result<(), BadSettings> {
    Err(BadSettings {
        field: field.into(),
        rule,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_valid_and_each_field_out_of_range_is_named() {
        assert_eq!(Settings::default().validate(), Ok(()));
        let field = |change: fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            settings.validate().unwrap_err().field
        };
        assert_eq!(field(|s| s.name = "\n".into()), "name");
        assert_eq!(field(|s| s.rotation_s = 14), "rotation_s");
        assert_eq!(field(|s| s.capacity = 0), "capacity");
        assert_eq!(field(|s| s.names_kept_days = 0), "names_kept_days");
        assert_eq!(field(|s| s.utc_offset_minutes = 900), "utc_offset_minutes");
        assert_eq!(field(|s| s.languages.clear()), "languages");
    }

    #[test]
    fn a_misspelt_setting_is_refused() {
        assert!(serde_json::from_str::<Settings>(r#"{"capcity": 3}"#).is_err());
    }
}
