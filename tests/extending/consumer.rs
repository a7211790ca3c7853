//! A consumer as a process of its own, on a port of its own, and what it prints.

use crate::shop::PATIENCE;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Ended when dropped.
pub(crate) struct Consumer {
    child: Child,
    lines: Receiver<String>,
    port: u16,
}

/// A port that was free a moment ago.
pub(crate) fn port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

impl Consumer {
    /// Starts it; it has the rule's key.
    pub(crate) fn start(command: &mut Command, port: u16, secret: &str) -> Self {
        command.env("PORT", port.to_string());
        command.env("PRESSO_SECRET", secret);
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("it was looked for");
        let told = child.stdout.take().expect("it was asked for");
        let (to, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(told).lines().map_while(Result::ok) {
                // Whoever does not listen any more needs no line.
                let _ = to.send(line);
            }
        });
        Self { child, lines, port }
    }

    /// The next line that it prints.
    pub(crate) fn line(&self) -> String {
        let line = self.lines.recv_timeout(PATIENCE);
        line.expect("it says something")
    }

    /// It says nothing more before it ends.
    pub(crate) fn ends_without_a_word(mut self) {
        // Its lines end when it does.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let more: Vec<String> = self.lines.iter().collect();
        assert!(more.is_empty(), "{more:?}");
    }

    /// Its status for this request; it listens already, or will in a moment.
    pub(crate) fn answers(&self, headers: &str, body: &str) -> u16 {
        let mut stream = (0..3000)
            .find_map(|_| {
                let stream = TcpStream::connect(("127.0.0.1", self.port)).ok();
                if stream.is_none() {
                    std::thread::park_timeout(Duration::from_millis(10)); // asked again, up to 30 s
                }
                stream
            })
            .expect("it listens");
        let length = body.len();
        let request = format!(
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
             Content-Length: {length}\r\n{headers}\r\n{body}"
        );
        stream.write_all(request.as_bytes()).expect("it listens");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok());
        status.unwrap_or_else(|| panic!("no status: {answer}"))
    }
}

impl Drop for Consumer {
    fn drop(&mut self) {
        // Both fail only when it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program that a machine may lack; says so, and is counted as skipped.
pub(crate) fn lacks(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output();
    let lacks = !found.is_ok_and(|output| output.status.success());
    if lacks {
        println!("skipped: there is no {program} here");
    }
    lacks
}
