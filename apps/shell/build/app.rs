//! What the build script of each app does: merges the configuration that all apps share (the
//! root's `tauri.conf.json`) with the app's own and with what Tauri's command line passed on
//! (each later one wins), and takes the app's page from `target/ui`.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Set where the merged configuration is in the environment already.
const MERGED: &str = "PRESSO_CONFIG_IS_MERGED";
/// The command line's part of the configuration, for the build script; the merged one, for
/// `tauri::generate_context!`.
const CONFIG: &str = "TAURI_CONFIG";

/// Builds one app; `app` is its folder under `apps/` and its page's under `target/ui/`.
pub(crate) fn build(app: &str) {
    if env::var_os(MERGED).is_some() {
        return tauri_build::build();
    }
    let root = manifest().join("../../..");
    let mut config = read(&root.join("tauri.conf.json"));
    merge(&mut config, &read(&manifest().join("tauri.conf.json")));
    println!("cargo:rerun-if-env-changed={CONFIG}");
    if let Ok(passed) = env::var(CONFIG) {
        let passed = serde_json::from_str(&passed).expect("Tauri's command line passes JSON");
        merge(&mut config, &passed);
    }
    let page = page(&root.join("target/ui").join(app), app);
    merge(&mut config, &json!({"build": {"frontendDist": page}}));
    let config = config.to_string();
    println!("cargo:rustc-env={CONFIG}={config}");
    // A build script may not change its own environment; its child gets another.
    let itself = env::current_exe().expect("a running program has a path");
    let built = Command::new(itself)
        .env(CONFIG, config)
        .env(MERGED, "yes")
        .status();
    assert!(
        built.is_ok_and(|status| status.success()),
        "Tauri's part of the build failed"
    );
}

fn manifest() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR")
        .expect("cargo tells a build script where it is")
        .into()
}

fn read(path: &Path) -> Value {
    println!("cargo:rerun-if-changed={}", path.display());
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// As RFC 7386 says: objects are merged, null takes away, everything else replaces.
fn merge(into: &mut Value, patch: &Value) {
    let (Value::Object(into), Value::Object(patch)) = (&mut *into, patch) else {
        *into = patch.clone();
        return;
    };
    for (key, value) in patch {
        if value.is_null() {
            into.remove(key);
        } else {
            merge(into.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}

/// The app's page, without the squeezed copies that only a server needs: a copy of its own, so
/// that a page built meanwhile is never half taken.
fn page(from: &Path, app: &str) -> PathBuf {
    println!("cargo:rerun-if-changed={}", from.display());
    let built = from.join("index.html").exists();
    assert!(
        built,
        "the page of {app} is not built: run `cargo xtask ui` first"
    );
    let out = env::var_os("OUT_DIR").expect("cargo gives a build script a folder");
    let to = PathBuf::from(out).join("page");
    // Is not there at the first build; what an earlier one left must not be taken along.
    let _ = fs::remove_dir_all(&to);
    copy(from, &to).unwrap_or_else(|e| panic!("{}: {e}", from.display()));
    to
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target)?;
        } else if path.extension().is_none_or(|ending| ending != "br") {
            fs::copy(&path, target)?;
        }
    }
    Ok(())
}
