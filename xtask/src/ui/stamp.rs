//! Has anything changed since the bundle was made? The stamp lists every input with its time and
//! length; a bundle whose stamp reads the same is left alone.

use crate::place;
use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// What a bundle was made from.
#[derive(PartialEq, Eq)]
pub(super) struct Stamp(String);

impl Stamp {
    /// The present state of these inputs; folders count with all their files. This program is an
    /// input too.
    pub(super) fn of(profile: &str, inputs: &[PathBuf]) -> Result<Self> {
        let mut text = format!("{profile}\n");
        let mut all = vec![std::env::current_exe()?];
        for input in inputs {
            if input.is_dir() {
                all.extend(files(input)?);
            } else if input.exists() {
                all.push(input.clone());
            }
        }
        for path in all {
            // What vanishes meanwhile (this very program, built anew by another call of cargo) is
            // not listed, so the next stamp differs and the bundle is made again.
            let Ok(facts) = fs::metadata(&path) else {
                continue;
            };
            let age = facts
                .modified()?
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default();
            text.push_str(&format!(
                "{} {} {}\n",
                path.display(),
                age.as_nanos(),
                facts.len()
            ));
        }
        Ok(Self(text))
    }

    /// Is it what the app's bundle in `target/ui` was made from?
    pub(super) fn is_current(&self, app: &str) -> bool {
        place::ui().join(app).join("index.html").exists()
            && fs::read_to_string(file(app)).is_ok_and(|text| text == self.0)
    }

    /// Remembers it.
    pub(super) fn keep(&self, app: &str) -> Result<()> {
        Ok(fs::write(file(app), &self.0)?)
    }
}

/// Beside the work files, not in the bundle: the backend embeds whatever lies there.
fn file(app: &str) -> PathBuf {
    place::target().join("ui-work").join(format!("{app}.stamp"))
}

/// All files below a folder, sorted; none when there is no such folder.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop().filter(|folder| folder.is_dir()) {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path)
            } else {
                found.push(path)
            }
        }
    }
    found.sort();
    Ok(found)
}
