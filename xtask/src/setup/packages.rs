//! Debian packages: installed when we may, else named with the exact command to type.

use crate::run::{answer, found, program, run, say};
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

/// Installs the packages; with an empty list it does nothing at all.
pub(super) fn install(missing: &[&str]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let by_hand = format!("sudo apt-get install --no-install-recommends {list}");
    if !found("apt-get") {
        bail!("missing: {list} (Debian's names). Install them with this system's package tool.");
    }
    if !is_root()? && !sudo_asks_nothing() {
        bail!("missing: {list}. Please run:\n  {by_hand}");
    }
    run(
        "reading the list of system packages",
        apt()?.args(["update", "-q"]),
    )?;
    let install = ["install", "-q", "-y", "--no-install-recommends"];
    run(
        &format!("installing {list}"),
        apt()?.args(install).args(missing),
    )
}

/// Puts what is in a package into a folder, without installing it: a package of a server would
/// start it. Where that cannot be, it says so and goes on.
pub(super) fn unpack(package: &str, into: &Path) {
    let download = || -> Result<()> {
        if !found("apt-get") || !found("dpkg-deb") {
            bail!("this system has no Debian packages");
        }
        let folder = into.with_extension("package");
        std::fs::create_dir_all(&folder)?;
        let mut apt = program("apt-get");
        apt.current_dir(&folder).args(["download", "-q", package]);
        run(&format!("fetching the package {package}"), &mut apt)?;
        let file = std::fs::read_dir(&folder)?.next();
        let file = file.with_context(|| format!("there is no package {package}"))??;
        let mut dpkg = program("dpkg-deb");
        dpkg.arg("-x").arg(file.path()).arg(into);
        run("unpacking it", &mut dpkg)
    };
    if let Err(lack) = download() {
        say(format!("going on without {package}: {lack:#}"));
    }
}

fn apt() -> Result<Command> {
    let mut command = if is_root()? {
        program("env")
    } else {
        program("sudo")
    };
    if !is_root()? {
        command.args(["-n", "env"]);
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    Ok(command)
}

fn is_root() -> Result<bool> {
    Ok(answer(program("id").arg("-u"))? == "0")
}

fn sudo_asks_nothing() -> bool {
    found("sudo") && answer(program("sudo").args(["-n", "true"])).is_ok()
}
