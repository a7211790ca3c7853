//! `cargo xtask prove mutants [--shard K/N] [--iterate]`: does a test notice whatever small change
//! is made to the workflow's code? cargo-mutants makes them in a copy of the tree, all that it knows
//! of, one after the other; tests must turn red for 95 of 100. What lived is printed.
//!
//! A mutant costs a build and a test of one crate: ten seconds, in a profile and a target folder of
//! their own (the second run begins where the first one's dependencies are).

use crate::{
    place,
    run::{cargo, found, program, run, say},
};
use anyhow::{Context, Result, bail};
use serde_json::Value;

const VERSION: &str = "27.1.0";
/// Of a hundred, so many must be noticed.
const BAR: f64 = 95.0;

/// The command line's entry.
pub(crate) fn command(words: &[String]) -> Result<()> {
    if !found("cargo-mutants") {
        let install = ["install", "cargo-mutants", "--locked", "--version", VERSION];
        run(
            "installing cargo-mutants (once, a minute)",
            &mut cargo(install),
        )?;
    }
    let out = place::target().join("mutants");
    let mut mutants = program("cargo");
    mutants
        .args([
            "mutants",
            "-p",
            "presso-core",
            "-f",
            "core/src/workflow/**/*.rs",
        ])
        // Not the drawing of the picture: who looks at it sees more than a test.
        .args(["-e", "core/src/workflow/picture.rs"])
        .args(["--baseline", "skip", "--timeout", "120", "--no-shuffle"])
        .args(["--profile", "mutants"])
        .arg("-o")
        .arg(&out)
        // For building too: the package's other tests would be built anew for each mutant.
        .args(["-C=--lib", "-C=--test=workflow_laws", "-C=--test=wire"])
        .args(words)
        // Reading pictures has no part in it, and takes seconds.
        .args(["--", "--", "--skip", "scan::"])
        .env("CARGO_TARGET_DIR", out.join("build"))
        // As many as show every kind of event. Who is red is told, and why is not asked.
        .env("PRESSO_HISTORIES", "1000")
        .env("PROPTEST_MAX_SHRINK_ITERS", "0")
        .env("RUST_BACKTRACE", "0");
    say("changing the workflow, mutant by mutant");
    // That some lived is told by its exit code, and by us below.
    let status = mutants.status().context("cannot start cargo mutants")?;
    let text = std::fs::read_to_string(out.join("mutants.out/outcomes.json"))
        .with_context(|| format!("cargo mutants wrote no outcomes: {status}"))?;
    let sum: Value = serde_json::from_str(&text)?;
    let count = |name: &str| sum[name].as_u64().unwrap_or(0);
    let (caught, missed) = (count("caught") + count("timeout"), count("missed"));
    let rate = 100.0 * caught as f64 / (caught + missed).max(1) as f64;
    let unviable = count("unviable");
    println!("\n{caught} caught, {missed} missed, {unviable} did not build: {rate:.1} %");
    if rate < BAR {
        bail!("less than {BAR} % of the mutants were noticed");
    }
    Ok(())
}
