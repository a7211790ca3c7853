//! A screen that nobody sees.

use super::Beside;
use crate::browser;
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

/// A screen, with nothing on it but what its device opens.
pub(super) struct Screen {
    /// Its number, as programs find it: `:7`.
    pub(super) display: String,
    _server: Beside,
}

impl Screen {
    /// Of this size.
    pub(super) fn start(size: browser::Screen) -> Result<Self, String> {
        let mut command = Command::new("Xvfb");
        command
            // It looks for a free number and says which.
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{}x{}x24", size.width, size.height))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Beside::start(&mut command)?;
        let mut said = String::new();
        let pipe = server.0.stdout.take().map(BufReader::new);
        // Nothing is read when it ends at once.
        let _ = pipe.map(|mut pipe| pipe.read_line(&mut said));
        let number: u32 = said
            .trim()
            .parse()
            .map_err(|_| "Xvfb opens no screen".to_owned())?;
        Ok(Self {
            display: format!(":{number}"),
            _server: server,
        })
    }
}
