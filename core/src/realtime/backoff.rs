//! How long to wait before the next try: exponential, with full jitter, so that a hall full of
//! phones does not come back in the same moment.

/// The longest first wait, milliseconds.
const FIRST_MS: i64 = 250;
/// No wait is longer, milliseconds.
const LONGEST_MS: i64 = 30_000;

/// Counts tries, and says how long to wait before the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backoff {
    tries: u32,
}

impl Backoff {
    /// The wait before the next try, milliseconds: somewhere from 0 to 250 the first time, to 500
    /// the second, and so on up to 30,000. `chance` is a random number, uniform over its range.
    pub fn next_ms(&mut self, chance: u32) -> i64 {
        let most = (FIRST_MS << self.tries.min(7)).min(LONGEST_MS);
        self.tries = self.tries.saturating_add(1);
        most * i64::from(chance) / i64::from(u32::MAX)
    }
    /// It worked: the next wait is a short one again.
    pub fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_half_a_minute_and_start_short_again_after_a_success() {
        let mut backoff = Backoff::default();
        let longest: Vec<i64> = (0..9).map(|_| backoff.next_ms(u32::MAX)).collect();
        let expected = [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000];
        assert_eq!(longest, expected);
        assert_eq!(backoff.next_ms(0), 0, "full jitter reaches down to nothing");
        backoff.reset();
        assert_eq!(backoff.next_ms(u32::MAX), 250);
    }
}
