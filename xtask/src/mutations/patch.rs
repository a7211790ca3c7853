//! One patch that breaks one rule, as it stands in `tests/mutations`.

use crate::place;
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A patch with its header.
#[derive(Debug)]
pub(super) struct Patch {
    /// The file's name without its ending.
    pub(super) name: String,
    /// The rule that no longer holds.
    pub(super) breaks: String,
    /// What follows `cargo test`.
    pub(super) test: Vec<String>,
    pub(super) file: PathBuf,
}

/// All of them, by name.
pub(super) fn all() -> Result<Vec<Patch>> {
    let folder = place::root().join("tests/mutations");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "patch"));
    files.sort();
    files
        .iter()
        .map(|file| parse(file, &fs::read_to_string(file)?))
        .collect()
}

fn parse(file: &Path, text: &str) -> Result<Patch> {
    let name = file
        .file_stem()
        .context("a patch has a name")?
        .to_string_lossy()
        .into_owned();
    let header = |key: &str| {
        let mut lines = text.lines().take_while(|line| line.starts_with('#'));
        let found = lines.find_map(|line| line.strip_prefix(key));
        let found = found.map(str::trim).filter(|value| !value.is_empty());
        found.with_context(|| format!("{name}: no line `{key} …` before the diff"))
    };
    let breaks = header("# breaks:")?.to_owned();
    let test: Vec<String> = header("# test:")?
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    if !text.lines().any(|line| line.starts_with("+++ ")) {
        bail!("{name}: no diff after the header");
    }
    Ok(Patch {
        name,
        breaks,
        test,
        file: file.to_path_buf(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIFF: &str = "--- a/core/src/a.rs\n+++ b/core/src/a.rs\n@@ -1 +1 @@\n-a\n+b\n";

    #[test]
    fn a_patch_names_its_rule_and_its_test() {
        let text = format!("# breaks: tickets have no gaps\n# test: -p presso-core law\n{DIFF}");
        let patch = parse(Path::new("gap.patch"), &text).expect("the header is complete");
        assert_eq!(patch.name, "gap");
        assert_eq!(patch.breaks, "tickets have no gaps");
        assert_eq!(patch.test, ["-p", "presso-core", "law"]);
    }

    #[test]
    fn a_patch_without_a_test_is_refused() {
        let text = format!("# breaks: tickets have no gaps\n{DIFF}");
        let problem = parse(Path::new("gap.patch"), &text).expect_err("nothing would be learnt");
        assert!(problem.to_string().contains("# test:"), "{problem}");
    }
}
