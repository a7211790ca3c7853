//! A screen that nobody sees.

use super::Beside;
use crate::browser;
use std::process::{Command, Stdio};

/// A screen, with nothing on it but what its device opens.
pub(super) struct Screen {
    /// Its number, as programs find it: `:7`.
    pub(super) display: String,
    _server: Beside,
}

impl Screen {
    /// Takes every window off the screen; their apps run on.
    pub(super) fn hides_all(&self) -> Result<(), String> {
        use x11rb::connection::Connection;
        use x11rb::protocol::xproto::{ConnectionExt, MapState};
        let told = |problem: &dyn std::fmt::Display| problem.to_string();
        let (line, number) = x11rb::connect(Some(&self.display)).map_err(|e| told(&e))?;
        let root = line.setup().roots[number].root;
        let windows = line.query_tree(root).map_err(|e| told(&e))?;
        let windows = windows.reply().map_err(|e| told(&e))?.children;
        let mut hidden = 0;
        for window in windows {
            let seen = line.get_window_attributes(window).map_err(|e| told(&e))?;
            // One that is gone meanwhile is as good as hidden.
            let Ok(seen) = seen.reply() else { continue };
            if seen.map_state == MapState::VIEWABLE {
                let unmapped = line.unmap_window(window).map_err(|e| told(&e))?;
                unmapped.check().map_err(|e| told(&e))?;
                hidden += 1;
            }
        }
        (hidden > 0)
            .then_some(())
            .ok_or_else(|| "there is no window".into())
    }

    /// Of this size.
    pub(super) fn start(size: browser::Screen) -> Result<Self, String> {
        let mut command = Command::new("Xvfb");
        command
            // It looks for a free number and says which.
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{}x{}x24", size.width, size.height))
            .stderr(Stdio::null());
        let (server, said) = Beside::telling(&mut command)?;
        let number: u32 = said
            .parse()
            .map_err(|_| "Xvfb opens no screen".to_owned())?;
        Ok(Self {
            display: format!(":{number}"),
            _server: server,
        })
    }
}
