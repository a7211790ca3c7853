//! What the benches are made of: the floor that Presso is held against, the load, the counting.
//! The programs are in `src/bin`; `cargo xtask bench` builds and runs them.

pub mod finding;
pub mod floor;
pub mod load;
pub mod orders;
pub mod overload;
pub mod patterns;
pub mod plan;
pub mod process;
pub mod scan;
pub mod setup;
pub mod syncs;
pub mod usage;
pub mod wire;
