//! What stands in the tutorial, `docs/extending.md`, block by block.

use std::path::{Path, PathBuf};

const TUTORIAL: &str = include_str!("../../docs/extending.md");

/// The block that opens with this after its three quotes, as a reader would copy it.
pub(crate) fn block(head: &str) -> &'static str {
    let open = format!("\n```{head}\n");
    let mut found = TUTORIAL.split(open.as_str()).skip(1);
    let text = found.next().unwrap_or_else(|| panic!("no block {head}"));
    assert_eq!(found.next(), None, "two blocks {head}");
    let end = text.find("\n```\n").expect("a block that opens closes");
    &text[..=end]
}

/// Where the examples lie.
pub(crate) fn examples() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.expect("tests/ lies inside the repository")
        .join("examples")
}

#[test]
fn what_the_tutorial_shows_is_what_lies_in_examples() {
    for (head, file) in [
        ("python", "loyalty.py"),
        ("js", "loyalty.mjs"),
        ("rust", "loyalty.rs"),
    ] {
        let there = std::fs::read_to_string(examples().join(file));
        let there = there.unwrap_or_else(|why| panic!("{file}: {why}"));
        assert!(block(head) == there, "copy {file} into the tutorial");
    }
}
