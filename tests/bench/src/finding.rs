//! What a bench found, as it is written down: one array, whatever the bench.

use serde::Serialize;
use std::fs::File;
use std::path::Path;

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Of what.
    pub what: String,
    /// The median of the rounds; none where it could not be measured here.
    pub value: Option<f64>,
    /// The lowest and the highest round.
    pub spread: Option<[f64; 2]>,
    /// In which unit.
    pub unit: &'static str,
    /// What is demanded, as `≤ 1.5`; none where nothing is.
    pub bar: Option<String>,
    /// Is that so?
    pub ok: Option<bool>,
}

/// What a figure must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bar {
    /// Nothing is demanded.
    None,
    /// This, or more.
    AtLeast(f64),
    /// This, or less.
    AtMost(f64),
}

impl Bar {
    fn shown(self) -> Option<String> {
        match self {
            Self::None => None,
            Self::AtLeast(bound) => Some(format!("≥ {bound}")),
            Self::AtMost(bound) => Some(format!("≤ {bound}")),
        }
    }
    fn holds(self, value: f64) -> Option<bool> {
        match self {
            Self::None => None,
            Self::AtLeast(bound) => Some(value >= bound),
            Self::AtMost(bound) => Some(value <= bound),
        }
    }
}

impl Finding {
    /// From the same figure of several rounds.
    #[must_use]
    pub fn new(what: String, rounds: &[f64], unit: &'static str, bar: Bar) -> Self {
        let mut sorted = rounds.to_vec();
        sorted.sort_by(f64::total_cmp);
        let value = median(&sorted);
        let ends = sorted.first().zip(sorted.last());
        Self {
            what,
            value,
            spread: ends.map(|(low, high)| [*low, *high]),
            unit,
            bar: bar.shown(),
            ok: value.and_then(|value| bar.holds(value)),
        }
    }
}

/// The middle one, or between the two in the middle.
fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle)?;
    let lower = if sorted.len().is_multiple_of(2) {
        sorted.get(middle - 1)?
    } else {
        upper
    };
    Some((lower + upper) / 2.0)
}

/// Writes them where `cargo xtask bench` looks.
///
/// # Errors
/// When the file cannot be written.
pub fn write(file: &Path, findings: &[Finding]) -> std::io::Result<()> {
    serde_json::to_writer_pretty(File::create(file)?, findings)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_held_against_the_bar() {
        let of = |rounds: &[f64], bar| Finding::new("x".into(), rounds, "", bar);
        let found = of(&[3.0, 1.0, 2.0], Bar::AtMost(2.0));
        assert_eq!((found.value, found.spread), (Some(2.0), Some([1.0, 3.0])));
        assert_eq!((found.bar.as_deref(), found.ok), (Some("≤ 2"), Some(true)));
        assert_eq!(of(&[1.0, 2.0], Bar::AtLeast(1.6)).ok, Some(false));
        assert_eq!(
            of(&[], Bar::AtLeast(1.6)).ok,
            None,
            "not measured is not passed"
        );
        assert_eq!(of(&[1.0], Bar::None).ok, None);
    }
}
