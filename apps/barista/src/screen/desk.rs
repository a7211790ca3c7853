//! What the parts of the screen share: what is known, and how something is done.

use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_barista::flight::{Deed, Flights};
use presso_core::api::{Cancel, Endpoint, OrderAnswer, Problem, StaffVerb};
use presso_core::board::{OrderView, QueueView, ShopFacts};
use presso_core::id::{OrderId, ShopId};
use presso_core::menu::Menu;
use presso_core::order::Actor;
use presso_core::time::Timestamp;
use presso_core::workflow::{ShopOffer, shop_offers};
use presso_ui::host::{self, Status};
use presso_ui::{clock, t, words};

/// What the screen knows and does; the parts find it in their context.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// Where.
    pub(super) shop: StoredValue<ShopId>,
    /// Who works here.
    pub(super) actor: Actor,
    /// The orders.
    pub(super) queue: Signal<Option<QueueView>>,
    /// The server does not show them to whoever is signed in here (any more).
    pub(super) refused: Signal<Option<Problem>>,
    /// The menu.
    pub(super) menu: Signal<Option<Menu>>,
    /// The server's time, by the second.
    pub(super) now: Signal<Timestamp>,
    /// Is what is shown true now?
    pub(super) status: Signal<Status>,
    /// Verbs on their way.
    pub(super) flights: RwSignal<Flights>,
    /// The order whose card takes the focus when it appears in its next lane.
    pub(super) follow: StoredValue<Option<OrderId>>,
    /// The order that is about to be cancelled.
    pub(super) cancelling: RwSignal<Option<OrderId>>,
}

impl Desk {
    /// Watches the shop, for as long as the current owner lives.
    pub(super) fn set_up(shop: ShopId, actor: Actor) -> Self {
        let queue = host::watch_queue(shop.clone());
        let desk = Self {
            queue: queue.view,
            refused: queue.refused,
            menu: host::watch_menu(shop.clone()).view,
            shop: StoredValue::new(shop),
            actor,
            now: clock::now(),
            status: host::status(),
            flights: RwSignal::new(Flights::default()),
            follow: StoredValue::new(None),
            cancelling: RwSignal::new(None),
        };
        Effect::new(move |_| {
            desk.queue.with(|queue| {
                if let Some(queue) = queue {
                    desk.flights.update(|flights| flights.look(queue));
                }
            });
        });
        desk
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
    /// Does what a barista asked of an order, once, however often the button is hit.
    pub(super) fn act(self, order: OrderId, deed: Deed) {
        if self.offline() {
            self.refuse(order, t!("barista-refused-offline"));
            return;
        }
        let starts = self
            .flights
            .try_update(|flights| flights.begin(order, deed));
        if starts != Some(true) {
            return;
        }
        self.follow.set_value(Some(order));
        spawn_local(async move {
            match send(order, deed).await {
                Ok(done) => self
                    .flights
                    .update(|flights| flights.done(order, done.order.version)),
                Err(problem) => self.refuse(order, words::problem(&problem)),
            }
            // The update may have been here before the answer.
            if let Some(queue) = self.queue.get_untracked() {
                self.flights.update(|flights| flights.look(&queue));
            }
        });
    }
    /// Sends a request about the shop; what went wrong comes back in words.
    pub(super) async fn ask<E: Endpoint>(self, endpoint: E) -> Result<E::Answer, String> {
        if self.offline() {
            return Err(t!("barista-refused-offline"));
        }
        let answer = host::call(endpoint).await;
        answer.map_err(|problem| words::problem(&problem))
    }
    /// Is the connection lost? Then a tap does nothing, and says so.
    pub(super) fn offline(self) -> bool {
        matches!(
            self.status.get_untracked(),
            Status::Stale { .. } | Status::UpdateNeeded
        )
    }
    fn refuse(self, order: OrderId, sentence: String) {
        let at = self.now.get_untracked();
        if let Some(queue) = self.queue.get_untracked() {
            self.flights
                .update(|flights| flights.refused(&queue, order, sentence, at));
        }
    }
}

async fn send(order: OrderId, deed: Deed) -> Result<OrderAnswer, Problem> {
    match deed {
        Deed::Verb(verb) => host::call(StaffVerb { order, verb }).await,
        Deed::Cancel(reason) => {
            let reason = Some(reason);
            host::call(Cancel { order, reason }).await
        }
    }
}
