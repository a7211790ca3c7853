//! Five faults that nobody should make, for the simulation to find: laws that see nothing would be
//! content with everything. Without the feature `planted`, which only `tests/simulation` asks for,
//! no question about them is ever answered with yes, and the compiler leaves them out; with it
//! there is no `presso` to be built.

/// One fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// What the disk refused is answered as if it were there.
    LostWrite,
    /// Whoever's deadline is the first takes along who has two seconds left.
    EarlyDeadline,
    /// A key that was answered is decided again.
    DoubledDelivery,
    /// What time does by itself wakes nobody.
    StaleScreen,
    /// A scan is decided on the shop as it is on disk, and not as it is about to be.
    CapacityRace,
}

#[cfg(feature = "planted")]
std::thread_local! {
    static PLANTED: std::cell::Cell<Option<Fault>> = const { std::cell::Cell::new(None) };
}

/// From now on this fault is there, on this thread; none is none.
#[cfg(feature = "planted")]
pub fn plant(fault: Option<Fault>) {
    PLANTED.set(fault);
}

/// Is it there?
#[cfg(feature = "planted")]
pub(crate) fn is(fault: Fault) -> bool {
    PLANTED.get() == Some(fault)
}

/// No.
#[cfg(not(feature = "planted"))]
pub(crate) const fn is(_: Fault) -> bool {
    false
}
