//! Time for the engine: anchored and never running backwards in production, driven by hand in tests.

use presso_core::time::Timestamp;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// Where time comes from.
pub trait Clock: Send + Sync + 'static {
    /// Now. Never before what it answered earlier.
    fn now(&self) -> Timestamp;
    /// From now on, `now` is never before this. Clocks that are driven by hand do as they are told.
    fn not_before(&self, _: Timestamp) {}
    /// Ends once `now` has reached `at`, never before.
    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// Ends once it is `at`; never, where nothing is due.
pub(crate) async fn sleep_until(clock: &dyn Clock, at: Option<Timestamp>) {
    match at {
        Some(at) => clock.sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// The machine's time: read once from the wall, then counted by the clock that runs since boot.
/// It keeps running while the machine is suspended, and does not jump when the wall clock is set.
#[derive(Debug)]
pub struct SystemClock {
    wall_ms: AtomicI64,
    since: Duration,
}

/// Longest sleep at a stretch: timers stand still while a machine is suspended, so that after it
/// wakes a deadline is late by this at the most.
const STRETCH: Duration = Duration::from_secs(1);

impl SystemClock {
    /// Anchored now.
    #[must_use]
    pub fn new() -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH);
        Self {
            wall_ms: AtomicI64::new(
                wall.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)),
            ),
            since: since_boot(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

fn since_boot() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let passed = since_boot().saturating_sub(self.since).as_millis();
        let wall = Timestamp(self.wall_ms.load(Ordering::Relaxed));
        wall.plus_ms(i64::try_from(passed).unwrap_or(i64::MAX))
    }
    fn not_before(&self, at: Timestamp) {
        let behind_ms = at.ms_since(self.now()).max(0);
        self.wall_ms.fetch_add(behind_ms, Ordering::Relaxed);
    }
    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            loop {
                let left = at.ms_since(self.now());
                if left <= 0 {
                    return;
                }
                let left = Duration::from_millis(left.unsigned_abs());
                tokio::time::sleep(left.min(STRETCH)).await;
            }
        })
    }
}

/// A clock that stands still until it is told to move; it wakes those that sleep past the new time.
#[derive(Debug, Clone)]
pub struct ManualClock {
    now: watch::Sender<Timestamp>,
}

impl ManualClock {
    /// Standing at `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self {
            now: watch::Sender::new(now),
        }
    }
    /// Moves on by `ms` milliseconds.
    pub fn advance_ms(&self, ms: u32) {
        self.now.send_modify(|now| *now = now.plus_ms(ms.into()));
    }
    /// Moves on to `at`; stays when that is in the past.
    pub fn advance_to(&self, at: Timestamp) {
        self.now.send_modify(|now| *now = at.max(*now));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.now.borrow()
    }
    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let mut now = self.now.subscribe();
        Box::pin(async move {
            // Cannot fail: the sender is `self`, which outlives this future.
            let _ = now.wait_for(|now| *now >= at).await;
        })
    }
}
