//! `cargo xtask app customer|barista|display [ARGUMENT …]`: sets up, builds, and opens the native
//! app; everything after its name is handed on to it.

use crate::{
    place,
    run::{Ended, Group, cargo, program, run},
    setup::{self, Need},
    stop, ui,
};
use anyhow::{Result, bail};
use std::{path::PathBuf, process::Command, time::Duration};

/// The native apps: folder under `apps/`, also the name of its page.
pub(crate) const APPS: &[&str] = &["customer", "barista", "display"];

/// The command line's entry.
pub(crate) fn command(words: &[String]) -> Result<()> {
    let (name, arguments) = match words {
        [name, arguments @ ..] if APPS.contains(&name.as_str()) => (name.as_str(), arguments),
        _ => bail!("usage: cargo xtask app {} [ARGUMENT …]", APPS.join("|")),
    };
    setup::all(&[Need::Screens, Need::Shells])?;
    ui::build(ui::Profile::Dev)?;
    build(&[name])?;
    if !has_a_screen() {
        bail!(
            "{} is built, but there is no desktop to open its window on; try:\n  \
             xvfb-run -a {}",
            package(name),
            place::short(&built(name))
        );
    }
    stop::listen();
    let mut group = Group::start(window(name).args(arguments))?;
    match group.wait(Duration::MAX)? {
        Ended::Itself(status) if !status.success() => bail!("{}: {status}", package(name)),
        Ended::Itself(_) | Ended::Stopped | Ended::OverBudget => Ok(()),
    }
}

/// Builds these apps, whose pages are built already.
pub(crate) fn build(apps: &[&str]) -> Result<()> {
    let packages = apps.iter().flat_map(|app| ["-p".to_owned(), package(app)]);
    run(
        "building the native apps",
        cargo(["build", "--bins"]).args(packages),
    )
}

/// Its cargo package, which is also the name of its program.
pub(crate) fn package(app: &str) -> String {
    format!("presso-{app}-app")
}

/// Where cargo puts it.
pub(crate) fn built(app: &str) -> PathBuf {
    place::target().join("debug").join(package(app))
}

fn window(app: &str) -> Command {
    let mut command = program(built(app));
    // Newer WebKits draw nothing on screens without acceleration.
    if std::env::var_os("WEBKIT_DISABLE_COMPOSITING_MODE").is_none() {
        command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    }
    command
}

fn has_a_screen() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_that_does_not_exist_is_refused_and_the_others_are_named() {
        let problem = command(&["kitchen".to_owned()]).expect_err("there is no such app");
        assert!(
            problem.to_string().contains("customer|barista|display"),
            "{problem}"
        );
    }
}
