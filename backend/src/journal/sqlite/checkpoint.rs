//! Checkpoints: a thread moves what the WAL has into the database, so that the writer never stalls
//! on it, and lets the WAL start over before it grows long.

use crate::journal::Error;
use parking_lot::{Mutex, MutexGuard};
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// How long the WAL is, is looked at every so many commits.
const EVERY_COMMITS: u32 = 50;
/// From this many pages on (16 MiB) it is moved. Earlier would move the pages that every commit
/// touches again and again.
const ENOUGH_PAGES: i64 = 4096;
/// From this many pages on (32 MiB) the writer is held for a moment, so that the WAL starts over.
const LONG_PAGES: i64 = 8192;

pub(super) struct Checkpoints {
    /// Taken for each commit; the thread takes it only when the WAL is long.
    gate: Arc<Mutex<()>>,
    due: Option<SyncSender<()>>,
    commits: u32,
    /// A checkpoint syncs too: if that failed nobody may sync again.
    failed: Arc<Mutex<Option<Error>>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Checkpoints {
    pub(super) fn start(path: &Path) -> Result<Self, Error> {
        let db = Connection::open(path)?;
        super::schema::configure_writer(&db)?;
        let (due, is_due) = sync_channel(1);
        let (gate, failed) = (Arc::new(Mutex::new(())), Arc::new(Mutex::new(None)));
        let worker = Worker {
            db,
            gate: Arc::clone(&gate),
            failed: Arc::clone(&failed),
        };
        let thread = std::thread::Builder::new().name("checkpoint".into());
        let thread = thread.spawn(move || worker.run(&is_due));
        Ok(Self {
            gate,
            due: Some(due),
            commits: 0,
            failed,
            thread: Some(thread.map_err(|why| super::file_error(path, why))?),
        })
    }

    /// What cleans this database, between commits.
    pub(super) fn scrubber(&self, path: &Path) -> super::Scrubber {
        super::Scrubber::new(path, Arc::clone(&self.gate), Arc::clone(&self.failed))
    }

    /// No checkpoint holds the writer while this is kept.
    pub(super) fn hold(&self) -> MutexGuard<'_, ()> {
        self.gate.lock()
    }

    /// After each commit: asks for a checkpoint now and then, and hands on its failure.
    pub(super) fn committed(&mut self, ok: bool) -> Result<(), Error> {
        if let Some(error) = self.failed.lock().take() {
            return Err(error);
        }
        self.commits += u32::from(ok);
        if self.commits >= EVERY_COMMITS
            && let Some(due) = &self.due
            && due.try_send(()).is_ok()
        {
            self.commits = 0;
        }
        Ok(())
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.due = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the checkpoint thread panicked");
        }
    }
}

struct Worker {
    db: Connection,
    gate: Arc<Mutex<()>>,
    failed: Arc<Mutex<Option<Error>>>,
}

impl Worker {
    fn run(&self, is_due: &Receiver<()>) {
        while is_due.recv().is_ok() {
            if let Err(error) = self.checkpoint() {
                tracing::warn!(%error, "a checkpoint failed");
                if error.is_fatal() {
                    *self.failed.lock() = Some(error);
                    return;
                }
            }
        }
    }

    fn checkpoint(&self) -> Result<(), Error> {
        if self.run_pragma("NOOP")? < ENOUGH_PAGES {
            return Ok(());
        }
        if self.passive()? > LONG_PAGES {
            // The bulk is moved. What came meanwhile is little; once that is moved as well, the
            // next commit starts the WAL over.
            let _held = self.gate.lock();
            self.passive()?;
        }
        Ok(())
    }

    /// Moves what can be moved without waiting for anyone; answers the WAL's length in pages.
    fn passive(&self) -> Result<i64, Error> {
        self.run_pragma("PASSIVE")
    }

    fn run_pragma(&self, mode: &str) -> Result<i64, Error> {
        let sql = format!("PRAGMA wal_checkpoint({mode})");
        Ok(self.db.query_row(&sql, [], |row| row.get(1))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::sqlite::{FILE, SqliteJournal};
    use crate::journal::{Batch, Journal, Write};

    fn of_a_megabyte() -> Batch {
        let write = |db: &Connection| {
            db.execute("DELETE FROM snapshots", [])?;
            let sql = "INSERT INTO snapshots VALUES ('demo', 1, 1, zeroblob(1048576))";
            db.execute(sql, []).map(drop)
        };
        Batch {
            writes: vec![Write::new(write)],
            ..Batch::default()
        }
    }

    #[tokio::test]
    async fn a_wal_that_grew_long_starts_over_and_grows_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, _) = SqliteJournal::open(folder.path()).unwrap();
        let worker = Worker {
            db: Connection::open(folder.path().join(FILE)).unwrap(),
            gate: Arc::default(),
            failed: Arc::default(),
        };
        let wal = folder.path().join("presso.db-wal");
        let length = || std::fs::metadata(&wal).unwrap().len();
        let mut longest = 0;
        for megabyte in 0..100 {
            journal.commit(of_a_megabyte()).await.1.unwrap();
            if megabyte % 40 == 39 {
                worker.checkpoint().unwrap();
            }
            longest = longest.max(length());
        }
        assert!(longest > 32 << 20, "it did grow: {longest}");
        assert!(longest < 64 << 20, "and started over: {longest}");
    }
}
