//! Names of a shop's people while their orders live: never in events, only beside them.

use parking_lot::RwLock;
use presso_core::board::Names;
use presso_core::id::{OrderId, StaffId};
use std::collections::HashMap;
use std::sync::Arc;

pub(super) type StaffNames = Arc<RwLock<HashMap<StaffId, String>>>;

/// Names of one shop's cups, and of all staff.
#[derive(Debug, Default)]
pub struct ShopNames {
    cups: RwLock<HashMap<OrderId, String>>,
    staff: StaffNames,
}

impl ShopNames {
    pub(super) fn new(
        staff: StaffNames,
        cups: impl IntoIterator<Item = (OrderId, String)>,
    ) -> Self {
        Self {
            cups: RwLock::new(cups.into_iter().collect()),
            staff,
        }
    }
    /// Gives a cup a name, or takes it away.
    pub(crate) fn name_cup(&self, order: OrderId, name: Option<String>) {
        let mut cups = self.cups.write();
        match name {
            Some(name) => cups.insert(order, name),
            None => cups.remove(&order),
        };
    }
}

impl Names for ShopNames {
    fn on_cup(&self, order: OrderId) -> Option<String> {
        self.cups.read().get(&order).cloned()
    }
    fn of_staff(&self, staff: StaffId) -> Option<String> {
        self.staff.read().get(&staff).cloned()
    }
}
