//! The peers: wheels in a folder of their own, driven by `scan_peers.py`.

use super::{Reading, Readings};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// Their names in tables, and how the script calls them.
const NAMES: [&str; 3] = ["zbar", "ZXing-C++", "OpenCV"];

/// The versions that the bars were met against. `pyzbar` finds zbar itself in the system
/// (Debian: `libzbar0`).
const WHEELS: [&str; 4] = [
    "pyzbar==0.1.9",
    "zxing-cpp==3.1.1",
    "opencv-python-headless==5.0.0.93",
    "numpy",
];

/// What each peer read; none where it is not to be had, and then it is said why.
pub(super) fn read(folder: &Path, frames: &Path) -> Vec<(String, Option<Readings>)> {
    let site = folder.join("scan-peers");
    let said = install(&site).and_then(|()| ask(&site, frames));
    let said = said.unwrap_or_else(|problem| {
        println!("peers skipped: {problem}");
        String::new()
    });
    let mut readings: BTreeMap<&str, Readings> = BTreeMap::new();
    for line in said.lines() {
        match line.split('\t').collect::<Vec<_>>().as_slice() {
            ["skipped", name, why] => println!("{name} skipped: {why}"),
            [name, frame, right, ms] => {
                let reading = Reading {
                    right: *right == "1",
                    took_ms: ms.parse().unwrap_or(f64::NAN),
                };
                let of = readings.entry(name).or_default();
                of.insert((*frame).to_owned(), reading);
            }
            _ => {}
        }
    }
    NAMES
        .map(|name| (name.to_owned(), readings.remove(name)))
        .into()
}

/// Once; the folder stays for the next time.
fn install(site: &Path) -> Result<(), String> {
    let done = site.join("installed");
    if done.exists() {
        return Ok(());
    }
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--target"]);
    pip.arg(site).args(WHEELS).stdin(Stdio::null());
    let ended = pip.status().map_err(|problem| problem.to_string())?;
    if !ended.success() {
        return Err("pip could not install them".into());
    }
    std::fs::write(done, "").map_err(|problem| problem.to_string())
}

fn ask(site: &Path, frames: &Path) -> Result<String, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scan_peers.py");
    let mut python = Command::new("python3");
    python.arg(script).arg(site).arg(frames);
    python.stdin(Stdio::null()).stderr(Stdio::inherit());
    let ended = python.output().map_err(|problem| problem.to_string())?;
    if !ended.status.success() {
        return Err("scan_peers.py ended early".into());
    }
    Ok(String::from_utf8_lossy(&ended.stdout).into_owned())
}
