//! The native apps on pretended devices: each has a screen, a message bus with a keychain, a home
//! and, where one is wanted, a camera of its own, as different phones and tablets have.

mod booth;
mod bus;
mod device;
mod notifications;
mod processes;
mod screen;
mod vcam;

pub use booth::{Booth, play, play_with};
pub use device::Device;
pub use notifications::Notifications;
pub use processes::memory;

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// The apps, as they are called in addresses, folders and packages.
pub const APPS: [&str; 3] = ["customer", "barista", "display"];

/// A native app as `cargo xtask app` builds it.
#[must_use]
pub fn program(app: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("a running program has a path");
    // target/debug/deps/native-HASH
    let built = tests.ancestors().nth(2).expect("cargo puts it there");
    built.join(format!("presso-{app}-app"))
}

/// The same as people install it: `cargo xtask bundle` builds it.
#[must_use]
pub fn released(app: &str) -> PathBuf {
    let debug = program(app);
    let target = debug.ancestors().nth(2).expect("cargo puts it there");
    target.join("app").join(format!("presso-{app}-app"))
}

/// What this machine lacks to show the windows of these programs.
///
/// # Errors
/// Says what, and what provides it.
pub fn is_possible(programs: fn(&str) -> PathBuf) -> Result<(), String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = |name: &str| std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    let tools = [
        "Xvfb",
        "WebKitWebDriver",
        "dbus-daemon",
        "dbus-send",
        "gnome-keyring-daemon",
        "secret-tool",
    ];
    if let Some(missing) = tools.into_iter().find(|name| !found(name)) {
        return Err(format!(
            "there is no {missing} on this machine; `cargo xtask test native` brings it"
        ));
    }
    match APPS.into_iter().find(|app| !programs(app).is_file()) {
        None => Ok(()),
        Some(app) => Err(format!(
            "the {app}'s app is not built; `cargo xtask test native` builds it"
        )),
    }
}

/// A program beside the test; ended when dropped.
struct Beside(Child);

impl Beside {
    /// Starts it, and reads the line in which it says where it is to be found; an empty one when
    /// it ends without a word.
    fn telling(command: &mut Command) -> Result<(Self, String), String> {
        let mut started = Self::start(command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
        let mut said = String::new();
        if let Some(pipe) = started.0.stdout.take() {
            // What cannot be read was not said.
            let _ = BufReader::new(pipe).read_line(&mut said);
        }
        Ok((started, said.trim().to_owned()))
    }
    fn start(command: &mut Command) -> Result<Self, String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn();
        child
            .map(Self)
            .map_err(|problem| format!("{name} does not start: {problem}"))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Both fail only when it is gone already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
