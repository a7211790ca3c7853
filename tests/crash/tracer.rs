//! strace on one thread of the server, which lets a call fail or kill. It counts calls by thread,
//! so a point is a thread, a call, and a number.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Attached until the thread, or this, is gone.
pub(crate) struct Tracer(Child);

/// However SQLite was told to sync.
pub(crate) const SYNC: &str = "fsync,fdatasync";

/// What this machine lacks.
pub(crate) fn lack() -> Option<String> {
    let mut strace = Command::new("strace");
    strace.args(["-qq", "-e", "trace=fsync", "-o", "/dev/null", "true"]);
    match strace.stdout(Stdio::null()).stderr(Stdio::null()).status() {
        Ok(status) if status.success() => None,
        Ok(_) => Some("strace may not trace here".into()),
        Err(_) => Some("there is no strace; `cargo xtask test crash` brings it".into()),
    }
}

/// What is to happen at which calls, as strace spells it.
pub(crate) fn words(call: &str, fault: &str, when: &str) -> [String; 4] {
    let trace = format!("trace={call}");
    let inject = format!("inject={call}:{fault}:when={when}");
    ["-e".into(), trace, "-e".into(), inject]
}

impl Tracer {
    /// Answers once it is attached.
    pub(crate) fn on(thread: u32, call: &str, fault: &str, when: &str) -> Self {
        let mut strace = Command::new("strace");
        strace.args(words(call, fault, when));
        strace.args(["-o", "/dev/null", "-p", &thread.to_string()]);
        let mut child = strace.stderr(Stdio::piped()).spawn().expect("it was found");
        let told = child.stderr.take().expect("it was asked for");
        let mut lines = BufReader::new(told).lines().map_while(Result::ok);
        let attached = lines.find(|line| line.contains("attached"));
        assert!(attached.is_some(), "strace does not attach");
        // A pipe that nobody reads would stop it some day.
        std::thread::spawn(move || lines.for_each(drop));
        Self(child)
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        // Both fail only when it is gone already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
