//! Folding the events of one order.

use super::Touched;
use crate::code::Window;
use crate::id::{CustomerId, OrderId};
use crate::order::{Actor, Ending, LastVerb, Order, OrderState};
use crate::shop::Shop;
use crate::time::Timestamp;
use crate::workflow::{Event, EventKind, Verb};

/// How many drinks the waiting time is estimated from.
const PACES: usize = 10;

pub(super) fn evolve(shop: &mut Shop, event: &Event, touched: &mut Touched) {
    if let EventKind::OrderStarted {
        order,
        customer,
        window,
        submit_by,
        ..
    } = &event.kind
    {
        start(
            shop,
            event,
            (*order, *customer, *window, *submit_by),
            touched,
        );
        return;
    }
    let Some(id) = event.kind.order() else { return };
    if let EventKind::OrderHandedOver { customer, .. } = event.kind {
        hand_over(shop, event, id, customer, touched);
        return;
    }
    // Taken out while it changes, so that counts and indexes are kept in one place.
    let Some(mut order) = shop.orders.remove(&id) else {
        return;
    };
    touched.orders.push((id, order.version));
    let (was, deadline) = (order.state, order.deadline());
    apply(shop, &mut order, event, touched);
    order.version = event.version;
    if let Some(at) = deadline {
        shop.deadlines.remove(&(at, id));
    }
    if let Some(at) = order.deadline() {
        shop.deadlines.insert((at, id));
    }
    shop.in_progress -= u32::from(was.in_progress());
    shop.in_progress += u32::from(order.state.in_progress());
    if order.state.ended() && !was.ended() {
        order.ended_at = Some(event.at);
        shop.ended.push_back((event.at, id));
    }
    let (customer, moved) = (
        order.customer,
        was.in_progress() != order.state.in_progress(),
    );
    shop.orders.insert(id, order);
    if moved {
        touch_rivals(shop, customer, id, touched);
    }
}

fn start(
    shop: &mut Shop,
    event: &Event,
    (id, customer, window, submit_by): (OrderId, CustomerId, Window, Timestamp),
    touched: &mut Touched,
) {
    let order = Order {
        id,
        customer,
        window,
        state: OrderState::Choosing,
        started_at: event.at,
        submit_by,
        choice: None,
        ticket: None,
        submitted_at: None,
        make_by: None,
        claim: None,
        ready_at: None,
        sweep_at: None,
        ended_at: None,
        ending: None,
        place_returned: false,
        last: None,
        version: event.version,
    };
    *shop.places.entry(window).or_default() += 1;
    shop.in_progress += 1;
    shop.deadlines.insert((submit_by, id));
    shop.by_customer.entry(customer).or_default().insert(id);
    shop.orders.insert(id, order);
    touched.orders.push((id, 0));
    touched.code = true;
    touch_rivals(shop, customer, id, touched);
}

/// Counts and indexes move along; what either customer has to undo is shown anew.
fn hand_over(shop: &mut Shop, event: &Event, id: OrderId, to: CustomerId, touched: &mut Touched) {
    let Some(order) = shop.orders.get_mut(&id) else {
        return;
    };
    let from = std::mem::replace(&mut order.customer, to);
    touched.orders.push((id, order.version));
    order.version = event.version;
    let day = |at: Timestamp| at.local_day(shop.settings.utc_offset_minutes);
    let counts = order
        .submitted_at
        .is_some_and(|at| day(at) == shop.today.day);
    if let Some(own) = shop.by_customer.get_mut(&from) {
        own.remove(&id);
        if own.is_empty() {
            shop.by_customer.remove(&from);
        }
    }
    shop.by_customer.entry(to).or_default().insert(id);
    if counts {
        if let Some(before) = shop.today.orders.get_mut(&from) {
            *before = before.saturating_sub(1);
        }
        shop.today.orders.retain(|_, count| *count > 0);
        *shop.today.orders.entry(to).or_default() += 1;
    }
    touch_rivals(shop, from, id, touched);
    touch_rivals(shop, to, id, touched);
}

/// Whether a customer's other order can be undone depends on this one: show it anew.
fn touch_rivals(shop: &mut Shop, customer: CustomerId, but: OrderId, touched: &mut Touched) {
    let version = shop.version;
    for id in shop
        .by_customer
        .get(&customer)
        .into_iter()
        .flatten()
        .filter(|id| **id != but)
    {
        if let Some(order) = shop.orders.get_mut(id).filter(|o| o.last.is_some()) {
            touched.orders.push((*id, order.version));
            order.version = version;
        }
    }
}

