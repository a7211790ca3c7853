//! The data map: every table of the database, and how what it holds of people goes. A table that is
//! not here fails a test, and so does one that `docs/privacy.md` says nothing about.
//!
//! The statements may name `:shop` and `:before` (unix milliseconds), and the tables `erasing
//! (order_id, text)`, `erasing_as (shop, account, customer)` and `erasing_in (family)`, which hold
//! the orders, the customers and their sessions that are concerned. What they return are
//! the erased values that say who somebody is: the proof looks for them afterwards.

/// One table.
pub(super) struct Line {
    /// Its name.
    pub(super) table: &'static str,
    /// When a customer erases what is theirs, at every shop.
    pub(super) of_customer: Option<&'static str>,
    /// When a shop erases what its people left.
    pub(super) of_shop: Option<&'static str>,
    /// When it is older than a shop keeps it.
    pub(super) of_old: Option<&'static str>,
}

impl Line {
    /// A table of pseudonyms, numbers, hashes and keys: it stays, or goes by itself.
    const fn impersonal(table: &'static str) -> Self {
        Self {
            table,
            of_customer: None,
            of_shop: None,
            of_old: None,
        }
    }
}

const NAMES: &str = "DELETE FROM names
    WHERE order_id IN (SELECT order_id FROM erasing) RETURNING name";
/// The answer stays, so that nothing is done twice, without its names; and nobody can try names
/// out against what came with the key.
const ANSWERS: &str = "UPDATE idempotency SET digest = zeroblob(32), answer = CAST(
      json_remove(CAST(answer AS TEXT), '$.order.name', '$.order.claim.name') AS BLOB)
    WHERE EXISTS (SELECT 1 FROM erasing)
      AND CAST(answer AS TEXT) ->> '$.order.order' IN (SELECT text FROM erasing)
      AND (CAST(answer AS TEXT) ->> '$.order.name' IS NOT NULL
        OR CAST(answer AS TEXT) ->> '$.order.claim.name' IS NOT NULL)";

/// Every table, what refers to another before that other.
pub(super) const MAP: &[Line] = &[
    Line {
        table: "names",
        of_customer: Some(NAMES),
        of_shop: Some(NAMES),
        of_old: Some(NAMES),
    },
    Line {
        table: "staff_names",
        of_customer: None,
        of_shop: Some(
            "DELETE FROM staff_names
             WHERE staff IN (SELECT id FROM staff WHERE shop = :shop) RETURNING name",
        ),
        of_old: None,
    },
    Line {
        table: "pin",
        of_customer: None,
        of_shop: Some("DELETE FROM pin WHERE staff IN (SELECT id FROM staff WHERE shop = :shop)"),
        of_old: None,
    },
    Line {
        table: "pin_tries",
        of_customer: None,
        of_shop: Some(
            "DELETE FROM pin_tries WHERE staff IN (SELECT id FROM staff WHERE shop = :shop)",
        ),
        of_old: None,
    },
    Line {
        table: "idempotency",
        of_customer: Some(ANSWERS),
        of_shop: Some(ANSWERS),
        of_old: None, // a day old at the most
    },
    Line {
        table: "link",
        of_customer: None,
        of_shop: Some("DELETE FROM link WHERE shop = :shop AND name IS NOT NULL RETURNING name"),
        of_old: None, // two days old at the most
    },
    Line {
        table: "push_due",
        of_customer: Some(
            "DELETE FROM push_due WHERE family IN (SELECT family FROM erasing_in)
             OR (family, shop) IN (SELECT family, shop FROM push WHERE (shop, customer) IN
                                     (SELECT shop, customer FROM erasing_as))",
        ),
        of_shop: Some("DELETE FROM push_due WHERE shop = :shop"),
        of_old: None, // an hour old at the most, or as long as the drink stands there
    },
    Line {
        table: "push",
        of_customer: Some(
            "DELETE FROM push WHERE family IN (SELECT family FROM erasing_in)
             OR (shop, customer) IN (SELECT shop, customer FROM erasing_as)
             RETURNING endpoint, p256dh, auth",
        ),
        of_shop: Some("DELETE FROM push WHERE shop = :shop RETURNING endpoint, p256dh, auth"),
        of_old: Some(
            "DELETE FROM push WHERE shop = :shop AND at < :before RETURNING endpoint, p256dh, auth",
        ),
    },
    Line {
        table: "contact",
        of_customer: Some(
            "DELETE FROM contact
             WHERE (shop, account) IN (SELECT shop, account FROM erasing_as)",
        ),
        of_shop: Some("DELETE FROM contact WHERE shop = :shop"),
        of_old: Some("DELETE FROM contact WHERE shop = :shop AND at < :before"),
    },
    Line {
        table: "passcode",
        of_customer: Some("DELETE FROM passcode WHERE family IN (SELECT family FROM erasing_in)"),
        of_shop: Some("DELETE FROM passcode WHERE shop = :shop"),
        of_old: None, // an hour old at the most
    },
    Line {
        table: "shared_journeys",
        of_customer: Some(
            "DELETE FROM shared_journeys WHERE order_id IN (SELECT order_id FROM erasing)",
        ),
        of_shop: Some("DELETE FROM shared_journeys WHERE shop = :shop"),
        of_old: Some("DELETE FROM shared_journeys WHERE shop = :shop AND at < :before"),
    },
    Line {
        table: "put_events",
        of_customer: None,
        of_shop: Some("DELETE FROM put_events WHERE shop = :shop"),
        of_old: None, // 30 days old at the most
    },
    Line {
        table: "rule_dues",
        of_customer: None,
        of_shop: Some(
            "DELETE FROM rule_dues WHERE rule IN (SELECT id FROM rules WHERE shop = :shop)",
        ),
        of_old: None, // a day old at the most
    },
    Line {
        table: "dead_letters",
        of_customer: None,
        of_shop: Some(
            "DELETE FROM dead_letters WHERE rule IN (SELECT id FROM rules WHERE shop = :shop)",
        ),
        of_old: None,
    },
    // A customer who erases themselves is signed out everywhere; what is over is taken away when no
    // access token of it can be about any more: see prune.rs.
    Line::impersonal("family"),
    Line::impersonal("staff"),
    Line::impersonal("events"),
    Line::impersonal("shops"),
    Line::impersonal("secrets"),
    Line::impersonal("snapshots"),
    Line::impersonal("orders"),
    Line::impersonal("idempotency_keys"),
    Line::impersonal("refusals"),
    Line::impersonal("push_cursor"),
    Line::impersonal("passcode_sent"),
    Line::impersonal("passcode_guess"),
    Line::impersonal("rule_cursors"),
    Line::impersonal("replays"),
    Line::impersonal("sources"),
    Line::impersonal("rules"),
];
