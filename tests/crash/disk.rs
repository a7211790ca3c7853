//! Disks that are full, or not to be written, or hold something else: what the operator sees, and
//! that nothing was lost.

use crate::day::{Day, Stretch, Template};
use crate::is_skipped;
use crate::start::{Ended, Presso, run, serve};
use presso_tests::checker::{History, check};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A small file system of its own; gone when dropped.
struct Small(TempDir);

impl Small {
    /// None where this may not be.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let small = Self(folder);
        small
            .mounts(&["-t", "tmpfs", "-o", "size=64m", "tmpfs"])
            .then_some(small)
    }
    fn mounts(&self, words: &[&str]) -> bool {
        let output = Command::new("mount")
            .args(words)
            .arg(self.0.path())
            .output();
        output.is_ok_and(|output| output.status.success())
    }
    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }
    /// Takes all the room there is.
    fn fill(&self) -> PathBuf {
        let path = self.0.path().join("filler");
        let mut file = std::fs::File::create(&path).expect("a file can be made");
        for size in [4096, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
        path
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // Fails only where it was never mounted.
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

fn small() -> Option<Small> {
    let small = Small::mount();
    if small.is_none() {
        println!("skipped: nothing may be mounted here");
    }
    small
}

#[test]
fn while_the_disk_is_full_reads_go_on_and_writes_wait_and_it_heals_by_itself() {
    if is_skipped(false) {
        return;
    }
    let Some(small) = small() else { return };
    let template = Template::make(4);
    let data = small.data();
    template.copy_to(&data);
    let mut day = Day::new(&template);
    let server = Presso::start(&data);
    assert_eq!(day.go_on(&server, 4), Stretch::Done);
    let filler = small.fill();
    for _ in 0..3 {
        assert_eq!(day.go_on(&server, 100), Stretch::Unavailable, "writes");
        assert_eq!(day.reads(&server).expect("an answer").status, 200, "reads");
    }
    std::fs::remove_file(filler).expect("it is ours");
    day.ends_well(server, &data, "the disk was full");
}

/// Starts, and must not.
fn refused(data: &Path) -> Ended {
    match Presso::try_start(&mut serve(data)) {
        Ok(_) => panic!("it serves"),
        Err(ended) => ended,
    }
}

fn says(ended: &Ended, sentence: &str) {
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
    let told = ended
        .said
        .lines()
        .any(|line| line.starts_with("presso: ") && line.contains(sentence));
    assert!(told, "{sentence:?} is not in {}", ended.said);
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_with_its_name() {
    if is_skipped(false) {
        return;
    }
    let Some(small) = small() else { return };
    Template::make(0).copy_to(&small.data());
    assert!(small.mounts(&["-o", "remount,ro"]));
    says(
        &refused(&small.data()),
        "presso.lock: Read-only file system",
    );
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    if is_skipped(false) {
        return;
    }
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("presso.db");
    let text = "a shopping list, not a database\n".repeat(200);
    std::fs::write(&file, &text).expect("a file can be written");
    says(&refused(folder.path()), "file is not a database");
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), text);
}

#[test]
fn a_newer_format_is_refused_and_left_as_it_is() {
    if is_skipped(false) {
        return;
    }
    let folder = tempfile::tempdir().expect("there is room for a folder");
    Template::make(0).copy_to(folder.path());
    let path = folder.path().join("presso.db");
    // What the log has would else lie over it.
    for log in ["presso.db-wal", "presso.db-shm"] {
        std::fs::remove_file(folder.path().join(log)).expect("a stop leaves it");
    }
    let mut file = std::fs::File::options()
        .write(true)
        .open(&path)
        .expect("it is there");
    // SQLite keeps the number of the format there, the high byte first.
    file.seek(SeekFrom::Start(60)).expect("it is long enough");
    file.write_all(&99_u32.to_be_bytes())
        .expect("it can be written");
    drop(file);
    says(
        &refused(folder.path()),
        "the database has format 99, this program knows up to",
    );
    let mut number = [0; 4];
    let mut file = std::fs::File::open(&path).expect("it is there");
    file.seek(SeekFrom::Start(60)).expect("it is long enough");
    file.read_exact(&mut number).expect("it is long enough");
    assert_eq!(number, 99_u32.to_be_bytes());
}

/// Half of the last page is gone, as when the power goes in the middle of it: the log ends one
/// commit earlier, and all before it stands.
#[test]
fn a_torn_last_page_costs_the_last_commit_and_nothing_before_it() {
    if is_skipped(false) {
        return;
    }
    let template = Template::make(4);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let data = folder.path();
    template.copy_to(data);
    let mut day = Day::new(&template);
    let server = Presso::start(data);
    assert_eq!(day.go_on(&server, 100), Stretch::Done);
    server.kill();
    let whole = day.history(data);
    assert_eq!(check(&whole), [], "nothing is torn yet");
    let wal = data.join("presso.db-wal");
    let length = std::fs::metadata(&wal).expect("it was killed").len();
    let file = std::fs::File::options()
        .write(true)
        .open(&wal)
        .expect("it is there");
    file.set_len(length - 2_000).expect("it can be cut");
    drop(file);
    let server = Presso::start(data);
    assert!(server.stop().status.success());
    run(data, &["verify"]);
    let torn = History::in_folder(data, &crate::day::shop());
    let torn = torn.expect("it is sound").journal;
    let kept = torn.len();
    assert_eq!(torn, whole.journal[..kept], "what is left is as it was");
    assert_eq!(
        kept,
        whole.journal.len() - 1,
        "and one event is gone, with its commit"
    );
}
