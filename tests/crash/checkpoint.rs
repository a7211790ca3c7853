//! Dies while the log is moved into the database: at the checkpoint's first write, and at some of the
//! thousands after it; at each of its syncs.

use crate::day::{Day, Template, shop};
use crate::menus::{Writer, serve_without_limits};
use crate::start::{Presso, run};
use crate::tracer::{SYNC, Tracer};
use crate::walk::KILL;
use crate::{is_long, is_skipped};
use presso_core::workflow::EventKind;
use presso_tests::checker::History;
use std::path::Path;

/// More than fill any log.
const MANY: usize = 5_000;

/// Points of a walk through a few thousand writes that are all alike, and the syncs before and after.
fn points(call: &str) -> Vec<usize> {
    match call {
        SYNC => vec![1, 2],
        _ if is_long() => (1..2_500).step_by(61).collect(),
        _ => vec![1, 40, 1_600],
    }
}

/// How many were written.
fn count(data: &Path) -> usize {
    let history = History::in_folder(data, &shop()).unwrap_or_else(|why| panic!("{why}"));
    let is_menu = |kind: &EventKind| matches!(kind, EventKind::MenuReplaced { .. });
    let journal = history.journal.iter();
    journal.filter(|event| is_menu(&event.kind)).count()
}

#[test]
fn nothing_answered_is_lost_wherever_a_checkpoint_dies() {
    if is_skipped(true) {
        return;
    }
    let template = Template::make(4);
    for call in ["pwrite64", SYNC] {
        for point in points(call) {
            let folder = tempfile::tempdir().expect("there is room for a folder");
            let data = folder.path();
            template.copy_to(data);
            let server = serve_without_limits(data);
            let mut writer = Writer::new(&server, data);
            let thread = server.thread("checkpoint");
            let tracer = Tracer::on(thread, call, KILL, &point.to_string());
            let when = format!("{call} {point} of a checkpoint");
            assert!(!writer.write(MANY), "{when}: nothing died");
            drop((server, tracer));
            let mut day = Day::new(&template);
            day.ends_well(Presso::start(data), data, &when);
            run(data, &["verify"]);
            let (there, told) = (count(data), writer.written);
            println!("dead at {when}, after {told} menus");
            // One may have been written and not answered.
            assert!(
                (told..=told + 1).contains(&there),
                "{when}: {there}, not {told}"
            );
        }
    }
}
