//! The camera made of a film: `tests/native/vcam`, compiled once a run.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// The library that a program is started with to see the camera.
///
/// # Errors
/// Why it could not be made.
pub(super) fn library() -> Result<&'static Path, String> {
    static MADE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match MADE.get_or_init(make) {
        Ok(path) => Ok(path),
        Err(problem) => Err(problem.clone()),
    }
}

fn make() -> Result<PathBuf, String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tests.join("../target/test");
    std::fs::create_dir_all(&folder).map_err(|problem| problem.to_string())?;
    // Under a name of this process's own: others may be using theirs.
    let library = folder.join(format!("libvcam-{}.so", std::process::id()));
    let compiled = Command::new("cc")
        .args(["-O2", "-shared", "-fPIC", "-o"])
        .args([&library, &tests.join("native/vcam/vcam.c")])
        .arg("-ldl")
        .status()
        .map_err(|problem| format!("no C compiler for the pretended camera: {problem}"))?;
    if !compiled.success() {
        return Err("vcam.c does not compile".into());
    }
    Ok(library)
}
