//! What is read of the hub without listening: facts, menus, codes, living orders.

use super::Hub;
use super::names::ShopNames;
use super::stall::Stall;
use presso_core::board::{
    Audience, CodeFacts, CodeView, OrderView, ShopFacts, Topic, facts, order_view,
};
use presso_core::code::CodeSecret;
use presso_core::id::{CustomerId, OrderId, ShopId, StaffId};
use presso_core::menu::Menu;
use presso_core::order::{Order, OrderState};
use presso_core::settings::Settings;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use std::sync::Arc;

/// An order that a shop still holds: alive, or over and not yet past undoing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveOrder {
    /// Its shop.
    pub shop: ShopId,
    /// Whose.
    pub customer: CustomerId,
    /// As staff see it.
    pub for_staff: OrderView,
}

impl Hub {
    /// Every shop, by identifier.
    #[must_use]
    pub fn shops(&self) -> Vec<ShopId> {
        self.0.shops.read().keys().cloned().collect()
    }
    /// How many orders are alive, and since when the oldest of them is.
    #[must_use]
    pub fn alive(&self) -> (usize, Option<Timestamp>) {
        let stalls: Vec<Arc<Stall>> = self.0.shops.read().values().cloned().collect();
        stalls.iter().fold((0, None), |(count, oldest), stall| {
            let shop = stall.shop.read();
            let orders = shop.deadlines.iter().map(|(_, order)| order);
            let began = orders.filter_map(|id| Some(shop.orders.get(id)?.started_at));
            let oldest = began.chain(oldest).min();
            (count + shop.deadlines.len(), oldest)
        })
    }
    /// What everybody may know of every shop that is open, by name.
    #[must_use]
    pub fn open_shops(&self) -> Vec<ShopFacts> {
        let stalls: Vec<Arc<Stall>> = self.0.shops.read().values().cloned().collect();
        let all = stalls.iter().map(|stall| facts(&stall.shop.read()));
        let mut open: Vec<ShopFacts> = all.filter(|facts| facts.open).collect();
        open.sort_by(|a, b| a.name.cmp(&b.name));
        open
    }
    /// Version of a shop's stream, and what everybody may know of it.
    #[must_use]
    pub fn facts(&self, shop: &ShopId) -> Option<(u64, ShopFacts)> {
        self.with(shop, |shop, _| (shop.version, facts(shop)))
    }
    /// Version of a shop's menu, and the menu.
    #[must_use]
    pub fn menu(&self, shop: &ShopId) -> Option<(u64, Menu)> {
        self.with(shop, |shop, _| (shop.heads.menu, shop.menu.clone()))
    }
    /// Version of a shop's menu alone: for an ETag.
    #[must_use]
    pub fn menu_version(&self, shop: &ShopId) -> Option<u64> {
        self.with(shop, |shop, _| shop.heads.menu)
    }
    /// A shop's settings.
    #[must_use]
    pub fn settings(&self, shop: &ShopId) -> Option<Settings> {
        self.with(shop, |shop, _| shop.settings.clone())
    }
    /// The code that a shop shows now.
    #[must_use]
    pub fn code(&self, shop: &ShopId) -> Option<CodeView> {
        let (now, url) = (self.0.clock.now(), &self.0.public_url);
        self.with(shop, |shop, stall| {
            CodeFacts::of(shop).view(&shop.id, &stall.secret, url, now)
        })
    }
    /// A shop's secret: what codes and pseudonyms are made from. Never to be shown or logged.
    #[must_use]
    pub fn secret(&self, shop: &ShopId) -> Option<CodeSecret> {
        Some(self.stall(shop)?.secret.clone())
    }
    /// Which shop holds a living order.
    #[must_use]
    pub fn shop_of(&self, order: OrderId) -> Option<ShopId> {
        Some(self.stall_of_order(order)?.shop.read().id.clone())
    }
    /// Shop and customer of a living order, without a look at what screens show of it.
    #[must_use]
    pub fn whose(&self, order: OrderId) -> Option<(ShopId, CustomerId)> {
        self.with_order(order, |shop, order, _| (shop.id.clone(), order.customer))
    }
    /// A living order as this audience sees it.
    #[must_use]
    pub fn order_seen_by(&self, order: OrderId, audience: Audience) -> Option<OrderView> {
        self.with_order(order, |shop, order, names| {
            order_view(shop, order, audience, names)
        })
    }
    /// A living order; none when it is over and past undoing (ask the [`crate::journal::Reader`]).
    #[must_use]
    pub fn order(&self, order: OrderId) -> Option<LiveOrder> {
        self.with_order(order, |shop, order, names| LiveOrder {
            shop: shop.id.clone(),
            customer: order.customer,
            for_staff: order_view(shop, order, Audience::Staff, names),
        })
    }
    /// A shop's orders of one state, if it is one of the living, newest first.
    #[must_use]
    pub fn orders_in(&self, shop: &ShopId, state: OrderState) -> Vec<LiveOrder> {
        let ids = self.with(shop, |shop, _| {
            let orders = shop.orders.values().rev();
            let found = orders.filter(|order| order.state == state);
            found.map(|order| order.id).collect()
        });
        let ids: Vec<OrderId> = ids.unwrap_or_default();
        ids.into_iter().filter_map(|id| self.order(id)).collect()
    }
    /// A shop whole, as of its last commit: for the engine after a failed commit, and for tests.
    #[must_use]
    pub fn committed(&self, shop: &ShopId) -> Option<Shop> {
        self.with(shop, |shop, _| shop.clone())
    }

