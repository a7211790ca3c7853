//! The law of the shop's own books: what `evolve` keeps is what its events say, counted here once
//! more from the events alone, after each of them.

use crate::world::{World, shop_id};
use presso_core::code::Window;
use presso_core::id::{CustomerId, OrderId, TabletId};
use presso_core::menu::Menu;
use presso_core::settings::{MAX_GRACE_S, Settings};
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, EventKind, Touched, Verb, evolve};
use std::collections::{BTreeMap, BTreeSet};

/// From how many drinks the waiting time is estimated.
const PACES: usize = 10;

#[derive(Default)]
struct Books {
    settings: Settings,
    menu: Menu,
    open: bool,
    silent: BTreeSet<TabletId>,
    /// Rotations that are not in force any more, and since when.
    retired: BTreeMap<u32, Timestamp>,
    /// Period, its day, and the next number.
    tickets: (u32, i64, u32),
    places: BTreeMap<Window, u32>,
    owners: BTreeMap<OrderId, CustomerId>,
    windows: BTreeMap<OrderId, Window>,
    submitted: BTreeMap<OrderId, Timestamp>,
    ended: BTreeMap<OrderId, Timestamp>,
    today: (i64, BTreeMap<CustomerId, u32>),
    paces_ms: Vec<i64>,
    last_ready_at: Option<Timestamp>,
}

/// The books are those of the events, and what is over is forgotten when it is, and not before.
pub fn law_the_shop_is_what_its_events_say(world: &World) -> Result<(), String> {
    let mut shop = Shop::new(shop_id());
    let mut books = Books::default();
    for event in &world.events {
        let touched = evolve(&mut shop, event);
        books.note(event);
        let compared = books
            .agree(&shop)
            .and_then(|()| books.nothing_stays(&shop))
            .and_then(|()| books.nothing_goes_early(&touched, event.at));
        compared.map_err(|why| format!("after {event:?}: {why}"))?;
    }
    Ok(())
}

impl Books {
    fn note(&mut self, event: &Event) {
        match &event.kind {
            EventKind::ShopCreated { settings, menu } => {
                self.settings = settings.clone();
                self.menu = menu.clone();
                self.tickets = (0, i64::MIN, 1);
            }
            EventKind::SettingsChanged { settings } => {
                let (before, after) = (self.settings.rotation_s, settings.rotation_s);
                if before != after {
                    self.retired.insert(before, event.at);
                    self.retired.remove(&after);
                }
                self.settings = settings.clone();
            }
            EventKind::MenuReplaced { menu } => self.menu = menu.clone(),
            EventKind::DrinkSwitched { drink, available } => {
                for it in self.menu.drinks.iter_mut().filter(|it| it.id == *drink) {
                    it.available = *available;
                }
            }
            EventKind::OptionSwitched { option, available } => {
                let options = self.menu.groups.iter_mut().flat_map(|g| &mut g.options);
                for it in options.filter(|it| it.id == *option) {
                    it.available = *available;
                }
            }
            EventKind::ShopOpened => {
                self.open = true;
                self.tickets.1 = self.tickets.1.max(self.day(event.at));
            }
            EventKind::ShopClosed => self.open = false,
            EventKind::PeriodStarted { period, day } => self.tickets = (*period, *day, 1),
            EventKind::TabletSilent { tablet } => {
                self.silent.insert(*tablet);
            }
            EventKind::TabletBack { tablet } => {
                self.silent.remove(tablet);
            }
            _ => self.note_order(event),
        }
        self.turn_the_day(event.at);
    }

    fn note_order(&mut self, event: &Event) {
        let Some(order) = event.kind.order() else {
            return;
        };
        match &event.kind {
            EventKind::OrderStarted {
                customer, window, ..
            } => {
                self.owners.insert(order, *customer);
                self.windows.insert(order, *window);
                *self.places.entry(*window).or_default() += 1;
            }
            EventKind::OrderSubmitted { ticket, .. } => {
                self.turn_the_day(event.at);
                self.submitted.insert(order, event.at);
                self.tickets.2 = ticket.0 + 1;
                *self.today.1.entry(self.owners[&order]).or_default() += 1;
            }
            EventKind::OrderHandedOver { customer, .. } => {
                let from = self
                    .owners
                    .insert(order, *customer)
                    .expect("it was somebody's");
                let submitted = self.submitted.get(&order).map(|at| self.day(*at));
                if submitted == Some(self.today.0) {
                    if let Some(count) = self.today.1.get_mut(&from) {
                        *count -= 1;
                    }
                    *self.today.1.entry(*customer).or_default() += 1;
                    self.today.1.retain(|_, count| *count > 0);
                }
            }
            EventKind::OrderCompleted { .. } => {
                let since = self.submitted[&order].max(self.last_ready_at.unwrap_or_default());
                self.paces_ms.push(event.at.ms_since(since).max(0));
                self.last_ready_at = Some(event.at);
            }
            EventKind::OrderCollected { .. } | EventKind::OrderSwept { .. } => {
                self.ended.insert(order, event.at);
            }
            EventKind::OrderCancelled { place_returned, .. }
            | EventKind::OrderTimedOut { place_returned, .. } => {
                self.ended.insert(order, event.at);
                if *place_returned {
                    *self.places.entry(self.windows[&order]).or_default() -= 1;
                }
            }
            EventKind::OrderUndone {
                place_retaken,
                verb,
                ..
            } => {
                if matches!(verb, Verb::Cancel | Verb::Collect) {
                    self.ended.remove(&order);
                }
                *self.places.entry(self.windows[&order]).or_default() += u32::from(*place_retaken);
            }
            _ => {}
        }
    }

