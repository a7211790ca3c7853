//! `cargo xtask prove [NAME [WORDS]]`: the long runs, which the test run has in a short form.

mod fuzz;
mod schemathesis;

use crate::{
    bench, mutants, mutations,
    run::{cargo, run, say},
    setup::{self, Need},
    simulate, table, test,
};
use anyhow::{Context, Result, bail};

/// A long run: its name, what may follow it, what it proves, and its function.
type Proof = (
    &'static str,
    &'static str,
    &'static str,
    fn(&[String]) -> Result<()>,
);

const PROOFS: &[Proof] = &[
    (
        "storms",
        "[--storms N]",
        "resuming through drops, repeats and reorderings",
        storms,
    ),
    (
        "laws",
        "[--histories N]",
        "the workflow's laws over generated histories",
        laws,
    ),
    (
        "crash",
        "",
        "every crash point, a thousand kills, ten restarts",
        crash,
    ),
    (
        "powercut",
        "[--cuts N]",
        "the power goes in the middle of work",
        powercut,
    ),
    (
        "overload",
        "",
        "twice what the server can do, on this machine",
        overload,
    ),
    (
        "fuzz",
        "[SECONDS [TARGET …]]",
        "every parser that meets the outside, fed with anything",
        fuzz::command,
    ),
    (
        "schemathesis",
        "[EXAMPLES]",
        "the server answers as it describes itself, and never 5xx",
        schemathesis::command,
    ),
    (
        "simulation",
        "[--seeds N] [--hours H]",
        "the laws on ten thousand seeds of the whole system",
        simulation,
    ),
    (
        "mutants",
        "[--shard K/N] [--iterate]",
        "every mutant of the workflow's code turns a test red",
        mutants::command,
    ),
    (
        "mutations",
        "[PATCH]",
        "each rule, when broken, turns a test red",
        mutations::command,
    ),
];

/// How many generated cases unless somebody says so; the test run takes far fewer.
const HISTORIES: u64 = 1_000_000;
const STORMS: u64 = 100_000;
const POWERCUTS: u64 = 200;
const SIMULATED: [&str; 4] = ["--seeds", "10000", "--hours", "0.25"];

/// The command line's entry: one proof, or all with their defaults.
pub(crate) fn command(words: &[String]) -> Result<()> {
    let Some(name) = words.first() else {
        for (name, _, what, proof) in PROOFS {
            say(format!("{name}: {what}"));
            proof(&[])?;
        }
        return Ok(());
    };
    let Some((.., proof)) = PROOFS.iter().find(|(known, ..)| known == name) else {
        let row =
            |(name, words, what, _): &Proof| vec![format!("{name} {words}"), (*what).to_owned()];
        table::print(
            &["proof", "what"],
            &PROOFS.iter().map(row).collect::<Vec<_>>(),
        );
        bail!("there is no proof {name:?}");
    };
    proof(&words[1..])
}

fn laws(words: &[String]) -> Result<()> {
    generated(
        "workflow_laws",
        "PRESSO_HISTORIES",
        number(words, "--histories", HISTORIES)?,
    )
}

fn storms(words: &[String]) -> Result<()> {
    generated(
        "realtime_storms",
        "PRESSO_STORMS",
        number(words, "--storms", STORMS)?,
    )
}

fn simulation(words: &[String]) -> Result<()> {
    if !words.is_empty() {
        return simulate::command(words);
    }
    simulate::command(&SIMULATED.map(str::to_owned))
}

/// The part of the tests of this name, with every point and kill.
fn crash(words: &[String]) -> Result<()> {
    if !words.is_empty() {
        bail!("nothing may follow here");
    }
    let needs = [Need::Server, Need::Tracer, Need::Disks, Need::Clocks];
    crashing("every crash point", &needs, "", ("PRESSO_CRASH", "all"))
}

fn powercut(words: &[String]) -> Result<()> {
    let cuts = number(words, "--cuts", POWERCUTS)?.to_string();
    let needs = [Need::Server, Need::Tracer, Need::Disks];
    let what = format!("{cuts} power cuts");
    crashing(&what, &needs, "powercut", ("PRESSO_POWERCUTS", &cuts))
}

/// The tests of the real program, or those whose name has this word.
fn crashing(what: &str, needs: &[Need], word: &str, variable: (&str, &str)) -> Result<()> {
    setup::all(needs)?;
    let mut selection = vec!["--test", "crash"];
    selection.extend(test::HOUSEHOLD.iter().flat_map(|name| ["-p", name]));
    let selection: Vec<String> = selection.into_iter().map(str::to_owned).collect();
    test::build_server(&selection)?;
    let mut test = cargo(["test"]);
    test.args(selection)
        .args(["--", "--nocapture", "--test-threads=2", word]);
    run(what, test.env(variable.0, variable.1))
}

fn overload(words: &[String]) -> Result<()> {
    if !words.is_empty() {
        bail!("nothing may follow here");
    }
    setup::all(&[Need::Tracer])?;
    bench::prove_overload()
}

fn number(words: &[String], flag: &str, usual: u64) -> Result<u64> {
    match words {
        [] => Ok(usual),
        [word, number] if word == flag => number.parse().with_context(|| format!("{flag} N")),
        _ => bail!("here only {flag} N may follow"),
    }
}

/// Runs a test target of core over as many generated cases as the variable tells it.
fn generated(target: &str, variable: &str, cases: u64) -> Result<()> {
    let mut test = cargo(["test", "--release", "-p", "presso-core", "--test", target]);
    test.env(variable, cases.to_string())
        .args(["--", "--nocapture"]);
    run(&format!("{target}: {cases} cases"), &mut test)
}
