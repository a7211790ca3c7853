//! Chance from a seed: the same numbers for the same seed, on every machine.

use uuid::Uuid;

/// A stream of numbers (splitmix64).
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }
    /// A stream of its own, so that one part's appetite does not change another's fate.
    pub(crate) fn split(&mut self) -> Self {
        Self(self.next())
    }
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// From `low` up to and without `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(1).unsigned_abs();
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }
    /// True so many times in a thousand.
    pub(crate) fn in_1000(&mut self, times: u32) -> bool {
        self.next() % 1000 < u64::from(times)
    }
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(of.len()).ok().filter(|count| *count > 0)?;
        of.get(usize::try_from(self.next() % count).ok()?)
    }
    /// A time until the next of things that come every `mean_ms` or so, and in flocks.
    pub(crate) fn wait_ms(&mut self, mean_ms: i64) -> i64 {
        let first = self.between(0, mean_ms);
        match self.next() % 4 {
            0 => first / 10,
            1 | 2 => first,
            _ => first * 3,
        }
    }
    pub(crate) fn u32(&mut self) -> u32 {
        (self.next() >> 32) as u32
    }
    pub(crate) fn uuid(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }
}
