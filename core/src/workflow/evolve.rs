//! `evolve`: folds one event into the shop. Total: whatever stands in the journal is taken as true.

mod orders;

use super::{Event, EventKind};
use crate::id::OrderId;
use crate::settings::MAX_GRACE_S;
use crate::shop::{Heads, RetiredRotation, Shop, Tickets, Today};
use crate::time::Timestamp;

/// What one event changed, for those who tell the screens. See [`crate::board::publish`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Orders whose view changed, with the version of their view before (0: none).
    pub orders: Vec<(OrderId, u64)>,
    /// Orders that left the shop: ended, and past undoing.
    pub forgotten: Vec<OrderId>,
    /// What everybody may know of the shop changed.
    pub facts: bool,
    /// The menu changed.
    pub menu: bool,
    /// The code, or the places left on it, changed.
    pub code: bool,
    /// The topics' versions before.
    pub before: Heads,
}

/// Folds one event, and says what it changed.
pub fn evolve(shop: &mut Shop, event: &Event) -> Touched {
    let mut touched = Touched {
        before: shop.heads,
        ..Touched::default()
    };
    let facts = crate::board::gist(shop);
    shop.version = event.version;
    shop.at = event.at;
    match &event.kind {
        EventKind::ShopCreated { settings, menu } => {
            shop.settings = settings.clone();
            shop.menu = menu.clone();
            touched.facts = true;
            touched.menu = true;
            touched.code = true;
        }
        EventKind::SettingsChanged { settings } => {
            retire_rotation(shop, settings.rotation_s, event.at);
            shop.settings = settings.clone();
            touched.facts = true;
            touched.code = true;
            touch_undoable(shop, &mut touched);
        }
        EventKind::MenuReplaced { menu } => {
            shop.menu = menu.clone();
            touched.menu = true;
        }
        EventKind::DrinkSwitched { drink, available } => {
            touched.menu = shop.menu.switch_drink(drink, *available);
        }
        EventKind::OptionSwitched { option, available } => {
            touched.menu = shop.menu.switch_option(option, *available);
        }
        EventKind::ShopOpened => {
            set_open(shop, &mut touched, true);
            // Also where orders were alive and no period began: the day has had its first opening.
            let day = event.at.local_day(shop.settings.utc_offset_minutes);
            shop.tickets.day = shop.tickets.day.max(day);
        }
        EventKind::ShopClosed => set_open(shop, &mut touched, false),
        EventKind::PeriodStarted { period, day } => {
            shop.tickets = Tickets {
                period: *period,
                day: *day,
                next: 1,
            };
            close_the_books(shop, &mut touched);
        }
        EventKind::TabletSilent { tablet } => {
            shop.silent.insert(*tablet);
            touch_claims_of(shop, *tablet, &mut touched);
        }
        EventKind::TabletBack { tablet } => {
            shop.silent.remove(tablet);
            touch_claims_of(shop, *tablet, &mut touched);
        }
        _ => orders::evolve(shop, event, &mut touched),
    }
    forget(shop, event.at, &mut touched);
    touched.facts |= facts != crate::board::gist(shop);
    move_heads(shop, &touched, event.version);
    touched
}

/// The code on the screen is redeemed for its grace, also when the rotation is changed.
fn retire_rotation(shop: &mut Shop, new_s: u32, at: Timestamp) {
    let old_s = shop.settings.rotation_s;
    if old_s != new_s {
        let kept = |r: &RetiredRotation| r.rotation_s != old_s && r.rotation_s != new_s;
        let lives = |r: &RetiredRotation| at < r.at.plus_s(MAX_GRACE_S);
        shop.retired_rotations.retain(|r| kept(r) && lives(r));
        let retired = RetiredRotation {
            rotation_s: old_s,
            at,
        };
        shop.retired_rotations.push(retired);
    }
}

fn set_open(shop: &mut Shop, touched: &mut Touched, open: bool) {
    shop.open = open;
    touched.facts = true;
}

/// A ticket of the period before must not come back beside its namesake: nothing of that period can
/// be undone any more.
fn close_the_books(shop: &mut Shop, touched: &mut Touched) {
    let version = shop.version;
    for order in shop.orders.values_mut().filter(|o| o.last.is_some()) {
        order.last = None;
        touched.orders.push((order.id, order.version));
        order.version = version;
    }
}

/// What may be undone depends on the settings.
fn touch_undoable(shop: &mut Shop, touched: &mut Touched) {
    let version = shop.version;
    for order in shop.orders.values_mut().filter(|o| o.last.is_some()) {
        touched.orders.push((order.id, order.version));
        order.version = version;
    }
}

fn touch_claims_of(shop: &mut Shop, tablet: crate::id::TabletId, touched: &mut Touched) {
    let version = shop.version;
    for order in shop.orders.values_mut() {
        if order.claim.is_some_and(|c| c.tablet == tablet) && order.state.in_progress() {
            touched.orders.push((order.id, order.version));
            order.version = version;
        }
    }
}

/// Ended orders leave when they can no longer be undone; dead codes lose their count; yesterday
/// goes. All by the event's time, so that a replay forgets the same at the same place.
fn forget(shop: &mut Shop, at: Timestamp, touched: &mut Touched) {
    let undo_s = shop.settings.undo_within_s;
    while let Some((ended_at, id)) = shop.ended.front().copied() {
        // Nor by the very event that ended it, which has yet to be shown.
        let is_new = shop
            .orders
            .get(&id)
            .is_some_and(|o| o.version == shop.version);
        if at < ended_at.plus_s(undo_s) || is_new {
            break;
        }
        shop.ended.pop_front();
        let over = |o: &crate::order::Order| o.ended_at == Some(ended_at);
        if shop.orders.get(&id).is_some_and(over)
            && let Some(order) = shop.orders.remove(&id)
        {
            if let Some(own) = shop.by_customer.get_mut(&order.customer) {
                own.remove(&id);
                if own.is_empty() {
                    shop.by_customer.remove(&order.customer);
                }
            }
            touched.forgotten.push(id);
        }
    }
    // Not by today's grace: a longer one may be set while the code would live under it.
    while let Some(entry) = shop.places.first_entry() {
        if at < entry.key().dies_at(MAX_GRACE_S) {
            break;
        }
        entry.remove();
    }
    let day = at.local_day(shop.settings.utc_offset_minutes);
    if shop.today.day != day {
        shop.today = Today {
            day,
            ..Today::default()
        };
    }
}

fn move_heads(shop: &mut Shop, touched: &Touched, version: u64) {
    let orders = !touched.orders.is_empty();
    let numbered =
        |(id, _): &(OrderId, u64)| shop.orders.get(id).is_some_and(|o| o.ticket.is_some());
    if touched.facts || touched.orders.iter().any(numbered) {
        shop.heads.board = version;
    }
    if orders || touched.facts || !touched.forgotten.is_empty() {
        shop.heads.queue = version;
    }
    if touched.menu {
        shop.heads.menu = version;
    }
    if touched.code {
        shop.heads.code = version;
    }
}
