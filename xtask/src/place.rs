//! Where things lie. Every path that more than one command uses is named here.

use std::path::{Path, PathBuf};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .expect("xtask/ lies inside the repository")
        .to_path_buf()
}

/// Cargo's target folder for native code; follows `CARGO_TARGET_DIR`.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Cargo's target folder for wasm: of its own, so that native builds and wasm builds never wait
/// for each other's lock nor undo each other's work.
pub(crate) fn wasm_target() -> PathBuf {
    root().join("target/wasm")
}

/// Where the browser bundles are put; the backend embeds this folder.
pub(crate) fn ui() -> PathBuf {
    root().join("target/ui")
}

/// The path as one would type it from the root.
pub(crate) fn short(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}
