//! Commands on the shop itself.

use crate::id::{DrinkId, OptionId, TabletId};
use crate::menu::Menu;
use crate::order::{Actor, Role};
use crate::settings::Settings;
use crate::shop::Shop;
use crate::time::Timestamp;
use crate::workflow::{EventKind, Rejection};

type Decision = Result<Vec<EventKind>, Rejection>;

fn manager(actor: &Actor) -> Result<(), Rejection> {
    if actor.manages() {
        Ok(())
    } else {
        Err(Rejection::NotAllowed)
    }
}
fn staff(actor: &Actor) -> Result<(), Rejection> {
    let may = actor.manages() || actor.role() == Role::Barista;
    if may {
        Ok(())
    } else {
        Err(Rejection::NotAllowed)
    }
}
fn clock(actor: &Actor) -> Result<(), Rejection> {
    if *actor == Actor::Clock {
        Ok(())
    } else {
        Err(Rejection::NotAllowed)
    }
}
fn unless(already: bool, event: EventKind) -> Decision {
    Ok(if already { vec![] } else { vec![event] })
}

pub(super) fn create(shop: &Shop, actor: &Actor, settings: &Settings, menu: &Menu) -> Decision {
    if !actor.makes_shops() {
        return Err(Rejection::NotAllowed);
    }
    if shop.exists() {
        return Err(Rejection::ShopExists);
    }
    settings.validate().map_err(Rejection::BadSettings)?;
    menu.validate().map_err(Rejection::BadMenu)?;
    Ok(vec![EventKind::ShopCreated {
        settings: settings.clone(),
        menu: menu.clone(),
    }])
}

pub(super) fn change_settings(shop: &Shop, actor: &Actor, settings: &Settings) -> Decision {
    manager(actor)?;
    settings.validate().map_err(Rejection::BadSettings)?;
    let event = EventKind::SettingsChanged {
        settings: settings.clone(),
    };
    unless(shop.settings == *settings, event)
}

pub(super) fn replace_menu(shop: &Shop, actor: &Actor, menu: &Menu) -> Decision {
    manager(actor)?;
    menu.validate().map_err(Rejection::BadMenu)?;
    unless(
        shop.menu == *menu,
        EventKind::MenuReplaced { menu: menu.clone() },
    )
}

pub(super) fn switch_drink(
    shop: &Shop,
    actor: &Actor,
    drink: &DrinkId,
    available: bool,
) -> Decision {
    staff(actor)?;
    let unknown = || Rejection::DrinkUnknown {
        drink: drink.clone(),
    };
    let already = shop.menu.drink(drink).ok_or_else(unknown)?.available == available;
    unless(
        already,
        EventKind::DrinkSwitched {
            drink: drink.clone(),
            available,
        },
    )
}

pub(super) fn switch_option(
    shop: &Shop,
    actor: &Actor,
    option: &OptionId,
    available: bool,
) -> Decision {
    staff(actor)?;
    let unknown = || Rejection::OptionUnknown {
        option: option.clone(),
    };
    let already = shop.menu.option(option).ok_or_else(unknown)?.1.available == available;
    unless(
        already,
        EventKind::OptionSwitched {
            option: option.clone(),
            available,
        },
    )
}

/// The first opening of a local day starts ticket numbers again, unless orders are alive.
pub(super) fn open(shop: &Shop, actor: &Actor, now: Timestamp) -> Decision {
    staff(actor)?;
    if shop.open {
        return Ok(vec![]);
    }
    if shop.menu.drinks.is_empty() {
        return Err(Rejection::MenuEmpty);
    }
    let day = now.local_day(shop.settings.utc_offset_minutes);
    let new_day = day > shop.tickets.day && !shop.has_live_orders();
    let period = EventKind::PeriodStarted {
        period: shop.tickets.period + 1,
        day,
    };
    Ok(new_day
        .then_some(period)
        .into_iter()
        .chain([EventKind::ShopOpened])
        .collect())
}

pub(super) fn close(shop: &Shop, actor: &Actor) -> Decision {
    staff(actor)?;
    unless(!shop.open, EventKind::ShopClosed)
}

pub(super) fn start_period(shop: &Shop, actor: &Actor, now: Timestamp) -> Decision {
    manager(actor)?;
    if shop.has_live_orders() {
        return Err(Rejection::OrdersAlive);
    }
    let day = now.local_day(shop.settings.utc_offset_minutes);
    Ok(vec![EventKind::PeriodStarted {
        period: shop.tickets.period + 1,
        day,
    }])
}

/// Only a tablet that holds a claim is worth an entry in the journal.
pub(super) fn tablet_fell_silent(shop: &Shop, actor: &Actor, tablet: TabletId) -> Decision {
    clock(actor)?;
    let claims = |o: &crate::order::Order| o.claim.is_some_and(|c| c.tablet == tablet);
    let holds = shop
        .orders
        .values()
        .any(|o| o.state.in_progress() && claims(o));
    unless(
        !holds || shop.silent.contains(&tablet),
        EventKind::TabletSilent { tablet },
    )
}

pub(super) fn tablet_came_back(shop: &Shop, actor: &Actor, tablet: TabletId) -> Decision {
    clock(actor)?;
    unless(
        !shop.silent.contains(&tablet),
        EventKind::TabletBack { tablet },
    )
}
