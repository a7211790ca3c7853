//! `cargo xtask shots`: a picture of every screen and state, in `shots/`, to be looked at.

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
    if !words.is_empty() {
        bail!("usage: cargo xtask shots");
    }
    setup::all(&[Need::Screens, Need::Browser, Need::NodeModules])?;
    ui::build(ui::Profile::Dev)?;
    let folder = place::root().join("shots");
    std::fs::create_dir_all(&folder)?;
    let mut test = cargo(["test", "-p", "presso-tests", "--test", "shots", "--"]);
    test.args(["--include-ignored", "--nocapture"])
        .env("PRESSO_SHOTS", &folder);
    run("taking pictures of every screen", &mut test)?;
    println!("{}", place::short(&folder));
    Ok(())
}