fn apply(shop: &mut Shop, order: &mut Order, event: &Event, touched: &mut Touched) {
    let before = order.before();
    let did = |verb| {
        Some(LastVerb {
            verb,
            by: event.actor,
            at: event.at,
            before,
        })
    };
    match &event.kind {
        EventKind::OrderSubmitted {
            choice,
            ticket,
            make_by,
            ..
        } => {
            order.state = OrderState::Queued;
            order.choice = Some(choice.clone());
            order.ticket = Some(*ticket);
            order.submitted_at = Some(event.at);
            order.make_by = Some(*make_by);
            order.last = None; // a ticket is never given back, so this is not undone
            shop.tickets.next = ticket.0 + 1;
            let day = event.at.local_day(shop.settings.utc_offset_minutes);
            if shop.today.day != day {
                shop.today.day = day;
                shop.today.orders.clear();
            }
            *shop.today.orders.entry(order.customer).or_default() += 1;
        }
        EventKind::OrderClaimed { claim, .. } => {
            order.state = OrderState::Making;
            order.claim = Some(*claim);
            order.last = did(Verb::Claim);
        }
        EventKind::OrderUnclaimed { .. } => {
            order.state = OrderState::Queued;
            order.claim = None;
            order.last = did(Verb::Unclaim);
        }
        EventKind::OrderTakenOver { claim, .. } => {
            order.claim = Some(*claim);
            order.last = did(Verb::TakeOver);
        }
        EventKind::OrderCompleted { sweep_at, .. } => {
            order.state = OrderState::Ready;
            order.ready_at = Some(event.at);
            order.sweep_at = Some(*sweep_at);
            order.last = did(Verb::Complete);
            remember_pace(shop, order, event.at);
        }
        EventKind::OrderCollected { .. } => {
            order.state = OrderState::Collected;
            order.ending = Some(Ending::Collected);
            order.last = did(Verb::Collect);
        }
        EventKind::OrderCancelled {
            reason,
            place_returned,
            ..
        } => {
            order.state = OrderState::Cancelled;
            let by = match event.actor {
                Actor::Customer { .. } => crate::order::Role::Customer,
                _ => crate::order::Role::Barista,
            };
            order.ending = Some(Ending::Cancelled {
                by,
                reason: *reason,
            });
            order.last = did(Verb::Cancel);
            return_place(shop, order, *place_returned, touched);
        }
        EventKind::OrderTimedOut {
            cause,
            place_returned,
            ..
        } => {
            order.state = OrderState::TimedOut;
            order.ending = Some(Ending::TimedOut { cause: *cause });
            order.last = None;
            return_place(shop, order, *place_returned, touched);
        }
        EventKind::OrderSwept { .. } => {
            order.state = OrderState::Swept;
            order.ending = Some(Ending::Swept);
            order.last = None;
        }
        EventKind::OrderUndone { place_retaken, .. } => undo(shop, order, *place_retaken, touched),
        _ => {}
    }
}

fn return_place(shop: &mut Shop, order: &mut Order, returned: bool, touched: &mut Touched) {
    order.place_returned |= returned;
    if returned && let Some(taken) = shop.places.get_mut(&order.window) {
        *taken = taken.saturating_sub(1);
        touched.code = true;
    }
}

fn undo(shop: &mut Shop, order: &mut Order, place_retaken: bool, touched: &mut Touched) {
    let Some(last) = order.last.take() else {
        return;
    };
    order.state = last.before.state;
    order.claim = last.before.claim;
    order.ready_at = last.before.ready_at;
    order.sweep_at = last.before.sweep_at;
    order.ending = None;
    order.ended_at = None;
    // Where the code had died meanwhile the order goes on without a place, and remembers that: a
    // longer grace may bring the code back, and then there is none to be returned.
    if place_retaken {
        order.place_returned = false;
        *shop.places.entry(order.window).or_default() += 1;
        touched.code = true;
    }
}

/// How long the counter took for this drink: since it was ordered or since the last one was ready,
/// whichever came later.
fn remember_pace(shop: &mut Shop, order: &Order, at: Timestamp) {
    let since = order.submitted_at.max(shop.last_ready_at).unwrap_or(at);
    shop.paces_ms.push_back(at.ms_since(since).max(0));
    while shop.paces_ms.len() > PACES {
        shop.paces_ms.pop_front();
    }
    shop.last_ready_at = Some(at);
}
