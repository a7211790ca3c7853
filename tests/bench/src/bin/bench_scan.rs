//! `cargo xtask bench scan`: `bench-scan FILE` reads generated frames with core's scanner and with
//! its peers, prints who reads what, and writes what it found to FILE.

use presso_bench::{finding, scan};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file] = words.as_slice() else {
        return Err("usage: bench-scan FILE".into());
    };
    let file = Path::new(file);
    let findings = scan::run(file.parent().unwrap_or(Path::new(".")))?;
    Ok(finding::write(file, &findings)?)
}
