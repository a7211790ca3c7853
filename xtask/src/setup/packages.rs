//! Debian packages: installed when we may, else named with the exact command to type.

use crate::run::{answer, found, program, run};
use anyhow::{Result, bail};
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
