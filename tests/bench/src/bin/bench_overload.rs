//! `cargo xtask prove overload`: `bench-overload FILE [ROUNDS SECONDS]` asks twice of what Presso
//! can do, and writes what came of it to FILE.

use presso_bench::{finding, overload};
use std::error::Error;
use std::fs;
use std::path::Path;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (file, rounds, seconds) = match words.as_slice() {
        [file] => (Path::new(file), 3, 6.0),
        [file, rounds, seconds] => (Path::new(file), rounds.parse()?, seconds.parse()?),
        _ => return Err("usage: bench-overload FILE [ROUNDS SECONDS]".into()),
    };
    // Beside the results: on a disk, where a temporary folder may be memory.
    let folder = file.with_extension("rounds");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let findings = overload::run(&folder, rounds, seconds).await?;
    finding::write(file, &findings)?;
    fs::remove_dir_all(&folder)?;
    Ok(())
}
