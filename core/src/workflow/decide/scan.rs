//! The scan: the one place where open, capacity, the code's places and the customer's limits count.

use crate::code::Window;
use crate::id::{CustomerId, OrderId};
use crate::order::Actor;
use crate::shop::Shop;
use crate::time::Timestamp;
use crate::workflow::{EventKind, Rejection};

/// Refusals come in this order: the code itself, the customer's own order, closed, the day's limit,
/// full, used up. A person with an order is told of it rather than of the crowd.
pub(super) fn scan(
    shop: &Shop,
    actor: &Actor,
    window: Option<Window>,
    order: OrderId,
    now: Timestamp,
) -> Result<Vec<EventKind>, Rejection> {
    let Actor::Customer { customer, .. } = *actor else {
        return Err(Rejection::NotAllowed);
    };
    let settings = &shop.settings;
    let window = window.ok_or(Rejection::CodeUnknown)?;
    let dies_at = shop.dies_at(window).ok_or(Rejection::CodeUnknown)?;
    if now < window.starts_at() {
        return Err(Rejection::CodeUnknown);
    }
    if now >= dies_at {
        return Err(Rejection::CodeExpired);
    }
    if shop.customer_is_at_limit(customer, None)
        && let Some(own) = shop.unfinished_of(customer, None).next()
    {
        return Err(Rejection::AlreadyOrdered { order: own.id });
    }
    if !shop.open {
        return Err(Rejection::ShopClosed);
    }
    daily_limit(shop, customer, 1, now)?;
    if shop.is_full() {
        return Err(Rejection::ShopFull {
            capacity: settings.capacity,
        });
    }
    if shop.places_left(window) == 0 {
        return Err(Rejection::CodeUsedUp {
            places: settings.code_places,
        });
    }
    let place = shop.places.get(&window).copied().unwrap_or(0) + 1;
    let submit_by = now.plus_s(settings.submit_within_s);
    Ok(vec![EventKind::OrderStarted {
        order,
        customer,
        window,
        place,
        submit_by,
    }])
}

/// Counts what was submitted today and what is being chosen: may there be so many more?
pub(super) fn daily_limit(
    shop: &Shop,
    customer: CustomerId,
    more: usize,
    now: Timestamp,
) -> Result<(), Rejection> {
    let limit = shop.settings.orders_per_customer_per_day;
    let day = now.local_day(shop.settings.utc_offset_minutes);
    let submitted = if shop.today.day == day {
        shop.today.orders.get(&customer).copied().unwrap_or(0)
    } else {
        0
    };
    let choosing = shop
        .unfinished_of(customer, None)
        .filter(|o| o.ticket.is_none())
        .count();
    if limit > 0 && more > 0 && submitted as usize + choosing + more > limit as usize {
        return Err(Rejection::DailyLimit { limit });
    }
    Ok(())
}
