//! One rate at work: GCRA by `governor`, over a table of a fixed size.

use super::bound::Bound;
use super::{Kind, TooOften};
use crate::engine;
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed, StateStore};
use governor::{Quota, RateLimiter};
use std::sync::Arc;
use std::time::Duration;

/// How many places a table has. With `n` addresses that are over their limit, one that is not
/// shares its place with one of them with a chance of `n` in this many.
const PLACES: usize = 1 << 15;

/// Counts, and says when it is too often.
pub(crate) struct Bucket {
    kind: Kind,
    limiter: Option<RateLimiter<u64, Table, Time, NoOpMiddleware<Duration>>>,
}

impl Bucket {
    /// For any number of addresses or accounts.
    pub(super) fn for_many(kind: Kind, bound: Bound, clock: Arc<dyn engine::Clock>) -> Self {
        Self::new(kind, bound, clock, PLACES)
    }
    /// For one alone.
    pub(super) fn for_one(kind: Kind, bound: Bound, clock: Arc<dyn engine::Clock>) -> Self {
        Self::new(kind, bound, clock, 1)
    }
    fn new(kind: Kind, bound: Bound, clock: Arc<dyn engine::Clock>, places: usize) -> Self {
        let limiter = match bound {
            Bound::Off => None,
            Bound::At(rate) => {
                let quota = Quota::per_minute(rate.per_minute).allow_burst(rate.burst);
                Some(RateLimiter::new(quota, Table::of(places), Time(clock)))
            }
        };
        Self { kind, limiter }
    }
    /// Counts one more, for whoever has this hash.
    ///
    /// # Errors
    /// That it is one too many; it was not counted then.
    pub(crate) fn count(&self, hash: u64) -> Result<(), TooOften> {
        let Some(limiter) = &self.limiter else {
            return Ok(());
        };
        limiter.check_key(&hash).map_err(|not_until| {
            let wait = not_until.wait_time_from(limiter.clock().now());
            let seconds = wait.as_millis().div_ceil(1000).max(1);
            TooOften {
                kind: self.kind,
                retry_after_s: u32::try_from(seconds).unwrap_or(u32::MAX),
            }
        })
    }
}

/// A place for each of many, found by hash. Who share one are counted together: memory and time do
/// not grow with the number of those who come, however many addresses somebody has.
struct Table(Box<[InMemoryState]>);

impl Table {
    /// `places` is a power of two.
    fn of(places: usize) -> Self {
        let place = |_| InMemoryState::default();
        Self((0..places).map(place).collect())
    }
}

impl StateStore for Table {
    type Key = u64;
    fn measure_and_replace<T, F, E>(&self, hash: &u64, f: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let place = *hash as usize & (self.0.len() - 1);
        self.0[place].measure_and_replace(&NotKeyed::NonKey, f)
    }
}

/// The server's clock, for `governor`.
struct Time(Arc<dyn engine::Clock>);

impl governor::clock::Clock for Time {
    type Instant = Duration;
    fn now(&self) -> Duration {
        Duration::from_millis(self.0.now().0.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::ManualClock;
    use crate::limits::Rate;
    use presso_core::time::Timestamp;
    use std::num::NonZeroU32;

    fn bucket(burst: u32, per_minute: u32) -> (Bucket, ManualClock) {
        let clock = ManualClock::new(Timestamp(1_800_000_000_000));
        let rate = Rate {
            burst: NonZeroU32::new(burst).unwrap(),
            per_minute: NonZeroU32::new(per_minute).unwrap(),
        };
        let shared = Arc::new(clock.clone());
        let bucket = Bucket::for_many(Kind::Guests, Bound::At(rate), shared);
        (bucket, clock)
    }

    #[test]
    fn a_burst_is_let_through_and_then_one_whenever_its_time_has_come() {
        let (bucket, clock) = bucket(3, 6);
        for _ in 0..3 {
            assert_eq!(bucket.count(7), Ok(()));
        }
        let refused = bucket.count(7).unwrap_err();
        assert_eq!((refused.kind, refused.retry_after_s), (Kind::Guests, 10));
        assert_eq!(bucket.count(8), Ok(()), "another is not meant");
        clock.advance_ms(9_999);
        assert_eq!(bucket.count(7).unwrap_err().retry_after_s, 1);
        clock.advance_ms(1);
        assert_eq!(bucket.count(7), Ok(()));
        assert_eq!(bucket.count(7).unwrap_err().retry_after_s, 10);
    }

    #[test]
    fn who_asks_in_vain_does_not_wait_longer_for_it() {
        let (bucket, clock) = bucket(1, 60);
        assert_eq!(bucket.count(7), Ok(()));
        for _ in 0..1_000 {
            assert_eq!(bucket.count(7).unwrap_err().retry_after_s, 1);
        }
        clock.advance_ms(1_000);
        assert_eq!(bucket.count(7), Ok(()));
    }

    #[test]
    fn a_table_does_not_grow_with_those_who_come() {
        let (bucket, _) = bucket(1, 1);
        for hash in 0..4 * PLACES as u64 {
            let _ = bucket.count(hash);
        }
        let table = bucket.limiter.unwrap().into_state_store();
        assert_eq!(table.0.len(), PLACES);
    }
}
