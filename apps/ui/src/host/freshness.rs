//! Is what is shown true now? The same on both sides of the seam: a first connection is given some
//! time before a screen calls itself stale.

use super::Status;
use leptos::prelude::*;
use presso_core::client;
use presso_core::realtime::Behind;
use presso_core::time::Timestamp;
use std::time::Duration;

/// A first connection may take this long before the screen calls itself stale, milliseconds.
const PATIENCE_MS: i64 = 8_000;

/// The status as the screens see it.
#[derive(Clone)]
pub(super) struct Freshness {
    status: ArcRwSignal<Status>,
    behind: ArcRwSignal<Option<Behind>>,
    /// Until the server's first word, what is shown was true then.
    recalled: ArcRwSignal<Option<Timestamp>>,
}

impl Freshness {
    /// A first connection is being made from now on.
    pub(super) fn start(since: Timestamp) -> Self {
        let fresh = Self {
            status: ArcRwSignal::new(Status::Connecting),
            behind: ArcRwSignal::new(None),
            recalled: ArcRwSignal::new(None),
        };
        let patience = fresh.clone();
        let give_up = move || {
            if patience.status.get_untracked() == Status::Connecting {
                patience.stale(since);
            }
        };
        set_timeout(give_up, Duration::from_millis(PATIENCE_MS.unsigned_abs()));
        fresh
    }

    /// Something that is shown until the server's first word was true at that time. The latest
    /// counts: the server was heard then, and had nothing new to say of the others.
    pub(super) fn recall(&self, at: Timestamp) {
        self.recalled
            .update(|latest| *latest = (*latest).max(Some(at)));
    }

    fn stale(&self, since: Timestamp) {
        let since = self.recalled.get_untracked().unwrap_or(since);
        self.status.set(Status::Stale { since });
    }

    /// The client says how fresh everything is; `now` by the server's clock.
    pub(super) fn take(&self, news: client::Status, now: Timestamp) {
        let first = self.status.get_untracked() == Status::Connecting;
        match news {
            client::Status::Live => {
                crate::clock::step_now();
                self.recalled.set(None);
                self.status.set(Status::Live);
            }
            client::Status::UpdateNeeded { behind } => {
                self.behind.set(Some(behind));
                self.status.set(Status::UpdateNeeded);
            }
            // Not stale before anything was shown: unless the first attempt failed.
            client::Status::Stale { since } if first && self.waits(now, since) => {}
            client::Status::Stale { since } => self.stale(since),
        }
    }

    /// A screen that shows nothing yet has time; one that shows what it recalls says so at once.
    fn waits(&self, now: Timestamp, since: Timestamp) -> bool {
        self.recalled.get_untracked().is_none() && now.ms_since(since) < PATIENCE_MS
    }

    pub(super) fn signal(&self) -> Signal<Status> {
        self.status.clone().into()
    }

    /// Who is to be updated, once the status says that somebody is.
    pub(super) fn behind(&self) -> Signal<Option<Behind>> {
        self.behind.clone().into()
    }
}
