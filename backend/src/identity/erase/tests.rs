//! Is every table in the data map, and does each line do what it says?

use super::*;
use crate::journal::SqliteJournal;
use std::collections::BTreeSet;

const PRIVACY: &str = include_str!("../../../../docs/privacy.md");

fn fresh() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    drop(SqliteJournal::open(folder.path()).unwrap());
    let db = Connection::open(folder.path().join("presso.db")).unwrap();
    db.pragma_update(None, "foreign_keys", true).unwrap();
    (folder, db)
}

fn tables(db: &Connection) -> BTreeSet<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn every_table_has_its_line_in_the_data_map_and_its_row_in_the_document() {
    let (_folder, db) = fresh();
    let mapped: Vec<String> = MAP.iter().map(|line| line.table.to_owned()).collect();
    let unique: BTreeSet<String> = mapped.iter().cloned().collect();
    assert_eq!(unique.len(), mapped.len(), "a table has two lines");
    assert_eq!(
        tables(&db),
        unique,
        "a new table needs a line in backend/src/identity/erase/map.rs: how what it holds of \
         people goes"
    );
    for table in mapped {
        assert!(
            PRIVACY.contains(&format!("| `{table}` |")),
            "docs/privacy.md has no row for the table {table}"
        );
    }
}

#[test]
fn every_statement_of_the_map_can_be_run() {
    let (_folder, db) = fresh();
    begin(&db).unwrap();
    let shop = "demo".parse().unwrap();
    let with = With {
        shop: Some(&shop),
        ..With::default()
    };
    for line in MAP {
        for sql in [line.of_customer, line.of_shop, line.of_old]
            .into_iter()
            .flatten()
        {
            let rows = run(&db, sql, &with, &mut Vec::new());
            assert_eq!(rows.unwrap(), 0, "{}: {sql}", line.table);
        }
    }
}

/// Two shops' orders of one customer, with names and an answer each.
fn with_orders(db: &Connection) -> [OrderId; 2] {
    let orders = [1_u128, 2].map(|n| OrderId(Uuid::from_u128((1_700_000_000_000 << 80) | n)));
    for (order, shop, name) in [(orders[0], "demo", "Adelheid"), (orders[1], "other", "Zoë")] {
        let view = serde_json::json!({ "order": order.0 }).to_string();
        let customer = Uuid::from_u128(7);
        db.execute(
            "INSERT INTO orders VALUES (?1, ?2, ?3, 'collected', 1, 1, ?4)",
            params![order.0, shop, customer, view],
        )
        .unwrap();
        db.execute("INSERT INTO names VALUES (?1, ?2)", params![order.0, name])
            .unwrap();
        let answer = serde_json::json!({
            "shop": shop,
            "order": { "order": order.0, "name": name, "claim": { "name": "Bo", "since": 1 } },
        });
        db.execute(
            "INSERT INTO idempotency (digest, answer) VALUES (?1, ?2)",
            params![[1_u8; 32], answer.to_string().into_bytes()],
        )
        .unwrap();
    }
    orders
}

fn answers(db: &Connection) -> Vec<(Vec<u8>, String)> {
    let sql = "SELECT digest, CAST(answer AS TEXT) FROM idempotency ORDER BY id";
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_shop_that_is_erased_loses_its_names_also_from_stored_answers_and_others_keep_theirs() {
    let (_folder, db) = fresh();
    let [own, _] = with_orders(&db);
    let erased = erase_shop(&db, &"demo".parse().unwrap()).unwrap();
    assert_eq!(erased.rows, [("names", 1), ("idempotency", 1)]);
    assert_eq!(erased.values, [b"Adelheid".to_vec()]);
    assert_eq!(erased.orders, [own]);
    let [(digest, answer), (kept, other)] = <[_; 2]>::try_from(answers(&db)).unwrap();
    assert!(
        !answer.contains("Adelheid") && !answer.contains("Bo"),
        "{answer}"
    );
    assert!(answer.contains("since"), "the rest of it stays: {answer}");
    assert_eq!((digest, kept), (vec![0; 32], vec![1; 32]));
    assert!(other.contains("Zoë"), "{other}");
}

#[test]
fn a_customer_who_is_erased_loses_their_names_at_every_shop_they_were_known_at() {
    let (_folder, db) = fresh();
    let orders = with_orders(&db);
    let known_as = ["demo", "other"].map(|shop| {
        let customer = CustomerId(Uuid::from_u128(7));
        (shop.parse().unwrap(), Uuid::nil(), customer)
    });
    let nobody = erase_customer(&db, &[], &[Uuid::nil()]).unwrap();
    assert_eq!(nobody, Erased::default());
    let erased = erase_customer(&db, &known_as, &[]).unwrap();
    assert_eq!(erased.rows, [("names", 2), ("idempotency", 2)]);
    assert_eq!(erased.orders, orders);
    let names: i64 = db
        .query_row("SELECT count(*) FROM names", [], |row| row.get(0))
        .unwrap();
    assert_eq!(names, 0);
}

#[test]
fn what_is_older_than_a_shop_keeps_it_goes_and_what_is_younger_stays() {
    let (_folder, db) = fresh();
    with_orders(&db);
    let shop = "demo".parse().unwrap();
    let made = Timestamp(1_700_000_000_000);
    let (erased, more) = erase_old(&db, &shop, made).unwrap();
    assert_eq!((erased, more), (Erased::default(), false));
    let (erased, more) = erase_old(&db, &shop, made.plus_ms(1)).unwrap();
    assert_eq!((erased.rows, more), (vec![("names", 1)], false));
}
