//! The pages of the three apps: embedded in the binary, with the files of earlier builds beside
//! them in the data folder, so that a page loaded before an update still finds its parts.

mod file;
mod shelf;

pub use file::{Encoding, File};
pub use shelf::Assets;

/// A page, by the address it is served at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// `/s/{shop}`
    Customer,
    /// `/barista`
    Barista,
    /// `/display`
    Display,
}

impl Page {
    /// Every page.
    pub const ALL: [Self; 3] = [Self::Customer, Self::Barista, Self::Display];
    /// Its folder among the bundles.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Barista => "barista",
            Self::Display => "display",
        }
    }
}

/// The bundles as `cargo xtask ui` left them; none when it has not run.
#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/ui"]
#[allow_missing = true]
struct Embedded;
