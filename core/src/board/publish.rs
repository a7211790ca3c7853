//! From what an event touched to the updates that screens get, and whole snapshots for newcomers.

use super::order_view::{Audience, Names, OrderView, order_view};
use super::view::{BoardRow, BoardView, Change, QueueView, Update, View, queue_place};
use super::{CodeFacts, Topic, facts};
use crate::id::OrderId;
use crate::order::{Order, OrderState, Ticket};
use crate::shop::Shop;
use crate::workflow::Touched;

/// What an event means for the screens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publication {
    /// One update a topic at the most.
    pub updates: Vec<Update>,
    /// New facts of the code, which shows by itself with time and therefore has no updates.
    pub code: Option<CodeFacts>,
}

/// What `touched`, as [`crate::workflow::evolve`] returned it with `shop` as it is now, means for
/// each topic. Of orders, only those that somebody watches are worth the rendering.
#[must_use]
pub fn publish(
    shop: &Shop,
    touched: &Touched,
    names: &impl Names,
    is_watched: impl Fn(&OrderId) -> bool,
) -> Publication {
    let (heads, before, version) = (shop.heads, touched.before, shop.version);
    let new_facts = touched.facts.then(|| facts(shop));
    let orders = || {
        touched
            .orders
            .iter()
            .filter_map(|(id, _)| shop.orders.get(id))
    };
    let mut updates = Vec::new();
    if heads.board == version {
        let (mut put, mut gone) = (Vec::new(), Vec::new());
        for order in orders() {
            match (row(order), order.ticket) {
                (Some(row), _) => put.push(row),
                (None, Some(ticket)) => gone.push(ticket),
                (None, None) => {}
            }
        }
        let change = Change::Board {
            facts: new_facts.clone(),
            put,
            gone,
        };
        let topic = Topic::Board(shop.id.clone());
        updates.push(Update {
            topic,
            version,
            prev: before.board,
            change,
        });
    }
    if heads.queue == version {
        let put = orders()
            .map(|o| order_view(shop, o, Audience::Staff, names))
            .collect();
        let change = Change::Queue {
            facts: new_facts,
            put,
            gone: touched.forgotten.clone(),
        };
        let topic = Topic::Queue(shop.id.clone());
        updates.push(Update {
            topic,
            version,
            prev: before.queue,
            change,
        });
    }
    if touched.menu {
        let change = Change::Menu(shop.menu.clone());
        let topic = Topic::Menu(shop.id.clone());
        updates.push(Update {
            topic,
            version,
            prev: before.menu,
            change,
        });
    }
    for (id, prev) in touched.orders.iter().filter(|(id, _)| is_watched(id)) {
        if let Some(order) = shop.orders.get(id) {
            let view = order_view(shop, order, Audience::Customer, names);
            let change = Change::Order(Box::new(view));
            updates.push(Update {
                topic: Topic::Order(*id),
                version,
                prev: *prev,
                change,
            });
        }
    }
    Publication {
        updates,
        code: touched.code.then(|| CodeFacts::of(shop)),
    }
}

/// A topic as the shop stands, with its version; none for an order that the shop does not hold and
/// for the code, which needs the secret and the time ([`CodeFacts::view`]).
#[must_use]
pub fn snapshot(shop: &Shop, topic: &Topic, names: &impl Names) -> Option<(u64, View)> {
    match topic {
        Topic::Board(_) => {
            let mut rows: Vec<BoardRow> = shop.orders.values().filter_map(row).collect();
            rows.sort_by_key(|r| r.ticket);
            Some((
                shop.heads.board,
                View::Board(BoardView {
                    facts: facts(shop),
                    rows,
                }),
            ))
        }
        Topic::Queue(_) => {
            let view = |o| order_view(shop, o, Audience::Staff, names);
            let mut orders: Vec<OrderView> = shop.orders.values().map(view).collect();
            orders.sort_by_key(queue_place);
            Some((
                shop.heads.queue,
                View::Queue(QueueView {
                    facts: facts(shop),
                    orders,
                }),
            ))
        }
        Topic::Menu(_) => Some((shop.heads.menu, View::Menu(shop.menu.clone()))),
        Topic::Code(_) => None,
        Topic::Order(id) => {
            let order = shop.orders.get(id)?;
            let view = order_view(shop, order, Audience::Customer, names);
            Some((order.version, View::Order(Box::new(view))))
        }
    }
}

fn row(order: &Order) -> Option<BoardRow> {
    let shown = matches!(
        order.state,
        OrderState::Queued | OrderState::Making | OrderState::Ready
    );
    let ticket: Ticket = order.ticket.filter(|_| shown)?;
    let submitted_at = order.submitted_at?;
    Some(BoardRow {
        ticket,
        state: order.state,
        submitted_at,
        ready_at: order.ready_at,
    })
}
