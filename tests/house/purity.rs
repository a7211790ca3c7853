//! Core's domain has no `async`, no clock, no randomness, no `cfg` and no input or output.

use crate::{
    code::{self, Blank},
    source::{self, Broken, Source, hold},
};

/// What the domain does not say, and what it would mean.
const IMPURE: &[(&str, &str)] = &[
    ("async ", "waiting"),
    (".await", "waiting"),
    ("Instant", "a clock"),
    ("SystemTime", "a clock"),
    ("rand::", "randomness"),
    ("getrandom", "randomness"),
    ("new_v4(", "randomness"),
    ("now_v7(", "a clock"),
    ("thread_rng", "randomness"),
    ("#[cfg(", "two bodies for one rule"),
    ("cfg!(", "two bodies for one rule"),
    ("std::fs", "input and output"),
    ("std::net", "input and output"),
    ("std::env", "input and output"),
    ("std::thread", "threads"),
    ("tokio", "a runtime"),
    ("static mut", "hidden state"),
    ("thread_local!", "hidden state"),
    (
        "HashMap",
        "an order that differs from run to run: use a BTreeMap",
    ),
];

/// Where the outside world is let in: the client, which drives the domain.
fn is_client(path: &str) -> bool {
    path == "core/src/client.rs" || path.starts_with("core/src/client/")
}

fn impure(sources: &[Source]) -> Vec<Broken> {
    let mut broken = Vec::new();
    let domain = sources.iter().filter(|source| {
        source.is_rust() && source.path.starts_with("core/src/") && !is_client(&source.path)
    });
    for source in domain {
        let text = code::only(&source.text, Blank::Comments);
        for (number, line) in code::lines(code::before_tests(&source.path, &text)) {
            // The one switch: whether the client is there at all.
            if source.path == "core/src/lib.rs" && line.trim() == "#[cfg(feature = \"client\")]" {
                continue;
            }
            for (word, what) in IMPURE.iter().filter(|(word, _)| line.contains(word)) {
                broken.push(source.broken(number, format!("{:?}: {what}", word.trim())));
            }
        }
    }
    broken
}

#[test]
fn the_domain_has_no_clock_no_randomness_no_async_and_no_cfg() {
    let why = "time, identifiers and randomness are handed in, so that every run can be repeated";
    hold(why, &impure(source::all()));
}

#[test]
fn a_clock_in_the_domain_is_seen() {
    let text = "//! A.\nlet now = Instant::now(); // Instant\n#[cfg(test)]\nmod tests { Instant }";
    assert_eq!(
        impure(&[Source::example("core/src/order.rs", text)]).len(),
        1
    );
    assert_eq!(
        impure(&[Source::example("core/src/client/http.rs", text)]).len(),
        0
    );
}

#[test]
fn a_cfg_is_allowed_only_for_the_client_as_a_whole() {
    let client = "#[cfg(feature = \"client\")]\npub mod client;";
    let other = "#[cfg(target_arch = \"wasm32\")]\npub mod clock;";
    assert_eq!(
        impure(&[Source::example("core/src/lib.rs", client)]).len(),
        0
    );
    assert_eq!(
        impure(&[Source::example("core/src/lib.rs", other)]).len(),
        1
    );
}
