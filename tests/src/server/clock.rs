//! A clock that runs as fast as any, and can be pushed on.
//!
//! One that stands still would not do with real browsers: their clocks run, and what may be undone
//! for ten seconds would be over on the screen before it began.

use presso_backend::engine::Clock;
use presso_core::time::Timestamp;
use std::{future::Future, pin::Pin, time::Duration};
use tokio::{sync::watch, time::Instant};

/// 2026-11-21 10:00:20 UTC: a code has just come up.
const START: Timestamp = Timestamp(1_795_255_220_000);

/// A clock that runs, and can be pushed on.
#[derive(Debug, Clone)]
pub struct PushedClock {
    since: std::time::Instant,
    pushed_ms: watch::Sender<i64>,
}

impl PushedClock {
    /// Starts at the same instant in every test.
    #[must_use]
    pub fn new() -> Self {
        Self {
            since: std::time::Instant::now(),
            pushed_ms: watch::Sender::new(0),
        }
    }

    /// Pushes it on.
    pub fn push(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).expect("less than an age");
        self.pushed_ms.send_modify(|pushed| *pushed += ms);
    }
}

impl Default for PushedClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for PushedClock {
    fn now(&self) -> Timestamp {
        let ran = i64::try_from(self.since.elapsed().as_millis()).expect("less than an age");
        START.plus_ms(ran + *self.pushed_ms.borrow())
    }
    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let mut pushes = self.pushed_ms.subscribe();
        Box::pin(async move {
            loop {
                let left = at.ms_since(self.now());
                if left <= 0 {
                    return;
                }
                let due = Instant::now() + Duration::from_millis(left.unsigned_abs());
                tokio::select! {
                    () = tokio::time::sleep_until(due) => {}
                    // Cannot fail: the sender is `self`, which outlives this future.
                    _ = pushes.changed() => {}
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_push_wakes_who_sleeps_until_a_later_time() {
        let clock = PushedClock::new();
        let at = clock.now().plus_s(900);
        let pusher = clock.clone();
        let push = async {
            tokio::task::yield_now().await;
            pusher.push(Duration::from_secs(901));
        };
        tokio::join!(clock.sleep_until(at), push);
        assert!(clock.now() >= at);
    }
}
