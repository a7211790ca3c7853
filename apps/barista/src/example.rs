//! Orders for the tests of this crate.

use crate::deed::{Deed, Hand};
use crate::outbox::Tap;
use presso_core::board::{OrderView, QueueView, ShopFacts};
use presso_core::code::Window;
use presso_core::id::{OrderId, ShopId, StaffId, TabletId};
use presso_core::order::{Actor, OrderState, StaffRole, Ticket};
use presso_core::settings::SignIn;
use presso_core::time::Timestamp;
use presso_core::workflow::Verb;
use uuid::Uuid;

pub(crate) fn facts() -> ShopFacts {
    ShopFacts {
        shop: ShopId::parse("demo").unwrap(),
        name: "Demo".into(),
        open: true,
        full: false,
        spent_codes: Vec::new(),
        undo_within_s: 10,
        collect_within_s: 600,
        wait: None,
        languages: vec!["en".into()],
        sign_in: SignIn::Guest,
    }
}

pub(crate) fn order(state: OrderState) -> OrderView {
    OrderView {
        order: OrderId(Uuid::from_u128(1)),
        version: 1,
        state,
        ticket: None,
        choice: None,
        name: None,
        window: Window {
            index: 0,
            rotation_s: 300,
        },
        started_at: Timestamp(0),
        submit_by: Timestamp(300_000),
        submitted_at: None,
        make_by: None,
        claim: None,
        ready_at: None,
        sweep_at: None,
        ended_at: None,
        ending: None,
        undo: None,
        place_returned: false,
        customer_has_other: false,
    }
}

/// Ordered at `at_s`, to be made within `within_s`.
pub(crate) fn queued(ticket: u32, at_s: i64, within_s: u32) -> OrderView {
    let at = Timestamp(at_s * 1000);
    OrderView {
        order: OrderId(Uuid::from_u128(u128::from(ticket))),
        ticket: Some(Ticket(ticket)),
        submitted_at: Some(at),
        make_by: Some(at.plus_s(within_s)),
        ..order(OrderState::Queued)
    }
}

pub(crate) fn making(ticket: u32) -> OrderView {
    OrderView {
        state: OrderState::Making,
        ..queued(ticket, 0, 900)
    }
}

pub(crate) fn ready(ticket: u32, at_s: i64) -> OrderView {
    let at = Timestamp(at_s * 1000);
    OrderView {
        state: OrderState::Ready,
        ready_at: Some(at),
        sweep_at: Some(at.plus_s(600)),
        ..queued(ticket, 0, 900)
    }
}

pub(crate) fn queue(orders: Vec<OrderView>) -> QueueView {
    QueueView {
        facts: facts(),
        orders,
    }
}

pub(crate) fn hand(n: u128) -> Hand {
    Hand {
        shop: facts().shop,
        staff: StaffId(Uuid::from_u128(n)),
        name: Some(format!("Person {n}")),
    }
}

pub(crate) fn actor(n: u128) -> Actor {
    Actor::Staff {
        staff: hand(n).staff,
        role: StaffRole::Barista,
        tablet: TabletId(Uuid::from_u128(n)),
    }
}

/// A tap on the order with this ticket, by this person; its key is made of both and the verb.
pub(crate) fn tap(ticket: u32, verb: Verb, by: u128, at_s: i64) -> Tap {
    let key = Uuid::from_u128(u128::from(ticket) * 1_000_000 + by * 1_000 + verb as u128);
    let order = queued(ticket, 0, 900);
    Tap::new(
        key,
        order.order,
        order.ticket,
        Deed::Verb(verb),
        Timestamp(at_s * 1000),
        hand(by),
    )
}
