//! What every journal must do: one suite, run on each.

use super::{
    Append, Batch, Error, Journal, OrderRow, Remembered, StoredAnswer, StoredRefusal, Write,
};
use crate::engine::Key;
use presso_core::board::{Audience, NoNames, order_view};
use presso_core::code::{CodeSecret, Window};
use presso_core::id::{CustomerId, EventId, OrderId, ShopId};
use presso_core::menu::Menu;
use presso_core::order::Actor;
use presso_core::settings::Settings;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, EventKind, Rejection, evolve};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_795_248_000_000);
const ORDER: OrderId = OrderId(Uuid::from_u128(9));

fn shop() -> ShopId {
    ShopId::parse("demo").unwrap()
}

fn event(version: u64, kind: EventKind) -> Event {
    Event {
        id: EventId(Uuid::from_u128(version.into())),
        version,
        at: NOW,
        actor: Actor::Operator,
        kind,
    }
}

fn created() -> Event {
    let (settings, menu) = (Settings::default(), Menu::default());
    event(1, EventKind::ShopCreated { settings, menu })
}

fn started(version: u64) -> Event {
    let customer = CustomerId(Uuid::from_u128(1));
    event(
        version,
        EventKind::OrderStarted {
            order: ORDER,
            customer,
            window: Window::at(NOW, 300),
            place: 1,
            submit_by: NOW.plus_s(300),
        },
    )
}

fn append(expected: u64, events: Vec<Event>) -> Append {
    Append {
        shop: shop(),
        expected,
        events,
        next_deadline: None,
    }
}

fn batch(appends: Vec<Append>) -> Batch {
    Batch {
        now: NOW,
        appends,
        ..Batch::default()
    }
}

fn key(n: u128) -> Key {
    Key {
        principal: Uuid::from_u128(1),
        route: "POST /v1/x".into(),
        key: Uuid::from_u128(n),
        body_digest: [3; 32],
    }
}

fn answer(n: u128) -> StoredAnswer {
    StoredAnswer {
        key: key(n),
        body: b"{}".to_vec(),
    }
}

/// Runs the suite on an empty journal.
pub(crate) async fn conforms<J: Journal>(mut journal: J) {
    knows_nothing_at_first(&mut journal).await;
    keeps_what_was_committed(&mut journal).await;
    refuses_a_wrong_version_and_writes_nothing_then(&mut journal).await;
    keeps_answers_for_a_day(&mut journal).await;
    keeps_refusals_for_an_hour(&mut journal).await;
    loads_from_the_newest_snapshot(&mut journal).await;
    takes_back_a_failed_write_alone(&mut journal).await;
}

async fn knows_nothing_at_first<J: Journal>(journal: &mut J) {
    assert!(journal.shops().await.unwrap().is_empty());
    assert!(journal.load(&shop()).await.unwrap().is_none());
    assert!(journal.staff_names().await.unwrap().is_empty());
}

async fn keeps_what_was_committed<J: Journal>(journal: &mut J) {
    let mut first = batch(vec![append(0, vec![created()])]);
    first.secrets.push((shop(), CodeSecret([7; 32])));
    journal.commit(first).await.1.unwrap();
    let mut state = Shop::new(shop());
    evolve(&mut state, &created());
    evolve(&mut state, &started(2));
    let mut second = batch(vec![append(1, vec![started(2)])]);
    second.names.push((ORDER, "Ada".into()));
    let order = &state.orders[&ORDER];
    second.orders.push(OrderRow {
        shop: shop(),
        customer: order.customer,
        view: order_view(&state, order, Audience::Staff, &NoNames),
    });
    journal.commit(second).await.1.unwrap();
    assert_eq!(journal.shops().await.unwrap(), [shop()]);
    let loaded = journal.load(&shop()).await.unwrap().unwrap();
    assert_eq!(loaded.events, [created(), started(2)]);
    assert_eq!(loaded.base, Shop::new(shop()));
    assert_eq!(loaded.secret, CodeSecret([7; 32]));
    assert_eq!(loaded.names, [(ORDER, "Ada".to_owned())]);
}

