//! One door for developers: `cargo xtask COMMAND`. This file is only the table of contents;
//! each command lives in the file that bears its name.

mod app;
mod bench;
mod bundle;
mod check;
mod demo;
mod dev;
mod mutants;
mod mutations;
mod place;
mod prove;
mod run;
mod sbom;
mod setup;
mod shots;
mod simulate;
mod stop;
mod table;
mod test;
mod ui;

use std::process::ExitCode;

/// One command: its name, what may follow it, what it is for, and its function.
type Command = (
    &'static str,
    &'static str,
    &'static str,
    fn(&[String]) -> anyhow::Result<()>,
);

const COMMANDS: &[Command] = &[
    (
        "demo",
        "[--robots] [--port N] [--lan] [--keep] [--release]",
        "build everything and run a demo shop",
        demo::command,
    ),
    (
        "dev",
        "[as demo]",
        "the same, rebuilt and restarted on change",
        dev::command,
    ),
    (
        "test",
        "[PART [FILTER]]",
        "set up, then run every test, or one part",
        test::command,
    ),
    (
        "check",
        "[systems]",
        "format, lints, licences, types for wasm and other systems, rustdoc",
        check::command,
    ),
    (
        "app",
        "customer|barista|display [ARGUMENT …]",
        "build a native app and open its window",
        app::command,
    ),
    (
        "bundle",
        "[APP …]",
        "the native apps as packages to install",
        bundle::command,
    ),
    (
        "ui",
        "[--release]",
        "build the browser bundles into target/ui",
        ui::command,
    ),
    (
        "prove",
        "[NAME]",
        "the long runs: laws, storms, crashes, fuzzing, mutations",
        prove::command,
    ),
    (
        "mutations",
        "[PATCH]",
        "break each rule and see a test turn red",
        mutations::command,
    ),
    (
        "simulate",
        "[--seeds N] [--hours H] [--seed S]",
        "the whole system on virtual time, with faults",
        simulate::command,
    ),
    ("bench", "[NAME]", "measure, against bars", bench::command),
    (
        "sbom",
        "",
        "what everything that is shipped is made of, as CycloneDX",
        sbom::command,
    ),
    (
        "shots",
        "[WORD …]",
        "a picture of every screen into shots/",
        shots::command,
    ),
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some(name) = words.first() else {
        usage();
        return ExitCode::SUCCESS;
    };
    let Some((.., command)) = COMMANDS.iter().find(|(known, ..)| known == name) else {
        usage();
        return ExitCode::from(2);
    };
    match command(&words[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\nxtask {name}: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn usage() {
    eprintln!("cargo xtask COMMAND\n");
    for (name, arguments, what, _) in COMMANDS {
        eprintln!("  {:<57} {what}", format!("{name} {arguments}"));
    }
}
