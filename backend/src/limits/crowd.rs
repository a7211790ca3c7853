//! How many connections each address holds just now.

use super::address::Address;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

type Counts = Mutex<HashMap<Address, u32>>;

/// Those who hold one, counted by address. As large as there are connections, which are bounded.
pub(crate) struct Crowd {
    most: u32,
    counts: Arc<Counts>,
}

impl Crowd {
    /// Lets in so many of each address.
    pub(super) fn of_at_most(most: u32) -> Self {
        let counts = Arc::default();
        Self { most, counts }
    }
    /// A place; none when the address has all of its own.
    pub(super) fn enter(&self, address: Address) -> Option<Seat> {
        let mut counts = self.counts.lock();
        let count = counts.entry(address).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Seat(Some((address, Arc::clone(&self.counts)))))
    }
}

/// A place in it; given back when dropped.
pub(crate) struct Seat(Option<(Address, Arc<Counts>)>);

impl Seat {
    /// Of somebody who is not counted.
    pub(crate) const fn free() -> Self {
        Self(None)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some((address, counts)) = self.0.take() else {
            return;
        };
        let mut counts = counts.lock();
        if let Some(count) = counts.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_so_many_at_once_and_leaves_nothing_behind() {
        let crowd = Crowd::of_at_most(2);
        let (here, there) = (Address::V4(1), Address::V4(2));
        let (first, second) = (crowd.enter(here), crowd.enter(here));
        assert!(first.is_some() && second.is_some());
        assert!(crowd.enter(here).is_none());
        assert!(crowd.enter(there).is_some());
        drop(first);
        let third = crowd.enter(here);
        assert!(third.is_some() && crowd.enter(here).is_none());
        drop((second, third));
        assert!(crowd.counts.lock().is_empty());
    }
}
