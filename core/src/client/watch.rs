//! Watching: what a screen holds in its hand while the socket comes and goes.

use super::{Client, Status};
use crate::api::Problem;
use crate::board::{Topic, View};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// What is to be seen of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Seen {
    /// It stands like this.
    View {
        /// The topic's version; grows, or stays where only time changed the view.
        version: u64,
        /// All of it.
        view: View,
    },
    /// It cannot be watched. A later sign-in may change that, and then views come.
    Refused(Problem),
}

/// One watched topic. The topic is watched until the last of these is dropped.
pub struct Watch {
    client: Client,
    topic: Topic,
    seen: watch::Receiver<Option<Seen>>,
}

impl Watch {
    pub(super) fn new(client: Client, topic: Topic, seen: watch::Receiver<Option<Seen>>) -> Self {
        Self {
            client,
            topic,
            seen,
        }
    }
    /// Which topic.
    #[must_use]
    pub fn topic(&self) -> &Topic {
        &self.topic
    }
    /// The next thing to be seen, at once if it was not asked for yet. What was replaced before it
    /// was asked for is passed over: a slow screen shows the newest. None: nothing will ever come,
    /// the app must be updated.
    pub async fn next(&mut self) -> Option<Seen> {
        loop {
            self.seen.changed().await.ok()?;
            if let Some(seen) = self.seen.borrow_and_update().clone() {
                return Some(seen);
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.client.unwatch(&self.topic);
    }
}

/// How fresh what is shown is, and when that changes.
#[derive(Clone)]
pub struct Statuses {
    status: watch::Receiver<Status>,
}

impl Statuses {
    pub(super) const fn new(status: watch::Receiver<Status>) -> Self {
        Self { status }
    }
    /// As it is now.
    #[must_use]
    pub fn now(&self) -> Status {
        *self.status.borrow()
    }
    /// The next change; at once if there was one since the last call. None: the client is gone.
    pub async fn next(&mut self) -> Option<Status> {
        self.status.changed().await.ok()?;
        Some(*self.status.borrow_and_update())
    }
}
