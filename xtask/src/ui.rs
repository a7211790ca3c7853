//! `cargo xtask ui [--release]`: the browser bundles, from crates to `target/ui`.
//!
//! Cargo builds the wasm, wasm-bindgen (as a library, so that nothing need be installed) makes
//! the glue, and every file gets a name that carries a hash of its content, so that a browser may
//! keep it for ever. What each app's `index.html` and the shared theme want to refer to they name
//! `{{asset:NAME}}`; see [`shelf`].

mod bindgen;
mod bundle;
mod output;
mod shelf;
mod squeeze;
mod stamp;

use crate::{
    place,
    run::{cargo, run, say},
    setup::{self, Need},
    table,
};
use anyhow::{Result, bail};
use bundle::{BUNDLES, Bundle};
use std::time::Instant;

/// How much work goes into a bundle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Profile {
    /// Quick to build, with the compiler's checks.
    Dev,
    /// Small: what visitors load, compressed beforehand.
    Release,
}

impl Profile {
    fn cargo_name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "wasm-release",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "wasm-release",
        }
    }
}

/// The command line's entry.
pub(crate) fn command(words: &[String]) -> Result<()> {
    let profile = match words {
        [] => Profile::Dev,
        [word] if word == "--release" => Profile::Release,
        _ => bail!("usage: cargo xtask ui [--release]"),
    };
    build(profile)
}

/// Builds all bundles whose inputs have changed.
pub(crate) fn build(profile: Profile) -> Result<()> {
    let there: Vec<&Bundle> = BUNDLES.iter().filter(|bundle| bundle.exists()).collect();
    if there.is_empty() {
        say("no browser bundle to build yet");
        return Ok(());
    }
    setup::all(&[Need::WasmTarget])?;
    compile(&there, profile)?;
    let mut sizes = Vec::new();
    for page in there.iter().filter(|bundle| bundle.is_page()) {
        let start = Instant::now();
        let workers: Vec<&Bundle> = there
            .iter()
            .filter(|bundle| bundle.works_for(page.app))
            .copied()
            .collect();
        if output::page(page, &workers, profile)? {
            say(format!(
                "{}: bundled in {:.1} s",
                page.app,
                start.elapsed().as_secs_f32()
            ));
        }
        sizes.extend(output::sizes(page.app)?);
    }
    if profile == Profile::Release {
        table::print(&["app", "file", ">plain", ">brotli"], &sizes);
    }
    Ok(())
}

fn compile(bundles: &[&Bundle], profile: Profile) -> Result<()> {
    let mut words = vec![
        "build",
        "--target",
        bundle::TARGET,
        "--profile",
        profile.cargo_name(),
    ];
    for bundle in bundles {
        words.extend(["-p", bundle.package]);
    }
    let folder = place::wasm_target();
    let what = format!("building the screens ({})", profile.cargo_name());
    run(&what, cargo(words).arg("--target-dir").arg(folder))
}
