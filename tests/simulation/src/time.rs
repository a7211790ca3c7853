//! Virtual time: it stands still while anybody has something to do, and jumps to whatever comes
//! next. On it run the server's clocks, each with its own idea of what time it is.

use parking_lot::Mutex;
use presso_backend::engine::Clock;
use presso_core::time::Timestamp;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// When it all begins: 2026-06-01T12:00:00Z, so that no day ends in a run of some hours.
const NOON: i64 = 1_780_315_200_000;

/// The time that really is, milliseconds, and who sleeps.
#[derive(Clone)]
pub(crate) struct Time(Arc<Mutex<Inner>>);

struct Inner {
    now: i64,
    next: u64,
    sleepers: BTreeMap<(i64, u64), Waker>,
}

impl Time {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Inner {
            now: NOON,
            next: 0,
            sleepers: BTreeMap::new(),
        })))
    }
    pub(crate) fn now(&self) -> i64 {
        self.0.lock().now
    }
    /// Since the beginning.
    pub(crate) fn passed_ms(&self) -> i64 {
        self.now() - NOON
    }
    /// When the next sleeper wakes.
    pub(crate) fn next(&self) -> Option<i64> {
        let inner = self.0.lock();
        inner.sleepers.first_key_value().map(|((at, _), _)| *at)
    }
    /// It is `at` now; whoever slept until then is woken.
    pub(crate) fn advance_to(&self, at: i64) {
        let mut due = Vec::new();
        let mut inner = self.0.lock();
        inner.now = inner.now.max(at);
        while let Some(entry) = inner.sleepers.first_entry() {
            if entry.key().0 > at {
                break;
            }
            due.push(entry.remove());
        }
        drop(inner);
        due.into_iter().for_each(Waker::wake);
    }
    pub(crate) fn sleep_until(&self, at: i64) -> Sleep {
        Sleep {
            time: self.clone(),
            at,
            key: None,
        }
    }
}

/// Ends at its time.
pub(crate) struct Sleep {
    time: Time,
    at: i64,
    key: Option<(i64, u64)>,
}

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let time = self.time.clone();
        let mut inner = time.0.lock();
        if inner.now >= self.at {
            return Poll::Ready(());
        }
        if self.key.is_none() {
            inner.next += 1;
            self.key = Some((self.at, inner.next));
        }
        if let Some(key) = self.key {
            inner.sleepers.insert(key, context.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            self.time.0.lock().sleepers.remove(&key);
        }
    }
}

/// What a machine's clock says, from what time it is: read once, then counted with an error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dial {
    /// Read then.
    read_at: i64,
    /// And said this.
    said: i64,
    /// So much too fast, in millionths.
    fast: i64,
}

impl Dial {
    pub(crate) const fn new(read_at: i64, said: i64, fast: i64) -> Self {
        Self {
            read_at,
            said,
            fast,
        }
    }
    pub(crate) fn at(&self, now: i64) -> Timestamp {
        let passed = now - self.read_at;
        Timestamp(self.said + passed + passed * self.fast / 1_000_000)
    }
    /// The first instant at which it says `at`.
    pub(crate) fn when(&self, at: Timestamp) -> i64 {
        let ahead = at.0 - self.said;
        let mut when = self.read_at + ahead - ahead * self.fast / 1_000_000 - 2;
        while self.at(when) < at {
            when += 1;
        }
        when
    }
}

/// A server's clock.
pub(crate) struct ServerClock {
    time: Time,
    dial: Mutex<Dial>,
}

impl ServerClock {
    pub(crate) fn new(time: Time, dial: Dial) -> Self {
        Self {
            time,
            dial: Mutex::new(dial),
        }
    }
    pub(crate) fn dial(&self) -> Dial {
        *self.dial.lock()
    }
}

impl Clock for ServerClock {
    fn now(&self) -> Timestamp {
        self.dial().at(self.time.now())
    }
    // As the product's clock does it.
    fn not_before(&self, at: Timestamp) {
        let behind_ms = at.ms_since(self.now()).max(0);
        self.dial.lock().said += behind_ms;
    }
    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            // Far away is no time: nothing can be counted there.
            if at.0 > NOON * 2 {
                return std::future::pending().await;
            }
            while self.now() < at {
                self.time.sleep_until(self.dial().when(at)).await;
            }
        })
    }
}
