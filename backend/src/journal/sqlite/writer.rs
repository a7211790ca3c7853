//! The writing connection, on a thread of its own: while it waits for the disk, the engine gives
//! the answers of the commit before.

use super::checkpoint::Checkpoints;
use super::commit::commit;
use super::keys::Keys;
use crate::journal::{Batch, Committed, Error};
use parking_lot::Mutex;
use rusqlite::Connection;
use std::future::Future;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

type Job = (Batch, oneshot::Sender<Committed>);

pub(super) struct Writer {
    /// None once it is to end.
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        db: Connection,
        checkpoints: Checkpoints,
        keys: Arc<Mutex<Keys>>,
    ) -> std::io::Result<Self> {
        let (jobs, queue) = channel();
        let mut work = Work {
            db,
            checkpoints,
            keys,
        };
        let thread = std::thread::Builder::new().name("journal".into());
        let thread = thread.spawn(move || work.run(&queue))?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Begins at once. Its end is the end of the future, which may be dropped.
    pub(super) fn commit(&self, batch: Batch) -> impl Future<Output = Committed> + 'static {
        let (ended, ends) = oneshot::channel();
        if let Some(jobs) = &self.jobs {
            // Without its thread nobody holds `ended`, which is an answer too.
            let _ = jobs.send((batch, ended));
        }
        async { ends.await.unwrap_or_else(|_| gone()) }
    }
}

/// A thread that panicked, in a closure of somebody's, say, may have written or not.
fn gone() -> Committed {
    let why = "the journal's thread has panicked".to_owned();
    (Batch::default(), Err(Error::SyncFailed(why)))
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the journal's thread panicked");
        }
    }
}

struct Work {
    db: Connection,
    checkpoints: Checkpoints,
    keys: Arc<Mutex<Keys>>,
}

impl Work {
    fn run(&mut self, queue: &Receiver<Job>) {
        while let Ok((mut batch, ended)) = queue.recv() {
            let outcome = self.commit(&mut batch);
            // The engine may be gone; what was asked for is written all the same.
            let _ = ended.send((batch, outcome));
        }
    }

    fn commit(&mut self, batch: &mut Batch) -> Result<Vec<Result<(), Error>>, Error> {
        let written = {
            let _no_checkpoint = self.checkpoints.hold();
            commit(&mut self.db, batch, &self.keys)
        };
        self.checkpoints.committed(written.is_ok())?;
        written
    }
}
