//! The hub: what is committed, for everyone who reads it live.
//!
//! It holds each shop as of its last commit, and per topic a short ring of the last updates. Nobody
//! is sent anything: a [`Listener`] (one a connection) is woken, and reads what it missed, or a
//! snapshot when the ring no longer reaches back. Frames are serialised once and shared.

mod channel;
mod listener;
mod names;
mod reads;
mod stall;
#[cfg(test)]
mod tests;

pub use listener::{Listener, NoTopic};
pub use names::ShopNames;
pub use reads::LiveOrder;

use crate::engine::Clock;
use names::StaffNames;
use parking_lot::RwLock;
use presso_core::code::CodeSecret;
use presso_core::id::{OrderId, ShopId, StaffId};
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::Event;
use stall::Stall;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tokio::sync::watch;

/// Handle to the hub; cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    clock: Arc<dyn Clock>,
    /// What links begin with; no slash at its end.
    public_url: String,
    shops: RwLock<BTreeMap<ShopId, Arc<Stall>>>,
    /// Which shop holds which order.
    orders: RwLock<HashMap<OrderId, Arc<Stall>>>,
    staff: StaffNames,
    next_listener: AtomicU64,
    /// When some shop's code rotates next, so that nobody looks through all shops to know.
    rotates_at_ms: AtomicI64,
    /// Changes with every commit: the journal has more for whoever reads it.
    moved: watch::Sender<()>,
}

/// Channels whose listeners are still to be woken.
#[derive(Default)]
#[must_use]
pub(crate) struct Bells(Vec<Arc<channel::Channel>>);

impl Bells {
    pub(crate) fn ring(self) {
        for channel in self.0 {
            channel.ring();
        }
    }
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

// The engine's side: the only one that changes anything.
impl Hub {
    pub(crate) fn new(
        clock: Arc<dyn Clock>,
        public_url: &str,
        staff: HashMap<StaffId, String>,
    ) -> Self {
        Self(Arc::new(Inner {
            clock,
            public_url: public_url.trim_end_matches('/').to_owned(),
            shops: RwLock::default(),
            orders: RwLock::default(),
            staff: Arc::new(RwLock::new(staff)),
            next_listener: AtomicU64::new(0),
            rotates_at_ms: AtomicI64::new(i64::MAX),
            moved: watch::Sender::new(()),
        }))
    }

    /// Names for a shop that is not in the hub yet.
    pub(crate) fn names_for(&self, cups: Vec<(OrderId, String)>) -> Arc<ShopNames> {
        Arc::new(ShopNames::new(Arc::clone(&self.0.staff), cups))
    }

    /// Takes in a shop as it stands, or in place of what it was: whoever listened to that goes on
    /// with this.
    pub(crate) fn put(&self, shop: Shop, secret: CodeSecret, names: Arc<ShopNames>) {
        let (id, now) = (shop.id.clone(), self.0.clock.now());
        let ids: Vec<OrderId> = shop.orders.keys().copied().collect();
        let stall = Stall::new(shop, secret, names, self.0.public_url.clone(), now);
        self.rotates(stall.rotates_at());
        let stall = Arc::new(stall);
        let old = self.0.shops.write().insert(id, Arc::clone(&stall));
        let mut orders = self.0.orders.write();
        if let Some(old) = &old {
            orders.retain(|_, held_by| !Arc::ptr_eq(held_by, old));
        }
        orders.extend(ids.into_iter().map(|order| (order, Arc::clone(&stall))));
        drop(orders);
        if let Some(old) = old {
            old.give_way();
        }
    }

    /// Folds what was committed. To be seen at once; whom to wake is returned.
    pub(crate) fn advance(&self, shop: &ShopId, events: &[Event]) -> Bells {
        let Some(stall) = self.stall(shop) else {
            return Bells::default();
        };
        let moved = stall.advance(events);
        self.rotates(stall.rotates_at());
        self.0.moved.send_replace(());
        if !moved.started.is_empty() || !moved.forgotten.is_empty() {
            let mut orders = self.0.orders.write();
            for order in moved.started {
                orders.insert(order, Arc::clone(&stall));
            }
            for order in &moved.forgotten {
                orders.remove(order);
            }
        }
        Bells(moved.rings)
    }

    /// When some shop's code rotates next; the end of time when there is no shop.
    pub(crate) fn next_rotation(&self) -> Timestamp {
        Timestamp(self.0.rotates_at_ms.load(Ordering::Relaxed))
    }

    /// Wakes those who look at a code that has rotated.
    pub(crate) fn rotate(&self, now: Timestamp) {
        if now < self.next_rotation() {
            return;
        }
        let shops = self.0.shops.read();
        let next = shops.values().map(|stall| stall.rotate(now)).min();
        let next = next.map_or(i64::MAX, |at| at.0);
        self.0.rotates_at_ms.store(next, Ordering::Relaxed);
    }

    fn rotates(&self, at: Timestamp) {
        self.0.rotates_at_ms.fetch_min(at.0, Ordering::Relaxed);
    }
}
