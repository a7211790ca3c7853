//! `presso doctor` beside the real program: while it runs, when it was killed, when it hangs.

use crate::day::Template;
use crate::start::Presso;
use crate::{is_skipped, program};
use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;
use std::process::Command;

/// How it ended, and what it found.
fn doctor(data: &Path) -> (Option<i32>, String) {
    let mut command = Command::new(program());
    let output = command.arg("doctor").arg("--data").arg(data).output();
    let output = output.expect("the program is there");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code(), told)
}

fn says(told: &str, level: &str, check: &str, words: &str) {
    let line = told.lines().find(|line| {
        let mut columns = line.split_whitespace();
        columns.next() == Some(level) && columns.next() == Some(check)
    });
    assert!(line.is_some_and(|line| line.contains(words)), "{told}");
}

#[test]
fn a_running_shop_is_found_well_and_a_server_that_hangs_or_was_killed_is_told() {
    if is_skipped(false) {
        return;
    }
    let template = Template::make(0);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let data = folder.path();
    template.copy_to(data);
    let server = Presso::start(data);
    let (code, told) = doctor(data);
    assert_eq!(code, Some(0), "{told}");
    says(&told, "good", "server", "it answers and takes orders");
    says(&told, "good", "version", env!("CARGO_PKG_VERSION"));
    says(&told, "good", "deadlines", "no order is past its own");

    let pid = i32::try_from(server.pid()).ok().and_then(Pid::from_raw);
    kill_process(pid.expect("it runs"), Signal::STOP).expect("it is ours");
    let (code, told) = doctor(data);
    assert_eq!(code, Some(1), "{told}");
    says(&told, "WRONG", "server", "does not answer at 127.0.0.1:");

    server.kill();
    let (code, told) = doctor(data);
    assert_eq!(code, Some(1), "{told}");
    says(&told, "WRONG", "server", "none runs on this folder");
}
