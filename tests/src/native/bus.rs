//! A message bus with a keychain on it, unlocked.

use super::Beside;
use crate::browser::PATIENCE;
use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// A device's bus. What is put into its keychain stays in the device's home.
pub(super) struct Bus {
    pub(super) address: String,
    // In this order: the keychain ends before its bus.
    _keychain: Option<Beside>,
    _bus: Beside,
}

impl Bus {
    /// Starts one; `home` is where the keychain keeps its file. Without a keychain nobody answers
    /// for one.
    pub(super) fn start(home: &Path, with_keychain: bool) -> Result<Self, String> {
        let config = home.join("bus.conf");
        std::fs::write(&config, CONFIG).map_err(|problem| problem.to_string())?;
        let mut command = Command::new("dbus-daemon");
        command
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--print-address=1"])
            .stderr(Stdio::null());
        let (bus, address) = Beside::telling(&mut command)?;
        if address.is_empty() {
            return Err("dbus-daemon names no address".into());
        }
        let keychain = with_keychain
            .then(|| keychain(home, &address))
            .transpose()?;
        Ok(Self {
            address,
            _keychain: keychain,
            _bus: bus,
        })
    }
}

/// As a session's, but it starts nothing on its own: what is on it was put there.
const CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

fn keychain(home: &Path, bus: &str) -> Result<Beside, String> {
    let mut command = Command::new("gnome-keyring-daemon");
    command
        .args(["--unlock", "--foreground", "--components=secrets"])
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env_remove("DISPLAY")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut daemon = Beside::start(&mut command)?;
    // The password, and the end of what it reads.
    let typed = daemon
        .0
        .stdin
        .take()
        .map(|mut keys| keys.write_all(b"test"));
    if !matches!(typed, Some(Ok(()))) {
        return Err("gnome-keyring-daemon takes no password".into());
    }
    let patience = Instant::now() + PATIENCE;
    while !is_there(bus)? {
        if Instant::now() > patience {
            return Err("gnome-keyring-daemon offers no keychain".into());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(daemon)
}

fn is_there(bus: &str) -> Result<bool, String> {
    let asked = Command::new("dbus-send")
        .arg(format!("--bus={bus}"))
        .args(["--print-reply", "--dest=org.freedesktop.DBus", "/"])
        .arg("org.freedesktop.DBus.NameHasOwner")
        .arg("string:org.freedesktop.secrets")
        .output();
    let answer = asked.map_err(|problem| format!("dbus-send does not start: {problem}"))?;
    Ok(String::from_utf8_lossy(&answer.stdout).contains("boolean true"))
}
