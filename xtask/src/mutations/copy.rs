//! A copy of the tree to break things in, with a target folder of its own that outlives the run,
//! so that each mutation rebuilds only what it touches.

use super::patch::Patch;
use crate::{
    place,
    run::{answer, program},
};
use anyhow::Result;
use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

/// The copy.
pub(super) struct Copy {
    tree: PathBuf,
    target: PathBuf,
    files: BTreeSet<String>,
}

impl Copy {
    /// Makes it, or brings an earlier one up to date.
    pub(super) fn make() -> Result<Self> {
        let home = place::root().join("target/mutations");
        // What git tracks and what it would: the tree as it is, not as it was committed.
        let list = [
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ];
        let files = answer(program("git").args(list))?;
        let files = files
            .split('\0')
            .filter(|file| place::root().join(file).is_file());
        let files = files.map(str::to_owned).collect();
        let copy = Self {
            tree: home.join("tree"),
            target: home.join("target"),
            files,
        };
        copy.restore()?;
        Ok(copy)
    }

    /// Makes the copy equal to the tree again. Files that are equal are not touched: to cargo a
    /// new time is a change.
    pub(super) fn restore(&self) -> Result<()> {
        for file in &self.files {
            let (from, to) = (place::root().join(file), self.tree.join(file));
            let wanted = fs::read(&from)?;
            if fs::read(&to).is_ok_and(|there| there == wanted) {
                continue;
            }
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&to, wanted)?;
        }
        let mut folders = vec![self.tree.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let name = path
                    .strip_prefix(&self.tree)?
                    .to_string_lossy()
                    .into_owned();
                if path.is_dir() {
                    folders.push(path);
                } else if !self.files.contains(&name) {
                    fs::remove_file(path)?;
                }
            }
        }
        Ok(())
    }

    /// Applies a patch, as if the copy were in no repository.
    pub(super) fn apply(&self, patch: &Patch) -> Result<()> {
        let mut git = program("git");
        git.current_dir(&self.tree).env(
            "GIT_CEILING_DIRECTORIES",
            place::root().join("target/mutations"),
        );
        answer(
            git.args(["apply", "--whitespace=nowarn", "--recount"])
                .arg(&patch.file),
        )?;
        Ok(())
    }

    /// Lets a cargo command work in the copy.
    pub(super) fn within<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .current_dir(&self.tree)
            .env("CARGO_TARGET_DIR", &self.target)
    }
}
