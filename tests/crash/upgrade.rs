//! Yesterday's data folders. What programs of older formats left behind (`golden/FORMAT.sqlite`, each
//! written by such a program at its time) is brought up to date by today's, which may die on the way;
//! and the old journal still says what it said.
//!
//! A format that is given to users gets a file here, and keeps it.

use crate::day::shop;
use crate::start::{Presso, run};
use crate::walk::{points, start_dies};
use crate::{is_skipped, tracer};
use presso_tests::checker::{History, must_hold};
use std::path::Path;
use tempfile::TempDir;

/// The format, and the database.
const GOLDEN: &[(u32, &[u8])] = &[
    (9, include_bytes!("golden/0009.sqlite")),
    (12, include_bytes!("golden/0012.sqlite")),
];
/// So many events are in each of them.
const EVENTS: usize = 33;

fn folder(database: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("presso.db");
    std::fs::write(file, database).expect("a file can be written");
    folder
}

/// SQLite keeps it in its header.
fn format(data: &Path) -> u32 {
    let file = std::fs::read(data.join("presso.db")).expect("it is there");
    let number = file[60..64].try_into().expect("four bytes");
    u32::from_be_bytes(number)
}

/// Starts today's program on it, and lets the checker judge what is there then.
fn goes_on(data: &Path, when: &str) {
    let server = Presso::start(data);
    let ended = server.stop();
    assert!(ended.status.success(), "{when}: {ended:?}");
    run(data, &["verify"]);
    let history = History::in_folder(data, &shop()).unwrap_or_else(|why| panic!("{when}: {why}"));
    must_hold(&history, when);
    // The time of those that are alive in it is over: that is all that may have happened.
    for event in &history.journal[EVENTS..] {
        let name = event.kind.name();
        assert!(["order_timed_out", "order_swept"].contains(&name), "{name}");
    }
}

#[test]
fn every_journal_of_an_older_program_is_taken_over_and_goes_on() {
    if is_skipped(false) {
        return;
    }
    let fresh = tempfile::tempdir().expect("there is room for a folder");
    assert!(Presso::start(fresh.path()).stop().status.success());
    let newest = format(fresh.path());
    for (old, database) in GOLDEN {
        let folder = folder(database);
        let data = folder.path();
        assert_eq!(format(data), *old);
        goes_on(data, &format!("from format {old}"));
        assert_eq!(format(data), newest);
    }
}

#[test]
fn a_migration_that_was_cut_off_anywhere_is_finished_by_the_next_start() {
    if is_skipped(true) {
        return;
    }
    let (old, database) = GOLDEN[0];
    for call in ["pwrite64", tracer::SYNC] {
        let mut deaths = 0;
        for point in points() {
            let folder = folder(database);
            if !start_dies(folder.path(), call, point) {
                break;
            }
            deaths += 1;
            goes_on(folder.path(), &format!("{call} {point} from format {old}"));
        }
        println!("{deaths} deaths at {call} while format {old} was brought up to date");
        assert!(deaths > 0, "a migration makes no such call");
    }
}
