//! `cargo xtask prove fuzz [SECONDS [TARGET …]]`: libFuzzer against every parser that meets the
//! outside (`tests/fuzz`), one after the other.
//!
//! What is found lies in `target/fuzz/found/TARGET`: mend it, and put the bytes into
//! `tests/fuzz/seeds/TARGET`, which the test run replays. What is thought of on the way is kept in
//! `target/fuzz/corpus`, so that the next run goes on from there.

use crate::{
    place,
    run::{Ended, Group, answer, cargo, found, program, run, say},
    stop, table,
};
use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

/// How long each target is fuzzed unless somebody says so.
const SECONDS: u64 = 600;
/// The version of cargo-fuzz that is known to work.
const VERSION: &str = "0.13.2";
/// A single input that takes this long is a finding.
const SLOW_S: u32 = 5;
/// And one that takes this much memory.
const LARGE_MB: u32 = 1024;

const CRATE: &str = "tests/fuzz";

/// What came of a target.
struct Outcome {
    name: String,
    executions: u64,
    each_second: u64,
    findings: usize,
}

pub(super) fn command(words: &[String]) -> Result<()> {
    let (seconds, wanted) = match words.split_first() {
        None => (SECONDS, words),
        Some((seconds, wanted)) => {
            let seconds = seconds.parse().context("SECONDS is a number")?;
            (seconds, wanted)
        }
    };
    let mut targets = names(&place::root().join(CRATE).join("fuzz_targets"))?;
    if let Some(unknown) = wanted.iter().find(|name| !targets.contains(name)) {
        bail!(
            "there is no target {unknown:?}; there are: {}",
            targets.join(", ")
        );
    }
    targets.retain(|name| wanted.is_empty() || wanted.contains(name));
    build()?;
    let mut outcomes = Vec::new();
    for name in targets {
        say(format!("{name}: {seconds} s"));
        outcomes.push(fuzz(name, seconds)?);
        if stop::asked() {
            break;
        }
    }
    println!();
    let row = |one: &Outcome| {
        let numbers = [one.executions, one.each_second].map(|number| number.to_string());
        let [executions, each_second] = numbers;
        vec![
            one.name.clone(),
            executions,
            each_second,
            one.findings.to_string(),
        ]
    };
    let rows: Vec<_> = outcomes.iter().map(row).collect();
    table::print(&["target", ">executions", ">a second", ">findings"], &rows);
    if outcomes.iter().any(|one| one.findings > 0) {
        bail!(
            "something was found: see {}",
            place::short(&folder("found"))
        );
    }
    Ok(())
}

fn folder(name: &str) -> PathBuf {
    place::target().join("fuzz").join(name)
}

/// The names of the files in a folder, without their endings.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| place::short(folder))?;
    let stem = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.ok()?.path();
        Some(path.file_stem()?.to_string_lossy().into_owned())
    };
    let mut names: Vec<String> = entries.filter_map(stem).collect();
    names.sort();
    Ok(names)
}

/// All targets, counted at every branch; without a sanitizer, which would want a nightly compiler
/// and finds what safe Rust does not do.
fn build() -> Result<()> {
    if !found("cargo-fuzz") {
        let install = ["install", "cargo-fuzz", "--locked", "--version", VERSION];
        run(
            "installing cargo-fuzz (once, a minute)",
            &mut cargo(install),
        )?;
    }
    let mut fuzz = cargo(["fuzz", "build", "--fuzz-dir", CRATE, "--features", "engine"]);
    fuzz.args(["--sanitizer", "none", "--release", "--debug-assertions"]);
    fuzz.args(["--codegen-units", "16", "--target-dir"]);
    fuzz.arg(place::target().join("fuzz"));
    // Linking nine programs at a release's leisure gains nothing here.
    fuzz.env("CARGO_PROFILE_RELEASE_LTO", "off");
    run("building the targets", &mut fuzz)
}

fn fuzz(name: String, seconds: u64) -> Result<Outcome> {
    let (corpus, found) = (folder("corpus").join(&name), folder("found").join(&name));
    // What an earlier run found is mended, or will be found again.
    let _ = fs::remove_dir_all(&found);
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&found)?;
    let log = folder(&format!("{name}.log"));
    let program_path = folder(&host()?).join("release").join(&name);
    let mut target = program(program_path);
    target
        .arg(&corpus)
        .arg(place::root().join(CRATE).join("seeds").join(&name))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-timeout={SLOW_S}"))
        .arg(format!("-rss_limit_mb={LARGE_MB}"))
        .arg(format!("-artifact_prefix={}/", found.display()))
        .arg("-print_final_stats=1")
        .stderr(File::create(&log)?);
    let ended = Group::start(&mut target)?.wait(Duration::from_secs(seconds + 60))?;
    let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    let findings = names(&found)?.len();
    match ended {
        Ended::Stopped => {}
        Ended::Itself(status) if status.success() || findings > 0 => {}
        Ended::Itself(_) | Ended::OverBudget => bail!("{name} came to no good end: {text}"),
    }
    Ok(Outcome {
        name,
        executions: stat(&text, "number_of_executed_units"),
        each_second: stat(&text, "average_exec_per_sec"),
        findings,
    })
}

/// One of libFuzzer's last words.
fn stat(text: &str, name: &str) -> u64 {
    let label = format!("stat::{name}:");
    let value = text.lines().find_map(|line| line.strip_prefix(&label));
    value
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(0)
}

/// This machine's name among targets of the compiler.
fn host() -> Result<String> {
    let told = answer(program("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc says for whom it compiles")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_of_a_run_are_read() {
        let text =
            "#9 DONE\nstat::number_of_executed_units: 12345\nstat::average_exec_per_sec:     99\n";
        assert_eq!(stat(text, "number_of_executed_units"), 12345);
        assert_eq!(stat(text, "average_exec_per_sec"), 99);
        assert_eq!(stat(text, "peak_rss_mb"), 0);
    }

    #[test]
    fn every_target_is_found_by_its_file() {
        let targets = names(&place::root().join(CRATE).join("fuzz_targets")).unwrap();
        assert!(targets.contains(&"frames".to_owned()), "{targets:?}");
    }
}
