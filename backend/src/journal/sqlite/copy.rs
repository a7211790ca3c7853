//! The database as it is at one moment, in another file, while the writer goes on.

use super::{FILE, file_error, private};
use crate::journal::Error;
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Copies the folder's database into a file that is not there yet: everything that was committed
/// before this began is in it, and it is on disk when this returns. The copy is written anew and not
/// page by page, so that what was erased is not in it. Nobody waits for it; while it is made the log
/// does not start over.
///
/// # Errors
/// When the one cannot be read or the other not be written; [`Error::Full`] when it has no room.
pub fn copy(folder: &Path, to: &Path) -> Result<(), Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(folder.join(FILE), flags)?;
    db.busy_timeout(Duration::from_secs(5))?;
    let name = to.to_str().ok_or_else(|| {
        let why = "SQLite takes only names that are UTF-8";
        file_error(to, io::Error::new(io::ErrorKind::InvalidInput, why))
    })?;
    db.execute("VACUUM INTO ?1", [name])?;
    private(to)?;
    let synced = File::open(to).and_then(|file| file.sync_all());
    synced.map_err(|why| file_error(to, why))
}
