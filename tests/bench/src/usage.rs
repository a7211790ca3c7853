//! What a process uses of the machine, as Linux counts it.

use serde::{Deserialize, Serialize};
use std::{fs, io};

/// Linux counts processor time in hundredths of a second for everybody who asks.
const TICK_MS: f64 = 10.0;

/// Since a process began or, as a difference, in a span.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    /// Processor time of all threads, in the program and in the kernel for it, milliseconds.
    pub cpu_ms: f64,
    /// Bytes sent towards the disk.
    pub written_bytes: f64,
    /// Resident memory now, MB (10^6 bytes); never a difference.
    pub resident_mb: f64,
}

impl Usage {
    /// Of this process, until now.
    ///
    /// # Errors
    /// When there is no such process, or it is somebody else's.
    pub fn of(pid: u32) -> io::Result<Self> {
        let read = |file: &str| fs::read_to_string(format!("/proc/{pid}/{file}"));
        Ok(Self {
            cpu_ms: ticks(&read("stat")?).ok_or_else(odd)? * TICK_MS,
            written_bytes: field(&read("io")?, "write_bytes:").ok_or_else(odd)?,
            resident_mb: field(&read("status")?, "VmRSS:").ok_or_else(odd)? * 1024.0 / 1e6,
        })
    }

    /// What came on top of `before`; memory as it is now.
    #[must_use]
    pub fn since(self, before: Self) -> Self {
        Self {
            cpu_ms: self.cpu_ms - before.cpu_ms,
            written_bytes: self.written_bytes - before.written_bytes,
            resident_mb: self.resident_mb,
        }
    }
}

fn odd() -> io::Error {
    io::Error::other("/proc does not look as it does on Linux")
}

/// User and system time: the 14th and 15th field, counted behind the name, which may hold anything.
fn ticks(stat: &str) -> Option<f64> {
    let (_, behind) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = behind.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some(number(11)? + number(12)?)
}

fn field(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_uses_memory_and_a_missing_one_is_an_error() {
        let usage = Usage::of(std::process::id());
        assert!(usage.is_ok_and(|usage| usage.resident_mb > 0.1));
        assert!(Usage::of(u32::MAX).is_err());
    }

    #[test]
    fn a_name_with_spaces_and_brackets_moves_no_field() {
        let stat = "7 (a b) c) S 1 1 1 0 -1 4194560 1 2 3 4 30 12 0 0 20";
        assert_eq!(ticks(stat), Some(42.0));
        assert_eq!(
            field("a: 1\nwrite_bytes: 4096\n", "write_bytes:"),
            Some(4096.0)
        );
    }
}
