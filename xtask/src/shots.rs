//! `cargo xtask shots [WORD]`: a picture of every screen and state, in `shots/`, to be looked at.

use crate::{
    place,
    run::{cargo, run},
    setup::{self, Need},
    ui,
};
use anyhow::{Result, bail};

/// The command line's entry. The pictures are taken by the test target `shots` of `presso-tests`,
/// which finds the folder in `PRESSO_SHOTS`.
pub(crate) fn command(words: &[String]) -> Result<()> {
    if words.iter().any(|word| word.starts_with('-')) {
        bail!("usage: cargo xtask shots [WORD …]: those whose name has one of these words");
    }
    setup::all(&[Need::Screens, Need::Browser, Need::NodeModules])?;
    ui::build(ui::Profile::Dev)?;
    let folder = place::root().join("shots");
    std::fs::create_dir_all(&folder)?;
    let mut test = cargo(["test", "-p", "presso-tests", "--test", "shots", "--"]);
    test.args(["--include-ignored", "--nocapture"])
        .args(words)
        .env("PRESSO_SHOTS", &folder);
    run("taking pictures of every screen", &mut test)?;
    println!("{}", place::short(&folder));
    Ok(())
}
