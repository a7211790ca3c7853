//! How long files are.

use crate::source::{self, Broken, Source, hold};

const LONGEST: usize = 500;
const MEDIAN: usize = 150;

fn lines(source: &Source) -> usize {
    source.text.lines().count()
}

fn too_long(sources: &[Source]) -> Vec<Broken> {
    let rust = sources
        .iter()
        .filter(|source| source.is_rust() && lines(source) > LONGEST);
    rust.map(|source| source.broken(LONGEST, format!("goes on to line {}", lines(source))))
        .collect()
}

/// The median of what is below `src/`, in lines; 0 of nothing.
fn median(sources: &[Source]) -> usize {
    let of_src = sources
        .iter()
        .filter(|source| source.is_rust() && source.path.contains("src/"));
    let mut all: Vec<usize> = of_src.map(lines).collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or(0)
}

#[test]
fn no_file_is_longer_than_five_hundred_lines() {
    hold(
        "a file that grows has two subjects; give the second its own",
        &too_long(source::all()),
    );
}

#[test]
fn the_median_source_file_is_shorter_than_150_lines() {
    let median = median(source::all());
    assert!(
        median < MEDIAN,
        "the median is {median} lines: code that people love has small files"
    );
}

#[test]
fn a_long_file_is_seen() {
    let long = Source::example("core/src/a.rs", &"a\n".repeat(LONGEST + 1));
    let just = Source::example("core/src/b.rs", &"a\n".repeat(LONGEST));
    assert_eq!(too_long(&[long, just]).len(), 1);
}

#[test]
fn the_median_is_the_middle_one() {
    let of = |length| Source::example("core/src/a.rs", &"a\n".repeat(length));
    assert_eq!(median(&[of(1), of(400), of(200)]), 200);
}
