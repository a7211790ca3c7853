//! What is bundled for the browser, as data.

use super::Profile;
use crate::place;
use std::path::PathBuf;

/// The target triple of everything that runs in a browser.
pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// One wasm program.
pub(super) struct Bundle {
    /// The cargo package, which is also the name of its binary.
    pub(super) package: &'static str,
    /// Its folder under `apps/`, and for a page its folder under `target/ui/`.
    pub(super) app: &'static str,
    kind: Kind,
}

enum Kind {
    /// Has an `index.html` and an address of its own.
    Page,
    /// Runs beside these pages, and its files are put among theirs.
    WorkerOf(&'static [&'static str]),
}

/// All of them. One that is not in the tree (yet) is passed over.
pub(super) const BUNDLES: &[Bundle] = &[
    Bundle {
        package: "presso-customer",
        app: "customer",
        kind: Kind::Page,
    },
    Bundle {
        package: "presso-barista",
        app: "barista",
        kind: Kind::Page,
    },
    Bundle {
        package: "presso-display",
        app: "display",
        kind: Kind::Page,
    },
    Bundle {
        package: "presso-scanner",
        app: "scanner",
        kind: Kind::WorkerOf(&["customer"]),
    },
];

impl Bundle {
    pub(super) fn is_page(&self) -> bool {
        matches!(self.kind, Kind::Page)
    }

    pub(super) fn works_for(&self, page: &str) -> bool {
        matches!(self.kind, Kind::WorkerOf(pages) if pages.contains(&page))
    }

    /// A page is there when it has its `index.html`, a worker when it is a crate.
    pub(super) fn exists(&self) -> bool {
        let proof = if self.is_page() {
            "index.html"
        } else {
            "Cargo.toml"
        };
        self.folder().join(proof).exists()
    }

    /// Its sources.
    pub(super) fn folder(&self) -> PathBuf {
        place::root().join("apps").join(self.app)
    }

    /// What cargo made of it.
    pub(super) fn wasm(&self, profile: Profile) -> PathBuf {
        let folder = place::wasm_target().join(TARGET).join(profile.folder());
        folder.join(format!("{}.wasm", self.package))
    }
}
