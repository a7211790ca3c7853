//! One connection's ears: which topics it watches, and how far it has read each.

use super::Hub;
use super::channel::{Channel, Cursor};
use super::stall::Stall;
use axum::extract::ws::Utf8Bytes;
use presso_core::board::Topic;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::Notify;

/// No live topic of this name: no such shop, or an order that is over and past undoing (it will
/// not change any more: show it from the [`crate::journal::Reader`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such topic")]
pub struct NoTopic;

/// One connection's ears. Holds a cursor per topic and no messages: a reader that is slow, or away,
/// costs nothing, and finds what it missed or a snapshot when it looks again.
///
/// ```text
/// loop { select! {
///     frame = socket.recv() => … listener.watch(topic, since) …
///     () = listener.changed() => for frame in listener.read() { socket.send(Message::Text(frame)) }
/// } }
/// ```
pub struct Listener {
    id: u64,
    hub: Hub,
    bell: Arc<Notify>,
    /// In an order of their own, so that a run can be repeated.
    topics: BTreeMap<Topic, Watched>,
}

struct Watched {
    stall: Arc<Stall>,
    channel: Arc<Channel>,
    cursor: Option<Cursor>,
}

impl Hub {
    /// New ears, for one connection.
    #[must_use]
    pub fn listener(&self) -> Listener {
        Listener {
            id: self.0.next_listener.fetch_add(1, Ordering::Relaxed),
            hub: self.clone(),
            bell: Arc::new(Notify::new()),
            topics: BTreeMap::new(),
        }
    }
}

impl Listener {
    /// Watches a topic from now on; with `since`, the last version seen, only what was missed is
    /// read (the code is always read whole). Watching again starts again. Whether the connection
    /// may see the topic is for the caller to know.
    ///
    /// # Errors
    /// [`NoTopic`].
    pub fn watch(&mut self, topic: Topic, since: Option<u64>) -> Result<(), NoTopic> {
        let stall = self.hub.stall_of(&topic).ok_or(NoTopic)?;
        let channel = stall.channel(&topic).ok_or(NoTopic)?;
        let cursor = since.map(|version| Cursor {
            version,
            rotates_at: None,
        });
        self.unwatch(&topic);
        channel.join(self.id, &self.bell);
        let watched = Watched {
            stall,
            channel,
            cursor,
        };
        self.topics.insert(topic, watched);
        self.bell.notify_one();
        Ok(())
    }

    /// Watches it no more.
    pub fn unwatch(&mut self, topic: &Topic) {
        if let Some(watched) = self.topics.remove(topic) {
            watched.channel.leave(self.id);
        }
    }

    /// How many topics are watched.
    #[must_use]
    pub fn topics(&self) -> usize {
        self.topics.len()
    }

    /// Ends when there may be something to read. Cancelling it loses nothing.
    pub async fn changed(&self) {
        self.bell.notified().await;
    }

    /// What was missed on every watched topic, as frames ready to be sent.
    pub fn read(&mut self) -> Vec<Utf8Bytes> {
        let now = self.hub.0.clock.now();
        let mut frames = Vec::new();
        self.follow();
        for watched in self.topics.values_mut() {
            watched
                .channel
                .read(&watched.stall, &mut watched.cursor, now, &mut frames);
        }
        frames
    }

    /// A shop that was read anew has other channels: goes on there from where it was.
    fn follow(&mut self) {
        for (topic, watched) in &mut self.topics {
            if !watched.stall.has_given_way() {
                continue;
            }
            let stall = self.hub.stall_of(topic);
            let channel = stall.as_ref().and_then(|stall| stall.channel(topic));
            // An order that is not there any more is over, and changes no more.
            if let (Some(stall), Some(channel)) = (stall, channel) {
                channel.join(self.id, &self.bell);
                (watched.stall, watched.channel) = (stall, channel);
            }
        }
    }

    /// Forgets how far it has read, so that the next [`Self::read`] gives every topic whole: after
    /// a change of what the connection may see, or when a slow reader's backlog is dropped.
    pub fn reset(&mut self) {
        for watched in self.topics.values_mut() {
            watched.cursor = None;
        }
        self.bell.notify_one();
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        for watched in self.topics.values() {
            watched.channel.leave(self.id);
        }
    }
}
