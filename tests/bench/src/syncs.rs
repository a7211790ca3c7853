//! How often a server synced, from what strace wrote while it ran.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Is strace here, and may it trace?
#[must_use]
pub fn can_be_counted() -> bool {
    let mut strace = Command::new("strace");
    strace.args([
        "-f",
        "--seccomp-bpf",
        "-e",
        "trace=fsync",
        "-o",
        "/dev/null",
        "true",
    ]);
    strace.stdout(Stdio::null()).stderr(Stdio::null());
    strace.status().is_ok_and(|status| status.success())
}

/// The syncs that began within this span, seconds since 1970.
///
/// # Errors
/// When the file cannot be read.
pub fn within(file: &Path, began_s: f64, ended_s: f64) -> io::Result<u64> {
    let text = fs::read_to_string(file)?;
    Ok(text
        .lines()
        .filter_map(began_at)
        .filter(|at| (began_s..ended_s).contains(at))
        .count() as u64)
}

/// When the sync of this line began; none for lines that say something else, such as the end of
/// one that had been interrupted by another thread's.
fn began_at(line: &str) -> Option<f64> {
    let mut words = line.split_whitespace();
    let (_thread, at, call) = (words.next()?, words.next()?, words.next()?);
    let began = call.starts_with("fsync(") || call.starts_with("fdatasync(");
    began.then(|| at.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sync_told_in_two_lines_is_one() {
        let lines = [
            "7 1700000000.5 fdatasync(9 <unfinished ...>",
            "8 1700000000.6 fsync(4) = 0",
            "7 1700000000.7 <... fdatasync resumed>) = 0",
            "7 1700000000.8 +++ killed by SIGKILL +++",
        ];
        let began: Vec<f64> = lines.into_iter().filter_map(began_at).collect();
        assert_eq!(began, [1_700_000_000.5, 1_700_000_000.6]);
    }
}
