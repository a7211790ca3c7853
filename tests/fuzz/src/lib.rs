//! What meets the outside, fed with anything at all. Each target is a function that takes bytes and
//! panics when something is read that should not be, or is not the same when it is written and read
//! again. `cargo xtask prove fuzz` has libFuzzer think of the bytes; the test here replays what it
//! and we have thought of, in `seeds/`, whole, cut short and bent.

pub mod bodies;
pub mod codes;
pub mod config;
pub mod frames;
pub mod links;
pub mod menus;
pub mod patterns;
pub mod proxies;
pub mod tokens;
pub mod transforms;

/// A target: its name and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them. Each has a program in `fuzz_targets/` and a folder in `seeds/`.
pub const TARGETS: &[Target] = &[
    ("bodies", bodies::run),
    ("codes", codes::run),
    ("config", config::run),
    ("frames", frames::run),
    ("links", links::run),
    ("menus", menus::run),
    ("patterns", patterns::run),
    ("proxies", proxies::run),
    ("tokens", tokens::run),
    ("transforms", transforms::run),
];

/// Written and read again it is the same.
///
/// # Panics
/// When it is not.
fn returns<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) {
    let first = serde_json::to_value(value).expect("what was read can be written");
    let again: T = serde_json::from_value(first.clone()).expect("what was written can be read");
    let second = serde_json::to_value(&again).expect("what was read can be written");
    assert_eq!(first, second);
}

#[cfg(test)]
mod tests;
