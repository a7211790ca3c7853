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
    let presso = |words: &[&str]| -> Result<String> {
        let mut command = program(built("presso"));
        command.args(words).arg("--data").arg(folder.path());
        command.args(["--public-url", &server.address, "--listen", &server.listen]);
        answer(&mut command)
    };
    if !folder.is_used() {
        say("a demo shop, with menu and staff");
        presso(&["shop", "create", SHOP, "--name", "Presso demo"])?;
        let menu = place::root().join("xtask/src/demo/menu.toml");
        presso(&["menu", "import", SHOP, &menu.to_string_lossy()])?;
        presso(&["shop", "open", SHOP])?;
    }
    Ok(Links {
        barista: link(&presso(&["staff", "link", SHOP])?)?,
        display: link(&presso(&["display", "link", SHOP])?)?,
    })
}

/// Another pair of links.
fn link(printed: &str) -> Result<String> {
    let words = printed.split_whitespace();
    let found = words
        .into_iter()
        .find(|word| word.starts_with("http") && word.contains("#k="));
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
