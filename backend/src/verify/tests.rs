//! A folder that the engine wrote is found sound; each kind of row, once bent, is found.

use super::Folder;
use crate::app::DATABASE_FILE;
use crate::engine::{self, Engine, ManualClock, Request, SeededRandomness, Setup};
use crate::journal::SqliteJournal;
use presso_core::code::Window;
use presso_core::id::{CustomerId, OrderId, ShopId, StaffId, TabletId};
use presso_core::menu::{Choice, Drink, Menu};
use presso_core::order::{Actor, CancelReason, StaffRole};
use presso_core::settings::Settings;
use presso_core::time::Timestamp;
use presso_core::workflow::Command;
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// 2026-11-21, in the morning.
const MORNING: Timestamp = Timestamp(1_795_248_000_000);

pub(crate) fn shop() -> ShopId {
    ShopId::parse("demo").unwrap()
}

fn order(n: u128) -> OrderId {
    OrderId(Uuid::from_u128(n))
}

fn barista() -> Actor {
    Actor::Staff {
        staff: StaffId(Uuid::from_u128(7)),
        role: StaffRole::Manager,
        tablet: TabletId(Uuid::from_u128(70)),
    }
}

fn customer(n: u128) -> Actor {
    let customer = CustomerId(Uuid::from_u128(1000 + n));
    Actor::guest(customer)
}

async fn ask(engine: &Engine, actor: Actor, command: Command) {
    let request = Request::new(shop(), actor, command);
    engine.command(request).await.expect("the rules allow it");
}

/// Order 1 is handed over and forgotten, 2 cancelled, taken back and cancelled again, 3 timed out,
/// 4 is alive. The last of 1,200 events bring a snapshot.
pub(crate) async fn a_day(folder: &Path) {
    let clock = ManualClock::new(MORNING);
    let started = engine::start(Setup {
        journal: SqliteJournal::open(folder).unwrap().0,
        clock: Arc::new(clock.clone()),
        randomness: Box::new(SeededRandomness(7)),
        public_url: "http://localhost".into(),
        fatal: Box::new(|error| panic!("{error}")),
    })
    .await
    .unwrap();
    let engine = started.engine.clone();
    let latte = Drink {
        id: "latte".parse().unwrap(),
        name: "Latte".into(),
        icon: "latte".into(),
        available: true,
        groups: vec![],
    };
    let menu = Menu {
        drinks: vec![latte],
        groups: vec![],
    };
    let settings = Settings::default();
    ask(
        &engine,
        Actor::Operator,
        Command::CreateShop { settings, menu },
    )
    .await;
    ask(&engine, barista(), Command::OpenShop).await;
    let window = Some(Window::at(MORNING, 300));
    for n in 1..=4 {
        let order = order(n);
        ask(&engine, customer(n), Command::Scan { window, order }).await;
    }
    let choice = Choice {
        drink: "latte".parse().unwrap(),
        options: vec![],
    };
    for n in [1, 2, 4] {
        let (order, choice) = (order(n), choice.clone());
        ask(&engine, customer(n), Command::Submit { order, choice }).await;
    }
    let reason = CancelReason::Other;
    let cancel = |order| Command::Cancel { order, reason };
    ask(&engine, barista(), Command::Complete { order: order(1) }).await;
    ask(&engine, barista(), Command::Collect { order: order(1) }).await;
    ask(&engine, customer(2), cancel(order(2))).await;
    ask(&engine, customer(2), Command::Undo { order: order(2) }).await;
    ask(&engine, customer(2), cancel(order(2))).await;
    for _ in 0..600 {
        ask(&engine, barista(), Command::CloseShop).await;
        ask(&engine, barista(), Command::OpenShop).await;
    }
    clock.advance_ms(301_000);
    ask(&engine, barista(), Command::Claim { order: order(4) }).await;
    started.stop().await;
}

