//! How connections are set up, and the numbered migrations.

use crate::journal::Error;
use rusqlite::{Connection, TransactionBehavior};
use std::time::Duration;

/// In order; the database remembers how many it has seen (`PRAGMA user_version`). Append only.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/sqlite/0001_journal.sql"),
    include_str!("../../../migrations/sqlite/0002_identity.sql"),
    include_str!("../../../migrations/sqlite/0003_identity_ends.sql"),
    include_str!("../../../migrations/sqlite/0004_push.sql"),
    include_str!("../../../migrations/sqlite/0005_fewer_indexes.sql"),
    include_str!("../../../migrations/sqlite/0006_sessions.sql"),
    include_str!("../../../migrations/sqlite/0007_passcodes.sql"),
    include_str!("../../../migrations/sqlite/0008_staff.sql"),
    include_str!("../../../migrations/sqlite/0009_bus.sql"),
    include_str!("../../../migrations/sqlite/0010_pins.sql"),
    include_str!("../../../migrations/sqlite/0011_shared_journeys.sql"),
    include_str!("../../../migrations/sqlite/0012_guard.sql"),
    include_str!("../../../migrations/sqlite/0013_refusals.sql"),
];

/// Checkpoints are made elsewhere ([`super::checkpoint`]): made by the writer they stall it. What
/// is deleted is overwritten: some of it says who somebody is.
pub(super) fn configure_writer(db: &Connection) -> Result<(), Error> {
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA wal_autocheckpoint = 0;
         PRAGMA secure_delete = ON;
         PRAGMA cache_size = -8192;
         PRAGMA temp_store = MEMORY;",
    )?;
    db.busy_timeout(Duration::from_secs(5))?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

pub(super) fn configure_reader(db: &Connection) -> Result<(), Error> {
    db.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -2048;")?;
    db.busy_timeout(Duration::from_secs(5))?;
    db.set_prepared_statement_cache_capacity(32);
    Ok(())
}

/// The newest format that this program knows.
pub(crate) fn newest_format() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

pub(super) fn migrate(db: &mut Connection) -> Result<(), Error> {
    let known = newest_format();
    let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(Error::TooNew { found, known });
    }
    for (number, migration) in (1_i64..).zip(MIGRATIONS) {
        if number > found {
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            tx.execute_batch(migration)?;
            tx.pragma_update(None, "user_version", number)?;
            tx.commit()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_a_newer_program_is_refused() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        migrate(&mut db).unwrap();
        db.pragma_update(None, "user_version", 99).unwrap();
        let refused = migrate(&mut db).unwrap_err();
        assert!(matches!(refused, Error::TooNew { found: 99, .. }));
        assert!(refused.to_string().contains("use a newer one"));
    }
}
