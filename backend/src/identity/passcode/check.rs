//! Trying a code, and what being right makes of a session.

use super::{Asker, GUESSES, GUESSES_S, TRIES};
use crate::identity::Hash;
use crate::identity::rows::{name_as, whose};
use presso_core::api::{Verified, Who};
use presso_core::id::ShopId;
use presso_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use uuid::Uuid;

/// At how many shops one session may be signed in; beyond, the first one goes.
const SHOPS: usize = 8;

/// What came of trying a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// It is right.
    Right {
        /// The session's own account.
        guest: Uuid,
        /// Whom the number or address belongs to: the same on every phone.
        account: Uuid,
    },
    /// It is not, or this session asked for none.
    Wrong,
    /// It would have been, earlier.
    Expired,
    /// It was tried too often.
    Spent,
    /// This number or address was guessed at too often.
    TooOften {
        /// When there is room again.
        until: Timestamp,
    },
    /// The session is signed in at this shop as somebody else.
    SomebodyElse,
    /// The session is over.
    SessionOver,
}

/// Tries a code. One that was right stays so for its session until it expires, in case the answer
/// was lost; it does nothing then that it had not done.
///
/// # Errors
/// The database's; the caller then drops the transaction.
pub fn check(db: &Connection, asker: &Asker, hash: Hash, now: Timestamp) -> Result<Checked> {
    let Some(who) = whose(db, asker.family, now)? else {
        return Ok(Checked::SessionOver);
    };
    let Some(code) = find(db, asker)? else {
        return Ok(Checked::Wrong);
    };
    let right = code.hash == hash;
    if now >= code.expires_at {
        return Ok(Checked::Expired);
    }
    if code.used {
        return match right {
            true => belongs(db, asker, &who, now),
            false => Ok(Checked::Wrong),
        };
    }
    if code.tries >= TRIES {
        return Ok(Checked::Spent);
    }
    if let Some(until) = guess(db, &asker.marks.owner, now)? {
        return Ok(Checked::TooOften { until });
    }
    if !right {
        note(db, asker, "tries = tries + 1")?;
        return Ok(match code.tries + 1 < TRIES {
            true => Checked::Wrong,
            false => Checked::Spent,
        });
    }
    let checked = belongs(db, asker, &who, now)?;
    if matches!(checked, Checked::Right { .. }) {
        note(db, asker, &format!("used_at = {}", now.0))?;
    }
    Ok(checked)
}

struct Code {
    hash: Hash,
    expires_at: Timestamp,
    tries: u32,
    used: bool,
}

fn find(db: &Connection, asker: &Asker) -> Result<Option<Code>> {
    db.prepare_cached(
        "SELECT hash, expires_at, tries, used_at IS NOT NULL FROM passcode
         WHERE family = ?1 AND shop = ?2 AND mark = ?3",
    )?
    .query_row(
        params![asker.family, asker.shop.as_str(), asker.marks.here.0],
        |row| {
            Ok(Code {
                hash: Hash(row.get(0)?),
                expires_at: Timestamp(row.get(1)?),
                tries: row.get(2)?,
                used: row.get(3)?,
            })
        },
    )
    .optional()
}

fn note(db: &Connection, asker: &Asker, set: &str) -> Result<()> {
    let sql = format!("UPDATE passcode SET {set} WHERE family = ?1 AND shop = ?2 AND mark = ?3");
    db.execute(
        &sql,
        params![asker.family, asker.shop.as_str(), asker.marks.here.0],
    )?;
    Ok(())
}

/// Counts a guess; when there is room again, where there is none.
fn guess(db: &Connection, owner: &Hash, now: Timestamp) -> Result<Option<Timestamp>> {
    let since = now.plus_ms(-i64::from(GUESSES_S) * 1000);
    db.prepare_cached("DELETE FROM passcode_guess WHERE at <= ?1")?
        .execute([since.0])?;
    let oldest: Option<i64> = db
        .prepare_cached(
            "SELECT at FROM passcode_guess WHERE owner = ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2",
        )?
        .query_row(params![owner.0, GUESSES - 1], |row| row.get(0))
        .optional()?;
    if let Some(at) = oldest.map(Timestamp) {
        return Ok(Some(at.plus_s(GUESSES_S)));
    }
    db.prepare_cached("INSERT INTO passcode_guess (at, owner) VALUES (?1, ?2)")?
        .execute(params![now.0, owner.0])?;
    Ok(None)
}

/// Whom the number or address belongs to at the shop; the first to show that it is theirs stay who
/// they were as a guest.
fn belongs(db: &Connection, asker: &Asker, who: &Who, now: Timestamp) -> Result<Checked> {
    let Who::Guest { account: guest, .. } = who else {
        return Ok(Checked::SessionOver);
    };
    let (shop, mark) = (asker.shop.as_str(), asker.marks.here.0);
    let known: Option<Uuid> = db
        .prepare_cached("SELECT account FROM contact WHERE shop = ?1 AND mark = ?2")?
        .query_row(params![shop, mark], |row| row.get(0))
        .optional()?;
    let signed_in = who.verified_at(&asker.shop);
    if signed_in.is_some() && signed_in != known {
        return Ok(Checked::SomebodyElse);
    }
    let account = known.unwrap_or(*guest);
    db.prepare_cached(
        "INSERT INTO contact VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (shop, mark) DO UPDATE SET at = excluded.at",
    )?
    .execute(params![shop, mark, account, now.0])?;
    Ok(Checked::Right {
        guest: *guest,
        account,
    })
}

/// The session is that of a customer who has signed in. False when it is over.
///
/// # Errors
/// The database's; the caller then drops the transaction.
pub fn sign_in(
    db: &Connection,
    family: Uuid,
    shop: &ShopId,
    account: Uuid,
    now: Timestamp,
) -> Result<bool> {
    let Some(Who::Guest {
        account: guest,
        mut verified,
    }) = whose(db, family, now)?
    else {
        return Ok(false);
    };
    verified.retain(|one| one.shop != *shop);
    verified.push(Verified {
        shop: shop.clone(),
        account,
    });
    let over = verified.len().saturating_sub(SHOPS);
    verified.drain(..over);
    let who = Who::Guest {
        account: guest,
        verified,
    };
    name_as(db, family, &who)?;
    Ok(true)
}
