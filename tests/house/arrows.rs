//! Which crate may know which.

use crate::source::{self, Broken, hold};
use serde_json::Value;
use std::process::Command;

/// Crate, and the crates of ours that it may depend on, for building or for its tests.
const ALLOWED: &[(&str, &[&str])] = &[
    ("presso-core", &["presso-frames"]), // for its tests
    ("presso-frames", &[]),
    ("presso-backend", &["presso-core", "presso-words"]), // for messages to people
    ("presso-words", &["presso-core"]),
    ("presso-ui", &["presso-core", "presso-words"]),
    ("presso-scanner", &["presso-core"]),
    ("presso-camera", &["presso-core"]),
    (
        "presso-customer",
        &["presso-core", "presso-ui", "presso-words"],
    ),
    (
        "presso-barista",
        &["presso-core", "presso-ui", "presso-words"],
    ),
    (
        "presso-display",
        &["presso-core", "presso-ui", "presso-words"],
    ),
    (
        "presso-shell",
        &["presso-core", "presso-camera", "presso-words"],
    ),
    ("presso-customer-app", &["presso-shell"]),
    ("presso-barista-app", &["presso-shell"]),
    ("presso-display-app", &["presso-shell"]),
    (
        "presso-tests",
        &["presso-core", "presso-backend", "presso-frames"],
    ),
    ("presso-bench", &["presso-core", "presso-frames"]),
    ("presso-fuzz", &["presso-core", "presso-backend"]),
    ("presso-simulation", &["presso-core", "presso-backend"]),
    ("xtask", &[]),
];

/// Crates of others that belong to one part of the house: name (a `-` at the end: all that begin
/// so), who may depend on it, and why no one else.
const KEPT: &[(&str, &[&str], &str)] = &[
    (
        "web-sys",
        &["presso-core", "presso-ui", "presso-scanner"],
        "what is asked of a browser is asked in one place",
    ),
    // presso-bench: the floor in it is a server of its own, written against SQLite.
    (
        "rusqlite",
        &["presso-backend", "presso-bench"],
        "only the backend knows SQL",
    ),
    (
        "sqlx",
        &["presso-backend", "presso-tests"],
        "only the backend knows SQL",
    ),
    (
        "axum",
        // presso-tests: the tutorial's consumer in Rust, under examples/.
        &["presso-backend", "presso-bench", "presso-tests"],
        "only the backend serves",
    ),
    ("tauri", &["presso-shell"], "only shells know Tauri"),
    ("tauri-", &["presso-shell"], "only shells know Tauri"),
    (
        "nokhwa",
        &["presso-camera"],
        "one crate knows the ways of cameras",
    ),
    (
        "leptos",
        &[
            "presso-ui",
            "presso-customer",
            "presso-barista",
            "presso-display",
        ],
        "a view",
    ),
];

fn metadata() -> Value {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(source::root())
        .args(["metadata", "--no-deps", "--format-version=1"]);
    let output = cargo
        .output()
        .expect("cargo runs this test, so there is a cargo");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("cargo prints JSON")
}

/// Pairs of a package and the name of something it depends on.
fn edges(metadata: &Value) -> Vec<(String, String, bool)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut edges = Vec::new();
    for package in list(&metadata["packages"]) {
        for dependency in list(&package["dependencies"]) {
            let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
            let optional = dependency["optional"] == true;
            edges.push((name(&package), name(&dependency), optional));
        }
    }
    edges
}

fn wrong_arrows(metadata: &Value) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (from, to, _) in edges(metadata) {
        if !ALLOWED.iter().any(|(ours, _)| *ours == to) {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == from) else {
            broken.push(Broken::at(
                from,
                "is not in the table of arrows in tests/house/arrows.rs",
            ));
            continue;
        };
        if !allowed.contains(&to.as_str()) {
            broken.push(Broken::at(from, format!("may not depend on {to}")));
        }
    }
    broken
}

fn strayed(metadata: &Value) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (from, to, optional) in edges(metadata) {
        for (name, allowed, why) in KEPT {
            let meant = to == *name || (name.ends_with('-') && to.starts_with(name));
            let shell = from.ends_with("-app");
            if meant && !allowed.contains(&from.as_str()) && !shell {
                broken.push(Broken::at(&from, format!("may not depend on {to}: {why}")));
            }
        }
        if from == "presso-core" && to == "web-sys" && !optional {
            broken.push(Broken::at(
                &from,
                "web-sys must be optional: only the client needs it",
            ));
        }
    }
    broken
}

#[test]
fn crates_know_only_those_they_may_know() {
    hold(
        "core decides, everything else obeys; see ARCHITECTURE.md",
        &wrong_arrows(&metadata()),
    );
}

#[test]
fn browser_sql_and_shell_crates_stay_where_they_belong() {
    hold(
        "a shell knows Tauri and no coffee, a backend SQL and no coffee",
        &strayed(&metadata()),
    );
}

#[cfg(test)]
fn example(from: &str, to: &str) -> Value {
    let dependency = serde_json::json!({"name": to, "optional": false});
    serde_json::json!({"packages": [{"name": from, "dependencies": [dependency]}]})
}

#[test]
fn an_arrow_from_core_to_the_backend_is_seen() {
    assert_eq!(
        wrong_arrows(&example("presso-core", "presso-backend")).len(),
        1
    );
    assert_eq!(
        wrong_arrows(&example("presso-backend", "presso-core")).len(),
        0
    );
    assert_eq!(wrong_arrows(&example("presso-new", "presso-core")).len(), 1);
}

#[test]
fn sql_in_core_and_web_sys_in_an_app_are_seen() {
    assert_eq!(strayed(&example("presso-core", "sqlx")).len(), 1);
    assert_eq!(strayed(&example("presso-customer", "web-sys")).len(), 1);
    assert_eq!(strayed(&example("presso-backend", "tauri-build")).len(), 1);
    assert_eq!(
        strayed(&example("presso-core", "web-sys")).len(),
        1,
        "it is not optional here"
    );
    assert_eq!(strayed(&example("presso-ui", "web-sys")).len(), 0);
}
