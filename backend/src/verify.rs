//! Do the rows beside the journal say what the journal says? Replays each shop's events and
//! compares. Reads only, through a connection of its own, also while a server runs.

mod folder;
mod replay;
mod rows;
#[cfg(test)]
pub(crate) mod tests;

pub use folder::{Folder, Report};
pub use replay::{Difference, Replay};
pub use rows::{Models, OrderRow, Rows, ShopRow};
