//! A disk that takes its time: strace lets each sync of the journal's thread last longer.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// How much longer, microseconds.
const DELAY_US: u32 = 30_000;

/// Slow as long as it is kept.
pub(super) struct Slow(Child);

/// # Errors
/// When there is no strace, or it may not trace.
pub(super) fn attach(pid: u32) -> io::Result<Slow> {
    let journal = thread(pid, "journal")?;
    let mut strace = Command::new("strace");
    let inject = format!("inject=fdatasync,fsync:delay_exit={DELAY_US}");
    strace.args(["-e", "trace=fdatasync,fsync", "-e", &inject]);
    strace.args(["-o", "/dev/null", "-p", &journal.to_string()]);
    let mut child = strace.stderr(Stdio::piped()).spawn()?;
    let told = child.stderr.take().map(BufReader::new);
    let mut lines = told.into_iter().flat_map(BufRead::lines);
    let attached = lines.any(|line| line.is_ok_and(|line| line.contains("attached")));
    // A pipe that nobody reads would stop it some day.
    std::thread::spawn(move || lines.for_each(drop));
    if attached {
        return Ok(Slow(child));
    }
    Err(io::Error::other("strace does not attach"))
}

fn thread(pid: u32, name: &str) -> io::Result<u32> {
    for task in fs::read_dir(format!("/proc/{pid}/task"))? {
        let task = task?;
        let named = fs::read_to_string(task.path().join("comm"))?;
        if named.trim() == name {
            let number = task.file_name().to_string_lossy().parse();
            return number.map_err(io::Error::other);
        }
    }
    Err(io::Error::other(format!("there is no thread {name}")))
}

impl Drop for Slow {
    fn drop(&mut self) {
        // Both fail only when it is gone already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
