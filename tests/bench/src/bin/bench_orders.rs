//! `cargo xtask bench orders`: `bench-orders FILE [ROUNDS SECONDS]` measures Presso against the
//! floor and writes what it found to FILE.

use presso_bench::finding;
use presso_bench::orders::{self, Extent};
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (file, extent) = match words.as_slice() {
        [file] => (Path::new(file), Extent::default()),
        [file, rounds, seconds] => {
            let (rounds, seconds) = (rounds.parse()?, seconds.parse()?);
            (Path::new(file), Extent { rounds, seconds })
        }
        _ => return Err("usage: bench-orders FILE [ROUNDS SECONDS]".into()),
    };
    // Beside the results: on a disk, where a temporary folder may be memory. What a run that was
    // interrupted left there goes first.
    let folder = file.with_extension("rounds");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let findings = orders::run(&folder, extent)?;
    finding::write(file, &findings)?;
    fs::remove_dir_all(&folder)?;
    Ok(())
}
