//! SQLite's own promises, beside those of every journal.

use super::{FILE, SqliteJournal};
use crate::journal::{Batch, Journal, Write, conformance};
use rusqlite::types::Value;

#[tokio::test]
async fn sqlite_is_a_journal() {
    let folder = tempfile::tempdir().unwrap();
    conformance::conforms(SqliteJournal::open(folder.path()).unwrap().0).await;
}

#[tokio::test]
async fn every_commit_is_synced_and_readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, reader) = SqliteJournal::open(folder.path()).unwrap();
    let (found, is_found) = std::sync::mpsc::channel();
    let look = Write::new(move |db| {
        for name in ["journal_mode", "synchronous", "wal_autocheckpoint"] {
            let value = db.pragma_query_value(None, name, |row| row.get(0))?;
            found.send(value).unwrap();
        }
        Ok(())
    });
    let looking = Batch {
        writes: vec![look],
        ..Batch::default()
    };
    journal.commit(looking).await.1.unwrap();
    let found: Vec<Value> = is_found.iter().collect();
    assert_eq!(found, ["wal".to_owned().into(), 2.into(), 0.into()]);
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
