//! `cargo xtask prove [NAME [WORDS]]`: the long runs, which the test run has in a short form.

use crate::{
    mutations,
    run::{cargo, run, say},
    table,
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
        "laws",
        "[--histories N]",
        "the workflow's laws over generated histories",
        laws,
    ),
    (
        "mutations",
        "[PATCH]",
        "each rule, when broken, turns a test red",
        mutations::command,
    ),
];

/// How many histories unless somebody says so; the test run takes far fewer.
const HISTORIES: u64 = 1_000_000;

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
    let histories = match words {
        [] => HISTORIES,
        [flag, number] if flag == "--histories" => number.parse().context("--histories N")?,
        _ => bail!("usage: cargo xtask prove laws [--histories N]"),
    };
    let mut test = cargo([
        "test",
        "--release",
        "-p",
        "presso-core",
        "--test",
        "workflow_laws",
    ]);
    test.env("PRESSO_HISTORIES", histories.to_string())
        .args(["--", "--nocapture"]);
    run(
        &format!("{histories} histories against the laws"),
        &mut test,
    )
}
