//! What a field's value must be: one entry of the list that a pattern gives it.

use super::address::{self, Cidr};
use super::fold::Fold;
use super::number::{Number, Range};
use super::wildcard::Wildcard;
use serde_json::Value;
use std::fmt;

/// One value or operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    /// A string that is an address: other spellings of the same one match too.
    Address(String, core::net::IpAddr),
    Prefix(String),
    PrefixFold(Fold),
    Suffix(String),
    SuffixFold(Fold),
    Fold(Fold),
    /// With the text it was read from.
    Wildcard(String, Wildcard),
    Numeric(Range),
    Cidr(Cidr),
    /// There is a value, whichever.
    Exists,
    /// There is none: decided by [`super::tree`], no value is it.
    Absent,
    /// None of these.
    AnythingBut(Vec<Condition>),
}

impl Condition {
    /// Is this value, which is no object and no array, as demanded?
    pub(super) fn matches(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Exists, _) | (Self::Null, Value::Null) => true,
            (Self::AnythingBut(excluded), _) => !excluded.iter().any(|one| one.matches(value)),
            (Self::Bool(wanted), Value::Bool(given)) => wanted == given,
            (Self::Number(wanted), Value::Number(given)) => *wanted == Number::of(given),
            (Self::Numeric(range), Value::Number(given)) => Number::of(given)
                .real()
                .is_some_and(|given| range.holds(given)),
            (_, Value::String(given)) => self.matches_text(given),
            _ => false,
        }
    }

    fn matches_text(&self, given: &str) -> bool {
        match self {
            Self::Text(wanted) => wanted == given,
            Self::Address(_, wanted) => address::parse(given) == Some(*wanted),
            Self::Prefix(prefix) => given.starts_with(prefix.as_str()),
            Self::PrefixFold(prefix) => prefix.starts(given),
            Self::Suffix(suffix) => given.ends_with(suffix.as_str()),
            Self::SuffixFold(suffix) => suffix.ends(given),
            Self::Fold(wanted) => wanted.equals(given),
            Self::Wildcard(_, wildcard) => wildcard.matches(given),
            Self::Cidr(cidr) => address::parse(given).is_some_and(|given| cidr.holds(given)),
            _ => false,
        }
    }
}

/// In words: after "it is not" or "it must be".
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(wanted) => wanted.fmt(f),
            Self::Number(Number::Real(wanted)) => wanted.fmt(f),
            Self::Number(Number::Digits(wanted)) => wanted.fmt(f),
            Self::Text(wanted) | Self::Address(wanted, _) => write!(f, "{wanted:?}"),
            Self::Prefix(prefix) => write!(f, "a string that begins with {prefix:?}"),
            Self::Suffix(suffix) => write!(f, "a string that ends with {suffix:?}"),
            Self::PrefixFold(prefix) => {
                write!(
                    f,
                    "a string that begins with {:?} in any case",
                    prefix.text()
                )
            }
            Self::SuffixFold(suffix) => {
                write!(f, "a string that ends with {:?} in any case", suffix.text())
            }
            Self::Fold(wanted) => write!(f, "{:?} in any case", wanted.text()),
            Self::Wildcard(wildcard, _) => write!(f, "a string like {wildcard:?}"),
            Self::Numeric(range) => range.fmt(f),
            Self::Cidr(cidr) => write!(f, "an address in {cidr}"),
            Self::Exists => f.write_str("any value"),
            Self::Absent => f.write_str("absent"),
            Self::AnythingBut(excluded) => write!(f, "anything but {}", any_of(excluded)),
        }
    }
}

/// `a, b or c`.
pub(super) fn any_of(conditions: &[Condition]) -> String {
    let words: Vec<String> = conditions.iter().map(ToString::to_string).collect();
    match words.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        few => few.concat(),
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")?;
        let mut and = "";
        for (bound, strict, inclusive) in [(self.lower, ">", ">="), (self.upper, "<", "<=")] {
            if let Some(bound) = bound {
                let sign = if bound.included { inclusive } else { strict };
                write!(f, "{and} {sign} {}", bound.value)?;
                and = " and";
            }
        }
        Ok(())
    }
}
