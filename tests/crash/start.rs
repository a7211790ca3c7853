//! Starts `presso`, watches what it says, and ends it.

use crate::program;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long to wait for a fact; facts come in milliseconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A running `presso serve`; killed when dropped.
pub(crate) struct Presso {
    pub(crate) address: String,
    child: Child,
    lines: Receiver<String>,
}

/// One that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    /// What it said since it served.
    pub(crate) said: String,
}

impl Presso {
    /// Serves this folder.
    pub(crate) fn start(data: &Path) -> Self {
        Self::try_start(&mut serve(data)).unwrap_or_else(|ended| panic!("it ended: {ended:?}"))
    }

    /// Serves, or has ended before it did.
    pub(crate) fn try_start(command: &mut Command) -> Result<Self, Ended> {
        Self::spawn(command).serves()
    }

    /// Runs; whether it serves is to be seen.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program is there");
        let told = child.stderr.take().expect("it was asked for");
        let (to, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(told).lines().map_while(Result::ok) {
                // Whoever does not listen any more needs no line.
                let _ = to.send(line);
            }
        });
        Self {
            address: String::new(),
            child,
            lines,
        }
    }

    /// Waits until it serves, or has ended.
    pub(crate) fn serves(mut self) -> Result<Self, Ended> {
        let mut said = String::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            let fields: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            if fields["message"] == "serving"
                && let Some(address) = fields["listening"].as_str()
            {
                self.address = address.to_owned();
                return Ok(self);
            }
            said += &line;
            said.push('\n');
        }
        let status = self.child.wait().expect("a child can be waited for");
        Err(Ended { status, said })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ended by a signal that nobody can hear.
    pub(crate) fn kill(mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        self.child.wait().expect("a child can be waited for");
    }

    /// Asked to stop, and waited for.
    pub(crate) fn stop(self) -> Ended {
        self.signal(Signal::TERM);
        self.ended()
    }

    /// Waits for its end.
    pub(crate) fn ended(mut self) -> Ended {
        let (start, mut said) = (Instant::now(), String::new());
        // Its lines end when it does.
        while start.elapsed() < PATIENCE
            && let Ok(line) = self.lines.recv_timeout(PATIENCE)
        {
            said += &line;
            said.push('\n');
        }
        assert!(start.elapsed() < PATIENCE, "it does not end: {said}");
        let status = self.child.wait().expect("a child can be waited for");
        Ended { status, said }
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        // It may have ended by itself.
        let _ = kill_process(pid.expect("a running child has one"), signal);
    }

    /// The thread of this name.
    pub(crate) fn thread(&self, name: &str) -> u32 {
        let tasks = format!("/proc/{}/task", self.child.id());
        let tasks = std::fs::read_dir(tasks).expect("a running process has threads");
        let is = |task: &std::fs::DirEntry| {
            let comm = std::fs::read_to_string(task.path().join("comm"));
            comm.is_ok_and(|comm| comm.trim() == name)
        };
        let found = tasks.filter_map(Result::ok).find(is);
        let found = found.unwrap_or_else(|| panic!("there is no thread {name}"));
        let number = found.file_name().to_string_lossy().parse();
        number.expect("threads are numbers")
    }
}

impl Drop for Presso {
    fn drop(&mut self) {
        // Both fail only when it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `presso serve` on this folder, on a port of its own.
pub(crate) fn serve(data: &Path) -> Command {
    let mut command = Command::new(program());
    command.stdin(Stdio::null());
    command.args([
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--log",
        "json",
        "--data",
    ]);
    command.arg(data);
    command
}

/// Another `presso` command; answers what it printed.
pub(crate) fn run(data: &Path, words: &[&str]) -> String {
    let mut command = Command::new(program());
    let output = command.args(words).arg("--data").arg(data).output();
    let output = output.expect("the program is there");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{words:?}: {}",
        text(&output.stderr)
    );
    text(&output.stdout)
}
