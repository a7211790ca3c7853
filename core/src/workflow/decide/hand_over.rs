//! A guest signs in and is another customer from then on. What is alive of theirs goes along, or
//! nothing does: who signs in has no more orders than who had signed in before.

use super::scan::daily_limit;
use crate::id::CustomerId;
use crate::order::Actor;
use crate::shop::Shop;
use crate::time::Timestamp;
use crate::workflow::{EventKind, Rejection};

/// Both customers are the same person, who has shown it to the server: only that may ask.
pub(super) fn hand_over(
    shop: &Shop,
    actor: &Actor,
    to: CustomerId,
    now: Timestamp,
) -> Result<Vec<EventKind>, Rejection> {
    let Actor::Customer { customer: from, .. } = *actor else {
        return Err(Rejection::NotAllowed);
    };
    if from == to {
        return Ok(Vec::new());
    }
    let own = shop.by_customer.get(&from).into_iter().flatten();
    let alive = own
        .filter_map(|id| shop.orders.get(id))
        .filter(|order| order.deadline().is_some_and(|at| now < at));
    let alive: Vec<_> = alive.collect();
    let unfinished = || alive.iter().filter(|o| o.state.in_progress());
    let others = || shop.unfinished_of(to, None);
    let all = others().count() + unfinished().count();
    if all > shop.settings.orders_per_customer as usize
        && let Some(own) = unfinished().next()
    {
        let order = others().next().map_or(own.id, |other| other.id);
        return Err(Rejection::AlreadyOrdered { order });
    }
    daily_limit(shop, to, counted_today(shop, &alive, now), now)?;
    let handed = |order: &&crate::order::Order| EventKind::OrderHandedOver {
        order: order.id,
        customer: to,
    };
    Ok(alive.iter().map(handed).collect())
}

/// How many of these the day's limit counts.
fn counted_today(shop: &Shop, orders: &[&crate::order::Order], now: Timestamp) -> usize {
    let day = |at: Timestamp| at.local_day(shop.settings.utc_offset_minutes);
    let today = |order: &&&crate::order::Order| match order.submitted_at {
        Some(at) => day(at) == day(now),
        None => true,
    };
    orders.iter().filter(today).count()
}
