//! Numbers as patterns compare them: `5`, `5.0` and `5e0` are one number.
//!
//! Comparable are the numbers that a double holds without loss, as in AWS's matcher. Others, long
//! account numbers say, are equal only to the same digits and are not in any range.

use serde_json::Number as Json;

/// A number of a pattern or an event.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Number {
    /// Comparable; never `-0.0`.
    Real(f64),
    /// Not comparable: as it was written.
    Digits(String),
}

/// Integers up to here are doubles without loss.
const EXACT: u64 = 1 << 53;

impl Number {
    /// As it stands in a pattern.
    pub(super) fn literal(text: &str) -> Self {
        match text.parse::<f64>() {
            Ok(real) if real.is_finite() && decimal(text) == decimal(&format!("{real:e}")) => {
                Self::Real(real + 0.0)
            }
            _ => Self::Digits(text.to_owned()),
        }
    }
    /// As it stands in an event.
    pub(super) fn of(number: &Json) -> Self {
        let small = number
            .as_i64()
            .is_some_and(|integer| integer.unsigned_abs() <= EXACT);
        match number.as_f64() {
            Some(real) if small || number.is_f64() => Self::Real(real + 0.0),
            _ => Self::literal(&number.to_string()),
        }
    }
    /// Its value, when it can be compared.
    pub(super) fn real(&self) -> Option<f64> {
        match self {
            Self::Real(real) => Some(*real),
            Self::Digits(_) => None,
        }
    }
}

/// Sign, digits without zeros at either end, and the power of ten of the last digit.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i64 = exponent.parse().ok()?;
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0').trim_end_matches('0');
    if digits.is_empty() {
        return Some((false, String::new(), 0));
    }
    let zeros = all.len() - all.trim_end_matches('0').len();
    let power = exponent
        .checked_sub(i64::try_from(fraction.len()).ok()?)?
        .checked_add(i64::try_from(zeros).ok()?)?;
    Some((negative, digits.to_owned(), power))
}

/// A range of numbers. Sound by construction: see [`super::operator`].
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Range {
    pub(super) lower: Option<Bound>,
    pub(super) upper: Option<Bound>,
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bound {
    pub(super) value: f64,
    /// The end itself is in the range.
    pub(super) included: bool,
}

impl Range {
    pub(super) fn holds(&self, value: f64) -> bool {
        let above = |bound: Bound| value > bound.value || bound.included && value == bound.value;
        let below = |bound: Bound| value < bound.value || bound.included && value == bound.value;
        self.lower.is_none_or(above) && self.upper.is_none_or(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_many_spellings() {
        for text in ["300", "300.0", "3e2", "3.0E+2", "30000e-2"] {
            assert_eq!(Number::literal(text), Number::Real(300.0), "{text}");
        }
        assert_eq!(Number::literal("-0.0"), Number::literal("0"));
        assert_eq!(Number::literal("1E-320").real(), Some(1e-320));
    }

    #[test]
    fn what_a_double_cannot_hold_is_only_its_digits() {
        for text in [
            "9007199254740993",
            "1e309",
            "1e-325",
            "0.1000000000000000000001",
        ] {
            assert_eq!(Number::literal(text).real(), None, "{text}");
        }
        let long: Json = serde_json::from_str("9007199254740993").expect("a number");
        assert_eq!(Number::of(&long), Number::literal("9007199254740993"));
    }
}
