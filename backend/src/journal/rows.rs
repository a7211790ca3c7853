//! What is written together and what is read back.

use crate::engine::Key;
use presso_core::board::OrderView;
use presso_core::code::CodeSecret;
use presso_core::id::{CustomerId, OrderId, ShopId};
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, Rejection};

/// The form of [`Shop`] in snapshots. Raise it with every change of [`Shop`] that its serde does
/// not bridge: snapshots of another format are ignored and the events folded instead.
pub const SNAPSHOT_FORMAT: i64 = 1;

/// One transaction.
#[derive(Default)]
pub struct Batch {
    /// When, for keys and their pruning.
    pub now: Timestamp,
    /// New events; at most one entry a shop.
    pub appends: Vec<Append>,
    /// Rows of orders that began, ended, or were taken back from their end.
    pub orders: Vec<OrderRow>,
    /// Names on cups.
    pub names: Vec<(OrderId, String)>,
    /// Answers to keep under their keys.
    pub answers: Vec<StoredAnswer>,
    /// Refusals to keep under theirs.
    pub refusals: Vec<StoredRefusal>,
    /// Secrets of new shops.
    pub secrets: Vec<(ShopId, CodeSecret)>,
    /// Shops to write down whole.
    pub snapshots: Vec<Shop>,
    /// Rows of others: sessions, links, accounts.
    pub writes: Vec<Write>,
}

impl Batch {
    /// Is there nothing to write?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.appends.is_empty()
            && self.names.is_empty()
            && self.answers.is_empty()
            && self.refusals.is_empty()
            && self.secrets.is_empty()
            && self.writes.is_empty()
    }
}

/// New events of one shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Append {
    /// Which.
    pub shop: ShopId,
    /// The version it is at; 0 for a new shop.
    pub expected: u64,
    /// The events, versions `expected + 1` and on without gaps.
    pub events: Vec<Event>,
    /// When time acts next on this shop, after these events.
    pub next_deadline: Option<Timestamp>,
}

/// An order as it is listed and read; names are kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// Its shop.
    pub shop: ShopId,
    /// Whose.
    pub customer: CustomerId,
    /// As staff see it, without names.
    pub view: OrderView,
}

/// An answer to keep for 24 hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// Under which key.
    pub key: Key,
    /// The body.
    pub body: Vec<u8>,
}

/// A refusal to keep for an hour: no copy of what was refused is under way for longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRefusal {
    /// Under which key.
    pub key: Key,
    /// Why.
    pub rejection: Rejection,
}

/// What became of what came under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remembered {
    /// It was done.
    Done {
        /// SHA-256 of the body it came with.
        body_digest: [u8; 32],
        /// What was answered.
        answer: Vec<u8>,
    },
    /// It was refused. What came with it is not kept: a hash of a name would be among it.
    Refused(Rejection),
}

/// All that is needed to have a shop in memory.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The shop as of its newest readable snapshot, or before its first event.
    pub base: Shop,
    /// The events after that.
    pub events: Vec<Event>,
    /// Its secret.
    pub secret: CodeSecret,
    /// Names on the cups of orders that may still be alive.
    pub names: Vec<(OrderId, String)>,
}

/// An order as read back, names filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOrder {
    /// Its shop.
    pub shop: ShopId,
    /// Whose.
    pub customer: CustomerId,
    /// As staff see it.
    pub view: OrderView,
}

type Run = Box<dyn FnOnce(&rusqlite::Connection) -> rusqlite::Result<()> + Send>;

/// Rows of others, written inside the engine's transaction within a savepoint of their own.
pub struct Write(Run);

impl Write {
    /// What to run. It must neither begin nor end a transaction.
    pub fn new(
        run: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<()> + Send + 'static,
    ) -> Self {
        Self(Box::new(run))
    }
    /// Runs it.
    ///
    /// # Errors
    /// What the closure answers.
    pub fn run(self, db: &rusqlite::Connection) -> rusqlite::Result<()> {
        (self.0)(db)
    }
}
