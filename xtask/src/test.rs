//! `cargo xtask test [PART [FILTER]]`: sets up, runs the parts one after the other, each within its
//! budget, and closes with a table and one line of sums. Full logs are in `target/test/`.

mod count;
mod part;
mod select;
mod watch;

pub(crate) use count::Count;
pub(crate) use part::HOUSEHOLD;
pub(crate) use watch::{Screen, watch};

use crate::{
    app,
    run::{Ended, Group, cargo, say},
    setup::{self, Need},
    stop, table, ui,
};
use anyhow::{Result, bail};
use part::{PARTS, Part};
use std::time::{Duration, Instant};

/// What building a part may take on a cold and busy machine.
const BUILD_BUDGET: Duration = Duration::from_secs(25 * 60);

/// The command line's entry.
pub(crate) fn command(words: &[String]) -> Result<()> {
    let (wanted, filter) = (words.first(), words.get(1..).unwrap_or_default());
    let chosen: Vec<&Part> = PARTS
        .iter()
        .filter(|part| wanted.is_none_or(|name| name == part.name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        bail!("there is no such part; there are: {}", names.join(", "));
    }
    let mut rows = Vec::new();
    let mut sum = Count::default();
    for part in chosen {
        let start = Instant::now();
        let count = run(part, filter)?;
        if stop::asked() {
            bail!("stopped by Ctrl-C");
        }
        rows.push(row(part, &count, start.elapsed()));
        sum.add(count);
    }
    println!();
    table::print(
        &[
            "part",
            ">passed",
            ">failed",
            ">skipped",
            ">seconds",
            "what it asks",
        ],
        &rows,
    );
    println!();
    for (test, reason) in &sum.skipped {
        println!("skipped: {test}: {reason}");
    }
    for name in &sum.failed {
        println!("failed: {name}");
    }
    println!(
        "{} passed, {} failed, {} skipped",
        sum.passed,
        sum.failed.len(),
        sum.skipped.len()
    );
    if !sum.failed.is_empty() {
        bail!("the tests are red; full logs are in target/test/");
    }
    Ok(())
}

fn row(part: &Part, count: &Count, took: Duration) -> Vec<String> {
    vec![
        part.name.to_owned(),
        count.passed.to_string(),
        count.failed.len().to_string(),
        count.skipped.len().to_string(),
        took.as_secs().to_string(),
        part.what.to_owned(),
    ]
}

fn run(part: &Part, filter: &[String]) -> Result<Count> {
    say(format!("{}: {}", part.name, part.what));
    let Some(selection) = select::words(part)? else {
        return Ok(Count::one_skipped(part.name, "not in the tree yet"));
    };
    if let Err(lack) = setup::all(part.needs) {
        return Ok(Count::one_skipped(part.name, &format!("{lack:#}")));
    }
    if part.needs.contains(&Need::Screens)
        && let Err(problem) = ui::build(ui::Profile::Dev)
    {
        eprintln!("{problem:#}");
        return Ok(Count::one_failed(
            part.name,
            "its screens could not be built",
        ));
    }
    if part.needs.contains(&Need::Windows)
        && let Err(problem) = app::build(app::APPS)
    {
        eprintln!("{problem:#}");
        return Ok(Count::one_failed(
            part.name,
            "the native apps could not be built",
        ));
    }
    if part.needs.contains(&Need::Server)
        && let Err(problem) = build_server(&selection)
    {
        eprintln!("{problem:#}");
        return Ok(Count::one_failed(part.name, "presso could not be built"));
    }
    let mut build = cargo(["test"]);
    build.args(&selection).arg("--no-run");
    match Group::start(&mut build)?.wait(BUILD_BUDGET)? {
        Ended::Itself(status) if status.success() => {}
        Ended::OverBudget => return Ok(Count::one_failed(part.name, "building took too long")),
        _ => return Ok(Count::one_failed(part.name, "does not build")),
    }
    let mut command = cargo(["test", "--no-fail-fast"]);
    command
        .args(&selection)
        .args(["--", "--show-output", "--color=never"])
        .args(filter);
    watch(
        part.name,
        &mut command,
        Duration::from_secs(part.budget_s),
        Screen::Tells,
    )
}

/// `presso`, beside the tests and of the same parts: selected together with them, a dependency has
/// the same features in both.
pub(crate) fn build_server(selection: &[String]) -> Result<()> {
    let mut build = cargo(["build", "--bin", "presso"]);
    crate::run::run("building the server", build.args(selection))
}
