//! One shop in the hub: as of its last commit, with the channels of its topics.

use super::channel::{Channel, ORDER_RING, RING};
use super::names::ShopNames;
use parking_lot::{Mutex, RwLock};
use presso_core::board::{CodeFacts, Topic, View, publish, snapshot};
use presso_core::code::{CodeSecret, Window};
use presso_core::id::OrderId;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, evolve};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) struct Stall {
    pub(super) secret: CodeSecret,
    pub(super) names: Arc<ShopNames>,
    pub(super) shop: RwLock<Shop>,
    public_url: String,
    /// When the code that listeners were last woken for gives way.
    rotates_at: Mutex<Timestamp>,
    board: Arc<Channel>,
    queue: Arc<Channel>,
    menu: Arc<Channel>,
    code: Arc<Channel>,
    /// Made when an order is first watched.
    orders: Mutex<HashMap<OrderId, Arc<Channel>>>,
    /// The shop was read anew, and is in another stall now: nothing more happens in this one.
    gave_way: AtomicBool,
}

/// What a commit meant for the hub.
#[derive(Default)]
pub(super) struct Moved {
    pub(super) rings: Vec<Arc<Channel>>,
    pub(super) started: Vec<OrderId>,
    pub(super) forgotten: Vec<OrderId>,
}

impl Stall {
    pub(super) fn new(
        shop: Shop,
        secret: CodeSecret,
        names: Arc<ShopNames>,
        public_url: String,
        now: Timestamp,
    ) -> Self {
        let (id, heads) = (&shop.id, shop.heads);
        let channel = |topic, version| Arc::new(Channel::new(topic, version, RING));
        Self {
            board: channel(Topic::Board(id.clone()), heads.board),
            queue: channel(Topic::Queue(id.clone()), heads.queue),
            menu: channel(Topic::Menu(id.clone()), heads.menu),
            code: channel(Topic::Code(id.clone()), heads.code),
            rotates_at: Mutex::new(Window::at(now, shop.settings.rotation_s).rotates_at()),
            orders: Mutex::default(),
            gave_way: AtomicBool::new(false),
            shop: RwLock::new(shop),
            secret,
            names,
            public_url,
        }
    }

    /// The channel of a topic of this shop; none for an order that it does not hold.
    pub(super) fn channel(&self, topic: &Topic) -> Option<Arc<Channel>> {
        Some(match topic {
            Topic::Board(_) => Arc::clone(&self.board),
            Topic::Queue(_) => Arc::clone(&self.queue),
            Topic::Menu(_) => Arc::clone(&self.menu),
            Topic::Code(_) => Arc::clone(&self.code),
            Topic::Order(id) => {
                // The shop stays locked, so that no update passes between reading and inserting.
                let shop = self.shop.read();
                let version = shop.orders.get(id)?.version;
                let new = || Arc::new(Channel::new(topic.clone(), version, ORDER_RING));
                Arc::clone(self.orders.lock().entry(*id).or_insert_with(new))
            }
        })
    }

    /// What a topic shows now, and for the code until when.
    pub(super) fn view(
        &self,
        topic: &Topic,
        now: Timestamp,
    ) -> Option<(u64, View, Option<Timestamp>)> {
        let shop = self.shop.read();
        if matches!(topic, Topic::Code(_)) {
            let facts = CodeFacts::of(&shop);
            let view = facts.view(&shop.id, &self.secret, &self.public_url, now);
            let rotates_at = Some(view.rotates_at);
            return Some((facts.version, View::Code(view), rotates_at));
        }
        let (version, view) = snapshot(&shop, topic, self.names.as_ref())?;
        Some((version, view, None))
    }

    /// Folds committed events and keeps what they mean for each topic.
    pub(super) fn advance(&self, events: &[Event]) -> Moved {
        let mut moved = Moved::default();
        let mut shop = self.shop.write();
        let orders = self.orders.lock();
        for event in events {
            let touched = evolve(&mut shop, event);
            let is_watched = |id: &OrderId| orders.contains_key(id);
            let published = publish(&shop, &touched, self.names.as_ref(), is_watched);
            for update in published.updates {
                let channel = match &update.topic {
                    Topic::Board(_) => &self.board,
                    Topic::Queue(_) => &self.queue,
                    Topic::Menu(_) => &self.menu,
                    Topic::Code(_) => continue,
                    Topic::Order(id) => match orders.get(id) {
                        Some(channel) => channel,
                        None => continue,
                    },
                };
                moved.will_ring(channel);
                channel.push(update);
            }
            if let Some(facts) = published.code {
                self.code.moved_to(facts.version);
                moved.will_ring(&self.code);
            }
            moved.started.extend(
                touched
                    .orders
                    .iter()
                    .filter(|(_, before)| *before == 0)
                    .map(|(id, _)| *id),
            );
            moved.forgotten.extend(touched.forgotten);
        }
        let window = Window::at(shop.at, shop.settings.rotation_s);
        drop((shop, orders));
        let mut rotates_at = self.rotates_at.lock();
        *rotates_at = window.rotates_at().min(*rotates_at);
        drop(rotates_at);
        self.forget(&moved.forgotten);
        moved
    }

    /// Another one stands in its place: wakes everybody, who will look for that.
    pub(super) fn give_way(&self) {
        self.gave_way.store(true, Ordering::Release);
        for channel in [&self.board, &self.queue, &self.menu, &self.code] {
            channel.ring();
        }
        let orders: Vec<Arc<Channel>> = self.orders.lock().values().cloned().collect();
        orders.iter().for_each(|channel| channel.ring());
    }

    pub(super) fn has_given_way(&self) -> bool {
        self.gave_way.load(Ordering::Acquire)
    }

    fn forget(&self, forgotten: &[OrderId]) {
        let mut orders = self.orders.lock();
        for order in forgotten {
            orders.remove(order);
            self.names.name_cup(*order, None);
        }
    }

    /// Takes the names of these orders away, also from what is kept for those who missed some.
    pub(super) fn forget_names(&self, orders: &[OrderId]) {
        for order in orders {
            self.names.name_cup(*order, None);
        }
        self.queue.forget();
        for channel in self.orders.lock().values() {
            channel.forget();
        }
    }

    /// When the code gives way to the next one.
    pub(super) fn rotates_at(&self) -> Timestamp {
        *self.rotates_at.lock()
    }

    /// Wakes those who look at the code, if it has rotated. Answers when it rotates next.
    pub(super) fn rotate(&self, now: Timestamp) -> Timestamp {
        let rotation_s = self.shop.read().settings.rotation_s;
        let mut rotates_at = self.rotates_at.lock();
        if *rotates_at <= now {
            *rotates_at = Window::at(now, rotation_s).rotates_at();
            self.code.ring();
        }
        *rotates_at
    }
}

impl Moved {
    fn will_ring(&mut self, channel: &Arc<Channel>) {
        if !self.rings.iter().any(|c| Arc::ptr_eq(c, channel)) {
            self.rings.push(Arc::clone(channel));
        }
    }
}
