//! `cargo xtask bench [NAME]`: measures, prints a table and writes `target/bench/NAME.json`.
//!
//! A bench is a program of its own in `presso-bench`, called `bench-NAME`; what it runs beside
//! itself (a load, a floor, `presso`) is built with it, so that load and server can be processes
//! apart. Its one argument is the file into which it writes its results: an array of
//! `{what, value, spread, unit, bar, ok}`, `bar` and `ok` null where nothing is demanded.

use crate::{
    app::APPS,
    bundle, place,
    run::{cargo, run},
    setup::{self, Need},
    table,
};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{fs, path::Path, process::Command};

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// The bench alone.
    Itself,
    /// The same, and others who do that work.
    Peers,
    /// `presso`, which the bench runs beside itself.
    Server,
    /// The native apps as they are installed, by the test target `measures` of `presso-tests`:
    /// only what drives their windows sees when one is useful.
    Apps,
}

/// Name, what it measures, and what that needs.
const BENCHES: &[(&str, &str, Subject)] = &[
    (
        "orders",
        "orders a second and their latency, against the least that could do the work",
        Subject::Server,
    ),
    (
        "scan",
        "codes read from bad pictures, and how fast, against zbar, ZXing-C++ and OpenCV",
        Subject::Peers,
    ),
    (
        "patterns",
        "finding the rules that an event matches, among 1, 100 and 10,000",
        Subject::Itself,
    ),
    (
        "apps",
        "the native apps: how long to the first useful screen, how large",
        Subject::Apps,
    ),
];

/// The command line's entry: one bench, or all.
pub(crate) fn command(words: &[String]) -> Result<()> {
    let wanted = words.first();
    let chosen = BENCHES
        .iter()
        .filter(|(name, ..)| wanted.is_none_or(|wanted| wanted == name));
    let mut missed = Vec::new();
    let mut any = false;
    for (name, what, subject) in chosen {
        any = true;
        missed.extend(bench(name, what, *subject)?);
    }
    if !any {
        let names: Vec<&str> = BENCHES.iter().map(|(name, ..)| *name).collect();
        bail!("there is no such bench; there are: {}", names.join(", "));
    }
    if !missed.is_empty() {
        bail!("bars missed: {}", missed.join("; "));
    }
    Ok(())
}

/// The long run of this name, which is none of the benches: it says what holds and what does not.
pub(crate) fn prove_overload() -> Result<()> {
    let what = "twice what the server can do: who is let in, how quickly, and the rest";
    let missed = bench("overload", what, Subject::Server)?;
    if !missed.is_empty() {
        bail!("bars missed: {}", missed.join("; "));
    }
    Ok(())
}

/// Runs one and prints it; answers which bars were missed.
fn bench(name: &str, what: &str, subject: Subject) -> Result<Vec<String>> {
    let folder = place::root().join("target/bench");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{name}.json"));
    // A result of another day must not pass for today's; mostly there is none.
    let _ = fs::remove_file(&file);
    build(subject)?;
    let mut program = match subject {
        Subject::Itself | Subject::Peers | Subject::Server => program(name, &file),
        Subject::Apps => measures(&file),
    };
    run(&format!("{name}: {what}"), &mut program)?;
    let text = fs::read_to_string(&file).with_context(|| format!("{name} wrote no result"))?;
    let results: Vec<Value> = serde_json::from_str(&text).context("an array of results")?;
    let rows: Vec<Vec<String>> = results.iter().map(row).collect();
    println!();
    table::print(&["what", ">value", "unit", ">rounds", "bar", "ok"], &rows);
    println!("\n{}", place::short(&file));
    let missed = results.iter().filter(|result| result["ok"] == false);
    Ok(missed.map(|result| word(&result["what"])).collect())
}

/// The benches with all they run, and what they measure.
fn build(subject: Subject) -> Result<()> {
    if subject == Subject::Apps {
        setup::all(&[Need::Windows])?;
        return bundle::make(APPS);
    }
    if subject == Subject::Peers {
        setup::all(&[Need::Zbar])?;
    }
    let release = ["build", "--release"];
    let benches = ["-p", "presso-bench", "--bins"];
    run("building the benches", cargo(release).args(benches))?;
    if subject != Subject::Server {
        return Ok(());
    }
    let server = ["-p", "presso-backend", "--bin", "presso"];
    run("building the server", cargo(release).args(server))
}

fn program(name: &str, file: &Path) -> Command {
    let path = place::target()
        .join("release")
        .join(format!("bench-{name}"));
    let mut command = crate::run::program(path);
    command.arg(file);
    command
}

fn measures(file: &Path) -> Command {
    let mut command = cargo(["test", "-p", "presso-tests", "--test", "measures"]);
    command.args(["--", "--ignored", "--nocapture"]);
    command.env("PRESSO_BENCH", file);
    command
}

fn row(result: &Value) -> Vec<String> {
    let ok = match &result["ok"] {
        Value::Bool(true) => "yes",
        Value::Bool(false) => "NO",
        _ => "",
    };
    let ends: Vec<String> = match &result["spread"] {
        Value::Array(ends) => ends.iter().map(word).collect(),
        _ => Vec::new(),
    };
    let cell = |key: &str| word(&result[key]);
    vec![
        cell("what"),
        cell("value"),
        cell("unit"),
        ends.join(" – "),
        cell("bar"),
        ok.to_owned(),
    ]
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        // Three digits or so are what a measurement is worth.
        Value::Number(number) if number.is_f64() => {
            let number = number.as_f64().unwrap_or_default();
            let decimals = match number.abs() {
                1000.0.. => 0,
                10.0.. => 1,
                _ => 3,
            };
            format!("{number:.decimals$}")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_without_a_bar_shows_none() {
        let result = serde_json::json!({"what": "orders", "value": 1234.5, "unit": "1/s",
            "spread": [1.5, 20.0], "bar": null, "ok": null});
        let cells = ["orders", "1234", "1/s", "1.500 – 20.0", "", ""];
        assert_eq!(row(&result), cells);
    }
}
