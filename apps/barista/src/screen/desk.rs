//! What the parts of the screen share: what is known. How something is done stands in
//! [`super::post`].

use super::app::Scanned;
use leptos::prelude::*;
use presso_barista::ahead::ahead;
use presso_barista::deed::Hand;
use presso_barista::outbox::Outbox;
use presso_core::api::{Endpoint, Problem};
use presso_core::board::{OrderView, QueueView, ShopFacts};
use presso_core::id::{OrderId, ShopId, StaffId};
use presso_core::menu::Menu;
use presso_core::order::Actor;
use presso_core::time::Timestamp;
use presso_core::workflow::{ShopOffer, shop_offers};
use presso_ui::host::{self, Status};
use presso_ui::{clock, t, words};
use uuid::Uuid;

/// What the screen knows and does; the parts find it in their context.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// Where.
    pub(super) shop: StoredValue<ShopId>,
    /// Who works here.
    pub(super) actor: Actor,
    /// The same, as taps are signed.
    pub(super) hand: StoredValue<Hand>,
    /// The orders as the server last showed them.
    pub(super) real: Signal<Option<QueueView>>,
    /// The orders as one works on them: with the taps done that wait for the network.
    pub(super) queue: Signal<Option<QueueView>>,
    /// The server does not show them to whoever is signed in here (any more).
    pub(super) refused: Signal<Option<Problem>>,
    /// The menu.
    pub(super) menu: Signal<Option<Menu>>,
    /// The server's time, by the second.
    pub(super) now: Signal<Timestamp>,
    /// Is what is shown true now?
    pub(super) status: Signal<Status>,
    /// Taps on their way.
    pub(super) outbox: RwSignal<Outbox>,
    /// Does this device keep the outbox over a restart?
    pub(super) keeps: RwSignal<bool>,
    /// The order whose card takes the focus when it appears in its next lane.
    pub(super) follow: StoredValue<Option<OrderId>>,
    /// The order whose card is to take the focus where it is.
    pub(super) picked: RwSignal<Option<OrderId>>,
    /// The order whose card had the focus last.
    pub(super) at: StoredValue<Option<OrderId>>,
    /// The manager's area is open.
    pub(super) managing: RwSignal<bool>,
    /// The keys are being shown.
    pub(super) helping: RwSignal<bool>,
    /// The order whose journey is being looked at.
    pub(super) looking: RwSignal<Option<OrderId>>,
    /// The order that is about to be cancelled.
    pub(super) cancelling: RwSignal<Option<OrderId>>,
}

impl Desk {
    /// Watches the shop, for as long as the current owner lives.
    pub(super) fn set_up(shop: ShopId, actor: Actor) -> Self {
        let watched = host::watch_queue(shop.clone());
        let real = watched.view;
        let outbox = RwSignal::new(Outbox::default());
        let hand = StoredValue::new(Hand {
            shop: shop.clone(),
            staff: staff(&actor),
            name: host::name(),
        });
        let queue = Memo::new(move |_| {
            real.with(|real| {
                let real = real.as_ref()?;
                Some(outbox.with(|outbox| hand.with_value(|by| ahead(real, outbox, by, &actor))))
            })
        });
        let desk = Self {
            hand,
            real,
            queue: queue.into(),
            refused: watched.refused,
            menu: host::watch_menu(shop.clone()).view,
            shop: StoredValue::new(shop),
            actor,
            now: clock::now(),
            status: host::status(),
            outbox,
            keeps: RwSignal::new(true),
            follow: StoredValue::new(None),
            picked: RwSignal::new(None),
            at: StoredValue::new(None),
            managing: RwSignal::new(actor.manages() && scanned()),
            helping: RwSignal::new(false),
            looking: RwSignal::new(None),
            cancelling: RwSignal::new(None),
        };
        desk.open_the_post();
        desk
    }
    /// Reads the outbox, with who works here.
    pub(super) fn mine<T>(self, read: impl FnOnce(&Outbox, &Hand) -> T) -> T {
        self.outbox
            .with(|outbox| self.hand.with_value(|by| read(outbox, by)))
    }
    /// The desk of this screen.
    pub(super) fn here() -> Self {
        expect_context()
    }
    /// What everybody may know of the shop.
    pub(super) fn facts(self) -> Memo<Option<ShopFacts>> {
        Memo::new(move |_| {
            self.queue
                .with(|queue| queue.as_ref().map(|q| q.facts.clone()))
        })
    }
    /// One order; none once it has left.
    pub(super) fn order(self, id: OrderId) -> Memo<Option<OrderView>> {
        Memo::new(move |_| {
            self.queue.with(|queue| {
                let orders = &queue.as_ref()?.orders;
                orders.iter().find(|o| o.order == id).cloned()
            })
        })
    }
    /// May the shop be opened, closed, its menu switched?
    pub(super) fn may(self, offer: ShopOffer) -> Memo<bool> {
        Memo::new(move |_| {
            self.queue.with(|queue| {
                let facts = queue.as_ref().map(|q| &q.facts);
                facts.is_some_and(|f| shop_offers(f, &self.actor).contains(&offer))
            })
        })
    }
    /// Sends a request about the shop; what went wrong comes back in words.
    pub(super) async fn ask<E: Endpoint>(self, endpoint: E) -> Result<E::Answer, String> {
        if self.offline() {
            return Err(t!("barista-refused-offline"));
        }
        Self::ask_plainly(endpoint).await
    }
    /// The same, also where the screen thinks that the connection is lost.
    pub(super) async fn ask_plainly<E: Endpoint>(endpoint: E) -> Result<E::Answer, String> {
        let answer = host::call(endpoint).await;
        answer.map_err(|problem| words::problem(&problem))
    }
    /// Is the connection lost?
    pub(super) fn offline(self) -> bool {
        is_offline(self.status.get_untracked())
    }
    /// Since when the connection is lost, if it is.
    pub(super) fn stale(self) -> Memo<Option<Timestamp>> {
        Memo::new(move |_| match self.status.get() {
            Status::Stale { since } => Some(since),
            Status::Live | Status::Connecting | Status::UpdateNeeded => None,
        })
    }
}

/// Is a device's code waiting to be looked at?
fn scanned() -> bool {
    use_context::<Scanned>().is_some_and(|Scanned(code)| code.with_untracked(Option::is_some))
}

pub(super) const fn is_offline(status: Status) -> bool {
    matches!(status, Status::Stale { .. } | Status::UpdateNeeded)
}

/// Whom a tap is signed by. Nobody but staff comes as far as a desk; the nil one signs for nobody.
fn staff(actor: &Actor) -> StaffId {
    match actor {
        Actor::Staff { staff, .. } => *staff,
        Actor::Customer { .. } | Actor::Clock | Actor::Operator => StaffId(Uuid::nil()),
    }
}
