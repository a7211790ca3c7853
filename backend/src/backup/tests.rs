//! What comes back is what was there; what is not good is neither made nor put back.

use super::{Error, MANIFEST_FILE, make, restore};
use crate::app::{DATABASE_FILE, KEY_FILE};
use crate::journal::{self, SqliteJournal};
use crate::verify::Folder;
use crate::verify::tests::{a_day, shop};
use presso_core::time::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const NOW: Timestamp = Timestamp(1_795_248_000_000);

/// A shop with a past, keys and settings.
async fn a_shop() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    a_day(&data).await;
    fs::write(data.join(KEY_FILE), "a key").unwrap();
    fs::write(data.join("server.json"), "{}").unwrap();
    fs::write(folder.path().join("presso.toml"), "log = \"json\"").unwrap();
    (folder, data)
}

fn made(folder: &Path, to: &str) -> Result<super::Contents, Error> {
    let settings = folder.join("presso.toml");
    make(&folder.join("data"), &settings, &folder.join(to), NOW)
}

fn names(folder: &Path) -> Vec<String> {
    super::disk::names(folder).unwrap()
}

#[tokio::test]
async fn what_is_put_back_is_what_was_there_with_its_keys_and_without_its_settings() {
    let (folder, data) = a_shop().await;
    let _running = SqliteJournal::open(&data).unwrap();
    let contents = made(folder.path(), "monday").unwrap();
    assert_eq!(contents.wrong, Vec::<String>::new());
    assert_eq!(contents.shops[0].orders, 4);
    let monday = folder.path().join("monday");
    let expected = [MANIFEST_FILE, DATABASE_FILE, "presso.toml", KEY_FILE];
    assert_eq!(names(&monday), expected);
    let back = folder.path().join("back");
    let restored = restore(&monday, &back).unwrap();
    assert_eq!(restored.settings, Some(monday.join("presso.toml")));
    assert_eq!(restored.contents.manifest.made_at, NOW);
    assert_eq!(names(&back), [DATABASE_FILE, "presso.lock", KEY_FILE]);
    let [there, here] = [&data, &back].map(|folder| Folder::open(folder).unwrap());
    assert_eq!(
        there.events(&shop()).unwrap(),
        here.events(&shop()).unwrap()
    );
    assert_eq!(there.rows(&shop()).unwrap(), here.rows(&shop()).unwrap());
    drop((there, here));
    SqliteJournal::open(&back).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_can_read_a_backup() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _) = a_shop().await;
    made(folder.path(), "monday").unwrap();
    let monday = folder.path().join("monday");
    for name in ["", DATABASE_FILE, KEY_FILE, "presso.toml"] {
        let facts = fs::metadata(monday.join(name)).unwrap();
        assert_eq!(facts.permissions().mode() & 0o077, 0, "{name}");
    }
}

#[tokio::test]
async fn nothing_is_written_over_and_nothing_is_left_of_what_failed() {
    let (folder, data) = a_shop().await;
    made(folder.path(), "monday").unwrap();
    let again = made(folder.path(), "monday").unwrap_err();
    assert!(matches!(again, Error::NotEmpty(_)), "{again}");
    let monday = folder.path().join("monday");
    let over = restore(&monday, &data).unwrap_err();
    assert!(matches!(over, Error::NotEmpty(_)), "{over}");
    let running = SqliteJournal::open(&data).unwrap();
    let over = restore(&monday, &data).unwrap_err();
    assert!(
        matches!(over, Error::Journal(journal::Error::InUse(_))),
        "{over}"
    );
    drop(running);
    fs::remove_file(data.join(DATABASE_FILE)).unwrap();
    fs::write(data.join(DATABASE_FILE), "a shopping list").unwrap();
    made(folder.path(), "tuesday").unwrap_err();
    assert_eq!(names(folder.path()), ["data", "monday", "presso.toml"]);
}

#[tokio::test]
async fn a_backup_that_is_not_as_it_was_is_not_put_back_and_nothing_is_written() {
    let (folder, _) = a_shop().await;
    let back = folder.path().join("back");
    let refused = |name: &str, spoil: &dyn Fn(&Path)| {
        made(folder.path(), name).unwrap();
        let backup = folder.path().join(name);
        spoil(&backup);
        let refused = restore(&backup, &back).unwrap_err();
        assert!(!back.exists(), "{name}");
        refused.to_string()
    };
    let told = refused("bent", &|backup| {
        let path = backup.join(DATABASE_FILE);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&path, bytes).unwrap();
    });
    assert!(told.starts_with("presso.db of the backup is not as it was"));
    let told = refused("short", &|backup| {
        fs::remove_file(backup.join(KEY_FILE)).unwrap();
    });
    assert!(told.starts_with("signing.key of the backup is missing"));
    let told = refused("other", &|backup| {
        fs::remove_file(backup.join(MANIFEST_FILE)).unwrap();
    });
    assert!(told.ends_with("is no backup: it has no backup.json"));
    let told = refused("newer", &|backup| {
        let text = r#"{"format": 2, "what": "else"}"#;
        fs::write(backup.join(MANIFEST_FILE), text).unwrap();
    });
    assert!(told.ends_with("up to 1: use a newer one"));
}

#[tokio::test]
async fn what_does_not_hold_together_is_copied_and_told_and_not_put_back() {
    let (folder, data) = a_shop().await;
    let bend =
        "UPDATE orders SET state = 'lost' WHERE order_id = (SELECT min(order_id) FROM orders)";
    let db = rusqlite::Connection::open(data.join(DATABASE_FILE)).unwrap();
    assert_eq!(db.execute(bend, []).unwrap(), 1);
    drop(db);
    let contents = made(folder.path(), "monday").unwrap();
    assert_eq!(contents.wrong.len(), 1);
    let back = folder.path().join("back");
    let refused = restore(&folder.path().join("monday"), &back).unwrap_err();
    assert!(refused.to_string().contains(&contents.wrong[0]));
    assert!(!back.exists());
}

#[tokio::test]
async fn a_restore_that_was_cut_off_leaves_nothing_that_a_server_would_start_with() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join(DATABASE_FILE),
        super::put_back::UNDER_WAY,
    )
    .unwrap();
    let refused = SqliteJournal::open(folder.path()).err().unwrap();
    assert!(refused.to_string().contains("not a database"), "{refused}");
}
