//! The journal on SQLite: one file in the data folder, WAL, every commit synced.

mod checkpoint;
mod commit;
mod copy;
mod keys;
mod load;
mod reader;
mod refusals;
mod schema;
mod scrub;
#[cfg(test)]
mod tests;
mod writer;

pub use copy::copy;
pub(crate) use load::load;
pub use load::name_staff;
pub use reader::{Page, Reader, Search};
pub(crate) use schema::newest_format;
pub use scrub::{Scrubbed, Scrubber};

use super::{Batch, Committed, Error, Journal, Loaded, Remembered};
use crate::engine::Key;
use checkpoint::Checkpoints;
use keys::Keys;
use parking_lot::Mutex;
use presso_core::id::{ShopId, StaffId};
use presso_core::time::Timestamp;
use rusqlite::Connection;
use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use writer::Writer;

/// The database's name in the data folder.
const FILE: &str = "presso.db";
/// The lock's name in the data folder.
pub(crate) const LOCK: &str = "presso.lock";

/// The writing end. There is one in the world for a data folder, which the lock sees to.
pub struct SqliteJournal {
    /// For what the engine reads. Goes before the writer: who closes a database last empties its
    /// WAL, if it may write.
    db: Connection,
    /// Writes, on a thread of its own.
    writer: Writer,
    keys: Arc<Mutex<Keys>>,
    /// Held until the journal is gone: the last to go.
    _lock: File,
}

impl SqliteJournal {
    /// Opens the data folder, which is made if need be, and brings its database up to date.
    ///
    /// # Errors
    /// [`Error::InUse`] when another process has it, [`Error::TooNew`] when a newer version of
    /// this program wrote it, [`Error::File`] when it cannot be used.
    pub fn open(folder: &Path) -> Result<(Self, Reader), Error> {
        std::fs::create_dir_all(folder).map_err(|why| file_error(folder, why))?;
        let lock = lock(folder)?;
        let path = folder.join(FILE);
        let mut db = Connection::open(&path)?;
        private(&path)?;
        schema::configure_writer(&db)?;
        schema::migrate(&mut db)?;
        let checkpoints = Checkpoints::start(&path)?;
        let reader = Reader::open(&path, checkpoints.scrubber(&path))?;
        let keys = Arc::new(Mutex::new(Keys::load(&db)?));
        let writer = Writer::start(db, checkpoints, Arc::clone(&keys));
        let journal = Self {
            db: reader::connect(&path)?,
            writer: writer.map_err(|why| file_error(&path, why))?,
            keys,
            _lock: lock,
        };
        Ok((journal, reader))
    }
}

fn file_error(path: &Path, why: std::io::Error) -> Error {
    Error::File {
        path: path.to_owned(),
        why,
    }
}

/// Takes the folder's lock, held for as long as the file is open.
///
/// # Errors
/// [`Error::InUse`] when somebody has it.
pub fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let file = File::create(&path).map_err(|why| file_error(&path, why))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(folder.to_owned())),
        Err(TryLockError::Error(why)) => Err(file_error(&path, why)),
    }
}

/// The database holds secrets: it is for its owner only. SQLite gives its WAL the same mode.
fn private(path: &Path) -> Result<(), Error> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(path, mode).map_err(|why| file_error(path, why))?;
    }
    Ok(())
}

impl Journal for SqliteJournal {
    async fn shops(&mut self) -> Result<Vec<ShopId>, Error> {
        load::shops(&self.db)
    }
    async fn load(&mut self, shop: &ShopId) -> Result<Option<Loaded>, Error> {
        load::load(&self.db, shop)
    }
    async fn staff_names(&mut self) -> Result<HashMap<StaffId, String>, Error> {
        load::staff_names(&self.db)
    }
    async fn recall(&mut self, key: &Key, now: Timestamp) -> Result<Option<Remembered>, Error> {
        let place = self.keys.lock().find(key, now);
        place.map_or(Ok(None), |place| keys::recall(&self.db, place))
    }
    fn commit(&mut self, batch: Batch) -> impl Future<Output = Committed> + 'static {
        self.writer.commit(batch)
    }
}
