//! The handle that everyone else holds: sends to the engine's thread and waits for the answer.

use super::load::{Load, MOST};
use super::tablets::Tablets;
use super::tally::Tally;
use super::{Answer, Request};
use crate::hub::Hub;
use crate::journal::Write;
use parking_lot::Mutex;
use presso_core::id::TabletId;
use presso_core::workflow::Rejection;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Why a command was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The workflow refused it.
    #[error("{0}")]
    Rejected(Rejection),
    /// The idempotency key was used with another body.
    #[error("this idempotency key was used for something else")]
    KeyReused,
    /// Too much is waiting already; nothing was done.
    #[error("too much at once; try again in {retry_after_s} s")]
    Overloaded {
        /// When to try again, seconds.
        retry_after_s: u32,
    },
    /// It could not be stored; whether or not it would have been accepted, nothing was done.
    #[error("the journal cannot be written at the moment")]
    Storage,
    /// The engine stops; nothing was done.
    #[error("the server is stopping")]
    Stopping,
}

impl Error {
    /// Is it worth trying again as it is?
    #[must_use]
    pub const fn retry(&self) -> bool {
        !matches!(self, Self::Rejected(_) | Self::KeyReused)
    }
}

pub(super) type Reply<T> = oneshot::Sender<Result<T, Error>>;
/// What follows rows of one's own once it is known whether they are on disk.
pub(super) type Then = Box<dyn FnOnce(Result<(), Error>) + Send>;

/// What travels to the engine's thread.
pub(super) enum Message {
    Request(Box<Request>, Reply<Answer>),
    Write(Write, Then),
    Stop,
}

/// How many messages may wait.
pub(super) const WAITING: usize = MOST;

/// The handle to the engine; cheap to clone.
#[derive(Clone)]
pub struct Engine {
    pub(super) to: mpsc::Sender<Message>,
    pub(super) tablets: Arc<Tablets>,
    pub(super) load: Arc<Load>,
    pub(super) tally: Tally,
    pub(super) hub: Hub,
}

impl Engine {
    /// Has a command decided, and waits until it is on disk and to be seen in the hub.
    ///
    /// # Errors
    /// [`Error`]; in every case nothing was done.
    pub async fn command(&self, request: Request) -> Result<Answer, Error> {
        let _under_way = self.load.enter()?;
        let (reply, answer) = oneshot::channel();
        self.send(Message::Request(Box::new(request), reply))?;
        answer.await.unwrap_or(Err(Error::Stopping))
    }

    /// Writes rows of its own in the same group commit, and waits until they are on disk. The
    /// closure runs on the engine's thread: keep it short. When it fails only its own rows are
    /// taken back; a refusal of your own belongs into `T`. No crowd keeps it out: people's requests
    /// were let in before, and the server's own work (deliveries, alerts) is what empties queues.
    ///
    /// # Errors
    /// [`Error::Storage`] when the closure or the commit failed.
    pub async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        self.write_and_tell(write, |_| ()).await
    }

    /// The same, and tells what was written to whoever keeps it in memory. That happens on the
    /// engine's thread when it is on disk, in the order of the commits, and whether or not anybody
    /// still waits here: so memory ends as the disk is. Keep it short.
    ///
    /// # Errors
    /// [`Error::Storage`] when the closure or the commit failed; then nothing is told.
    pub async fn write_and_tell<T: Send + 'static>(
        &self,
        write: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
        tell: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, Error> {
        let _under_way = self.load.sit();
        let slot = Arc::new(Mutex::new(None));
        let filled = Arc::clone(&slot);
        let write = Write::new(move |db| {
            *filled.lock() = Some(write(db)?);
            Ok(())
        });
        let (reply, answer) = oneshot::channel();
        let then = move |outcome: Result<(), Error>| {
            let written = slot.lock().take();
            let told = outcome.and_then(|()| written.ok_or(Error::Storage));
            // Whoever does not wait any more needs no answer.
            let _ = reply.send(told.inspect(tell));
        };
        self.send(Message::Write(write, Box::new(then)))?;
        answer.await.unwrap_or(Err(Error::Stopping))
    }

    /// Would one more command be refused as too much? Then it need not be listened to.
    #[must_use]
    pub fn is_too_much(&self) -> bool {
        self.load.is_too_much()
    }

    /// As if so many more were under way.
    #[cfg(test)]
    pub(crate) fn crowd(&self, count: usize) -> Vec<super::load::Seat<'_>> {
        (0..count).map_while(|_| self.load.enter().ok()).collect()
    }

    /// How many commands and writes are under way.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.load.under_way()
    }

    /// What it counts.
    #[must_use]
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// To read live: for whoever drives a [`super::Machine`] itself.
    #[must_use]
    pub fn hub(&self) -> Hub {
        self.hub.clone()
    }

    /// A tablet was heard of: call it on every frame it sends. Cheap, takes a short lock.
    pub fn heard(&self, tablet: TabletId) {
        self.tablets.heard(tablet);
    }

    /// Asks the engine to stop after what waits already.
    pub async fn stop(&self) {
        // An engine that is gone has stopped.
        let _ = self.to.send(Message::Stop).await;
    }

    fn send(&self, message: Message) -> Result<(), Error> {
        self.to.try_send(message).map_err(|e| match e {
            mpsc::error::TrySendError::Full(_) => Error::Overloaded { retry_after_s: 1 },
            mpsc::error::TrySendError::Closed(_) => Error::Stopping,
        })
    }
}
