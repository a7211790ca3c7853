//! Codes on the operator's own terminal: for trying things out, where nobody's phone is at hand.

use super::Letter;
use super::sending::{Failed, Sender, Sending};
use presso_core::api::SignInBy;
use std::io::{IsTerminal, Write};

/// The terminal that the server was started from, never its log: where both are one file, nothing
/// is written.
pub(super) struct Terminal;

impl Sender for Terminal {
    fn name(&self) -> &'static str {
        "terminal"
    }
    fn serves(&self, _: SignInBy) -> bool {
        true
    }
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a> {
        let line = format!("{}  ->  {}\n", letter.code, letter.to.address());
        let shown = show(&line).map_err(|_| Failed::ForNow);
        Box::pin(std::future::ready(shown))
    }
}

fn show(line: &str) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Ok(mut terminal) = std::fs::OpenOptions::new().write(true).open("/dev/tty") {
        return terminal.write_all(line.as_bytes());
    }
    let mut out = std::io::stdout();
    if !out.is_terminal() {
        return Err(std::io::ErrorKind::Unsupported.into());
    }
    out.write_all(line.as_bytes())?;
    out.flush()
}
