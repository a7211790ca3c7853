//! Where the demo's data lies: a fresh folder that vanishes, or `./data`.

use crate::place;
use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A data folder; a fresh one is removed when this is dropped.
pub(crate) struct Folder {
    path: PathBuf,
    keep: bool,
    used: bool,
}

impl Folder {
    /// Opens it.
    pub(crate) fn open(keep: bool) -> Result<Self> {
        let path = if keep {
            place::root().join("data")
        } else {
            std::env::temp_dir().join(format!("presso-demo-{}", std::process::id()))
        };
        let used = path.exists();
        fs::create_dir_all(&path)?;
        Ok(Self { path, keep, used })
    }

    /// Was it there before, with its shop in it?
    pub(crate) fn is_used(&self) -> bool {
        self.used
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.keep {
            // Nobody could do anything about a failure here, and the system clears its own
            // temporary folder.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
