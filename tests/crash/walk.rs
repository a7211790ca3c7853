//! The crash-point walk: dies at the first write, the second, the third … until it does not die any
//! more; the same for syncs. After each death the day goes on, and must have lost nothing.

use crate::day::{Day, Stretch, Template};
use crate::start::{Presso, run, serve};
use crate::tracer::{SYNC, Tracer, words};
use crate::{is_long, is_skipped};
use std::path::Path;
use std::process::Command;

pub(crate) const KILL: &str = "signal=KILL";

/// Of so many points the gate tries one.
const STRIDE: usize = 3;

pub(crate) fn points() -> impl Iterator<Item = usize> {
    (1..).step_by(if is_long() { 1 } else { STRIDE })
}

/// Walks the points of one thread and call; answers how many deaths there were.
fn walk(template: &Template, thread: &str, call: &str) -> usize {
    let mut deaths = 0;
    for point in points() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let data = folder.path();
        template.copy_to(data);
        let mut day = Day::new(template);
        let server = Presso::start(data);
        let tracer = Tracer::on(server.thread(thread), call, KILL, &point.to_string());
        let stretch = day.go_on(&server, 100);
        let ended = server.stop();
        drop(tracer);
        let when = format!("{call} {point} of the {thread} thread");
        if ended.status.success() {
            assert_eq!(stretch, Stretch::Done, "{when}: nothing died");
            assert!(deaths > 0, "{when}: the {thread} thread makes no such call");
            return deaths;
        }
        deaths += 1;
        day.ends_well(Presso::start(data), data, &when);
    }
    deaths
}

#[test]
fn nothing_answered_is_lost_wherever_the_journals_thread_dies() {
    if is_skipped(true) {
        return;
    }
    let template = Template::make(4);
    for call in ["pwrite64", SYNC] {
        let deaths = walk(&template, "journal", call);
        println!("{deaths} deaths at {call} of the journal's thread");
    }
}

/// Starts on this folder, to die at this call of its start; false when it makes none so many.
pub(crate) fn start_dies(data: &Path, call: &str, point: usize) -> bool {
    let mut strace = Command::new("strace");
    // `-D`: the child is presso itself, and ends when it is told to.
    strace.args(["-D", "-f", "-qq", "-o", "/dev/null"]);
    strace.args(words(call, KILL, &point.to_string()));
    let presso = serve(data);
    strace.arg(presso.get_program()).args(presso.get_args());
    Presso::try_start(&mut strace).is_err()
}

#[test]
fn a_folder_whose_making_was_cut_off_anywhere_is_made_by_the_next_start() {
    if is_skipped(true) {
        return;
    }
    for call in ["pwrite64", SYNC] {
        let mut deaths = 0;
        for point in points() {
            let folder = tempfile::tempdir().expect("there is room for a folder");
            if !start_dies(folder.path(), call, point) {
                break;
            }
            deaths += 1;
            let server = Presso::start(folder.path());
            let ended = server.stop();
            assert!(ended.status.success(), "{call} {point}: {ended:?}");
            run(folder.path(), &["shop", "create", "demo"]);
            run(folder.path(), &["verify"]);
        }
        println!("{deaths} deaths at {call} while a folder was made");
        assert!(deaths > 0, "making a folder makes no such call");
    }
}
