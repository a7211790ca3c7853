//! The demo's shop, made by the `presso` command as an organiser would.

use super::{Folder, Server, built};
use crate::{
    place,
    run::{answer, program, say},
};
use anyhow::{Context, Result};

/// The demo shop's name in addresses.
pub(crate) const SHOP: &str = "demo";

/// Ways in: each opens once.
pub(crate) struct Links {
    pub(crate) barista: String,
    pub(crate) display: String,
}

/// Makes the shop with its menu, unless the data folder has it from before; opens it; fetches
/// links for a barista and a display.
pub(crate) fn ready(server: &Server, folder: &Folder) -> Result<Links> {
    let presso = |words: &[&str]| presso(server, folder, words);
    if !folder.is_used() {
        say("a demo shop, with menu and staff");
        presso(&["shop", "create", SHOP, "--name", "Presso demo"])?;
        let menu = place::root().join("xtask/src/demo/menu.toml");
        presso(&["menu", "import", SHOP, &menu.to_string_lossy()])?;
        presso(&["shop", "open", SHOP])?;
    }
    Ok(Links {
        barista: link(&presso(&["staff", "link", SHOP, "--name", "Sam"])?)?,
        display: link(&presso(&["display", "link", SHOP])?)?,
    })
}

/// Makes room for robots beside people, and answers the secret by which their barista gets in.
pub(crate) fn robots(server: &Server, folder: &Folder) -> Result<String> {
    presso(
        server,
        folder,
        &["shop", "set", SHOP, "--code-places", "60"],
    )?;
    let link = link(&presso(
        server,
        folder,
        &["staff", "link", SHOP, "--name", "Robot"],
    )?)?;
    let (_, secret) = link
        .split_once("#k=")
        .context("a link carries its secret")?;
    Ok(secret.to_owned())
}

/// The `presso` command on the running server; answers what it prints.
fn presso(server: &Server, folder: &Folder, words: &[&str]) -> Result<String> {
    let mut command = program(built("presso"));
    command.args(words).arg("--data").arg(folder.path());
    command.args(["--public-url", &server.address, "--listen", &server.listen]);
    answer(&mut command)
}

/// The link among what is printed.
fn link(printed: &str) -> Result<String> {
    let mut words = printed.split_whitespace();
    let found = words.find(|word| word.starts_with("http") && word.contains("#k="));
    Ok(found
        .with_context(|| format!("no link in: {printed}"))?
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_is_found_among_what_is_printed() {
        let printed = "Opens once, until 12:00:\n  http://localhost:7070/barista#k=abc\n";
        assert_eq!(
            link(printed).expect("it is there"),
            "http://localhost:7070/barista#k=abc"
        );
        assert!(link("nothing here").is_err());
    }
}