    /// Gives a member of staff a name, or takes it away: claims published from now on carry it.
    /// The row, which is
    /// read when the engine starts, is written by [`crate::journal::name_staff`].
    pub fn name_staff(&self, staff: StaffId, name: Option<String>) {
        let mut names = self.0.staff.write();
        match name {
            Some(name) => names.insert(staff, name),
            None => names.remove(&staff),
        };
    }

    /// Nothing that is said from now on has the names of these orders in it, nor those that staff
    /// had before.
    pub(crate) fn forget_names(&self, orders: &[OrderId]) {
        for stall in self.0.shops.read().values() {
            stall.forget_names(orders);
        }
    }

    /// A hint for consumers of the journal: it changes when there is more to read.
    pub(crate) fn moved(&self) -> tokio::sync::watch::Receiver<()> {
        self.0.moved.subscribe()
    }
    pub(crate) fn names(&self, shop: &ShopId) -> Option<Arc<ShopNames>> {
        Some(Arc::clone(&self.stall(shop)?.names))
    }
    pub(super) fn stall(&self, shop: &ShopId) -> Option<Arc<Stall>> {
        self.0.shops.read().get(shop).cloned()
    }
    pub(super) fn stall_of(&self, topic: &Topic) -> Option<Arc<Stall>> {
        match topic {
            Topic::Board(id) | Topic::Queue(id) | Topic::Code(id) | Topic::Menu(id) => {
                self.stall(id)
            }
            Topic::Order(id) => self.stall_of_order(*id),
        }
    }
    fn stall_of_order(&self, order: OrderId) -> Option<Arc<Stall>> {
        self.0.orders.read().get(&order).cloned()
    }
    fn with_order<T>(
        &self,
        order: OrderId,
        read: impl FnOnce(&Shop, &Order, &ShopNames) -> T,
    ) -> Option<T> {
        let stall = self.stall_of_order(order)?;
        let shop = stall.shop.read();
        let order = shop.orders.get(&order)?;
        Some(read(&shop, order, &stall.names))
    }
    fn with<T>(&self, shop: &ShopId, read: impl FnOnce(&Shop, &Stall) -> T) -> Option<T> {
        let stall = self.stall(shop)?;
        let shop = stall.shop.read();
        Some(read(&shop, &stall))
    }
}
