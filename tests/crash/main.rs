//! Is anything lost when the program dies, or the disk fails? The real `presso`, as a process of its
//! own, is killed at its writes and syncs, killed under load, and given broken disks; then what was
//! answered is compared with what is there, by the one checker.
//!
//! `PRESSO_CRASH=all` walks every point and kills a thousand times (`cargo xtask prove crash`).

mod backup;
mod checkpoint;
mod clocks;
mod day;
mod disk;
mod doctor;
mod kills;
mod menus;
mod powercut;
mod readers;
mod restart;
mod start;
mod subscriber;
mod sync;
mod talkative;
mod tracer;
mod upgrade;
mod walk;
mod web;

use std::path::{Path, PathBuf};

/// The program that is tested.
fn program() -> PathBuf {
    let tests = std::env::current_exe().expect("a running program has a path");
    // target/debug/deps/crash-HASH
    let built = tests.ancestors().nth(2).expect("cargo puts it there");
    built.join("presso")
}

/// The long run.
fn is_long() -> bool {
    std::env::var("PRESSO_CRASH").is_ok_and(|word| word == "all")
}

/// Says why a test cannot run here; `cargo xtask test` counts it as skipped.
fn is_skipped(tracing: bool) -> bool {
    let lack = if !program().is_file() {
        Some("presso is not built; `cargo xtask test crash` builds it".to_owned())
    } else if tracing {
        tracer::lack()
    } else {
        None
    };
    if let Some(lack) = &lack {
        println!("skipped: {lack}");
    }
    lack.is_some()
}

/// Copies a data folder, whose server is not running.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("a folder can be read") {
        let entry = entry.expect("and each entry");
        let target = to.join(entry.file_name());
        if entry.path().is_file() {
            std::fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}
