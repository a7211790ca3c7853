//! How a file begins, and what nobody leaves behind in it.

use crate::{
    code::{self, Blank},
    source::{self, Broken, Source, hold},
};

fn without_opening(sources: &[Source]) -> Vec<Broken> {
    let rust = sources.iter().filter(|source| source.is_rust());
    let silent = rust.filter(|source| !source.text.starts_with("//! "));
    silent
        .map(|source| source.broken(1, "does not open with `//!`"))
        .collect()
}

fn left_undone(sources: &[Source]) -> Vec<Broken> {
    // Put together, so that this file does not find itself.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let mut broken = Vec::new();
    for source in sources {
        for (number, line) in code::lines(&source.text) {
            if let Some(word) = words.iter().find(|word| line.contains(*word)) {
                broken.push(source.broken(number, format!("{word} was left here")));
            }
        }
    }
    broken
}

fn silent_exceptions(sources: &[Source]) -> Vec<Broken> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        let text = code::only(&source.text, Blank::Comments);
        let numbered: Vec<(usize, &str)> = code::lines(&text).collect();
        for (at, (number, line)) in numbered.iter().enumerate() {
            let opens = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
            if !opens.iter().any(|open| line.trim_start().starts_with(open)) {
                continue;
            }
            // An attribute may be broken over a few lines.
            let attribute: String = numbered[at..]
                .iter()
                .take(8)
                .map(|(_, line)| *line)
                .collect();
            let attribute = attribute.split(")]").next().unwrap_or_default();
            if !attribute.contains("reason") {
                broken
                    .push(source.broken(*number, "a lint is silenced without a `reason = \"…\"`"));
            }
        }
    }
    broken
}

#[test]
fn every_rust_file_opens_by_saying_what_lives_there() {
    hold(
        "a reader should know in one line whether to read on",
        &without_opening(source::all()),
    );
}

#[test]
fn nothing_is_left_for_later_in_the_text() {
    hold(
        "what is to be done is an issue, where it is seen",
        &left_undone(source::all()),
    );
}

#[test]
fn every_silenced_lint_says_why() {
    hold(
        "an exception without a reason is copied",
        &silent_exceptions(source::all()),
    );
}

#[test]
fn a_file_that_opens_with_code_is_seen() {
    assert_eq!(
        without_opening(&[Source::example("core/src/a.rs", "use std::fmt;")]).len(),
        1
    );
    assert_eq!(
        without_opening(&[Source::example("core/src/a.rs", "//! A.")]).len(),
        0
    );
}

#[test]
fn a_note_to_oneself_is_seen() {
    let text = concat!("// TO", "DO: later");
    assert_eq!(
        left_undone(&[Source::example("core/src/a.rs", text)]).len(),
        1
    );
}

#[test]
fn a_lint_silenced_without_a_reason_is_seen() {
    let silent = Source::example("core/src/a.rs", "#[allow(dead_code)]\nfn a() {}");
    let told = Source::example(
        "core/src/a.rs",
        "#[allow(\n  dead_code,\n  reason = \"b\"\n)]\n",
    );
    assert_eq!(silent_exceptions(&[silent, told]).len(), 1);
}
