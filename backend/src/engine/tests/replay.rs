//! What is loaded equals what was lived, and what the read model says.

use super::stage::{
    MORNING, Stage, Watched, barista, customer, journal, perform, roomy, shop, submit,
};
use crate::engine::{ManualClock, Request};
use crate::journal::{Journal, SqliteJournal};
use presso_core::board::{Audience, NoNames, order_view};
use presso_core::shop::Shop;
use presso_core::workflow::{Command, Event, evolve};

fn folded(base: Shop, events: &[Event]) -> Shop {
    events.iter().fold(base, |mut shop, event| {
        evolve(&mut shop, event);
        shop
    })
}

/// Some of everything; an order makes about five events.
async fn a_busy_day(stage: &Stage, orders: u32) {
    stage.open(roomy()).await;
    for n in 0..orders {
        let order = stage.scan(n).await.unwrap();
        stage.clock.advance_ms(700);
        if n % 30 == 3 {
            continue;
        }
        let named = Request::new(shop(), customer(n), submit(order));
        let named = named.named(Some(format!("Ada {n}")));
        stage.engine.command(named).await.unwrap();
        let claim = Command::Claim { order };
        stage.command(barista(), claim).await.unwrap();
        if n % 30 == 4 {
            let undo = Command::Undo { order };
            stage.command(barista(), undo).await.unwrap();
            continue;
        }
        let complete = Command::Complete { order };
        stage.command(barista(), complete).await.unwrap();
        if n % 30 != 5 {
            let collect = Command::Collect { order };
            stage.command(barista(), collect).await.unwrap();
        }
    }
}

#[tokio::test]
async fn law_replay_equals_live_with_a_snapshot_and_without() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let mut lived = None;
    perform(journal(folder.path()).0, &clock, async |stage| {
        a_busy_day(&stage, 400).await;
        lived = stage.hub.committed(&shop());
    })
    .await;
    let lived = lived.unwrap();
    let (mut journal, reader) = journal(folder.path());
    let loaded = journal.load(&shop()).await.unwrap().unwrap();
    assert!(loaded.base.version > 0, "there is a snapshot by now");
    assert!(!loaded.events.is_empty(), "and a tail after it");
    assert_eq!(folded(loaded.base, &loaded.events), lived);
    let all = reader.events_at(shop(), 1, 100_000).await.unwrap();
    assert_eq!(folded(Shop::new(shop()), &all), lived);
    // A snapshot that cannot be read is passed over.
    break_snapshot(&folder);
    let loaded = journal.load(&shop()).await.unwrap().unwrap();
    assert_eq!(loaded.base.version, 0);
    assert_eq!(folded(loaded.base, &loaded.events), lived);
}

fn break_snapshot(folder: &tempfile::TempDir) {
    let db = rusqlite::Connection::open(folder.path().join("presso.db")).unwrap();
    let broken = db.execute("UPDATE snapshots SET body = x'7b'", []);
    assert_eq!(broken.unwrap(), 1);
}

#[tokio::test]
async fn the_read_model_is_what_the_journal_says_names_aside() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let (journal, reader) = journal(folder.path());
    perform(journal, &clock, async |stage| {
        a_busy_day(&stage, 30).await;
        let live = stage.hub.committed(&shop()).unwrap();
        let over = live.orders.values().filter(|order| order.state.ended());
        assert!(over.clone().count() > 0, "some are over, and can be undone");
        for order in over {
            let mut stored = reader.order(order.id).await.unwrap().unwrap();
            let name = stored.view.name.take();
            assert_eq!(name.is_some(), order.choice.is_some());
            let view = order_view(&live, order, Audience::Staff, &NoNames);
            assert_eq!(stored.view, view);
            assert_eq!((stored.shop, stored.customer), (shop(), order.customer));
        }
    })
    .await;
    let first = reader.orders_at(shop(), None, None).await.unwrap();
    assert_eq!((first.orders.len(), first.next), (30, None));
    let newest_first = first
        .orders
        .is_sorted_by_key(|o| std::cmp::Reverse(o.view.order));
    assert!(newest_first);
    let one = &first.orders[7];
    let events = reader.events_of(one.view.order).await.unwrap();
    assert!(events.len() >= 4);
    assert!(
        events
            .iter()
            .all(|e| e.kind.order() == Some(one.view.order))
    );
    let same = |o: &&crate::journal::StoredOrder| o.view.state == one.view.state;
    let of_state = reader
        .orders_at(shop(), Some(one.view.state), None)
        .await
        .unwrap();
    assert_eq!(
        of_state.orders.len(),
        first.orders.iter().filter(same).count()
    );
}

#[tokio::test]
async fn names_on_cups_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    perform(journal(folder.path()).0, &clock, async |stage| {
        a_busy_day(&stage, 2).await;
    })
    .await;
    perform(journal(folder.path()).0, &clock, async |stage| {
        let live = stage.hub.committed(&shop()).unwrap();
        for id in live.orders.keys() {
            let name = stage.hub.order(*id).unwrap().for_staff.name;
            assert!(name.is_some_and(|name| name.starts_with("Ada ")));
        }
    })
    .await;
}

#[tokio::test]
async fn a_second_server_is_kept_out_of_the_folder_and_told_why() {
    let folder = tempfile::tempdir().unwrap();
    let first = Watched::new(journal(folder.path()).0);
    let refused = SqliteJournal::open(folder.path()).err().unwrap();
    assert!(refused.to_string().starts_with("another server is using"));
    drop(first);
    assert!(SqliteJournal::open(folder.path()).is_ok());
}
