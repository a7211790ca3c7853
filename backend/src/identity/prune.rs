//! Takes away what is over: sessions that ended or expired, links that nobody can use any more.

use super::token::ACCESS_S;
use presso_core::time::Timestamp;
use rusqlite::{Connection, Result, params};
use std::sync::atomic::{AtomicI64, Ordering};

/// How often, milliseconds.
pub const PRUNE_EVERY_MS: i64 = 60_000;
/// How many rows of a kind at once, so that no commit is slow; the rest waits for the next time.
const AT_ONCE: i64 = 2_000;
/// For how long whoever opens a link is told that it was used or has expired, after it expired.
const LINK_TOLD_MS: i64 = 86_400_000;

/// When what is over was last taken away.
pub struct Broom {
    every_ms: i64,
    last: AtomicI64,
}

impl Broom {
    /// One that is due that often.
    #[must_use]
    pub const fn every(every_ms: i64) -> Self {
        let last = AtomicI64::new(0);
        Self { every_ms, last }
    }
    /// Is it time again? Says yes once in that time, and at first.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        let last = self.last.load(Ordering::Relaxed);
        let due = now.0 >= last.saturating_add(self.every_ms);
        due && self
            .last
            .compare_exchange(last, now.0, Ordering::Relaxed, Ordering::Relaxed)
            .is_ok()
    }
    /// It came to nothing: it is due again at once.
    pub fn again(&self) {
        self.last.store(0, Ordering::Relaxed);
    }
}

/// Takes away what is over, a bounded number of rows. A session that ended is kept while its access
/// tokens could still be about: after a restart they are known by it.
///
/// # Errors
/// The database's; the caller then drops the transaction.
pub fn prune(db: &Connection, now: Timestamp) -> Result<()> {
    let delete = |sql, before: i64| db.prepare_cached(sql)?.execute(params![before, AT_ONCE]);
    delete(
        "DELETE FROM family WHERE id IN
           (SELECT id FROM family WHERE expires_at <= ?1 LIMIT ?2)",
        now.0,
    )?;
    delete(
        "DELETE FROM family WHERE id IN
           (SELECT id FROM family WHERE ended_at < ?1 LIMIT ?2)",
        now.plus_ms(-ACCESS_S * 1000).0,
    )?;
    delete(
        "DELETE FROM link WHERE secret_hash IN
           (SELECT secret_hash FROM link WHERE expires_at <= ?1 LIMIT ?2)",
        now.plus_ms(-LINK_TOLD_MS).0,
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_broom_is_due_at_first_and_then_once_a_minute() {
        let broom = Broom::every(PRUNE_EVERY_MS);
        let now = Timestamp(1_800_000_000_000);
        assert!(broom.is_due(now));
        assert!(!broom.is_due(now.plus_ms(59_999)));
        assert!(broom.is_due(now.plus_ms(60_000)));
        assert!(!broom.is_due(now.plus_ms(60_001)));
        broom.again();
        assert!(broom.is_due(now.plus_ms(60_001)));
    }
}
