//! Time as a value: `core` never asks for it, it is handed in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This instant, later by `ms` milliseconds (earlier when negative); never wraps.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
    /// This instant, later by `seconds`.
    #[must_use]
    pub const fn plus_s(self, seconds: u32) -> Self {
        self.plus_ms(seconds as i64 * 1000)
    }
    /// Milliseconds from `earlier` to here; negative when `earlier` is later.
    #[must_use]
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
    /// The local calendar day, as days since 1970-01-01, at an offset from UTC in minutes.
    #[must_use]
    pub const fn local_day(self, utc_offset_minutes: i16) -> i64 {
        self.0
            .saturating_add(utc_offset_minutes as i64 * 60_000)
            .div_euclid(86_400_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_local_day_turns_at_local_midnight() {
        let late = Timestamp(86_400_000 - 1);
        assert_eq!(
            (late.local_day(0), late.local_day(1), late.local_day(-60)),
            (0, 1, 0)
        );
        assert_eq!(Timestamp(0).local_day(-1), -1);
    }
}
