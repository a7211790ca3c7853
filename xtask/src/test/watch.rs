//! Runs built tests and reads along: everything goes to a log, what matters to the screen.

use super::Count;
use crate::{
    place,
    run::{Ended, Group},
};
use anyhow::{Context, Result, anyhow};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Duration,
};

/// What is shown while tests run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Failures and sums.
    Tells,
    /// Nothing: failing is expected.
    Silent,
}

/// Runs the command, a `cargo test -- --show-output`, at most for `budget`. The log is
/// `target/test/NAME.log`. Whatever goes wrong as a whole is counted as one failed test.
pub(crate) fn watch(
    name: &str,
    command: &mut Command,
    budget: Duration,
    screen: Screen,
) -> Result<Count> {
    let folder = place::target().join("test");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{name}.log"));
    let mut log = fs::File::create(&path)?;
    // What tests write to stderr directly goes to the log as well.
    command.stdout(Stdio::piped()).stderr(log.try_clone()?);
    let mut group = Group::start(command)?;
    let pipe = group
        .child()
        .stdout
        .take()
        .context("the tests have no output to read")?;
    let reader = std::thread::spawn(move || -> Result<Count> {
        let mut count = Count::default();
        for line in BufReader::new(pipe).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            writeln!(log, "{line}")?;
            if count.read(&line) && screen == Screen::Tells {
                println!("    {line}");
            }
        }
        Ok(count)
    });
    let ended = group.wait(budget)?;
    drop(group); // Ends whoever still holds the pipe, so that the reader comes to its end.
    let mut count = reader
        .join()
        .map_err(|_| anyhow!("the reader of the log died"))??;
    match ended {
        Ended::OverBudget => {
            let why = format!("over its budget of {} s; ended", budget.as_secs());
            count.add(Count::one_failed(name, &why));
        }
        Ended::Itself(status) if !status.success() && count.failed.is_empty() => {
            let why = format!("{status}; see {}", place::short(&path));
            count.add(Count::one_failed(name, &why));
        }
        Ended::Itself(_) if count.is_empty() => {
            count.add(Count::one_failed(name, "ran no test at all"));
        }
        Ended::Itself(_) | Ended::Stopped => {}
    }
    Ok(count)
}
