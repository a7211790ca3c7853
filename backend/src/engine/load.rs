//! How much is asked at once, and when that has become too much.
//!
//! A crowd that comes together is served, however long that takes; a crowd that does not go away is
//! not: waiting would only grow, until everybody waits for answers that nobody wants any more. So
//! once more than [`CROWD`] commands have been under way for [`PATIENCE_MS`], whoever comes and finds
//! so many is refused at once, and those who are let in are answered as quickly as ever.

use super::{Clock, Error};
use parking_lot::Mutex;
use presso_core::time::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many under way keep the disk busy: as many as go into one commit. More only wait longer.
const CROWD: usize = 256;
/// How long a crowd may stay a crowd, milliseconds: a hall that orders at once is none that stays.
const PATIENCE_MS: u32 = 3_000;
/// A crowd that nobody met for so long has dissolved, milliseconds.
const GONE_MS: u32 = 500;
/// More than this are refused whatever came before.
pub(super) const MOST: usize = 1024;
/// After which whoever was refused may try again, seconds.
const RETRY_AFTER_S: u32 = 1;

/// Who is under way.
pub(super) struct Load {
    clock: Arc<dyn Clock>,
    under_way: AtomicUsize,
    crowd: Mutex<Option<Crowd>>,
}

/// Since when, and until when, one who came found a crowd.
#[derive(Clone, Copy)]
struct Crowd {
    since: Timestamp,
    last: Timestamp,
}

/// One who is under way, until it is dropped.
pub(crate) struct Seat<'l>(&'l Load);

impl Load {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            under_way: AtomicUsize::new(0),
            crowd: Mutex::default(),
        }
    }

    /// Lets one more in.
    ///
    /// # Errors
    /// [`Error::Overloaded`], at once.
    pub(super) fn enter(&self) -> Result<Seat<'_>, Error> {
        let seat = Seat(self);
        let before = self.under_way.fetch_add(1, Ordering::Relaxed);
        if before >= CROWD && (before >= MOST || self.stays()) {
            return Err(Error::Overloaded {
                retry_after_s: RETRY_AFTER_S,
            });
        }
        Ok(seat)
    }

    /// Would one more be refused? For those who can be told before they are listened to.
    pub(super) fn is_too_much(&self) -> bool {
        self.under_way.load(Ordering::Relaxed) >= CROWD && self.stays()
    }

    /// How many are under way.
    pub(super) fn under_way(&self) -> usize {
        self.under_way.load(Ordering::Relaxed)
    }

    /// Takes a seat in any case: for what was let in already.
    pub(super) fn sit(&self) -> Seat<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        Seat(self)
    }

    /// Notes a crowd; has it been one for long?
    fn stays(&self) -> bool {
        let (now, patience_ms) = (self.clock.now(), i64::from(PATIENCE_MS));
        let mut crowd = self.crowd.lock();
        let met = crowd.filter(|met| now.ms_since(met.last) < i64::from(GONE_MS));
        let since = met.map_or(now, |met| met.since);
        let stays = now.ms_since(since) >= patience_ms;
        if stays && met.is_none_or(|met| met.last.ms_since(met.since) < patience_ms) {
            tracing::warn!("more is asked than can be done: some are refused until it is less");
        }
        *crowd = Some(Crowd { since, last: now });
        stays
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::ManualClock;

    fn load() -> (Load, ManualClock) {
        let clock = ManualClock::new(Timestamp(1_800_000_000_000));
        (Load::new(Arc::new(clock.clone())), clock)
    }

    fn enter(load: &Load, count: usize) -> Vec<Seat<'_>> {
        let seats: Vec<Seat<'_>> = (0..count).map_while(|_| load.enter().ok()).collect();
        assert_eq!(seats.len(), count);
        seats
    }

    /// How often somebody looks in, milliseconds.
    const GLANCE_MS: u32 = GONE_MS / 2;

    /// Somebody looks in now and then, until the crowd has stayed for long.
    fn stay(load: &Load, clock: &ManualClock) {
        for _ in 0..PATIENCE_MS / GLANCE_MS {
            clock.advance_ms(GLANCE_MS);
            drop(load.enter());
        }
        assert!(load.is_too_much());
    }

    #[test]
    fn a_crowd_that_comes_at_once_is_let_in_up_to_the_most() {
        let (load, _) = load();
        let seats = enter(&load, MOST);
        assert!(load.enter().is_err());
        drop(seats);
        assert_eq!(load.under_way(), 0, "a refusal holds no seat");
    }

    #[test]
    fn a_crowd_that_stays_is_kept_small_and_whoever_is_one_too_many_is_refused_at_once() {
        let (load, clock) = load();
        let _crowd = enter(&load, CROWD + 1);
        for _ in 1..PATIENCE_MS / GLANCE_MS {
            clock.advance_ms(GLANCE_MS);
            drop(load.enter());
        }
        clock.advance_ms(GLANCE_MS - 1);
        let guest = load.enter();
        assert!(guest.is_ok() && !load.is_too_much());
        drop(guest);
        clock.advance_ms(1);
        assert!(load.is_too_much());
        let refused = load.enter().err();
        assert_eq!(refused, Some(Error::Overloaded { retry_after_s: 1 }));
    }

    #[test]
    fn while_a_crowd_stays_as_many_are_let_in_as_go() {
        let (load, clock) = load();
        let mut crowd = enter(&load, CROWD + 1);
        stay(&load, &clock);
        assert!(load.enter().is_err());
        crowd.truncate(CROWD - 1);
        let one = load.enter();
        assert!(one.is_ok() && load.enter().is_err());
    }

    #[test]
    fn a_crowd_that_has_dissolved_is_forgotten() {
        let (load, clock) = load();
        let crowd = enter(&load, CROWD + 1);
        stay(&load, &clock);
        drop(crowd);
        clock.advance_ms(GONE_MS);
        let _crowd = enter(&load, MOST);
    }

    #[test]
    fn those_who_are_few_are_let_in_for_ever() {
        let (load, clock) = load();
        for _ in 0..100 {
            let _few = enter(&load, CROWD);
            clock.advance_ms(PATIENCE_MS / 10);
        }
    }
}
