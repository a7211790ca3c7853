//! What files and types may not be called.

use crate::{
    code::{self, Blank},
    source::{self, Broken, Source, hold},
};

/// Words that say nothing about what a thing does.
const EMPTY: &[&str] = &["manager", "helper", "util", "service", "common", "misc"];

/// Paths that bear such a word for a reason.
const EXCEPT: &[&str] = &[
    "tests/service", // the part of the tests that drives the service over HTTP: its question's name
];

fn is_empty(word: &str) -> bool {
    let word = word.to_lowercase();
    EMPTY.contains(&word.as_str()) || EMPTY.contains(&word.trim_end_matches('s'))
}

fn bad_files(sources: &[Source]) -> Vec<Broken> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        if source.file() == "mod.rs" {
            broken.push(source.broken(1, "call it after its folder and put it beside that"));
        }
        if EXCEPT.iter().any(|path| source.path.starts_with(path)) {
            continue;
        }
        let names = source.path.trim_end_matches(".rs").split(['/', '_', '-']);
        for word in names.filter(|word| is_empty(word)) {
            broken.push(source.broken(1, format!("{word:?} says nothing about what is inside")));
        }
    }
    broken
}

fn bad_types(sources: &[Source]) -> Vec<Broken> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        let text = code::only(&source.text, Blank::CommentsAndStrings);
        for (number, line) in code::lines(&text) {
            let mut words = line.split_whitespace();
            while let Some(word) = words.next() {
                if !["struct", "enum", "trait", "type"].contains(&word) {
                    continue;
                }
                let name = words.next().unwrap_or_default();
                let name: String = name
                    .chars()
                    .take_while(|letter| letter.is_alphanumeric())
                    .collect();
                if let Some(word) = humps(&name).iter().find(|word| is_empty(word)) {
                    broken.push(source.broken(number, format!("{name}: what does a {word} do?")));
                }
            }
        }
    }
    broken
}

/// `OrderService` → `Order`, `Service`.
fn humps(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        match words.last_mut().filter(|_| !letter.is_uppercase()) {
            Some(word) => word.push(letter),
            None => words.push(letter.to_string()),
        }
    }
    words
}

#[test]
fn no_file_is_called_mod_or_by_an_empty_word() {
    hold(
        "a name should tell what is inside",
        &bad_files(source::all()),
    );
}

#[test]
fn no_type_is_called_by_an_empty_word() {
    hold(
        "a name should tell what a thing does",
        &bad_types(source::all()),
    );
}

#[test]
fn bad_file_names_are_seen() {
    for path in [
        "core/src/order/mod.rs",
        "core/src/common.rs",
        "apps/ui/src/view_utils.rs",
    ] {
        assert_eq!(bad_files(&[Source::example(path, "")]).len(), 1, "{path}");
    }
    assert_eq!(
        bad_files(&[Source::example("tests/service/main.rs", "")]).len(),
        0
    );
}

#[test]
fn bad_type_names_are_seen() {
    for text in [
        "pub struct OrderManager;",
        "enum Helpers {}",
        "trait OrderService<T> {",
    ] {
        assert_eq!(
            bad_types(&[Source::example("core/src/a.rs", text)]).len(),
            1,
            "{text}"
        );
    }
    // A role is no type of ours, and a comment no code.
    let fine = "enum Role { Manager }\n// struct OrderManager\nstruct Managed;";
    assert_eq!(
        bad_types(&[Source::example("core/src/a.rs", fine)]).len(),
        0
    );
}
