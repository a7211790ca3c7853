//! `cargo xtask simulate [--seeds N] [--hours H] [--seed S]`: the whole system on virtual time.

use crate::{
    place,
    run::{cargo, program, run},
};
use anyhow::Result;

/// The command line's entry; what the words mean, the program says (`--help`).
pub(crate) fn command(words: &[String]) -> Result<()> {
    let build = ["build", "--release", "-p", "presso-simulation", "--bins"];
    run("building the simulation", &mut cargo(build))?;
    let path = place::target().join("release").join("simulate");
    run("simulating", program(path).args(words))
}
