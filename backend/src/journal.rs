//! The journal: the append-only truth, and the rows that are written in the same transaction.
//!
//! [`Journal`] is what the engine writes with; [`Reader`] is how everyone else reads. A commit is
//! all or nothing: what it answered is on disk, and what it refused left nothing but the refusal.

#[cfg(test)]
pub(crate) mod conformance;
mod error;
mod rows;
mod sqlite;

pub use error::Error;
pub use rows::{
    Append, Batch, Loaded, OrderRow, Remembered, SNAPSHOT_FORMAT, StoredAnswer, StoredOrder,
    StoredRefusal, Write,
};
pub(crate) use sqlite::{LOCK, load, newest_format};
pub use sqlite::{Page, Reader, Scrubbed, Scrubber, Search, SqliteJournal, copy, lock, name_staff};

use crate::engine::Key;
use presso_core::id::{ShopId, StaffId};
use presso_core::time::Timestamp;
use std::collections::HashMap;

/// Where the engine writes. Used from one thread, so its futures need not be `Send`.
#[expect(
    async_fn_in_trait,
    reason = "the engine's thread is the only caller; its futures stay on that thread"
)]
pub trait Journal: 'static {
    /// Every shop there is.
    async fn shops(&mut self) -> Result<Vec<ShopId>, Error>;
    /// A shop's newest readable snapshot and the events after it, its secret, the names on its
    /// living orders' cups; none when there is no such shop.
    async fn load(&mut self, shop: &ShopId) -> Result<Option<Loaded>, Error>;
    /// The names of the staff.
    async fn staff_names(&mut self) -> Result<HashMap<StaffId, String>, Error>;
    /// What became of what came under this key: done in the 24 hours before `now`, or refused in
    /// the hour before it.
    async fn recall(&mut self, key: &Key, now: Timestamp) -> Result<Option<Remembered>, Error>;
    /// Writes it all, durably, or nothing. It begins at once, whether or not the future is polled;
    /// the next one is begun after this one has ended.
    ///
    /// # Errors
    /// [`Error::Conflict`] when a shop is not at the expected version; else why storing failed.
    fn commit(&mut self, batch: Batch) -> impl Future<Output = Committed> + 'static;
}

/// What became of a batch. It is given back without its writes; in their place stands for each
/// whether it went in: one that failed took back its own rows only.
pub type Committed = (Batch, Result<Vec<Result<(), Error>>, Error>);
