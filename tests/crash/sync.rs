//! A disk that does not confirm: nobody may believe it again.

use crate::day::{Day, Stretch, Template};
use crate::is_skipped;
use crate::start::Presso;
use crate::tracer::{SYNC, Tracer};
use std::time::{Duration, Instant};

#[test]
fn after_a_failed_sync_nothing_is_answered_and_the_program_ends_within_a_second() {
    if is_skipped(true) {
        return;
    }
    let template = Template::make(4);
    for nth in [1, 2, 7] {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let data = folder.path();
        template.copy_to(data);
        let mut day = Day::new(&template);
        let server = Presso::start(data);
        let journal = server.thread("journal");
        let tracer = Tracer::on(journal, SYNC, "error=EIO", &format!("{nth}+"));
        let stretch = day.go_on(&server, 100);
        let failed = Instant::now();
        assert_ne!(
            stretch,
            Stretch::Done,
            "its command is not answered as done"
        );
        let ended = server.ended();
        let took = failed.elapsed();
        drop(tracer);
        assert_eq!(ended.status.code(), Some(74), "{ended:?}");
        assert!(took < Duration::from_secs(1), "it ended after {took:?}");
        let sentence = "stopping at once: what is on disk is known only after a restart";
        assert!(ended.said.contains(sentence), "{}", ended.said);
        let when = format!("sync {nth} failed");
        day.ends_well(Presso::start(data), data, &when);
    }
}
