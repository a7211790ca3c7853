//! People in a shop, so that screens have something to show.

use presso_core::{api::ListOrders, board::OrderView, id::OrderId, workflow::Verb};
use presso_tests::{people::Person, stage::Stage};
use std::time::Duration;

/// What people order: name, drink, options.
const WISHES: &[(&str, &str, &[&str])] = &[
    ("Ada", "latte", &["oat"]),
    ("Bartholomew", "espresso", &["decaf"]),
    ("Chloé", "flat-white", &["whole", "extra-shot"]),
    ("Dmitri", "cappuccino", &["soy", "decaf", "vanilla"]),
    ("Eun-ji", "cold-brew", &[]),
    ("Fatima", "hot-chocolate", &["oat"]),
    ("Gus", "americano", &[]),
    ("Hildegard von B.", "mocha", &["whole", "vanilla"]),
    ("Ivo", "espresso", &[]),
    ("Jo", "latte", &["soy", "extra-shot"]),
];

/// A barista without a screen, who serves a crowd.
pub(crate) struct Crowd<'a> {
    stage: &'a Stage,
    /// The barista.
    pub(crate) barista: Person,
    served: std::cell::Cell<usize>,
}

impl<'a> Crowd<'a> {
    pub(crate) async fn gather(stage: &'a Stage, barista: &str) -> Self {
        Self {
            stage,
            barista: stage.server.barista(barista).await,
            served: std::cell::Cell::new(0),
        }
    }

    /// Somebody orders the next thing on the list.
    pub(crate) async fn orders(&self) -> OrderView {
        let number = self.served.get();
        self.served.set(number + 1);
        let (name, drink, options) = WISHES[number % WISHES.len()];
        let guest = self.stage.server.guest(name).await;
        guest
            .orders(&self.barista.code().await, drink, options)
            .await
    }

    /// So many people order, one every `apart`.
    pub(crate) async fn order(&self, people: usize, apart: Duration) -> Vec<OrderId> {
        let mut orders = Vec::new();
        for _ in 0..people {
            orders.push(self.orders().await.order);
            self.stage.server.clock.push(apart);
        }
        orders
    }

    /// Somebody is still choosing.
    pub(crate) async fn chooses(&self) {
        let guest = self.stage.server.guest("Zoe").await;
        let scan = guest.scans(&self.barista.code().await).await;
        scan.expect("there is a place");
    }

    /// The order that was started last.
    pub(crate) async fn newest(&self) -> OrderId {
        *self.alive().await.last().expect("there is one")
    }

    /// All orders, the oldest first.
    pub(crate) async fn alive(&self) -> Vec<OrderId> {
        let shop = self.stage.server.shop.clone();
        let list = ListOrders {
            shop,
            state: None,
            after: None,
        };
        let page = self.barista.call(list).await.expect("staff may list");
        page.orders.iter().rev().map(|o| o.order.order).collect()
    }

    /// The barista starts these.
    pub(crate) async fn makes(&self, orders: &[OrderId]) {
        for order in orders {
            self.barista.does(Verb::Claim, *order).await;
        }
    }

    /// The barista puts these on the counter.
    pub(crate) async fn finishes(&self, orders: &[OrderId]) {
        self.makes(orders).await;
        for order in orders {
            self.barista.does(Verb::Complete, *order).await;
        }
    }
}
