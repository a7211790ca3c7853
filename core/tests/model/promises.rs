//! What holds on every road, and what some road shows.

use crate::morning::{Model, Morning};
use crate::shop::{AMPLE, STRIDE_S, customer, window};
use presso_core::id::OrderId;
use presso_core::order::{Actor, OrderState};
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Event, Rejection, decide, evolve};
use stateright::Property;
use uuid::Uuid;

pub fn all(model: &Model) -> Vec<Property<Model>> {
    let mut all = vec![
        Property::<Model>::always("no rule is broken on the way", |_, m| {
            m.books.broken.is_none()
        }),
        Property::<Model>::always("capacity and places are never exceeded", |_, m| {
            let settings = &m.shop.settings;
            let places = m
                .shop
                .places
                .values()
                .all(|taken| *taken <= settings.code_places);
            places && m.shop.in_progress <= settings.capacity
        }),
        Property::<Model>::always("nobody has two orders at once", |_, m| {
            let own = m.shop.by_customer.keys();
            own.map(|customer| m.shop.unfinished_of(*customer, None).count())
                .all(|unfinished| unfinished <= 1)
        }),
        Property::<Model>::always("a command under a key is done once at the most", |_, m| {
            m.key.is_none_or(|key| key.done <= 1)
        }),
        Property::<Model>::always("what was answered is in the journal", |_, m| {
            m.key.is_none_or(|key| !key.answered || key.done == 1)
        }),
        Property::<Model>::always("left alone, every order ends, each at its time", |_, m| {
            ends(m)
        }),
        Property::<Model>::eventually("on every road, every order ends", |_, m| {
            m.scans == [0; 3] && !m.shop.has_live_orders()
        }),
    ];
    all.extend(seen());
    if model.places < AMPLE {
        all.extend(seen_where_places_run_out());
    } else {
        all.push(Property::<Model>::sometimes(
            "all three are drawn",
            |_, m| m.books.drawn == 3,
        ));
    }
    all
}

/// That these are met says that the roads lead to where the rules bite.
fn seen() -> Vec<Property<Model>> {
    vec![
        Property::<Model>::sometimes("the shop is full", |_, m| {
            matches!(scan(m), Err(Rejection::ShopFull { .. }))
        }),
        Property::<Model>::sometimes("an undo is refused for want of room", |_, m| {
            undo_is(m, |why| matches!(why, Rejection::ShopFull { .. }))
        }),
        Property::<Model>::sometimes("an undo comes too late", |_, m| {
            undo_is(m, |why| matches!(why, Rejection::UndoTooLate { .. }))
        }),
        Property::<Model>::sometimes("one is handed over", |_, m| {
            is_any(m, OrderState::Collected)
        }),
        Property::<Model>::sometimes("one is swept", |_, m| is_any(m, OrderState::Swept)),
        Property::<Model>::sometimes("one is cancelled", |_, m| is_any(m, OrderState::Cancelled)),
        Property::<Model>::sometimes("one times out", |_, m| is_any(m, OrderState::TimedOut)),
    ]
}

fn seen_where_places_run_out() -> Vec<Property<Model>> {
    vec![
        Property::<Model>::sometimes("a code is used up", |_, m| {
            matches!(scan(m), Err(Rejection::CodeUsedUp { .. }))
        }),
        Property::<Model>::sometimes("an undo is refused for want of a place", |_, m| {
            undo_is(m, |why| matches!(why, Rejection::CodeUsedUp { .. }))
        }),
    ]
}

fn is_any(m: &Morning, state: OrderState) -> bool {
    m.books.states.values().any(|(is, _)| *is == state)
}

/// What a scan would come to.
fn scan(m: &Morning) -> Result<(), Rejection> {
    for n in 0..3 {
        let order = OrderId(Uuid::from_u128(99));
        let window = Some(window(m.now));
        let scan = Command::Scan { window, order };
        match decide(&m.shop, &customer(n), &scan, m.now) {
            Err(Rejection::AlreadyOrdered { .. }) => {}
            Err(why) => return Err(why),
            Ok(_) => return Ok(()),
        }
    }
    Ok(())
}

/// Is somebody's undo refused so?
fn undo_is(m: &Morning, why: fn(&Rejection) -> bool) -> bool {
    m.shop.orders.values().any(|order| {
        let Some(last) = &order.last else {
            return false;
        };
        let undo = Command::Undo { order: order.id };
        decide(&m.shop, &last.by, &undo, m.now).is_err_and(|no| why(&no))
    })
}

/// Nothing but the clock acts from here on, stride by stride, and everything ends: by its deadline
/// if the server was there, and no later than one stride after it if it stood still.
fn ends(m: &Morning) -> bool {
    let stride_ms = i64::from(STRIDE_S) * 1000;
    let overdue = |at: Timestamp| m.now.ms_since(at) > stride_ms;
    if m.shop.deadlines.iter().any(|(at, _)| overdue(*at)) {
        return false;
    }
    if !m.shop.has_live_orders() {
        return true;
    }
    let mut shop = m.shop.clone();
    let mut now = m.now;
    // Choosing, making, collecting: no order has more ahead than four strides.
    for _ in 0..6 {
        let pass = Command::PassDeadlines { limit: 100 };
        let Ok(kinds) = decide(&shop, &Actor::Clock, &pass, now) else {
            return false;
        };
        for kind in kinds {
            let version = shop.version + 1;
            let id = presso_core::id::EventId(Uuid::from_u128(version.into()));
            let event = Event {
                id,
                version,
                at: now,
                actor: Actor::Clock,
                kind,
            };
            evolve(&mut shop, &event);
        }
        let Some(next) = shop.next_deadline() else {
            return shop.in_progress == 0 && shop.orders.values().all(|o| o.state.ended());
        };
        now = now.max(next);
    }
    false
}
