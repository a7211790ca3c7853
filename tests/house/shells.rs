//! Native apps: what they share is said once, in the root's `tauri.conf.json`, and no app says it
//! otherwise; a page may ask its shell only, and the network not at all.

use crate::source::{self, Broken, hold};
use serde_json::Value;

const APPS: [&str; 3] = ["customer", "barista", "display"];

/// What only the shared configuration says, as JSON pointers.
const SHARED: &[&str] = &[
    "/version",
    "/build",
    "/app/security",
    "/app/withGlobalTauri",
    "/bundle/active",
    "/bundle/targets",
    "/bundle/publisher",
    "/bundle/license",
    "/bundle/category",
    "/bundle/icon",
    "/bundle/createUpdaterArtifacts",
];

/// Where a page may connect to: its own files, and its shell by Tauri's way on each system.
const REACHES: &str = "connect-src 'self' ipc: http://ipc.localhost";

/// Whose permissions a capability may name.
const ALLOWED: &str = "presso-shell:";

fn read(path: &str) -> Value {
    let text = std::fs::read_to_string(source::root().join(path));
    let text = text.unwrap_or_else(|problem| panic!("{path}: {problem}"));
    serde_json::from_str(&text).unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

fn text(path: &str) -> String {
    let text = std::fs::read_to_string(source::root().join(path));
    text.unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

fn overrides(place: &str, config: &Value) -> Vec<Broken> {
    let said = SHARED.iter().filter(|p| config.pointer(p).is_some());
    said.map(|p| {
        Broken::at(
            place,
            format!("says {p}, which the root's tauri.conf.json says"),
        )
    })
    .collect()
}

fn leaks(policy: &str) -> Vec<Broken> {
    let broken = |what: String| Broken::at("tauri.conf.json", what);
    let parts: Vec<&str> = policy.split(';').map(str::trim).collect();
    let mut found = Vec::new();
    if !parts.contains(&"default-src 'none'") {
        found.push(broken("what is not named is not forbidden".into()));
    }
    if !parts.contains(&REACHES) {
        found.push(broken(format!(
            "a page connects elsewhere than to {REACHES}"
        )));
    }
    let words = parts.iter().flat_map(|part| part.split_whitespace());
    let wide = [
        "*",
        "https:",
        "http:",
        "ws:",
        "wss:",
        "'unsafe-inline'",
        "'unsafe-eval'",
    ];
    for word in words {
        let far = word.contains("://") && word != "http://ipc.localhost";
        if far || wide.contains(&word) {
            found.push(broken(format!("lets pages use {word}")));
        }
    }
    found
}

fn asks_too_much(place: &str, capability: &Value) -> Vec<Broken> {
    let mut broken = Vec::new();
    for permission in capability["permissions"].as_array().into_iter().flatten() {
        let name = permission.as_str().unwrap_or_default();
        if !name.starts_with(ALLOWED) {
            broken.push(Broken::at(place, format!("allows {permission}")));
        }
    }
    if capability.get("remote").is_some() {
        broken.push(Broken::at(place, "lets pages from elsewhere in"));
    }
    if capability["windows"] != serde_json::json!(["main"]) {
        broken.push(Broken::at(place, "is not for the one window"));
    }
    broken
}

#[test]
fn no_app_overrides_what_all_share_and_each_build_merges_it() {
    let mut broken = Vec::new();
    for app in APPS {
        let place = format!("apps/{app}/src-tauri/tauri.conf.json");
        broken.extend(overrides(&place, &read(&place)));
        let build = format!("apps/{app}/src-tauri/build.rs");
        if !text(&build).contains(&format!("app::build(\"{app}\")")) {
            broken.push(Broken::at(build, "does not merge the shared configuration"));
        }
    }
    hold("a policy that one app can change is none", &broken);
}

#[test]
fn each_app_has_an_identity_of_its_own() {
    let identity =
        |app| read(&format!("apps/{app}/src-tauri/tauri.conf.json"))["identifier"].clone();
    let mut all = APPS.map(identity).map(|id| id.to_string());
    all.sort();
    assert!(all[0] != all[1] && all[1] != all[2], "{all:?}");
}

#[test]
fn the_apps_are_of_the_workspaces_version() {
    let manifest: toml::Value = toml::from_str(&text("Cargo.toml")).expect("cargo reads it, too");
    let version = manifest["workspace"]["package"]["version"].as_str();
    assert_eq!(read("tauri.conf.json")["version"].as_str(), version);
}

#[test]
fn a_page_in_a_window_has_no_network_and_nothing_of_tauris() {
    let config = read("tauri.conf.json");
    let security = &config["app"]["security"];
    let mut broken = leaks(security["csp"].as_str().expect("there is a policy"));
    for key in [
        "dangerousDisableAssetCspModification",
        "dangerousRemoteDomainIpcAccess",
    ] {
        if security.get(key).is_some() {
            broken.push(Broken::at("tauri.conf.json", key));
        }
    }
    for app in APPS {
        let folder = format!("apps/{app}/src-tauri/capabilities");
        let files = std::fs::read_dir(source::root().join(&folder)).expect("each app has some");
        for file in files {
            let name = file.expect("it can be read").file_name();
            let place = format!("{folder}/{}", name.display());
            broken.extend(asks_too_much(&place, &read(&place)));
        }
    }
    hold("tokens and network stay with the shell", &broken);
}

#[test]
fn an_app_with_a_policy_of_its_own_a_wide_one_and_a_greedy_capability_are_seen() {
    let own = serde_json::json!({"version": "2.0.0", "app": {"security": {"csp": null}}});
    assert_eq!(overrides("example", &own).len(), 2);
    assert_eq!(
        leaks("default-src 'none'; connect-src 'self' ipc: http://ipc.localhost").len(),
        0
    );
    assert_eq!(
        leaks("default-src 'none'; connect-src 'self' https://a.example").len(),
        2
    );
    assert_eq!(
        leaks("connect-src 'self' ipc: http://ipc.localhost; script-src *").len(),
        2
    );
    let greedy = serde_json::json!({"windows": ["main"], "permissions": ["core:default"]});
    assert_eq!(asks_too_much("example", &greedy).len(), 1);
}
