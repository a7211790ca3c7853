//! `cargo xtask mutations [NAME]`: do the tests notice when a rule is broken?
//!
//! Each `tests/mutations/*.patch` breaks one rule. It opens with two lines before the diff:
//!
//! ```text
//! # breaks: what no longer holds
//! # test: -p presso-core --test workflow_laws law_tickets_have_no_gaps
//! ```
//!
//! The second is what follows `cargo test` to run the tests that must turn red; they must be green
//! on the tree as it is. Everything happens in a copy below `target/mutations`.

mod copy;
mod patch;

use crate::{
    run::{Ended, Group, cargo, say},
    stop, table,
    test::{Count, Screen, watch},
};
use anyhow::{Result, bail};
use copy::Copy;
use patch::Patch;
use std::{collections::BTreeMap, time::Duration};

/// What building, and what running one mutated test may take.
const BUILD_BUDGET: Duration = Duration::from_secs(20 * 60);
const TEST_BUDGET: Duration = Duration::from_secs(5 * 60);

/// What came of one patch.
enum Verdict {
    /// Tests turned red: these.
    Caught(Vec<String>),
    /// All tests stayed green.
    Survived,
    /// Nothing was learnt, for this reason.
    Invalid(String),
}

/// The command line's entry.
pub(crate) fn command(words: &[String]) -> Result<()> {
    let patches: Vec<Patch> = patch::all()?
        .into_iter()
        .filter(|patch| {
            words
                .first()
                .is_none_or(|wanted| patch.name.contains(wanted.as_str()))
        })
        .collect();
    if patches.is_empty() {
        bail!("there is no such patch in tests/mutations");
    }
    let copy = Copy::make()?;
    let mut green = BTreeMap::new();
    let mut rows = Vec::new();
    let mut bad = 0;
    for patch in &patches {
        say(format!("{}: {}", patch.name, patch.breaks));
        let verdict = judge(&copy, patch, &mut green)?;
        if stop::asked() {
            bail!("stopped by Ctrl-C");
        }
        let (verdict, by) = match verdict {
            Verdict::Caught(tests) => ("caught".to_owned(), short_list(&tests)),
            Verdict::Survived => ("SURVIVED".to_owned(), patch.test.join(" ")),
            Verdict::Invalid(why) => ("INVALID".to_owned(), why),
        };
        bad += usize::from(verdict != "caught");
        rows.push(vec![patch.name.clone(), patch.breaks.clone(), verdict, by]);
    }
    println!();
    table::print(&["patch", "breaks", "verdict", "by"], &rows);
    println!(
        "\n{} of {} mutations caught",
        patches.len() - bad,
        patches.len()
    );
    if bad > 0 {
        bail!("a rule can be broken without a test that notices");
    }
    Ok(())
}

fn judge(
    copy: &Copy,
    patch: &Patch,
    green: &mut BTreeMap<Vec<String>, Result<(), String>>,
) -> Result<Verdict> {
    if !green.contains_key(&patch.test) {
        copy.restore()?;
        let count = match test(copy, patch, "as it is")? {
            Ok(count) => count,
            Err(why) => Count::one_failed("the tree as it is", &why),
        };
        let state = if count.failed.is_empty() {
            Ok(())
        } else {
            Err(short_list(&count.failed))
        };
        green.insert(patch.test.clone(), state);
    }
    if let Some(Err(red)) = green.get(&patch.test) {
        return Ok(Verdict::Invalid(format!("red without the patch: {red}")));
    }
    copy.restore()?;
    if let Err(why) = copy.apply(patch) {
        return Ok(Verdict::Invalid(format!("does not apply: {why:#}")));
    }
    let verdict = match test(copy, patch, "broken")? {
        Err(why) => Verdict::Invalid(why),
        Ok(count) if count.failed.is_empty() => Verdict::Survived,
        Ok(count) => Verdict::Caught(count.failed),
    };
    copy.restore()?;
    Ok(verdict)
}

/// Builds and runs the patch's tests in the copy; the inner error says why they could not run.
/// That the mutated code builds is asked first: a compiler's error would look like a red test.
fn test(copy: &Copy, patch: &Patch, state: &str) -> Result<Result<Count, String>> {
    let mut build = cargo(["test", "--quiet", "--no-run"]);
    copy.within(&mut build).args(&patch.test);
    match Group::start(&mut build)?.wait(BUILD_BUDGET)? {
        Ended::Itself(status) if status.success() => {}
        Ended::OverBudget => return Ok(Err(format!("{state}: building took too long"))),
        _ => return Ok(Err(format!("{state}: does not build"))),
    }
    let mut run = cargo(["test", "--no-fail-fast"]);
    copy.within(&mut run).args(&patch.test);
    if !patch.test.iter().any(|word| word == "--") {
        run.arg("--");
    }
    run.args(["--show-output", "--color=never"]);
    let log = format!("mutation-{}", patch.name);
    Ok(Ok(watch(&log, &mut run, TEST_BUDGET, Screen::Silent)?))
}

fn short_list(tests: &[String]) -> String {
    match tests {
        [] => String::new(),
        [one] => one.clone(),
        [first, more @ ..] => format!("{first} and {} more", more.len()),
    }
}
