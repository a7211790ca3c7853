//! What can go wrong between the engine and the disk.

use presso_core::id::ShopId;
use rusqlite::ErrorCode;
use rusqlite::ffi;
use std::path::PathBuf;

/// Storing or loading failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The shop is not at the version that the append expected. Nothing was written.
    #[error("shop {shop} is not at version {expected}")]
    Conflict {
        /// Which.
        shop: ShopId,
        /// What was expected.
        expected: u64,
    },
    /// No space left. Nothing was written; reading goes on, and writing too once there is space.
    #[error("the disk is full")]
    Full,
    /// The disk did not confirm that data is durable. What the kernel keeps may differ from what
    /// the disk has, so nobody may sync again: the process has to end.
    #[error("the disk failed to sync: {0}")]
    SyncFailed(String),
    /// Another process has the data folder.
    #[error("another server is using the data folder {}", .0.display())]
    InUse(PathBuf),
    /// The database was written by a newer version of this program.
    #[error("the database has format {found}, this program knows up to {known}: use a newer one")]
    TooNew {
        /// The database's.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// An event cannot be read, or is missing.
    #[error("the journal of shop {shop} cannot be read at version {version}: {why}")]
    Damaged {
        /// Which shop.
        shop: ShopId,
        /// Where.
        version: u64,
        /// Why not.
        why: String,
    },
    /// Too many reads wait.
    #[error("too many reads wait")]
    Overloaded,
    /// SQLite refused.
    #[error("{0}")]
    Sqlite(rusqlite::Error),
    /// The folder or a file of it cannot be used.
    #[error("{}: {why}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        why: std::io::Error,
    },
}

impl Error {
    /// Must the process end?
    #[must_use]
    pub const fn is_fatal(&self) -> bool {
        matches!(self, Self::SyncFailed(_))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error() else {
            return Self::Sqlite(error);
        };
        let synced = [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_DIR_FSYNC];
        if synced.contains(&code.extended_code) {
            return Self::SyncFailed(error.to_string());
        }
        match code.code {
            ErrorCode::DiskFull => Self::Full,
            _ => Self::Sqlite(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_sync_is_fatal_and_a_full_disk_is_not() {
        let of = |code| Error::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
        assert!(of(ffi::SQLITE_IOERR_FSYNC).is_fatal());
        assert!(of(ffi::SQLITE_IOERR_DIR_FSYNC).is_fatal());
        assert!(matches!(of(ffi::SQLITE_FULL), Error::Full));
        assert!(!of(ffi::SQLITE_IOERR_WRITE).is_fatal());
    }
}
