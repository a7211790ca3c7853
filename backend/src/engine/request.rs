//! What the engine is asked, and what it answers.

use crate::hub::ShopNames;
use presso_core::board::{Audience, OrderView, order_view};
use presso_core::code::Code;
use presso_core::id::{OrderId, ShopId};
use presso_core::order::Actor;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Event};
use serde::Serialize;
use uuid::Uuid;

/// Renders the answer, on the engine's thread: keep it short.
pub(super) type Render = Box<dyn FnOnce(&Decided<'_>) -> Vec<u8> + Send>;

/// One command for one shop.
pub struct Request {
    pub(super) shop: ShopId,
    pub(super) actor: Actor,
    pub(super) ask: Ask,
    pub(super) key: Option<Key>,
    pub(super) name_on_cup: Option<String>,
    pub(super) render: Render,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A command as it is.
    Command(Command),
    /// A scan: the engine finds the code's window with the shop's secret, at its own time, and
    /// draws the new order's identifier ([`Decided::order`]).
    Scan {
        /// What was scanned.
        code: Code,
    },
}

/// An idempotency key with all that it is scoped to. Kept for 24 hours, an hour when it was refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Whose: an account, a member of staff, the operator.
    pub principal: Uuid,
    /// Method and path as requested, as `POST /v1/orders/…/claim`.
    pub route: String,
    /// As the client gave it.
    pub key: Uuid,
    /// SHA-256 of the body: the same key with another body is refused.
    pub body_digest: [u8; 32],
}

impl Request {
    /// A command that is answered with `{}`.
    #[must_use]
    pub fn new(shop: ShopId, actor: Actor, command: Command) -> Self {
        Self::of(shop, actor, Ask::Command(command))
    }
    /// The scan of a code.
    #[must_use]
    pub fn scan(shop: ShopId, actor: Actor, code: Code) -> Self {
        Self::of(shop, actor, Ask::Scan { code })
    }
    fn of(shop: ShopId, actor: Actor, ask: Ask) -> Self {
        let render: Render = Box::new(|_| b"{}".to_vec());
        Self {
            shop,
            actor,
            ask,
            key: None,
            name_on_cup: None,
            render,
        }
    }
    /// Under an idempotency key: the answer is stored with the events, a repeat gets the same one,
    /// and the same refusal.
    #[must_use]
    pub fn keyed(self, key: Key) -> Self {
        Self {
            key: Some(key),
            ..self
        }
    }
    /// With the name to call for the order that the command is about; stored beside the journal.
    #[must_use]
    pub fn named(self, name_on_cup: Option<String>) -> Self {
        Self {
            name_on_cup,
            ..self
        }
    }
    /// Answered with what `render` makes of the decision, as JSON.
    #[must_use]
    pub fn answering<T: Serialize>(
        self,
        render: impl FnOnce(&Decided<'_>) -> T + Send + 'static,
    ) -> Self {
        let render: Render = Box::new(|decided| {
            serde_json::to_vec(&render(decided))
                .expect("answers have text keys and no failing serialisers")
        });
        Self { render, ..self }
    }
}

/// An accepted command, for rendering its answer. It is durable by the time anyone reads that.
pub struct Decided<'a> {
    /// The shop after it.
    pub shop: &'a Shop,
    /// What happened; empty when it was so already.
    pub events: &'a [Event],
    /// The order that it was about; for a scan the new one.
    pub order: Option<OrderId>,
    /// The engine's time.
    pub now: Timestamp,
    pub(super) names: &'a ShopNames,
}

impl Decided<'_> {
    /// The order as this audience may see it; none when the command was not about one.
    #[must_use]
    pub fn order_view(&self, audience: Audience) -> Option<OrderView> {
        let order = self.shop.orders.get(&self.order?)?;
        Some(order_view(self.shop, order, audience, self.names))
    }
}

/// The answer to an accepted command: it is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// JSON, as rendered; byte for byte the same for a repeat.
    pub body: Vec<u8>,
    /// Version of the shop's stream afterwards; for a repeat, as it is now.
    pub version: u64,
    /// It was asked before under the same key; nothing happened now.
    pub repeated: bool,
}
