//! Asking for a code: is there room for one more message?

use super::{Asker, PASSCODE_S, RESEND_S};
use crate::identity::Hash;
use crate::identity::rows::whose;
use presso_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

const DAY_MS: i64 = 86_400_000;
/// For how long whoever comes late is told that a code has expired.
const TOLD_MS: i64 = 3_600_000;

/// How many messages in any 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// To one number or address.
    pub number: u32,
    /// For one shop.
    pub shop: u32,
    /// In all.
    pub day: u32,
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// There is room: send it.
    Send,
    /// This session has one that was sent a moment ago; it asks again since the answer was lost.
    OnItsWay {
        /// When it was sent.
        sent_at: Timestamp,
    },
    /// One was sent to this number or address a moment ago.
    TooSoon {
        /// When there is room again.
        until: Timestamp,
    },
    /// As many as may be went to this number or address within a day.
    NumberSpent {
        /// When there is room again.
        until: Timestamp,
    },
    /// The shop or the server has sent as many as it may within a day.
    DaySpent {
        /// When there is room again.
        until: Timestamp,
    },
    /// The session is over.
    SessionOver,
}

/// Notes a code to be sent, if there is room. Nothing is noted where there is none.
///
/// # Errors
/// The database's; the caller then drops the transaction.
pub fn ask(
    db: &Connection,
    asker: &Asker,
    hash: Hash,
    caps: Caps,
    now: Timestamp,
) -> Result<Asked> {
    let (family, shop) = (asker.family, asker.shop.as_str());
    let marks = &asker.marks;
    if whose(db, family, now)?.is_none() {
        return Ok(Asked::SessionOver);
    }
    prune(db, now)?;
    let since = now.plus_ms(-i64::from(RESEND_S) * 1000);
    let own: Option<i64> = db
        .prepare_cached(
            "SELECT sent_at FROM passcode WHERE family = ?1 AND shop = ?2 AND mark = ?3
               AND sent_at > ?4 AND used_at IS NULL AND tries = 0",
        )?
        .query_row(params![family, shop, marks.here.0, since.0], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(sent_at) = own.map(Timestamp) {
        return Ok(Asked::OnItsWay { sent_at });
    }
    let owner = "owner = ?1";
    if let Some(at) = nth_newest(db, owner, &marks.owner.0, 1)?.filter(|at| *at > since) {
        let until = at.plus_s(RESEND_S);
        return Ok(Asked::TooSoon { until });
    }
    // The oldest of those that fill a limit says when there is room again.
    if let Some(until) = full(nth_newest(db, owner, &marks.owner.0, caps.number)?, now) {
        return Ok(Asked::NumberSpent { until });
    }
    let of_shop = full(nth_newest(db, "shop = ?1", &shop, caps.shop)?, now);
    let of_all = full(nth_newest(db, "?1 IS NOT NULL", &shop, caps.day)?, now);
    if let Some(until) = of_shop.max(of_all) {
        return Ok(Asked::DaySpent { until });
    }
    db.prepare_cached("INSERT INTO passcode_sent (at, shop, owner) VALUES (?1, ?2, ?3)")?
        .execute(params![now.0, shop, marks.owner.0])?;
    db.prepare_cached("INSERT OR REPLACE INTO passcode VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, NULL)")?
        .execute(params![
            family,
            shop,
            marks.here.0,
            hash.0,
            now.0,
            now.plus_s(PASSCODE_S).0
        ])?;
    Ok(Asked::Send)
}

/// When the `nth` newest message of these was sent.
fn nth_newest(
    db: &Connection,
    of: &str,
    whose: &dyn rusqlite::ToSql,
    nth: u32,
) -> Result<Option<Timestamp>> {
    let sql = format!(
        "SELECT at FROM passcode_sent WHERE {of} ORDER BY at DESC, id DESC LIMIT 1 OFFSET ?2"
    );
    let skip = nth.saturating_sub(1);
    db.prepare_cached(&sql)?
        .query_row(params![whose, skip], |row| row.get(0).map(Timestamp))
        .optional()
}

/// When it counts no more, if it still does.
fn full(at: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    at.map(|at| at.plus_ms(DAY_MS)).filter(|until| now < *until)
}

fn prune(db: &Connection, now: Timestamp) -> Result<()> {
    db.prepare_cached("DELETE FROM passcode_sent WHERE at <= ?1")?
        .execute([now.plus_ms(-DAY_MS).0])?;
    db.prepare_cached("DELETE FROM passcode WHERE expires_at <= ?1")?
        .execute([now.plus_ms(-TOLD_MS).0])?;
    Ok(())
}
