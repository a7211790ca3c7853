//! The session in a real Secret Service: `gnome-keyring` on a message bus of its own, with a home
//! of its own, so that nothing of this machine's is touched.
//!
//! Each test starts this program once more inside such a place; those it starts are ignored
//! otherwise. Where the programs are missing a test says so and returns.

use presso_core::client::TokenStore;
use presso_shell::Drawer;
use std::path::Path;
use std::process::Command;

const APP: &str = "presso-test";
const SERVER: &str = "https://coffee.example";

/// A keychain that somebody unlocked, as at a usual log-in.
const UNLOCKED: &str =
    r#"eval "$(printf test | gnome-keyring-daemon --unlock --components=secrets)""#;
/// One that nobody unlocked, and nobody is there to be asked.
const LOCKED: &str = r#"eval "$(gnome-keyring-daemon --start --components=secrets)""#;

#[test]
fn a_session_is_there_after_a_restart_and_gone_after_signing_out() {
    with_keychain(UNLOCKED, &["keeps", "finds_and_clears", "finds_nothing"]);
}

#[test]
fn a_keychain_that_stays_locked_leaves_the_session_in_memory_and_says_so() {
    with_keychain(LOCKED, &["is_refused"]);
}

#[test]
fn without_a_message_bus_the_session_lives_in_memory_and_says_so() {
    let home = tempfile::tempdir().expect("there is room for a home");
    let mut alone = itself("has_none");
    at_home(&mut alone, home.path()).env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    assert!(alone.status().expect("this program starts").success());
}

/// Runs inner tests one after the other, each in a process of its own, beside one keychain.
fn with_keychain(starts: &str, inner: &[&str]) {
    let missing = ["dbus-run-session", "gnome-keyring-daemon"].into_iter();
    if let Some(missing) = missing.clone().find(|program| !is_there(program)) {
        return println!("skipped: there is no {missing} on this machine");
    }
    let home = tempfile::tempdir().expect("there is room for a home");
    let itself = std::env::current_exe().expect("a running program has a path");
    let runs = inner.iter().map(|name| {
        format!(
            "'{}' --exact --ignored --nocapture inside::{name}",
            itself.display()
        )
    });
    let script = format!("{starts} && {}", runs.collect::<Vec<_>>().join(" && "));
    let mut session = Command::new("dbus-run-session");
    at_home(&mut session, home.path()).args(["--", "sh", "-c", &script]);
    let output = session.output().expect("it is there");
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{wrong}");
    // A name that matches nothing passes, too.
    assert_eq!(said.matches("1 passed").count(), inner.len(), "{said}");
}

fn itself(inner: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a running program has a path"));
    command.args(["--exact", "--ignored", &format!("inside::{inner}")]);
    command
}

fn at_home<'a>(command: &'a mut Command, home: &Path) -> &'a mut Command {
    for (name, folder) in [
        ("HOME", "home"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
    ] {
        let folder = home.join(folder);
        std::fs::create_dir(&folder).expect("the home is fresh");
        command.env(name, folder);
    }
    command
}

fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// What is run beside a keychain.
mod inside {
    use super::*;

    #[tokio::test]
    #[ignore = "started by the tests above, beside a keychain"]
    async fn keeps() {
        let drawer = Drawer::open(APP, SERVER).await;
        assert_eq!(drawer.load(), None);
        drawer.save("first");
        drawer.save("second");
        assert_eq!(drawer.load().as_deref(), Some("second"));
        drawer.settled().await;
        assert!(*drawer.keeping().borrow());
        let other = Drawer::open(APP, "https://other.example").await;
        assert_eq!(other.load(), None, "each server has a session of its own");
    }

    #[tokio::test]
    #[ignore = "started by the tests above, beside a keychain"]
    async fn finds_and_clears() {
        let drawer = Drawer::open(APP, SERVER).await;
        assert_eq!(drawer.load().as_deref(), Some("second"));
        drawer.clear();
        assert_eq!(drawer.load(), None);
        drawer.settled().await;
        assert!(*drawer.keeping().borrow());
    }

    #[tokio::test]
    #[ignore = "started by the tests above, beside a keychain"]
    async fn finds_nothing() {
        assert_eq!(Drawer::open(APP, SERVER).await.load(), None);
    }

    #[tokio::test]
    #[ignore = "started by the tests above, beside a keychain"]
    async fn is_refused() {
        let drawer = Drawer::open(APP, SERVER).await;
        drawer.save("session");
        drawer.settled().await;
        assert!(!*drawer.keeping().borrow());
        assert_eq!(drawer.load().as_deref(), Some("session"));
    }

    #[tokio::test]
    #[ignore = "started by the tests above"]
    async fn has_none() {
        let drawer = Drawer::open(APP, SERVER).await;
        assert!(!*drawer.keeping().borrow());
        drawer.save("session");
        drawer.settled().await;
        assert_eq!(drawer.load().as_deref(), Some("session"));
    }
}
