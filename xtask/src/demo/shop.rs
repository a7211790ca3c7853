//! The demo's shop, made by the `presso` command as an organiser would.

use super::{Folder, built};
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
pub(crate) fn ready(folder: &Folder) -> Result<Links> {
    let presso = |words: &[&str]| presso(folder, words);
    if !folder.is_used() {
        say("a demo shop, with menu and staff");
        let menu = place::root().join("xtask/src/demo/menu.toml");
        let menu = menu.to_string_lossy();
        presso(&["shop", "create", SHOP, "name=Presso demo", "--menu", &menu])?;
        presso(&["shop", "open", SHOP])?;
    }
    Ok(Links {
        barista: link(&presso(&["staff", "link", SHOP, "--name", "Sam"])?)?,
        display: link(&presso(&["display", "link", SHOP])?)?,
    })
}

/// Makes room for robots beside people, and answers the secret by which their barista gets in.
pub(crate) fn robots(folder: &Folder) -> Result<String> {
    presso(folder, &["shop", "set", SHOP, "code_places=60"])?;
    let printed = presso(folder, &["staff", "link", SHOP, "--name", "Robot"])?;
    let link = link(&printed)?;
    let (_, secret) = link
        .split_once("#k=")
        .context("a link carries its secret")?;
    Ok(secret.to_owned())
}

/// The `presso` command, which finds the running server by its data folder; answers what it prints.
fn presso(folder: &Folder, words: &[&str]) -> Result<String> {
    answer(
        program(built("presso"))
            .args(words)
            .arg("--data")
            .arg(folder.path()),
    )
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
