//! The names of staff, in memory: screens show them, and there are few.

use presso_core::id::StaffId;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Names of staff, shared: cloning it is cheap. Filled from the rows at start, then as they change.
#[derive(Debug, Clone, Default)]
pub struct Directory(Arc<RwLock<HashMap<StaffId, String>>>);

impl Directory {
    /// The name of a member of staff; none of one unknown or erased.
    #[must_use]
    pub fn of_staff(&self, staff: StaffId) -> Option<String> {
        let names = self.0.read().unwrap_or_else(PoisonError::into_inner);
        names.get(&staff).cloned()
    }
    /// Somebody has a name now.
    pub fn put(&self, staff: StaffId, name: String) {
        let mut names = self.0.write().unwrap_or_else(PoisonError::into_inner);
        names.insert(staff, name);
    }
}
