//! When to try again, and when to give up.

use presso_core::time::Timestamp;

/// The first pause after a failure is at most this long, milliseconds; it doubles with each.
const PAUSE_MS: i64 = 1_000;
/// The longest pause, milliseconds. With full jitter the mean is half of it, and 185 tries last
/// about as long as [`FOR_MS`].
pub(super) const MAX_PAUSE_MS: i64 = 15 * 60 * 1000;
/// How long a delivery is tried, from when it was the first of its lane, milliseconds.
pub(super) const FOR_MS: i64 = 24 * 3600 * 1000;
/// How often.
pub(super) const TRIES: u32 = 185;

/// When to try again after so many tries; none when it is to be given up. `jitter` is drawn evenly.
pub(super) fn next_try(
    tries: u32,
    since: Timestamp,
    now: Timestamp,
    after_ms: Option<i64>,
    jitter: u16,
) -> Option<Timestamp> {
    if tries >= TRIES {
        return None;
    }
    let longest = PAUSE_MS
        .saturating_mul(1 << tries.saturating_sub(1).min(20))
        .min(MAX_PAUSE_MS);
    let pause_ms = longest * i64::from(jitter) / i64::from(u16::MAX);
    let at = now.plus_ms(after_ms.unwrap_or(0).max(pause_ms));
    (at.ms_since(since) < FOR_MS).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_to_a_quarter_of_an_hour_and_are_drawn_from_nothing_on() {
        let start = Timestamp(0);
        let longest = |tries| next_try(tries, start, start, None, u16::MAX).unwrap().0;
        let expected = [1_000, 2_000, 4_000, 8_000];
        assert_eq!([1, 2, 3, 4].map(longest), expected);
        assert_eq!((longest(11), longest(184)), (900_000, 900_000));
        assert_eq!(next_try(5, start, start, None, 0), Some(start));
        let asked = next_try(1, start, start, Some(60_000), 0);
        assert_eq!(asked, Some(Timestamp(60_000)), "as long as was asked for");
    }

    #[test]
    fn after_185_tries_or_24_hours_it_is_given_up() {
        let start = Timestamp(0);
        assert_eq!(next_try(185, start, start, None, 0), None);
        let late = Timestamp(FOR_MS - 1);
        assert!(next_try(9, start, late, None, 0).is_some());
        assert_eq!(next_try(9, start, late, None, 1_000), None);
    }

    /// With full jitter the tries last about as long as they may.
    #[test]
    fn the_two_limits_are_met_at_about_the_same_time() {
        let half = u16::MAX / 2;
        let (mut now, mut tries) = (Timestamp(0), 1);
        while let Some(next) = next_try(tries, Timestamp(0), now, None, half) {
            (now, tries) = (next, tries + 1);
        }
        let hours = now.0 / 3_600_000;
        assert!((20..=24).contains(&hours), "{hours} h, {tries} tries");
    }
}
