//! The files of the tree, and how a broken rule is told.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// Folders that hold no source: made by programs, or not ours.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "data", "shots", "gen"];

/// One text file.
pub(crate) struct Source {
    /// From the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// An example for a rule.
    pub(crate) fn example(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// The file's name without its folders.
    pub(crate) fn file(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Something wrong in this line (counted from 1).
    pub(crate) fn broken(&self, line: usize, what: impl Into<String>) -> Broken {
        Broken {
            place: format!("{}:{line}", self.path),
            what: what.into(),
        }
    }
}

/// One place that breaks a rule.
#[derive(Debug)]
pub(crate) struct Broken {
    place: String,
    what: String,
}

impl Broken {
    /// Something wrong that is not in one line of one file.
    pub(crate) fn at(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }
}

/// Fails when anything breaks the rule; says where, and why there is such a rule.
#[track_caller]
pub(crate) fn hold(reason: &str, broken: &[Broken]) {
    let list: Vec<String> = broken
        .iter()
        .map(|one| format!("  {}: {}", one.place, one.what))
        .collect();
    assert!(
        list.is_empty(),
        "\n{}\nwhy this is a rule: {reason}\n",
        list.join("\n")
    );
}

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies inside the repository")
}

/// Every text file of the tree.
pub(crate) fn all() -> &'static [Source] {
    static ALL: OnceLock<Vec<Source>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut found = Vec::new();
        let mut folders = vec![root().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for path in entries(&folder) {
                let name = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                if path.is_dir() {
                    if !NOT_OURS.contains(&name.as_str()) {
                        folders.push(path);
                    }
                } else if name == ".git" {
                    // Of a second working tree: git's own note of where the first one is.
                } else if let Ok(text) = fs::read_to_string(&path) {
                    let path = path
                        .strip_prefix(root())
                        .expect("it was found below the root");
                    found.push(Source {
                        path: path.to_string_lossy().into_owned(),
                        text,
                    });
                }
            }
        }
        found.sort_by(|one, other| one.path.cmp(&other.path));
        found
    })
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).expect("a folder of the tree can be read");
    read.map(|entry| entry.expect("an entry can be read").path())
        .collect()
}

#[test]
fn the_tree_is_read_from_its_root() {
    assert!(all().iter().any(|source| source.path == "core/src/lib.rs"));
    assert!(
        !all()
            .iter()
            .any(|source| source.path.starts_with("target/"))
    );
}

#[test]
#[should_panic(expected = "core/src/lib.rs:7: a clock")]
fn a_broken_rule_names_file_and_line() {
    hold(
        "so that it can be found",
        &[Source::example("core/src/lib.rs", "").broken(7, "a clock")],
    );
}
