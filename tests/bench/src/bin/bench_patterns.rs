//! `cargo xtask bench patterns`: `bench-patterns FILE` matches events against 1, 100 and 10,000
//! rules and writes what it found to FILE.

use presso_bench::{finding, patterns};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file] = words.as_slice() else {
        return Err("usage: bench-patterns FILE".into());
    };
    Ok(finding::write(Path::new(file), &patterns::run()?)?)
}
