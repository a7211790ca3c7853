//! Views of the topics, and how a screen folds updates into them.

use super::{CodeView, OrderView, ShopFacts, Topic};
use crate::id::OrderId;
use crate::menu::Menu;
use crate::order::{OrderState, Ticket};
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One line of the public board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardRow {
    /// The number; unique on the board.
    pub ticket: Ticket,
    /// Queued, making or ready.
    pub state: OrderState,
    /// When it was ordered.
    pub submitted_at: Timestamp,
    /// When it was ready.
    pub ready_at: Option<Timestamp>,
}

/// The public board: rows by ticket, which is also the order of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardView {
    /// What everybody may know.
    pub facts: ShopFacts,
    /// By ticket.
    pub rows: Vec<BoardRow>,
}

impl BoardView {
    /// How many drinks are to be made before this one's turn.
    #[must_use]
    pub fn ahead_of(&self, ticket: Ticket) -> usize {
        let before = |r: &&BoardRow| r.ticket < ticket && r.state.in_progress();
        self.rows.iter().filter(before).count()
    }
    /// Those being made or waiting for it, by ticket.
    pub fn preparing(&self) -> impl Iterator<Item = &BoardRow> {
        self.rows.iter().filter(|r| r.state.in_progress())
    }
    /// Those on the counter, the longest waiting first.
    #[must_use]
    pub fn ready(&self) -> Vec<&BoardRow> {
        let mut ready: Vec<_> = self
            .rows
            .iter()
            .filter(|r| r.state == OrderState::Ready)
            .collect();
        ready.sort_by_key(|r| (r.ready_at, r.ticket));
        ready
    }
}

/// The staff's queue: orders by ticket, those still choosing last by start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueueView {
    /// What everybody may know.
    pub facts: ShopFacts,
    /// Every order alive, and ended ones while they can be undone.
    pub orders: Vec<OrderView>,
}

/// What a topic shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// `shop/{id}/board`
    Board(BoardView),
    /// `shop/{id}/queue`
    Queue(QueueView),
    /// `shop/{id}/code`
    Code(CodeView),
    /// `shop/{id}/menu`
    Menu(Menu),
    /// `order/{id}`
    Order(Box<OrderView>),
}

/// One step of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    /// Of which topic.
    pub topic: Topic,
    /// The topic's version after it.
    pub version: u64,
    /// The topic's version before it. Above one's own: something was missed.
    pub prev: u64,
    /// What changes.
    pub change: Change,
}

/// What an update changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Rows put or gone, facts replaced.
    Board {
        /// New facts, when they changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        facts: Option<ShopFacts>,
        /// Rows to put.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        put: Vec<BoardRow>,
        /// Tickets to take away.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gone: Vec<Ticket>,
    },
    /// Orders put or gone, facts replaced.
    Queue {
        /// New facts, when they changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        facts: Option<ShopFacts>,
        /// Orders to put.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        put: Vec<OrderView>,
        /// Orders to take away.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gone: Vec<OrderId>,
    },
    /// The menu as it is now.
    Menu(Menu),
    /// The order as it is now.
    Order(Box<OrderView>),
}

/// Where an order stands in the queue's view.
type QueuePlace = (bool, Option<Ticket>, Timestamp, OrderId);

pub(super) const fn queue_place(order: &OrderView) -> QueuePlace {
    (
        order.ticket.is_none(),
        order.ticket,
        order.started_at,
        order.order,
    )
}

impl View {
    /// Folds one change; false when it is not one of this topic, and then nothing changed.
    pub fn apply(&mut self, change: &Change) -> bool {
        match (self, change) {
            (Self::Board(view), Change::Board { facts, put, gone }) => {
                if let Some(facts) = facts {
                    view.facts = facts.clone();
                }
                view.rows.retain(|r| !gone.contains(&r.ticket));
                for row in put {
                    match view.rows.binary_search_by_key(&row.ticket, |r| r.ticket) {
                        Ok(at) => view.rows[at] = *row,
                        Err(at) => view.rows.insert(at, *row),
                    }
                }
            }
            (Self::Queue(view), Change::Queue { facts, put, gone }) => {
                if let Some(facts) = facts {
                    view.facts = facts.clone();
                }
                // A put order may move (it gets its ticket), so it is taken out first.
                let moves = |o: &OrderView| put.iter().any(|p| p.order == o.order);
                view.orders
                    .retain(|o| !gone.contains(&o.order) && !moves(o));
                for order in put {
                    let place = queue_place(order);
                    let at = view.orders.partition_point(|o| queue_place(o) < place);
                    view.orders.insert(at, order.clone());
                }
            }
            (Self::Menu(view), Change::Menu(menu)) => *view = menu.clone(),
            (Self::Order(view), Change::Order(order)) => *view = order.clone(),
            _ => return false,
        }
        true
    }
}
