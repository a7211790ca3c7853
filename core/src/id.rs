//! Identifiers: values whose only way in is `parse` (slugs) or a UUID from outside (`core` draws none).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A slug was refused; says which rule, so that a problem can name it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an identifier is 1 to 32 of a-z, 0-9 and '-', and starts with a letter or digit: {0:?}")]
pub struct BadSlug(
    /// What was given, cut to 64 characters.
    pub String,
);

fn check_slug(text: &str) -> Result<(), BadSlug> {
    let bytes = text.as_bytes();
    let ok = (1..=32).contains(&bytes.len())
        && bytes[0] != b'-'
        && bytes
            .iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-');
    if ok {
        Ok(())
    } else {
        Err(BadSlug(text.chars().take(64).collect()))
    }
}

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The only way in.
            ///
            /// # Errors
            /// [`BadSlug`] unless it is 1 to 32 of `a-z`, `0-9`, `-`, not starting with `-`.
            pub fn parse(text: &str) -> Result<Self, BadSlug> {
                check_slug(text)?;
                Ok(Self(text.to_owned()))
            }
            /// The text as it stands in links and events.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl TryFrom<String> for $name {
            type Error = BadSlug;
            fn try_from(text: String) -> Result<Self, BadSlug> {
                check_slug(&text)?;
                Ok(Self(text))
            }
        }
        impl std::str::FromStr for $name {
            type Err = BadSlug;
            fn from_str(text: &str) -> Result<Self, BadSlug> {
                Self::parse(text)
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    };
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

slug! {
    /// A shop: a stall at one event. Part of links, so short and readable.
    ShopId
}
slug! {
    /// A drink on a shop's menu.
    DrinkId
}
slug! {
    /// A group of options on a menu, as "milk".
    GroupId
}
slug! {
    /// One option of a group, as "oat". Unique within the whole menu.
    OptionId
}
slug! {
    /// A rule of the bus, by its name at its shop.
    RuleName
}
uuid_id! {
    /// One order, from scan to end.
    OrderId
}
uuid_id! {
    /// A customer as one shop knows them: a pseudonym, different at every shop.
    CustomerId
}
uuid_id! {
    /// A member of staff.
    StaffId
}
uuid_id! {
    /// The device that a member of staff works on; a claim remembers it, to notice its silence.
    TabletId
}
uuid_id! {
    /// One journal event.
    EventId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_with_a_capital_a_space_or_nothing_is_refused() {
        for bad in ["", "Oat", "oat milk", "-oat", "ö", &"a".repeat(33)] {
            assert!(ShopId::parse(bad).is_err(), "{bad:?}");
        }
        for good in ["a", "rust-conf-2026", "7", &"a".repeat(32)] {
            assert!(ShopId::parse(good).is_ok(), "{good:?}");
        }
    }

    #[test]
    fn a_bad_slug_in_json_is_refused_too() {
        assert!(serde_json::from_str::<DrinkId>("\"Latte!\"").is_err());
    }
}
