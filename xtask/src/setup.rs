//! Everything a fresh machine lacks for the command at hand, and nothing more.

mod native;
mod packages;

use crate::{
    place,
    run::{answer, found, program, run},
};
use anyhow::{Result, bail};
use std::path::Path;

/// Something that a command or a part of the tests cannot do without.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Need {
    /// The standard library for wasm.
    WasmTarget,
    /// Chromium, its WebDriver, and at least one font to draw with.
    Browser,
    /// The browser bundles in `target/ui`; building them is the asker's task.
    Screens,
    /// What `tests/package.json` names (axe-core), by npm.
    NodeModules,
    /// What the native apps are built with: the web view's library, libclang for the camera.
    Shells,
    /// What native windows are driven with where nobody looks.
    Windows,
    /// Tauri's command line, by npm.
    Bundler,
    /// `presso` beside the tests; building it is the asker's task.
    Server,
    /// strace, which lets a program's calls fail.
    Tracer,
    /// Caddy, where Debian has it; the tests that want it skip themselves where it is not.
    Proxy,
    /// What makes the images of disks.
    Disks,
    /// libfaketime, which tells a program another time; the test that wants it skips itself without.
    Clocks,
    /// zbar's library, which Python's `pyzbar` looks for in the system.
    Zbar,
}

/// Sees to it that all of these are there.
pub(crate) fn all(needs: &[Need]) -> Result<()> {
    needs.iter().try_for_each(|need| match need {
        Need::WasmTarget | Need::Screens => wasm_target(),
        Need::Browser => browser(),
        Need::NodeModules => node_modules("tests"),
        Need::Bundler => node_modules("xtask/bundler"),
        Need::Shells => native::build(),
        Need::Windows => native::drive(),
        Need::Server => Ok(()),
        Need::Tracer => packages::install(if found("strace") { &[] } else { &["strace"] }),
        Need::Proxy => {
            let there = place::root().join("target/caddy");
            if !found("caddy") && !there.exists() {
                packages::unpack("caddy", &there);
            }
            Ok(())
        }
        Need::Disks => packages::install(if found("mkfs.xfs") {
            &[]
        } else {
            &["xfsprogs"]
        }),
        Need::Clocks => packages::install(if found("faketime") {
            &[]
        } else {
            &["faketime"]
        }),
        Need::Zbar => zbar(),
    })
}

fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = answer(program("rustc").args(["--print", "sysroot"]))?;
    if Path::new(&sysroot)
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib")
        .is_dir()
    {
        return Ok(());
    }
    if !found("rustup") {
        bail!("this Rust cannot build for {TARGET}, and there is no rustup that could add it");
    }
    // Run at the root, so that rustup adds it to the toolchain that rust-toolchain.toml pins.
    run(
        "adding the wasm target to the toolchain",
        program("rustup").args(["target", "add", TARGET]),
    )
}

fn browser() -> Result<()> {
    let mut missing = Vec::new();
    if !["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .any(|name| found(name))
    {
        missing.push("chromium");
    }
    if !found("chromedriver") {
        missing.push("chromium-driver");
    }
    if !Path::new("/usr/share/fonts/truetype").is_dir() {
        missing.push("fonts-dejavu-core");
    }
    packages::install(&missing)
}

fn zbar() -> Result<()> {
    // Not in every PATH: then apt-get says that it is there already.
    let known = answer(program("ldconfig").arg("-p")).unwrap_or_default();
    packages::install(if known.contains("libzbar.so.0") {
        &[]
    } else {
        &["libzbar0"]
    })
}

/// Fetches what a folder's `package-lock.json` names.
fn node_modules(folder: &str) -> Result<()> {
    let there = place::root().join(folder);
    let lock = there.join("package-lock.json");
    if !lock.exists() {
        return Ok(());
    }
    let done = there.join("node_modules/.package-lock.json");
    let age = |path: &Path| {
        std::fs::metadata(path)
            .and_then(|facts| facts.modified())
            .ok()
    };
    if age(&done).is_some() && age(&done) >= age(&lock) {
        return Ok(());
    }
    if !found("npm") {
        packages::install(&["nodejs", "npm"])?;
    }
    let mut npm = program("npm");
    npm.current_dir(&there)
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    run(
        &format!("fetching what {folder}/package.json names"),
        &mut npm,
    )
}
