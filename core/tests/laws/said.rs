//! The shop is as its events say: retold here by the plainest means, one fact after the other.

use crate::world::World;
use presso_core::id::TabletId;
use presso_core::menu::Menu;
use presso_core::settings::{MAX_GRACE_S, Settings};
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, EventKind};
use std::collections::{BTreeMap, BTreeSet};

/// What the events say.
#[derive(Default)]
struct Said {
    open: bool,
    settings: Settings,
    menu: Menu,
    silent: BTreeSet<TabletId>,
    /// When each rotation was given up last.
    given_up: BTreeMap<u32, Timestamp>,
}

impl Said {
    fn hear(&mut self, event: &Event) {
        match &event.kind {
            EventKind::ShopCreated { settings, menu } => {
                self.settings = settings.clone();
                self.menu = menu.clone();
            }
            EventKind::SettingsChanged { settings } => {
                let (old_s, new_s) = (self.settings.rotation_s, settings.rotation_s);
                if old_s != new_s {
                    self.given_up.insert(old_s, event.at);
                    self.given_up.remove(&new_s);
                }
                self.settings = settings.clone();
            }
            EventKind::MenuReplaced { menu } => self.menu = menu.clone(),
            EventKind::DrinkSwitched { drink, available } => {
                let drinks = self.menu.drinks.iter_mut();
                drinks
                    .filter(|d| d.id == *drink)
                    .for_each(|d| d.available = *available);
            }
            EventKind::OptionSwitched { option, available } => {
                let options = self.menu.groups.iter_mut().flat_map(|g| &mut g.options);
                options
                    .filter(|o| o.id == *option)
                    .for_each(|o| o.available = *available);
            }
            EventKind::ShopOpened => self.open = true,
            EventKind::ShopClosed => self.open = false,
            EventKind::TabletSilent { tablet } => drop(self.silent.insert(*tablet)),
            EventKind::TabletBack { tablet } => drop(self.silent.remove(tablet)),
            _ => {}
        }
    }
}

fn same(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.into()) }
}

/// # Errors
/// What is not as the events say.
pub fn law_the_shop_is_as_its_events_say(world: &World) -> Result<(), String> {
    let mut said = Said::default();
    world.events.iter().for_each(|event| said.hear(event));
    let (shop, at) = (&world.shop, world.shop.at);
    same(shop.open == said.open, "open or closed")?;
    same(shop.settings == said.settings, "other settings")?;
    same(shop.menu == said.menu, "another menu")?;
    same(shop.silent == said.silent, "other tablets are silent")?;
    let retired = |s: u32| {
        shop.retired_rotations
            .iter()
            .filter(move |r| r.rotation_s == s)
    };
    for (rotation_s, since) in &said.given_up {
        let kept: Vec<Timestamp> = retired(*rotation_s).map(|r| r.at).collect();
        let lives = at < since.plus_s(MAX_GRACE_S);
        same(
            !lives || kept == [*since],
            "a rotation's grace is cut short",
        )?;
        same(kept.len() < 2, "a rotation is given up twice")?;
    }
    same(
        retired(shop.settings.rotation_s).next().is_none(),
        "the rotation in force is given up",
    )?;
    let today = at.local_day(shop.settings.utc_offset_minutes);
    same(shop.today.day == today, "another day")?;
    forgets_in_time(world)
}

/// What is over is forgotten at the next event, and nothing before.
fn forgets_in_time(world: &World) -> Result<(), String> {
    let (shop, at) = (&world.shop, world.shop.at);
    let mut places = shop.places.keys();
    let dead = places.any(|window| at >= window.dies_at(MAX_GRACE_S));
    same(!dead, "a dead code's places are counted still")?;
    let undo_s = shop.settings.undo_within_s;
    for order in shop.orders.values() {
        let over = order
            .ended_at
            .is_some_and(|ended| at >= ended.plus_s(undo_s));
        let is_new = order.version == shop.version;
        same(
            !over
                || is_new
                || shop
                    .ended
                    .front()
                    .is_some_and(|(_, id)| is_newest(world, *id)),
            "an order is over, and not forgotten",
        )?;
    }
    Ok(())
}

/// Whoever stands first to be forgotten was shown by the very last event: all wait for them.
fn is_newest(world: &World, order: presso_core::id::OrderId) -> bool {
    let order = world.shop.orders.get(&order);
    order.is_some_and(|order| order.version == world.shop.version)
}