async fn refuses_a_wrong_version_and_writes_nothing_then<J: Journal>(journal: &mut J) {
    let opened = |version| event(version, EventKind::ShopOpened);
    for (expected, version) in [(0, 1), (1, 2), (5, 6)] {
        let mut stale = batch(vec![append(expected, vec![opened(version)])]);
        stale.answers.push(answer(50));
        let refused = journal.commit(stale).await.1.unwrap_err();
        assert!(matches!(refused, Error::Conflict { .. }), "{refused}");
    }
    let gap = batch(vec![append(2, vec![opened(4)])]);
    assert!(journal.commit(gap).await.1.is_err());
    let loaded = journal.load(&shop()).await.unwrap().unwrap();
    assert_eq!(loaded.events.len(), 2);
    assert_eq!(journal.recall(&key(50), NOW).await.unwrap(), None);
}

async fn keeps_answers_for_a_day<J: Journal>(journal: &mut J) {
    let mut kept = batch(vec![]);
    kept.answers.push(answer(1));
    journal.commit(kept).await.1.unwrap();
    let day_ms = 24 * 3_600_000;
    let known = journal.recall(&key(1), NOW.plus_ms(day_ms - 1)).await;
    let done = Remembered::Done {
        body_digest: [3; 32],
        answer: b"{}".to_vec(),
    };
    assert_eq!(known.unwrap(), Some(done));
    assert_eq!(journal.recall(&key(2), NOW).await.unwrap(), None);
    let later = NOW.plus_ms(day_ms);
    assert_eq!(journal.recall(&key(1), later).await.unwrap(), None);
    let other = Key {
        principal: Uuid::from_u128(2),
        ..key(1)
    };
    assert_eq!(journal.recall(&other, NOW).await.unwrap(), None);
}

async fn keeps_refusals_for_an_hour<J: Journal>(journal: &mut J) {
    let mut kept = batch(vec![]);
    let why = Rejection::ShopFull { capacity: 20 };
    kept.refusals.push(StoredRefusal {
        key: key(11),
        rejection: why.clone(),
    });
    assert!(!kept.is_empty(), "a refusal alone is worth a commit");
    journal.commit(kept).await.1.unwrap();
    let hour_ms = 3_600_000;
    let known = journal.recall(&key(11), NOW.plus_ms(hour_ms - 1)).await;
    assert_eq!(known.unwrap(), Some(Remembered::Refused(why)));
    let later = NOW.plus_ms(hour_ms);
    assert_eq!(journal.recall(&key(11), later).await.unwrap(), None);
    // Used again since: what was done counts from then on.
    let mut done = batch(vec![]);
    done.now = later;
    done.answers.push(answer(11));
    journal.commit(done).await.1.unwrap();
    let known = journal.recall(&key(11), later).await.unwrap();
    assert!(matches!(known, Some(Remembered::Done { .. })));
}

async fn loads_from_the_newest_snapshot<J: Journal>(journal: &mut J) {
    let loaded = journal.load(&shop()).await.unwrap().unwrap();
    let mut state = loaded.base;
    for event in &loaded.events {
        evolve(&mut state, event);
    }
    let mut written = batch(vec![]);
    written.answers.push(answer(3));
    written.snapshots.push(state.clone());
    journal.commit(written).await.1.unwrap();
    let opened = event(3, EventKind::ShopOpened);
    let tail = batch(vec![append(2, vec![opened.clone()])]);
    journal.commit(tail).await.1.unwrap();
    let loaded = journal.load(&shop()).await.unwrap().unwrap();
    assert_eq!((loaded.base, loaded.events), (state, vec![opened]));
    assert_eq!(loaded.names.len(), 1, "names of the snapshot's orders too");
}

async fn takes_back_a_failed_write_alone<J: Journal>(journal: &mut J) {
    let mut mixed = batch(vec![]);
    mixed.answers.push(answer(4));
    mixed
        .writes
        .push(Write::new(|_| Err(rusqlite::Error::QueryReturnedNoRows)));
    mixed.writes.push(Write::new(|_| Ok(())));
    let written = journal.commit(mixed).await.1.unwrap();
    assert!(matches!(written[..], [Err(_), Ok(())]));
    assert!(journal.recall(&key(4), NOW).await.unwrap().is_some());
}
