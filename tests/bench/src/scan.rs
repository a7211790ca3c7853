//! Who reads how many of the generated frames, and how long it takes.
//!
//! Each frame is read by core's scanner three times in a row (the middle time counts) and once by
//! each peer. A peer that cannot be installed here is skipped, and with it the bars that are held
//! against the best of them.

mod judge;
mod peers;

use crate::finding::Finding;
use presso_core::scan::{Luma, decode};
use presso_frames::{Case, Frame};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// What one reader did with one frame.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Reading {
    right: bool,
    took_ms: f64,
}

/// What a reader did with each frame, by the frame's name.
type Readings = BTreeMap<String, Reading>;

/// Our name in tables.
const OURS: &str = "Presso";

/// Draws the frames, has them read, prints the table and answers the figures. `folder` keeps the
/// frames while it runs, and the peers for the next time.
///
/// # Errors
/// The file system's.
pub fn run(folder: &Path) -> Result<Vec<Finding>, Box<dyn Error>> {
    // A reader that breaks on a frame reads nothing from it; its word about that is of no use here.
    std::panic::set_hook(Box::new(|_| {}));
    let frames = folder.join("scan-frames");
    fs::create_dir_all(&frames)?;
    let cases = presso_frames::all();
    let mut index = fs::File::create(frames.join("index.tsv"))?;
    let mut ours = Readings::new();
    for case in &cases {
        let frame = case.draw();
        keep(&frame, &frames.join(format!("{}.pgm", case.name())))?;
        writeln!(index, "{}\t{}", case.name(), frame.text)?;
        ours.insert(case.name(), read(&frame));
    }
    drop(index);
    let mut readers = vec![(OURS.to_owned(), Some(ours))];
    readers.extend(peers::read(folder, &frames));
    fs::remove_dir_all(&frames)?;
    print(&cases, &readers);
    Ok(judge::judge(&cases, &readers))
}

/// Three times, since a moment's neighbour on the machine is not what is measured.
fn read(frame: &Frame) -> Reading {
    let mut times = [0.0; 3];
    let mut right = false;
    for time in &mut times {
        let start = Instant::now();
        let luma = Luma::new(frame.width, frame.height, frame.width, &frame.luma);
        let found = luma.and_then(|luma| decode(&luma));
        *time = start.elapsed().as_secs_f64() * 1e3;
        right = found.is_some_and(|found| found.text == frame.text);
    }
    times.sort_by(f64::total_cmp);
    Reading {
        right,
        took_ms: times[1],
    }
}

fn keep(frame: &Frame, file: &Path) -> std::io::Result<()> {
    let mut file = fs::File::create(file)?;
    write!(file, "P5\n{} {}\n255\n", frame.width, frame.height)?;
    file.write_all(&frame.luma)
}

/// Which part of the frames that `wanted` picks was read right, percent.
fn success(cases: &[Case], readings: &Readings, wanted: impl Fn(&Case) -> bool) -> f64 {
    let picked = cases.iter().filter(|case| wanted(case));
    let (mut all, mut right) = (0.0, 0.0);
    for case in picked {
        all += 1.0;
        if readings.get(&case.name()).is_some_and(|r| r.right) {
            right += 1.0;
        }
    }
    100.0 * right / f64::max(all, 1.0)
}

fn print(cases: &[Case], readers: &[(String, Option<Readings>)]) {
    let line = |name: &str, of: &dyn Fn(&Readings) -> String| {
        print!("  {name:<14}");
        for (_, readings) in readers {
            let cell = readings.as_ref().map_or("skipped".to_owned(), of);
            print!("{cell:>16}");
        }
        println!();
    };
    print!("\n  {:<14}", "% read");
    for (name, _) in readers {
        print!("{name:>16}");
    }
    println!();
    for condition in presso_frames::Condition::ALL {
        line(condition.name(), &|readings| {
            format!(
                "{:.0}",
                success(cases, readings, |c| c.condition == condition)
            )
        });
    }
    line("all", &|readings| {
        format!("{:.1}", success(cases, readings, |_| true))
    });
    for size in presso_frames::SIZES {
        line(&format!("ms {}", size.name), &|readings| {
            let times = judge::times(cases, readings, |case| case.size == size);
            format!(
                "{:.1} / {:.1}",
                judge::nth(&times, 0.5),
                judge::nth(&times, 0.99)
            )
        });
    }
    println!("  (ms: median / 99th of a hundred, all frames, readable or not)");
}
