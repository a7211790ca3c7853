//! The shop: the unit of consistency. Everything that a limit needs to be exact is in here.

use crate::code::{Code, CodeSecret, Window, find_window};
use crate::id::{CustomerId, OrderId, ShopId, TabletId};
use crate::menu::Menu;
use crate::order::Order;
use crate::settings::Settings;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One shop, as folded from its events by [`crate::workflow::evolve`]. Ended orders leave it when
/// they can no longer be undone, so its size follows the orders alive and not the day's total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Its identifier.
    pub id: ShopId,
    /// Version of the last event folded; 0 before the first.
    pub version: u64,
    /// Time of the last event folded.
    pub at: Timestamp,
    /// Limits and manners.
    pub settings: Settings,
    /// What it offers.
    pub menu: Menu,
    /// Does it admit scans?
    pub open: bool,
    /// Orders alive, and ended ones while they can be undone.
    pub orders: BTreeMap<OrderId, Order>,
    /// How many of them are in progress.
    pub in_progress: u32,
    /// Orders of `orders`, by customer.
    pub by_customer: BTreeMap<CustomerId, BTreeSet<OrderId>>,
    /// When time acts on which order, soonest first.
    pub deadlines: BTreeSet<(Timestamp, OrderId)>,
    /// Ended orders, by the time they ended: whom to forget next.
    pub ended: VecDeque<(Timestamp, OrderId)>,
    /// Places handed out, by code; dead codes are forgotten.
    #[serde(with = "pairs")]
    pub places: BTreeMap<Window, u32>,
    /// Rotations that were in force until lately.
    pub retired_rotations: Vec<RetiredRotation>,
    /// Ticket numbers.
    pub tickets: Tickets,
    /// Orders submitted today, by customer.
    pub today: Today,
    /// Tablets that are silent.
    pub silent: BTreeSet<TabletId>,
    /// How long the last drinks took, milliseconds, newest last.
    pub paces_ms: VecDeque<i64>,
    /// When the last drink was ready.
    pub last_ready_at: Option<Timestamp>,
    /// Version of the last event that each topic showed.
    pub heads: Heads,
}

/// A rotation that is in force no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetiredRotation {
    /// Its length, seconds.
    pub rotation_s: u32,
    /// When it was replaced.
    pub at: Timestamp,
}

/// The ticket numbers of the current period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tickets {
    /// Counted from 1; 0 before the first opening.
    pub period: u32,
    /// The local day in which the period began.
    pub day: i64,
    /// The next number.
    pub next: u32,
}

/// Orders submitted in the current local day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Today {
    /// Which local day.
    pub day: i64,
    /// How many, by customer.
    pub orders: BTreeMap<CustomerId, u32>,
}

/// The newest version that each of the shop's topics carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Heads {
    /// `shop/{id}/board`
    pub board: u64,
    /// `shop/{id}/queue`
    pub queue: u64,
    /// `shop/{id}/menu`
    pub menu: u64,
    /// `shop/{id}/code`
    pub code: u64,
}

impl Shop {
    /// A shop before its first event.
    #[must_use]
    pub fn new(id: ShopId) -> Self {
        Self {
            id,
            version: 0,
            at: Timestamp::default(),
            settings: Settings::default(),
            menu: Menu::default(),
            open: false,
            orders: BTreeMap::new(),
            in_progress: 0,
            by_customer: BTreeMap::new(),
            deadlines: BTreeSet::new(),
            ended: VecDeque::new(),
            places: BTreeMap::new(),
            retired_rotations: Vec::new(),
            tickets: Tickets {
                period: 0,
                day: i64::MIN,
                next: 1,
            },
            today: Today::default(),
            silent: BTreeSet::new(),
            paces_ms: VecDeque::new(),
            last_ready_at: None,
            heads: Heads::default(),
        }
    }
    /// Was it created?
    #[must_use]
    pub const fn exists(&self) -> bool {
        self.version > 0
    }
    /// Has it as many orders in progress as it can take?
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.in_progress >= self.settings.capacity
    }
    /// The window in which this code was shown, if it ever was (see [`find_window`]).
    #[must_use]
    pub fn window_of(&self, secret: &CodeSecret, code: &Code, now: Timestamp) -> Option<Window> {
        let retired = self.retired_rotations.iter().map(|r| r.rotation_s);
        let mut rotations = std::iter::once(self.settings.rotation_s).chain(retired);
        rotations.find_map(|rotation_s| find_window(secret, rotation_s, code, now))
    }
    /// The instant from which the code of a window is redeemed no more; none when it is not of a
    /// rotation of this shop.
    #[must_use]
    pub fn dies_at(&self, window: Window) -> Option<Timestamp> {
        let grace_s = self.settings.grace_s;
        if window.rotation_s == self.settings.rotation_s {
            return Some(window.dies_at(grace_s));
        }
        let mut retired = self.retired_rotations.iter();
        let retired = retired.find(|r| r.rotation_s == window.rotation_s)?;
        Some(window.dies_at(grace_s).min(retired.at.plus_s(grace_s)))
    }
    /// Places left on the code of a window.
    #[must_use]
    pub fn places_left(&self, window: Window) -> u32 {
        let taken = self.places.get(&window).copied().unwrap_or(0);
        self.settings.code_places.saturating_sub(taken)
    }
    /// Orders of this customer in progress, other than `but`.
    pub fn unfinished_of(
        &self,
        customer: CustomerId,
        but: Option<OrderId>,
    ) -> impl Iterator<Item = &Order> {
        self.by_customer
            .get(&customer)
            .into_iter()
            .flatten()
            .filter(move |id| Some(**id) != but)
            .filter_map(|id| self.orders.get(id))
            .filter(|order| order.state.in_progress())
    }
    /// Has this customer as many unfinished orders, other than `but`, as the shop allows?
    #[must_use]
    pub fn customer_is_at_limit(&self, customer: CustomerId, but: Option<OrderId>) -> bool {
        self.unfinished_of(customer, but).count() >= self.settings.orders_per_customer as usize
    }
    /// Is any order alive (in progress or ready)? Then ticket numbers may not start again.
    #[must_use]
    pub fn has_live_orders(&self) -> bool {
        !self.deadlines.is_empty()
    }
    /// The next instant at which time itself acts.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.deadlines.first().map(|(at, _)| *at)
    }
}

/// JSON objects have text keys only, so this map travels as a list of pairs.
mod pairs {
    use super::{BTreeMap, Window};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        map: &BTreeMap<Window, u32>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map)
    }
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Window, u32>, D::Error> {
        Ok(Vec::<(Window, u32)>::deserialize(deserializer)?
            .into_iter()
            .collect())
    }
}
