//! SQLite's own promises, beside those of every journal.

use super::{FILE, SqliteJournal};
use crate::journal::conformance;

#[tokio::test]
async fn sqlite_is_a_journal() {
    let folder = tempfile::tempdir().unwrap();
    conformance::conforms(SqliteJournal::open(folder.path()).unwrap().0).await;
}

#[tokio::test]
async fn every_commit_is_synced_and_readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, reader) = SqliteJournal::open(folder.path()).unwrap();
    let pragma = |name: &str| -> rusqlite::types::Value {
        let read = |row: &rusqlite::Row<'_>| row.get(0);
        journal.db.pragma_query_value(None, name, read).unwrap()
    };
    assert_eq!(pragma("journal_mode"), "wal".to_owned().into());
    assert_eq!(pragma("synchronous"), 2.into());
    assert_eq!(pragma("wal_autocheckpoint"), 0.into());
    let write = reader
        .query(|db| db.execute("DELETE FROM events", []))
        .await;
    assert!(write.is_err());
}

#[cfg(unix)]
#[test]
fn the_database_with_its_secrets_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let _open = SqliteJournal::open(folder.path()).unwrap();
    for name in [FILE, "presso.db-wal"] {
        let meta = std::fs::metadata(folder.path().join(name)).unwrap();
        assert_eq!(meta.permissions().mode() & 0o077, 0, "{name}");
    }
}
