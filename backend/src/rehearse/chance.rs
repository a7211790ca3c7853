//! Chance from a seed, and the shapes that people's times have.

use crate::engine::{Randomness, SeededRandomness};

/// A stream of numbers.
pub(super) struct Chance(SeededRandomness);

impl Chance {
    pub(super) const fn new(seed: u64) -> Self {
        Self(SeededRandomness(seed))
    }
    pub(super) fn next(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }
    /// From 0 up to and without 1.
    pub(super) fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
    /// True so many times in a thousand.
    pub(super) fn in_1000(&mut self, times: u64) -> bool {
        self.next() % 1000 < times
    }
    /// Milliseconds from `low_s` to `high_s`, most often about their middle.
    pub(super) fn about_ms(&mut self, low_s: i64, high_s: i64) -> i64 {
        let middle = f64::midpoint(self.part(), self.part());
        low_s * 1000 + ((high_s - low_s) as f64 * 1000.0 * middle) as i64
    }
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }
}
