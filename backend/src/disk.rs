//! How the data folder's disk stands.

use crate::app::DATABASE_FILE;
use std::path::Path;

/// What is seen of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disk {
    /// Room for more, bytes; none where that is not to be known.
    pub free_bytes: Option<u64>,
    /// How long the database's log is, bytes; 0 when there is none.
    pub wal_bytes: u64,
}

impl Disk {
    /// Of this data folder.
    #[must_use]
    pub fn of(data: &Path) -> Self {
        let wal = std::fs::metadata(data.join(format!("{DATABASE_FILE}-wal")));
        Self {
            free_bytes: free(data),
            wal_bytes: wal.map_or(0, |facts| facts.len()),
        }
    }
}

#[cfg(unix)]
fn free(data: &Path) -> Option<u64> {
    let facts = rustix::fs::statvfs(data).ok()?;
    Some(facts.f_bavail.saturating_mul(facts.f_frsize))
}

#[cfg(not(unix))]
fn free(_data: &Path) -> Option<u64> {
    None
}

#[test]
fn a_folder_has_room_and_a_log_as_long_as_its_file() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Disk::of(folder.path()).wal_bytes, 0);
    let wal = folder.path().join("presso.db-wal");
    std::fs::write(wal, vec![0; 4096]).unwrap();
    let disk = Disk::of(folder.path());
    assert_eq!(disk.wal_bytes, 4096);
    #[cfg(unix)]
    assert!(disk.free_bytes.is_some_and(|free| free > 0));
}
