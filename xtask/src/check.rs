//! `cargo xtask check`: everything that can be said about the code without running it.

mod systems;

use crate::{
    place,
    run::{cargo, found, run},
    setup::{self, Need},
};
use anyhow::{Result, bail};

/// The crates that run here. All their features are asked about: benches and robots are behind some.
const NATIVE: &[&str] = &[
    "presso-core",
    "presso-words",
    "presso-backend",
    "presso-tests",
    "presso-bench",
    "presso-fuzz",
    "presso-simulation",
    "xtask",
];

/// The crates that run in a browser; on the host they would be compiled for nothing.
const SCREENS: &[&str] = &[
    "presso-ui",
    "presso-customer",
    "presso-barista",
    "presso-display",
];

/// The command line's entry.
pub(crate) fn command(words: &[String]) -> Result<()> {
    match words {
        [] => {}
        [word] if word == "systems" => return systems::all(),
        _ => bail!("usage: cargo xtask check [systems]"),
    }
    setup::all(&[Need::WasmTarget])?;
    run("format", &mut cargo(["fmt", "--all", "--check"]))?;
    let strict = ["--", "-D", "warnings"];
    let native = NATIVE.iter().flat_map(|name| ["-p", name]);
    run(
        "lints, native",
        cargo(["clippy", "--all-targets", "--all-features"])
            .args(native)
            .args(strict),
    )?;
    let screens: Vec<&str> = SCREENS.iter().flat_map(|name| ["-p", name]).collect();
    run("lints, wasm", wasm("clippy").args(screens).args(strict))?;
    let client = ["-p", "presso-core", "--features", "client"];
    run(
        "the client, as the browser has it",
        wasm("clippy").args(client).args(strict),
    )?;
    let mut docs = cargo(["doc", "--no-deps", "--document-private-items"]);
    run("documentation", docs.env("RUSTDOCFLAGS", "-D warnings"))?;
    systems::all()?;
    deny()
}

fn wasm(what: &str) -> std::process::Command {
    let mut command = cargo([what, "--target", "wasm32-unknown-unknown", "--target-dir"]);
    command.arg(place::wasm_target());
    command
}

fn deny() -> Result<()> {
    if !found("cargo-deny") {
        let install = ["install", "cargo-deny", "--locked"];
        run(
            "installing cargo-deny (once, several minutes)",
            &mut cargo(install),
        )?;
    }
    // Not `advisories`: their database is not always to be had where this runs.
    let ask = [
        "deny",
        "--all-features",
        "check",
        "bans",
        "licenses",
        "sources",
    ];
    run("licences, bans, sources", &mut cargo(ask))
}
