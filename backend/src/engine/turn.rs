//! What is decided and not committed yet, gathered for one commit: what goes into the transaction,
//! and who is to be told once it is on disk.

mod decide;
mod finish;

use super::handle::{Reply, Then};
use super::{Answer, Error, Key};
use crate::journal::{self, Append, Batch, OrderRow, Remembered};
use presso_core::code::CodeSecret;
use presso_core::id::{OrderId, ShopId};
use presso_core::shop::Shop;
use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::pin::Pin;
use uuid::Uuid;

/// A shop in the engine's memory: ahead of the journal by what is not committed yet.
pub(super) struct Live {
    pub(super) shop: Shop,
    secret: CodeSecret,
    since_snapshot: u64,
}

impl Live {
    pub(super) fn new(shop: Shop, secret: CodeSecret, since_snapshot: u64) -> Self {
        Self {
            shop,
            secret,
            since_snapshot,
        }
    }

    /// Folding a thousand events takes milliseconds; a shop with many orders is written less
    /// often, since that costs more.
    fn wants_snapshot(&self) -> bool {
        self.since_snapshot >= 1000 + 10 * self.shop.orders.len() as u64
    }
}

/// A key without the body it came with.
type Scope = (Uuid, String, Uuid);

fn scope(key: &Key) -> Scope {
    (key.principal, key.route.clone(), key.key)
}

/// One commit in the making.
#[derive(Default)]
pub(super) struct Turn {
    batch: Batch,
    appends: BTreeMap<ShopId, Append>,
    /// Orders as they go into their rows: as of that event, since the shop may forget an order
    /// within the same turn.
    rows: BTreeMap<OrderId, OrderRow>,
    /// What becomes of what came under which key.
    known: HashMap<Scope, Remembered>,
    waiting: Waiting,
}

/// Who waits for a commit.
#[derive(Default)]
pub(super) struct Waiting {
    replies: Vec<(Reply<Answer>, Result<Answer, Error>)>,
    writers: Vec<Then>,
}

/// A commit on its way to the disk.
pub(super) struct InFlight {
    ends: Pin<Box<dyn Future<Output = journal::Committed>>>,
    waiting: Waiting,
}
