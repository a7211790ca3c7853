//! What is derived from a shop's journal and kept beside it.

use presso_core::board::OrderView;
use presso_core::id::{CustomerId, OrderId, ShopId};
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// The row of a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShopRow {
    /// Of the last event.
    pub version: u64,
    /// When time acts next.
    pub next_deadline: Option<Timestamp>,
}

/// The row of an order, as its columns say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// Its shop.
    pub shop: ShopId,
    /// Whose.
    pub customer: CustomerId,
    /// The state's name.
    pub state: String,
    /// Of the event that began it.
    pub first_version: u64,
    /// Of the event as of which the row was written.
    pub version: u64,
    /// As staff see it, without names.
    pub view: OrderView,
}

/// Where the rows of one shop are looked up.
pub trait Models {
    /// Why that may fail.
    type Error;
    /// The shop's own row.
    ///
    /// # Errors
    /// When it cannot be read.
    fn shop(&self) -> Result<Option<ShopRow>, Self::Error>;
    /// The shop written down whole, if this program can read it.
    ///
    /// # Errors
    /// When it cannot be read.
    fn snapshot(&self) -> Result<Option<Shop>, Self::Error>;
    /// An order's row, whichever shop it says.
    ///
    /// # Errors
    /// When it cannot be read.
    fn order(&self, order: OrderId) -> Result<Option<OrderRow>, Self::Error>;
    /// How many orders' rows say this shop.
    ///
    /// # Errors
    /// When they cannot be counted.
    fn orders(&self) -> Result<u64, Self::Error>;
}

/// The rows of one shop, in memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// The shop's own.
    pub shop: Option<ShopRow>,
    /// The shop written down whole.
    pub snapshot: Option<Shop>,
    /// Its orders'.
    pub orders: BTreeMap<OrderId, OrderRow>,
}

impl Models for Rows {
    type Error = Infallible;
    fn shop(&self) -> Result<Option<ShopRow>, Infallible> {
        Ok(self.shop)
    }
    fn snapshot(&self) -> Result<Option<Shop>, Infallible> {
        Ok(self.snapshot.clone())
    }
    fn order(&self, order: OrderId) -> Result<Option<OrderRow>, Infallible> {
        Ok(self.orders.get(&order).cloned())
    }
    fn orders(&self) -> Result<u64, Infallible> {
        Ok(self.orders.len() as u64)
    }
}
