//! `decide`: may this happen, now? Pure; the server and the tests are its only callers, and
//! [`super::offers()`] answers the same question for a screen.

mod hand_over;
mod orders;
mod scan;
mod shop;

use super::{Command, EventKind, Rejection};
use crate::order::{Actor, Order, OrderState, TimeOutCause};
use crate::shop::Shop;
use crate::time::Timestamp;

/// Decides a command against the shop as it is. No events and no rejection means that it was so
/// already (opening an open shop).
///
/// # Errors
/// The first rule that the command breaks. Nothing is changed then.
pub fn decide(
    shop: &Shop,
    actor: &Actor,
    command: &Command,
    now: Timestamp,
) -> Result<Vec<EventKind>, Rejection> {
    match command {
        Command::CreateShop { settings, menu } => shop::create(shop, actor, settings, menu),
        _ if !shop.exists() => Err(Rejection::ShopUnknown),
        Command::ChangeSettings { settings } => shop::change_settings(shop, actor, settings),
        Command::ReplaceMenu { menu } => shop::replace_menu(shop, actor, menu),
        Command::SwitchDrink { drink, available } => {
            shop::switch_drink(shop, actor, drink, *available)
        }
        Command::SwitchOption { option, available } => {
            shop::switch_option(shop, actor, option, *available)
        }
        Command::OpenShop => shop::open(shop, actor, now),
        Command::CloseShop => shop::close(shop, actor),
        Command::StartPeriod => shop::start_period(shop, actor, now),
        Command::Scan { window, order } => scan::scan(shop, actor, *window, *order, now),
        Command::HandOver { to } => hand_over::hand_over(shop, actor, *to, now),
        Command::PassDeadlines { limit } => pass_deadlines(shop, actor, *limit, now),
        Command::TabletFellSilent { tablet } => shop::tablet_fell_silent(shop, actor, *tablet),
        Command::TabletCameBack { tablet } => shop::tablet_came_back(shop, actor, *tablet),
        Command::Submit { .. }
        | Command::Cancel { .. }
        | Command::Claim { .. }
        | Command::Unclaim { .. }
        | Command::TakeOver { .. }
        | Command::Complete { .. }
        | Command::Collect { .. }
        | Command::Undo { .. } => orders::on_order(shop, actor, command, now),
    }
}

/// A deadline that passes is just another command.
fn pass_deadlines(
    shop: &Shop,
    actor: &Actor,
    limit: u32,
    now: Timestamp,
) -> Result<Vec<EventKind>, Rejection> {
    if *actor != Actor::Clock {
        return Err(Rejection::NotAllowed);
    }
    let due = shop.deadlines.iter().take_while(|(at, _)| *at <= now);
    let orders = due
        .take(limit as usize)
        .filter_map(|(_, id)| shop.orders.get(id));
    Ok(orders
        .filter_map(|order| passed(shop, order, now))
        .collect())
}

fn passed(shop: &Shop, order: &Order, now: Timestamp) -> Option<EventKind> {
    let cause = match order.state {
        OrderState::Ready => return Some(EventKind::OrderSwept { order: order.id }),
        OrderState::Choosing => TimeOutCause::Customer,
        OrderState::Queued | OrderState::Making => TimeOutCause::Barista,
        _ => return None,
    };
    let place_returned = returns_place(shop, order, now);
    Some(EventKind::OrderTimedOut {
        order: order.id,
        cause,
        place_returned,
    })
}

/// An order that ends before its drink was ordered gives its place back, while the code lives, and
/// if it has one.
fn returns_place(shop: &Shop, order: &Order, now: Timestamp) -> bool {
    order.state == OrderState::Choosing
        && !order.place_returned
        && now < order.window.dies_at(shop.settings.grace_s)
}