    fn day(&self, at: Timestamp) -> i64 {
        at.local_day(self.settings.utc_offset_minutes)
    }

    fn turn_the_day(&mut self, at: Timestamp) {
        let day = self.day(at);
        if self.today.0 != day {
            self.today = (day, BTreeMap::new());
        }
    }

    fn agree(&self, shop: &Shop) -> Result<(), String> {
        same("settings", &shop.settings, &self.settings)?;
        same("menu", &shop.menu, &self.menu)?;
        same("open", &shop.open, &self.open)?;
        same("silent tablets", &shop.silent, &self.silent)?;
        let tickets = (shop.tickets.period, shop.tickets.day, shop.tickets.next);
        same("tickets", &tickets, &self.tickets)?;
        same("today", &shop.today.day, &self.today.0)?;
        same("orders of today", &shop.today.orders, &self.today.1)?;
        let paces: Vec<i64> = shop.paces_ms.iter().copied().collect();
        let newest = self.paces_ms.len().saturating_sub(PACES);
        same("paces", paces.as_slice(), &self.paces_ms[newest..])?;
        let lives = |at: Timestamp| shop.at < at.plus_s(MAX_GRACE_S);
        let lengths: BTreeSet<u32> = shop
            .retired_rotations
            .iter()
            .map(|r| r.rotation_s)
            .collect();
        same(
            "retired once",
            &shop.retired_rotations.len(),
            &lengths.len(),
        )?;
        let kept = shop.retired_rotations.iter().map(|r| (r.rotation_s, r.at));
        let kept: BTreeMap<u32, Timestamp> = kept.filter(|(_, at)| lives(*at)).collect();
        let mut retired = self.retired.clone();
        retired.retain(|_, at| lives(*at));
        same("retired rotations", &kept, &retired)?;
        let mut places = self.places.clone();
        places.retain(|window, _| shop.at < window.dies_at(MAX_GRACE_S));
        same("places", &shop.places, &places)?;
        let mut owned: BTreeMap<CustomerId, BTreeSet<OrderId>> = BTreeMap::new();
        for id in shop.orders.keys() {
            owned.entry(self.owners[id]).or_default().insert(*id);
        }
        same("orders by customer", &shop.by_customer, &owned)
    }

    /// A shop's size follows what is alive.
    fn nothing_stays(&self, shop: &Shop) -> Result<(), String> {
        // Those that this very event is about have yet to be shown, and hold up those behind them.
        let is_new = |(_, id): &(Timestamp, OrderId)| {
            let order = shop.orders.get(id);
            order.is_some_and(|order| order.version == shop.version)
        };
        if shop.ended.iter().any(is_new) {
            return Ok(());
        }
        let ended = shop.orders.values().filter(|order| order.state.ended());
        for order in ended {
            let gone_at = self.ended[&order.id].plus_s(shop.settings.undo_within_s);
            if shop.at >= gone_at {
                return Err(format!("{} was to be forgotten at {gone_at:?}", order.id));
            }
        }
        let late = |at: &Timestamp| shop.at >= at.plus_s(shop.settings.undo_within_s);
        match shop.ended.iter().find(|(at, _)| late(at)) {
            Some(entry) => Err(format!("{entry:?} is still to be forgotten")),
            None => Ok(()),
        }
    }

    fn nothing_goes_early(&self, touched: &Touched, now: Timestamp) -> Result<(), String> {
        for id in &touched.forgotten {
            let ended_at = self.ended.get(id);
            let gone_at = ended_at.map(|at| at.plus_s(self.settings.undo_within_s));
            if gone_at.is_none_or(|at| now < at) {
                return Err(format!("{id} was forgotten, which ended at {ended_at:?}"));
            }
        }
        Ok(())
    }
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(
    what: &str,
    kept: &T,
    counted: &T,
) -> Result<(), String> {
    if kept == counted {
        return Ok(());
    }
    Err(format!(
        "{what}: the shop has {kept:?}, its events say {counted:?}"
    ))
}
