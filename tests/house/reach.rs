//! The same as [`crate::arrows`], in the text: a crate that is there for one folder is used there.

use crate::{
    code::{self, Blank},
    source::{self, Broken, Source, hold},
};

/// A path prefix in code, where it may be written (prefixes of file paths), and why.
const REACH: &[(&str, &[&str], &str)] = &[
    (
        "web_sys::",
        &["apps/ui/", "apps/scanner/", "core/src/client"],
        "what is asked of a browser is asked in one place",
    ),
    (
        "rusqlite::",
        // The floor that Presso is measured against is a server of its own.
        &["backend/", "tests/bench/"],
        "only the backend knows SQL",
    ),
    (
        "sqlx::",
        &["backend/", "tests/bench/"],
        "only the backend knows SQL",
    ),
    (
        "tauri::",
        &[
            "apps/shell/",
            "apps/customer/src-tauri/",
            "apps/barista/src-tauri/",
            "apps/display/src-tauri/",
        ],
        "only shells know Tauri",
    ),
    (
        "reqwest::",
        &["core/src/client", "backend/", "tests/"],
        "requests are the client's",
    ),
    ("leptos::", &["apps/"], "only screens have views"),
];

fn strayed(sources: &[Source]) -> Vec<Broken> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        let text = code::only(&source.text, Blank::CommentsAndStrings);
        for (number, line) in code::lines(&text) {
            for (path, homes, why) in REACH {
                if line.contains(path) && !homes.iter().any(|home| source.path.starts_with(home)) {
                    let path = path.trim_end_matches("::");
                    broken.push(source.broken(number, format!("{path} here: {why}")));
                }
            }
        }
    }
    broken
}

#[test]
fn browser_and_sql_calls_stand_only_where_they_belong() {
    hold(
        "one place to read, one place to change",
        &strayed(source::all()),
    );
}

#[test]
fn a_browser_call_in_a_screen_is_seen() {
    let text = "//! A screen.\n// web_sys:: in a comment is nothing.\nlet w = web_sys::window();";
    assert_eq!(
        strayed(&[Source::example("apps/customer/src/app.rs", text)]).len(),
        1
    );
    assert_eq!(
        strayed(&[Source::example("apps/ui/src/host.rs", text)]).len(),
        0
    );
}
