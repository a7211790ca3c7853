//! Tablets: when each was last heard of, and the bell that rings when a silent one is back.

use super::Clock;
use parking_lot::Mutex;
use presso_core::id::TabletId;
use presso_core::time::Timestamp;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use tokio::sync::Notify;

/// A tablet not heard of for this long is forgotten: it counts as never heard of.
const FORGET_AFTER_MS: i64 = 86_400_000;

pub(super) struct Tablets {
    clock: Arc<dyn Clock>,
    started_at: Timestamp,
    heard: Mutex<Heard>,
    pub(super) bell: Notify,
}

#[derive(Default)]
struct Heard {
    last: HashMap<TabletId, Timestamp>,
    silent: BTreeSet<TabletId>,
}

impl Tablets {
    /// Silence counts from now on: what was heard before a restart is not known.
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            started_at: clock.now(),
            clock,
            heard: Mutex::default(),
            bell: Notify::new(),
        }
    }
    pub(super) fn heard(&self, tablet: TabletId) {
        let now = self.clock.now();
        let mut heard = self.heard.lock();
        heard.last.insert(tablet, now);
        if heard.silent.contains(&tablet) {
            self.bell.notify_one();
        }
    }
    /// Since when nothing was heard of it.
    pub(super) fn quiet_since(&self, tablet: TabletId) -> Timestamp {
        let last = self.heard.lock().last.get(&tablet).copied();
        last.unwrap_or(self.started_at)
    }
    /// Which ones to ring the bell for; also the moment to forget those long gone.
    pub(super) fn watch_for(&self, silent: BTreeSet<TabletId>) {
        let old = self.clock.now().plus_ms(-FORGET_AFTER_MS);
        let mut heard = self.heard.lock();
        heard.last.retain(|_, at| *at > old);
        heard.silent = silent;
    }
}
