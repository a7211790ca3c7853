//! Running other programs: with a line that says what is going on, within a budget of time, and
//! never leaving a process behind.

use crate::{place, stop};
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use std::{
    ffi::OsStr,
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// How often a waiting loop looks again.
const GLANCE: Duration = Duration::from_millis(50);

/// Says what happens next, so that nobody sits in front of a silent screen.
pub(crate) fn say(what: impl AsRef<str>) {
    eprintln!("\x1b[1;36m==>\x1b[0m {}", what.as_ref());
}

/// A program that starts at the repository's root and reads nothing from the keyboard.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(place::root()).stdin(Stdio::null());
    command
}

/// Cargo, without the variables that the outer `cargo run` set for xtask itself: build scripts
/// that watch them would otherwise run again whenever one changes between cargo and xtask.
pub(crate) fn cargo<S: AsRef<OsStr>>(words: impl IntoIterator<Item = S>) -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
            .iter()
            .any(|own| text.starts_with(own))
        {
            command.env_remove(&name);
        }
    }
    command.args(words);
    command
}

/// Runs it to its end; anything but success is an error that shows the command.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    say(what);
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", spelled(command)))?;
    if !status.success() {
        bail!("{what}: {status}\n  the command was: {}", spelled(command));
    }
    Ok(())
}

/// What it prints, without the last line break; an error when it fails.
pub(crate) fn answer(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::piped()).output();
    let output = output.with_context(|| format!("cannot start {}", spelled(command)))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        bail!("{}: {}\n{why}", spelled(command), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout)
        .trim_end()
        .to_owned())
}

/// Is there such a program on the path?
pub(crate) fn found(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// The command as one could type it.
pub(crate) fn spelled(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A program with all its children: they live in a process group of their own, and dropping this
/// ends every one of them.
pub(crate) struct Group {
    child: Child,
}

/// How a wait ended.
pub(crate) enum Ended {
    /// By itself.
    Itself(ExitStatus),
    /// We ended it, since its time was over.
    OverBudget,
    /// We ended it, since somebody pressed Ctrl-C.
    Stopped,
}

impl Group {
    /// Starts it.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        stop::listen();
        let child = command.process_group(0).spawn();
        let child = child.with_context(|| format!("cannot start {}", spelled(command)))?;
        Ok(Self { child })
    }

    /// The child, to take its pipes.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Waits for its end, at most for `budget`.
    pub(crate) fn wait(&mut self, budget: Duration) -> Result<Ended> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Ended::Itself(status));
            }
            if stop::asked() {
                self.end(Duration::from_secs(2));
                return Ok(Ended::Stopped);
            }
            if start.elapsed() > budget {
                self.end(Duration::from_secs(2));
                return Ok(Ended::OverBudget);
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// Asks it to end and, when `grace` has passed, ends it.
    pub(crate) fn end(&mut self, grace: Duration) {
        self.signal(Signal::TERM);
        let start = Instant::now();
        while start.elapsed() < grace && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(GLANCE);
        }
        // Grandchildren may have outlived their parent: the group is gone only after this.
        self.signal(Signal::KILL);
        // The wait reaps; its answer does not matter any more.
        let _ = self.child.wait();
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid {
            // Fails only when nobody is left in the group, which is what we want.
            let _ = kill_process_group(pid, signal);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end(Duration::from_millis(500));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn past_its_budget_a_program_ends_with_all_its_children() {
        let mut shell = program("sh");
        // The child inherits the pipe and outlives the shell, were it not ended too.
        shell
            .args(["-c", "sleep 600 & exec sleep 600"])
            .stdout(Stdio::piped());
        let mut group = Group::start(&mut shell).expect("every system has a shell");
        let mut pipe = group.child().stdout.take().expect("it was asked for");
        let ended = group
            .wait(Duration::from_millis(100))
            .expect("a child can be waited for");
        assert!(matches!(ended, Ended::OverBudget));
        // Comes to its end only when nobody holds the other side any more.
        let mut said = String::new();
        pipe.read_to_string(&mut said).expect("a pipe can be read");
        assert_eq!(said, "");
    }

    #[test]
    fn a_program_that_ends_by_itself_keeps_its_status() {
        let mut group = Group::start(program("sh").args(["-c", "exit 3"])).expect("a shell");
        match group
            .wait(Duration::from_secs(60))
            .expect("a child can be waited for")
        {
            Ended::Itself(status) => assert_eq!(status.code(), Some(3)),
            Ended::OverBudget | Ended::Stopped => panic!("it had time enough"),
        }
    }
}
