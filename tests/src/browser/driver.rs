//! The program that starts browsers and passes on what they are told.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    rc::Rc,
    time::{Duration, Instant},
};

use super::PATIENCE;

/// A running chromedriver; ended when dropped. It and its browsers stay in the process group of the
/// tests, so that whoever ends that group ends them too.
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts one on a free port.
    ///
    /// # Errors
    /// Says what this machine lacks.
    ///
    /// # Panics
    /// When all is there and it does not start all the same: that is no lack, and no reason to skip.
    pub fn start() -> Result<Rc<Self>, String> {
        let browsers = ["chromium", "chromium-browser", "google-chrome"];
        if !browsers.iter().any(|name| in_path(name)) {
            return Err("there is no Chromium on this machine".into());
        }
        if !in_path("chromedriver") {
            return Err("there is no chromedriver on this machine".into());
        }
        // It takes a port that is free on one of the loopbacks and gives up where the other is taken.
        let mut said = String::new();
        for _ in 0..5 {
            match Self::on_any_port(&mut said) {
                Some(driver) => return Ok(Rc::new(driver)),
                None => said.push('\n'),
            }
        }
        panic!("chromedriver does not start; it said:\n{said}");
    }

    fn on_any_port(said: &mut String) -> Option<Self> {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is in the path");
        let out = child.stdout.take().map(BufReader::new);
        if let Some(port) = out.and_then(|out| port(out, said)) {
            return Some(Self { child, port });
        }
        // It has ended or will not be of use.
        let _ = child.kill();
        let ended = child.wait();
        said.push_str(&format!("and ended: {ended:?}"));
        None
    }

    /// Starts the one for native windows, which hands this environment on to the app that it
    /// starts. It serves one window.
    ///
    /// # Errors
    /// Says what this machine lacks.
    pub fn for_a_window(environment: &[(String, String)]) -> Result<Rc<Self>, String> {
        // It cannot be asked for a free port, so somebody may be quicker with the one it is given.
        let mut last = String::new();
        for _ in 0..3 {
            match Self::on_a_port(environment) {
                Ok(driver) => return Ok(Rc::new(driver)),
                Err(problem) => last = problem,
            }
        }
        Err(last)
    }

    fn on_a_port(environment: &[(String, String)]) -> Result<Self, String> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.map_err(|problem| problem.to_string())?.port();
        let child = Command::new("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".into()])
            // Makes the window let itself be driven.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(environment.iter().cloned())
            .stdin(Stdio::null())
            .spawn()
            .map_err(|problem| format!("WebKitWebDriver does not start: {problem}"))?;
        let mut driver = Self { child, port };
        let patience = Instant::now() + PATIENCE;
        while !listens(port) {
            if Instant::now() > patience {
                return Err("WebKitWebDriver does not listen".into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        match driver.child.try_wait() {
            Ok(None) => Ok(driver),
            // Then it is somebody else who listens there.
            ended => Err(format!("WebKitWebDriver ended: {ended:?}")),
        }
    }

    /// Its process, whose children are the browsers.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(super) fn end_of(&self, session: String) -> SessionEnd {
        SessionEnd {
            port: self.port,
            session,
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Both fail only when it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Ends a browser when dropped: at once and without a runtime, in a test that panicked too.
pub(super) struct SessionEnd {
    port: u16,
    session: String,
}

impl Drop for SessionEnd {
    fn drop(&mut self) {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return;
        };
        let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
        let request = format!(
            "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
            self.session
        );
        if stream.write_all(request.as_bytes()).is_ok() {
            // The answer comes when the browser has closed.
            let _ = stream.read(&mut [0; 256]);
        }
    }
}

/// Is there somebody on this port? A connection may meet itself where nobody is.
fn listens(port: u16) -> bool {
    let met = TcpStream::connect(("127.0.0.1", port));
    met.is_ok_and(|stream| stream.local_addr().ok() != stream.peer_addr().ok())
}

fn in_path(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// "ChromeDriver was started successfully on port 41234." What it says until then is kept.
fn port(out: impl BufRead, said: &mut String) -> Option<u16> {
    for line in out.lines().map_while(Result::ok) {
        if let Some((_, after)) = line.split_once("successfully on port ") {
            return after.trim_end_matches('.').parse().ok();
        }
        said.push_str(&line);
        said.push('\n');
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_the_driver_says() {
        let out =
            "Starting ChromeDriver 1.2\nChromeDriver was started successfully on port 4711.\n";
        let mut said = String::new();
        assert_eq!(port(out.as_bytes(), &mut said), Some(4711));
        assert_eq!(port("no port".as_bytes(), &mut said), None);
        assert_eq!(said, "Starting ChromeDriver 1.2\nno port\n");
    }
}
