//! The systems that this machine is none of: core with its client, the shell and the apps are
//! type-checked for each. Nothing is linked and nothing is run: C compilers and SDKs of theirs are
//! stood in for by `xtask/stubs/tool`, whose every output is empty.

use crate::{
    place,
    run::{answer, cargo, found, program, run, say},
    table, ui,
};
use anyhow::{Context, Result};
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

/// What people call it, and what the compiler does.
const SYSTEMS: &[(&str, &str)] = &[
    ("Windows", "x86_64-pc-windows-msvc"),
    ("macOS", "aarch64-apple-darwin"),
    ("iOS", "aarch64-apple-ios"),
    ("Android", "aarch64-linux-android"),
];

/// What runs there.
const PACKAGES: &[&str] = &[
    "presso-core",
    "presso-camera",
    "presso-shell",
    "presso-customer-app",
    "presso-barista-app",
    "presso-display-app",
];

/// The names under which build scripts look for tools; none is a tool that builds for this machine.
const STUBS: &[&str] = &["clang", "stub-ar", "xcrun", "llvm-rc"];

/// Checks all that can be, and says of each how far that went.
pub(super) fn all() -> Result<()> {
    let stubs = stubs()?;
    pages()?;
    let mut rows = Vec::new();
    for (name, target) in SYSTEMS {
        let word = match missing(target)? {
            Some(why) => format!("skipped: {why}"),
            None => {
                let what = format!("types for {name}, not linked, not run");
                run(&what, &mut check(target, &stubs))?;
                "type-checked, not run".to_owned()
            }
        };
        rows.push(vec![(*name).to_owned(), (*target).to_owned(), word]);
    }
    println!();
    table::print(&["system", "target", "core, shell, apps"], &rows);
    println!("\nNo compiler, SDK or device of theirs was here: C code was stood in for.");
    Ok(())
}

/// Why this Rust cannot check for the target; nothing when it can. The target is added where it
/// may be.
fn missing(target: &str) -> Result<Option<String>> {
    let sysroot = answer(program("rustc").args(["--print", "sysroot"]))?;
    let library = Path::new(&sysroot).join("lib/rustlib").join(target);
    if library.join("lib").is_dir() {
        return Ok(None);
    }
    if !found("rustup") {
        return Ok(Some("no standard library, and no rustup to add it".into()));
    }
    let add = answer(program("rustup").args(["target", "add", target]));
    Ok(add
        .err()
        .map(|_| "no standard library, and rustup could not add it".into()))
}

/// An app's build embeds its page: whatever was built last will do, and something must have been.
fn pages() -> Result<()> {
    let app = |app: &&str| place::ui().join(app).join("index.html").is_file();
    if crate::app::APPS.iter().all(app) {
        return Ok(());
    }
    say("the apps' pages are not built yet");
    ui::build(ui::Profile::Dev)
}

fn check(target: &str, stubs: &Path) -> Command {
    let mut command = cargo(["check", "--lib", "--bins", "--target", target]);
    command
        .args(["--features", "presso-core/client", "--target-dir"])
        .arg(place::root().join("target/check"))
        .args(PACKAGES.iter().flat_map(|name| ["-p", name]));
    for (variable, tool) in [("CC", "clang"), ("CXX", "clang"), ("AR", "stub-ar")] {
        let variable = format!("{variable}_{}", target.replace('-', "_"));
        command.env(variable, stubs.join(tool));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let behind = std::env::split_paths(&path);
    let path = std::env::join_paths(std::iter::once(stubs.to_path_buf()).chain(behind));
    if let Ok(path) = path {
        command.env("PATH", path);
    }
    command
}

/// A folder with the stub under each of its names, and an SDK without anything in it.
fn stubs() -> Result<PathBuf> {
    let folder = place::root().join("target/check/stubs");
    fs::create_dir_all(folder.join("sdk"))?;
    let tool = place::root().join("xtask/stubs/tool");
    for name in STUBS {
        let link = folder.join(name);
        // Is there from an earlier run, perhaps of a tree that has moved since.
        let _ = fs::remove_file(&link);
        symlink(&tool, &link).with_context(|| place::short(&link))?;
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made once: tests run side by side, and making them replaces them.
    static FOLDER: std::sync::LazyLock<PathBuf> =
        std::sync::LazyLock::new(|| stubs().expect("the target folder can be written"));

    fn ask(tool: &str, words: &[&str]) -> String {
        answer(program(FOLDER.join(tool)).args(words)).expect("a stub never fails")
    }

    #[test]
    fn whatever_a_stub_is_asked_to_make_is_empty() {
        let place = std::env::temp_dir().join(format!("presso-stub-{}", std::process::id()));
        for (tool, before) in [("clang", "-o"), ("llvm-rc", "/fo"), ("stub-ar", "crs")] {
            let made = place.with_extension(format!("{tool}.a"));
            ask(tool, &[before, &made.display().to_string()]);
            assert_eq!(fs::read(&made).expect("it made a file"), b"", "{tool}");
            fs::remove_file(&made).expect("it is ours");
        }
    }

    #[test]
    fn a_stub_says_what_build_scripts_ask_of_it() {
        assert!(ask("clang", &["--version"]).starts_with("clang"));
        assert!(ask("xcrun", &["--sdk", "iphoneos", "--show-sdk-path"]).ends_with("/sdk"));
        assert!(ask("llvm-rc", &["-V", "/?"]).contains("Resource Converter"));
    }

    #[test]
    fn a_check_never_touches_the_folder_of_what_runs_here() {
        let command = check("aarch64-apple-ios", Path::new("/stubs"));
        let words: Vec<_> = command.get_args().collect();
        let own = place::root().join("target/check");
        assert!(words.iter().any(|word| *word == own));
        let compiler = command
            .get_envs()
            .find(|(name, _)| *name == "CC_aarch64_apple_ios");
        assert!(compiler.is_some_and(|(_, path)| path == Some("/stubs/clang".as_ref())));
    }
}
