//! `cargo xtask sbom`: what the server, the pages and the native apps are made of, as CycloneDX
//! 1.5 in `target/sbom`, one file each: everything that is linked on any system, since one release is
//! built for several, and nothing that only builds.

use crate::{
    place,
    run::{answer, cargo, found, program, run},
};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The version that is known to work.
const VERSION: &str = "0.5.9";
/// How its files end.
const ENDING: &str = "_bin.cdx.json";

/// What is shipped: the folder of its crate, and the program's name.
const SHIPPED: &[(&str, &str)] = &[
    ("backend", "presso"),
    ("apps/customer", "presso-customer"),
    ("apps/barista", "presso-barista"),
    ("apps/display", "presso-display"),
    ("apps/scanner", "presso-scanner"),
    ("apps/customer/src-tauri", "presso-customer-app"),
    ("apps/barista/src-tauri", "presso-barista-app"),
    ("apps/display/src-tauri", "presso-display-app"),
];

/// The command line's entry.
pub(crate) fn command(words: &[String]) -> Result<()> {
    if !words.is_empty() {
        bail!("nothing may follow here");
    }
    if !found("cargo-cyclonedx") {
        let install = [
            "install",
            "cargo-cyclonedx",
            "--locked",
            "--version",
            VERSION,
        ];
        run(
            "installing cargo-cyclonedx (once, some minutes)",
            &mut cargo(install),
        )?;
    }
    let mut list = cargo(["cyclonedx", "--format", "json", "--spec-version", "1.5"]);
    list.args([
        "--describe",
        "binaries",
        "--target",
        "all",
        "--no-build-deps",
    ]);
    // The commit's time, so that the same tree gives the same files.
    let time = answer(program("git").args(["log", "-1", "--format=%ct"]));
    if let Ok(time) = time {
        list.env("SOURCE_DATE_EPOCH", time);
    }
    run("listing what everything is made of", &mut list)?;
    let collected = collect();
    // It writes beside every crate, also those that are not shipped.
    sweep(&place::root())?;
    collected
}

fn collect() -> Result<()> {
    let folder = place::target().join("sbom");
    fs::create_dir_all(&folder)?;
    for (of, name) in SHIPPED {
        let made = place::root().join(of).join(format!("{name}{ENDING}"));
        let text = fs::read_to_string(&made).with_context(|| place::short(&made))?;
        let text = without_place(&text, &place::root().display().to_string());
        let bill: Value = serde_json::from_str(&text)?;
        let parts = bill["components"].as_array().map_or(0, Vec::len);
        let file = folder.join(format!("{name}.cdx.json"));
        fs::write(&file, text)?;
        println!("{}  {parts} parts", place::short(&file));
    }
    Ok(())
}

/// Nobody needs to know in which folder it was made.
fn without_place(text: &str, root: &str) -> String {
    text.replace(root, ".")
}

/// Removes what was left beside the crates.
fn sweep(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        if path.is_dir() && !["target", "node_modules", ".git"].contains(&name.as_str()) {
            sweep(&path)?;
        } else if name.ends_with(".cdx.json") {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_in_the_tree() {
        for (folder, name) in SHIPPED {
            let manifest = place::root().join(folder).join("Cargo.toml");
            let text = fs::read_to_string(&manifest).expect("a crate");
            assert!(
                text.contains(&format!("name = \"{name}\"")),
                "{folder}: {name}"
            );
        }
    }

    #[test]
    fn a_bill_does_not_say_where_it_was_made() {
        let text = r#"{"bom-ref":"path+file:///a/presso/core#0.1.0"}"#;
        assert_eq!(
            without_place(text, "/a/presso"),
            r#"{"bom-ref":"path+file://./core#0.1.0"}"#
        );
    }
}
