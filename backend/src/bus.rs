//! The event bus: rules say which events go where; everything here is a consumer of the journal.
//!
//! [`run`] reads on whenever the hub hints that there is more, tries the envelopes of each event on
//! the rules ([`Book`](book::Book)), and in one write moves the cursors of those that match and
//! queues what is to be delivered; so a restart in between loses nothing. What is queued goes out
//! lane by lane: an order's events one after the other, orders beside each other, rules beside each
//! other. It is taken off when the target has it, so that a crash in between sends it again, under
//! the same identifier.
//!
//! What waits is bounded on disk ([`WINDOW`] a rule; the journal keeps the rest), what is under way
//! in memory (see [`courier`]). docs/events.md tells how it is used, docs/operating.md the bounds.

mod backoff;
pub(crate) mod book;
mod courier;
mod deliver;
mod outside;
mod play;
mod queue;
mod reach;
mod read;
mod replay;
mod rows;
mod target;
mod webhook;

pub use courier::run;
pub use outside::{
    Accepted, SOURCES_A_SHOP, Source, add_source, is_source, prune_puts, put_event, remove_source,
    source, sources,
};
pub use queue::{DEAD_PAGE, WINDOW, dead, redrive};
pub use reach::{Lookup, Reach, SystemLookup, Wrong as WrongAddress};
pub use replay::{MAX_SPEED, Span, begin as begin_replay};
pub use rows::{Fares, Put, RULES, RULES_A_SHOP, Rule, delete, fares, find, of, put, switch};
pub use target::{WrongTarget, check as check_target};
pub use webhook::secret_text;

use presso_core::id::ShopId;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tokio::sync::watch;

/// What the bus has in memory for the rest of the server.
pub struct Bus {
    reach: Reach,
    /// Where file targets are.
    folder: PathBuf,
    /// Changes when rules, or what waits of them, were changed by somebody else than the courier.
    changed: watch::Sender<()>,
    /// How far others' events go, of each shop; none until it was read from disk.
    put: watch::Sender<BTreeMap<ShopId, u64>>,
}

impl Bus {
    /// With file targets in this folder, made when there is something for it.
    #[must_use]
    pub fn new(folder: PathBuf, reach: Reach) -> Self {
        Self {
            reach,
            folder,
            changed: watch::Sender::new(()),
            put: watch::Sender::default(),
        }
    }
    /// Where webhooks may go.
    #[must_use]
    pub const fn reach(&self) -> &Reach {
        &self.reach
    }
    /// Somebody changed a rule, or sends something again.
    pub fn somebody_changed_it(&self) {
        self.changed.send_replace(());
    }
    /// An outside event is on disk, at this place of its sequence.
    pub fn somebody_put(&self, shop: ShopId, seq: u64) {
        self.put.send_modify(|heads| {
            let head = heads.entry(shop).or_default();
            *head = seq.max(*head);
        });
    }
    fn head_of_outside(&self, shop: &ShopId) -> u64 {
        self.put.borrow().get(shop).copied().unwrap_or_default()
    }
}

impl Rule {
    /// What the rule's rows are kept under.
    #[must_use]
    pub const fn id(&self) -> uuid::Uuid {
        self.id
    }
}
