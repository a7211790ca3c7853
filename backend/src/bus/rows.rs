//! The SQL of rules: put, look, switch, delete. Writing happens in the transaction that the
//! engine's writer hands in.

use presso_core::api::{RuleBody, RuleScope};
use presso_core::id::{RuleName, ShopId};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use uuid::Uuid;

/// How many rules one shop may have, and the operator for every shop.
pub const RULES_A_SHOP: u32 = 20;
/// How many rules there may be in all.
pub const RULES: u32 = 500;

/// A rule as it is kept.
#[derive(Clone)]
pub struct Rule {
    pub(super) id: Uuid,
    pub(super) scope: RuleScope,
    /// Its name.
    pub name: RuleName,
    /// What it says.
    pub body: RuleBody,
    pub(super) secret: Vec<u8>,
}

/// How a rule fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fares {
    /// Deliveries still to be made.
    pub waiting: u64,
    /// Deliveries given up.
    pub dead: u64,
}

/// What became of putting a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is new.
    Made,
    /// It replaced one of its name.
    Replaced,
    /// The shop, or the server, has as many as may be.
    Full,
}

/// Puts a rule. A new one sees what happens from now on; one that replaces another reads on where
/// that was. The secret is kept unless another is given.
///
/// # Errors
/// The database's.
pub fn put(
    db: &Connection,
    scope: &RuleScope,
    name: &RuleName,
    body: &RuleBody,
    fresh: (Uuid, &[u8]),
) -> Result<Put> {
    let (id, secret) = fresh;
    let text = serde_json::to_string(body).expect("a rule has text keys and no failing parts");
    if let Some(old) = find(db, scope, name)? {
        let sql = "UPDATE rules SET body = ?2, enabled = ?3 WHERE id = ?1";
        db.prepare_cached(sql)?
            .execute(params![old.id, text, body.enabled])?;
        if body.enabled && !old.body.enabled {
            start_at_the_head(db, old.id, scope)?;
        }
        return Ok(Put::Replaced);
    }
    let sql = "SELECT count(*), coalesce(sum(shop = ?1), 0) FROM rules";
    let (all, own): (u32, u32) = db
        .prepare_cached(sql)?
        .query_row([scope.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if all >= RULES || own >= RULES_A_SHOP {
        return Ok(Put::Full);
    }
    let sql = "INSERT INTO rules (id, shop, name, body, secret, enabled)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let row = params![
        id,
        scope.as_str(),
        name.as_str(),
        text,
        secret,
        body.enabled
    ];
    db.prepare_cached(sql)?.execute(row)?;
    start_at_the_head(db, id, scope)?;
    Ok(Put::Made)
}

/// What happened up to now is not this rule's business.
fn start_at_the_head(db: &Connection, rule: Uuid, scope: &RuleScope) -> Result<()> {
    let sql = "INSERT INTO rule_cursors (rule, shop, stream, position)
               SELECT ?1, shop, 0, version FROM shops WHERE ?2 = '-' OR shop = ?2 UNION ALL
               SELECT ?1, shop, 1, (SELECT coalesce(max(seq), 0) FROM put_events) FROM shops
                 WHERE ?2 = '-' OR shop = ?2
               ON CONFLICT (rule, shop, stream) DO UPDATE SET position = excluded.position";
    db.prepare_cached(sql)?
        .execute(params![rule, scope.as_str()])?;
    Ok(())
}

/// Switches a rule on or off; what happens while it is off does not reach it. None when there is
/// no such rule.
///
/// # Errors
/// The database's.
pub fn switch(
    db: &Connection,
    scope: &RuleScope,
    name: &RuleName,
    enabled: bool,
) -> Result<Option<()>> {
    let Some(mut rule) = find(db, scope, name)? else {
        return Ok(None);
    };
    rule.body.enabled = enabled;
    put(db, scope, name, &rule.body, (rule.id, &rule.secret))?;
    Ok(Some(()))
}

/// Deletes a rule with all that was on its way. False when there is none.
///
/// # Errors
/// The database's.
pub fn delete(db: &Connection, scope: &RuleScope, name: &RuleName) -> Result<bool> {
    let sql = "DELETE FROM rules WHERE shop = ?1 AND name = ?2";
    let gone = db
        .prepare_cached(sql)?
        .execute([scope.as_str(), name.as_str()])?;
    Ok(gone > 0)
}

const SELECT: &str = "SELECT id, shop, name, body, secret FROM rules";

/// One rule.
///
/// # Errors
/// The database's.
pub fn find(db: &Connection, scope: &RuleScope, name: &RuleName) -> Result<Option<Rule>> {
    let sql = format!("{SELECT} WHERE shop = ?1 AND name = ?2");
    db.prepare_cached(&sql)?
        .query_row([scope.as_str(), name.as_str()], rule)
        .optional()
}

/// All of a shop's, by name.
///
/// # Errors
/// The database's.
pub fn of(db: &Connection, scope: &RuleScope) -> Result<Vec<(Rule, Fares)>> {
    let sql = format!("{SELECT} WHERE shop = ?1 ORDER BY name");
    let mut statement = db.prepare_cached(&sql)?;
    let rules = statement.query_map([scope.as_str()], rule)?;
    rules
        .map(|rule| {
            let rule = rule?;
            let fares = fares(db, &rule)?;
            Ok((rule, fares))
        })
        .collect()
}

/// Every rule there is.
pub(super) fn all(db: &Connection) -> Result<Vec<Rule>> {
    let mut statement = db.prepare_cached(SELECT)?;
    statement.query_map([], rule)?.collect()
}

/// How a rule fares.
///
/// # Errors
/// The database's.
pub fn fares(db: &Connection, rule: &Rule) -> Result<Fares> {
    let sql = "SELECT (SELECT count(*) FROM rule_dues WHERE rule = ?1),
                      (SELECT count(*) FROM dead_letters WHERE rule = ?1)";
    db.prepare_cached(sql)?.query_row([rule.id], |row| {
        Ok(Fares {
            waiting: row.get(0)?,
            dead: row.get(1)?,
        })
    })
}

fn rule(row: &Row<'_>) -> Result<Rule> {
    let scope: String = row.get(1)?;
    let name: String = row.get(2)?;
    let body = row.get_ref(3)?.as_str()?;
    Ok(Rule {
        id: row.get(0)?,
        scope: RuleScope::parse(&scope).ok_or_else(|| unreadable(1, "no shop"))?,
        name: RuleName::parse(&name).map_err(|bad| unreadable(2, bad))?,
        body: serde_json::from_str(body).map_err(|bad| unreadable(3, bad))?,
        secret: row.get(4)?,
    })
}

/// What was written here reads back; a foreign hand may have been at the file.
pub(super) fn unreadable(
    column: usize,
    why: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, why.into())
}

pub(super) fn shop(row: &Row<'_>, column: usize) -> Result<ShopId> {
    let text: String = row.get(column)?;
    ShopId::parse(&text).map_err(|bad| unreadable(column, bad))
}