/// What is found after these words were said to the database.
fn found(folder: &Path, sql: &str) -> Vec<String> {
    let db = Connection::open(folder.join(DATABASE_FILE)).unwrap();
    db.execute_batch(&format!("SAVEPOINT whole; {sql}"))
        .unwrap();
    db.execute_batch("RELEASE whole").unwrap();
    let folder = Folder::open(folder).unwrap();
    let shops = folder.shops().unwrap();
    let reports = shops.iter().map(|shop| folder.verify(shop).unwrap());
    let differences = reports.flat_map(|report| report.differences);
    differences
        .map(|difference| difference.to_string())
        .collect()
}

#[tokio::test]
async fn what_the_engine_wrote_agrees_also_while_it_is_open() {
    let folder = tempfile::tempdir().unwrap();
    a_day(folder.path()).await;
    let look = || {
        let folder = Folder::open(folder.path()).unwrap();
        assert_eq!(folder.damages().unwrap(), Vec::<String>::new());
        assert!(folder.rows(&shop()).unwrap().snapshot.is_some());
        let report = folder.verify(&shop()).unwrap();
        assert_eq!(report.differences, []);
        assert_eq!(report.orders, 4);
        assert_eq!(report.events, folder.events(&shop()).unwrap().len() as u64);
    };
    look();
    let _held = SqliteJournal::open(folder.path()).unwrap();
    look();
}

#[tokio::test]
async fn each_row_that_says_otherwise_is_found_and_named() {
    let whole = tempfile::tempdir().unwrap();
    a_day(whole.path()).await;
    let id = |n: u128| format!("x'{:032x}'", n);
    let view = |n: u128, field: &str, value: &str| {
        let id = id(n);
        format!(
            "UPDATE orders SET view = json_set(view, '$.{field}', {value}) WHERE order_id = {id}"
        )
    };
    let row = |n: u128, set: &str| format!("UPDATE orders SET {set} WHERE order_id = {}", id(n));
    let event = |set: &str| format!("UPDATE events SET {set} WHERE version = 7");
    let is = |n: u128| format!("order {}", order(n));
    for (sql, place, why) in [
        ("UPDATE shops SET version = version - 1".into(), "its row".into(), "says version"),
        ("UPDATE shops SET next_deadline = 5".into(), "its row".into(), "due next"),
        ("DELETE FROM shops".into(), "its row".into(), "there is none"),
        (view(1, "ticket", "9"), is(1), "as it was not"),
        (view(4, "submit_by", "9"), is(4), "as it was not"),
        (row(2, "state = 'ready'"), is(2), "says state ready"),
        (row(3, "customer = x'00000000000000000000000000000001'"), is(3), "says customer"),
        (row(3, "first_version = 2"), is(3), "began at version 2"),
        (row(4, "version = 900"), is(4), "nothing happened to it then"),
        (row(1, "version = version - 1"), is(1), "says version"),
        (row(1, "shop = 'other'"), is(1), "says shop other"),
        (format!("DELETE FROM orders WHERE order_id = {}", id(2)), is(2), "has no row"),
        (
            "INSERT INTO orders SELECT x'77', shop, customer, state, first_version, version, view
             FROM orders LIMIT 1"
                .into(),
            "orders' rows".into(),
            "there are 5, and 4",
        ),
        (
            "UPDATE snapshots SET body = CAST(json_set(CAST(body AS TEXT), '$.in_progress', 9) AS BLOB)".into(),
            "snapshot".into(),
            "is not the shop",
        ),
        ("DELETE FROM events WHERE version = 7".into(), "version 7".into(), "missing"),
        (event("body = '{}'"), "version 7".into(), "missing field"),
        (event("at = at + 1"), "version 7".into(), "its columns say"),
        (event("order_id = NULL"), "version 7".into(), "its columns say"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join(DATABASE_FILE);
        std::fs::copy(whole.path().join(DATABASE_FILE), to).unwrap();
        let told = found(folder.path(), &sql);
        let place: String = place;
        let start = format!("shop demo, {place}: ");
        let named = told.iter().any(|line| line.starts_with(&start) && line.contains(why));
        assert!(named, "{sql}: {told:#?}");
    }
}
