//! `presso rules`. Here is `test`: does an event match a pattern, and why? It needs no server; what
//! does is in [`kept`].

mod import;
pub(super) mod kept;

use clap::Subcommand;
use presso_core::pattern::Pattern;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub(super) enum Rules {
    /// Says whether an event matches a pattern, and why:
    /// presso rules test --pattern rule.json --event order.json
    ///
    /// Ends with 0 for a match, 1 for none, 2 for a malformed pattern (or a wrong command line),
    /// 3 for a file that cannot be read or an event that is no JSON.
    Test {
        /// The pattern's file; - for standard input
        #[arg(
            long,
            value_name = "FILE",
            required_unless_present = "json_lines",
            conflicts_with = "json_lines"
        )]
        pattern: Option<PathBuf>,
        /// The event's file; - for standard input
        #[arg(
            long,
            value_name = "FILE",
            required_unless_present = "json_lines",
            conflicts_with = "json_lines"
        )]
        event: Option<PathBuf>,
        /// Reads {"pattern": …, "event": …} line by line from standard input, answers each with a
        /// line of JSON, and ends with the worst of their statuses
        #[arg(long)]
        json_lines: bool,
    },
    /// Reads envelopes that EventBridge has kept, one a line, in either of Serverlesspresso's
    /// spellings, and prints them as they are spelled here: presso rules import archive.jsonl
    ///
    /// What there was is told on standard error. Ends with 1 when a line is no envelope.
    Import {
        /// The archive; - for standard input
        archive: PathBuf,
        /// Only what matches
        #[arg(long, value_name = "FILE")]
        pattern: Option<PathBuf>,
    },
    #[command(flatten)]
    Kept(kept::Kept),
}

/// What came out, worst last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Match,
    NoMatch,
    Malformed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// Runs what needs no server, if it is that; `json` answers in JSON. What is no verdict goes to
/// standard error.
pub(super) fn run(command: &Rules, json: bool) -> Option<ExitCode> {
    let (pattern, event, json_lines) = match command {
        Rules::Test {
            pattern,
            event,
            json_lines,
        } => (pattern, event, json_lines),
        Rules::Import { archive, pattern } => return Some(imported(archive, pattern.as_deref())),
        Rules::Kept(_) => return None,
    };
    let outcome = match (pattern, event) {
        (Some(pattern), Some(event)) if !json_lines => one(pattern, event, json),
        _ => lines(std::io::stdin().lock()),
    };
    Some(match outcome {
        Ok(outcome) => outcome.into(),
        Err(why) => {
            eprintln!("presso: {why}");
            ExitCode::from(NO_VERDICT)
        }
    })
}

fn imported(archive: &Path, pattern: Option<&Path>) -> ExitCode {
    let run = || {
        let pattern = pattern.map(read).transpose()?;
        let pattern = pattern.map(|text| Pattern::parse(&text)).transpose();
        let pattern = pattern.map_err(|bad| format!("malformed pattern: {bad}"))?;
        let out = std::io::stdout().lock();
        if is_standard(archive) {
            return import::run(std::io::stdin().lock(), pattern.as_ref(), out);
        }
        let file = std::fs::File::open(archive);
        let file = file.map_err(|why| format!("{}: {why}", archive.display()))?;
        import::run(std::io::BufReader::new(file), pattern.as_ref(), out)
    };
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("presso: {why}");
            ExitCode::from(NO_VERDICT)
        }
    }
}

/// The status when there is nothing to judge.
const NO_VERDICT: u8 = 3;

fn one(pattern: &Path, event: &Path, json: bool) -> Result<Outcome, String> {
    if is_standard(pattern) && is_standard(event) {
        return Err("only one of --pattern and --event can be standard input".to_owned());
    }
    let (pattern, text) = (read(pattern)?, read(event)?);
    let event = serde_json::from_str(&text).map_err(|why| format!("{}: {why}", event.display()))?;
    let (outcome, answer) = judge(&pattern, &event);
    let why = answer["why"].as_str().unwrap_or_default();
    match outcome {
        _ if json => println!("{answer}"),
        Outcome::Malformed => eprintln!("presso: {why}"),
        Outcome::Match | Outcome::NoMatch => println!("{why}"),
    }
    Ok(outcome)
}

/// The verdict, and the answer as JSON.
fn judge(pattern: &str, event: &Value) -> (Outcome, Value) {
    match Pattern::parse(pattern) {
        Ok(pattern) => {
            let why = pattern.explain(event);
            let outcome = if why.matched {
                Outcome::Match
            } else {
                Outcome::NoMatch
            };
            (
                outcome,
                json!({"match": why.matched, "why": why.to_string()}),
            )
        }
        Err(bad) => {
            let (path, line, column) = (&bad.path, bad.line, bad.column);
            let place = json!({"path": path, "line": line, "column": column});
            let answer = json!({
                "match": null,
                "malformed": place,
                "why": format!("malformed pattern: {bad}"),
            });
            (Outcome::Malformed, answer)
        }
    }
}

/// One line of `--json-lines`. The pattern is JSON, or a string with JSON in it, which keeps the
/// places that an error points at.
#[derive(Deserialize)]
struct Pair {
    pattern: Value,
    event: Value,
}

/// An answer a line, also to a line that is no pair.
fn lines(input: impl BufRead) -> Result<Outcome, String> {
    let mut worst = Outcome::Match;
    let mut out = std::io::stdout().lock();
    for line in input.lines() {
        let line = line.map_err(|why| format!("standard input: {why}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let (outcome, answer) = match serde_json::from_str::<Pair>(&line) {
            Ok(pair) => {
                let pattern = match pair.pattern {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                judge(&pattern, &pair.event)
            }
            Err(why) => {
                let why = format!("no {{pattern, event}}: {why}");
                (Outcome::Malformed, json!({"match": null, "why": why}))
            }
        };
        worst = worst.max(outcome);
        writeln!(out, "{answer}").map_err(|why| format!("standard output: {why}"))?;
    }
    Ok(worst)
}

fn is_standard(file: &Path) -> bool {
    file == Path::new("-")
}

fn read(file: &Path) -> Result<String, String> {
    let mut text = String::new();
    let taken = if is_standard(file) {
        std::io::stdin().lock().read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|mut file| file.read_to_string(&mut text))
    };
    taken
        .map(|_| text)
        .map_err(|why| format!("{}: {why}", file.display()))
}
