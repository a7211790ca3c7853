//! The server, as a process beside this one.

use super::{Folder, Options, built};
use crate::{
    place,
    run::{Ended, Group, program, say},
    stop,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream},
    path::PathBuf,
    process::Stdio,
    time::{Duration, Instant},
};

/// How long a server may take to answer, and to end.
const START: Duration = Duration::from_secs(20);
const GRACE: Duration = Duration::from_secs(10);

/// A running `presso serve`.
pub(crate) struct Server {
    group: Group,
    log: PathBuf,
    /// How browsers reach it, without a slash at the end.
    pub(crate) address: String,
}

impl Server {
    /// Starts it and waits until it is ready.
    pub(crate) fn start(options: &Options, folder: &Folder) -> Result<Self> {
        say("starting the server");
        let address = format!("http://{}:{}", options.host, options.port);
        let log = folder.path().join("server.log");
        let file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&log)?;
        let listen = SocketAddr::new(options.ip, options.port).to_string();
        let mut command = program(built("presso"));
        command.arg("serve").arg("--data").arg(folder.path());
        command.args(["--listen", &listen, "--public-url", &address]);
        // There is no gateway here: who signs in reads the code on this terminal.
        command.env("PRESSO_PASSCODES", "terminal");
        command.stdout(file.try_clone()?).stderr(Stdio::from(file));
        let group = Group::start(&mut command)?;
        let mut server = Self {
            group,
            log,
            address,
        };
        server.until_ready(options.port)?;
        Ok(server)
    }

    fn until_ready(&mut self, port: u16) -> Result<()> {
        let start = Instant::now();
        while !is_ready(port) {
            if let Some(status) = self.group.child().try_wait()? {
                bail!("the server ended at once: {status}\n{}", self.last_words());
            }
            if stop::asked() {
                bail!("stopped");
            }
            if start.elapsed() > START {
                bail!(
                    "the server is not ready after {START:?}\n{}",
                    self.last_words()
                );
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Waits for its end, at most for `budget`.
    pub(crate) fn wait(&mut self, budget: Duration) -> Result<Ended> {
        self.group.wait(budget)
    }

    /// Ends it in order.
    pub(crate) fn end(mut self) {
        self.group.end(GRACE);
    }

    /// The end of its log.
    pub(crate) fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let last = lines.len().saturating_sub(20);
        format!("{}:\n{}", place::short(&self.log), lines[last..].join("\n"))
    }
}

/// One request by hand: an HTTP client would be this crate's largest dependency.
pub(crate) fn is_ready(port: u16) -> bool {
    let ask = || -> Result<String> {
        let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        let request = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(request)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).context("no answer")?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}
