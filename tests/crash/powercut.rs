//! The power goes, again and again: what the file system has given to the disk stays, and what it
//! still had in memory is gone.
//!
//! The disk is an ext4 image in an XFS image, mounted through a loop. A copy of it by `cp --reflink`
//! is the disk as it is at one instant, while the server goes on: the power went in it. A disk that
//! lies about its syncs must be found out by the same test, or the test is blind.

use crate::day::{Template, shop};
use crate::is_skipped;
use crate::kills::{GUESTS, HANDS, Hand, hand, work};
use crate::start::Presso;
use crate::tracer::{SYNC, Tracer};
use presso_tests::checker::{Asked, Came, History, check};
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// How many answers come before the power goes.
const ANSWERS: usize = 40;
/// How many cuts a disk that lies may survive unnoticed.
const LUCK: usize = 5;

/// How many cuts: a few, or as many as `cargo xtask prove powercut` says.
fn cuts() -> usize {
    let said = std::env::var("PRESSO_POWERCUTS");
    said.map_or(3, |cuts| {
        cuts.parse().expect("PRESSO_POWERCUTS is a number")
    })
}

/// A disk whose state at an instant can be copied.
struct Rig(TempDir);

fn done(words: &[&str]) -> bool {
    let output = Command::new(words[0]).args(&words[1..]).output();
    output.is_ok_and(|output| output.status.success())
}

impl Rig {
    /// With a shop on it. None where this may not be, or its tools are not there.
    fn make(template: &Template) -> Option<Self> {
        let rig = Self(tempfile::tempdir().expect("there is room for a folder"));
        for folder in ["xfs", "disk"] {
            std::fs::create_dir(rig.0.path().join(folder)).expect("a folder can be made");
        }
        let (image, base) = (rig.path("image"), rig.path("xfs/base"));
        let made = done(&["truncate", "-s", "1G", &image])
            && done(&["mkfs.xfs", "-q", "-m", "reflink=1", &image])
            && done(&["mount", "-o", "loop", &image, &rig.path("xfs")])
            && done(&["truncate", "-s", "64M", &base])
            && done(&["mkfs.ext4", "-q", "-F", &base])
            && rig.mount("base");
        made.then(|| {
            template.copy_to(&rig.data());
            assert!(rig.unmount("disk"), "nobody uses it");
            rig
        })
    }
    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }
    fn data(&self) -> PathBuf {
        self.0.path().join("disk/data")
    }
    /// As it is at this instant.
    fn copy(&self, from: &str, to: &str) {
        let [from, to] = [from, to].map(|name| self.path(&format!("xfs/{name}")));
        let copied = done(&["cp", "--reflink=always", &from, &to]);
        assert!(copied, "XFS shares what two files have in common");
    }
    fn mount(&self, image: &str) -> bool {
        let image = self.path(&format!("xfs/{image}"));
        done(&["mount", "-o", "loop", &image, &self.path("disk")])
    }
    fn unmount(&self, folder: &str) -> bool {
        done(&["umount", &self.path(folder)])
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        // Each fails where it was never mounted.
        for folder in ["disk", "xfs"] {
            let _ = done(&["umount", "-l", &self.path(folder)]);
        }
    }
}

/// The power goes in the middle of work, and comes back. What was answered before, and whether all
/// of it is there: as objections. A disk that lies syncs nothing.
fn cut(rig: &Rig, template: &Template, lies: bool) -> (usize, Vec<String>) {
    rig.copy("base", "live");
    assert!(rig.mount("live"));
    let mut hands: Vec<Hand> = template.guests.chunks(GUESTS).zip(0..).map(hand).collect();
    let server = Presso::start(&rig.data());
    let tracer = lies.then(|| Tracer::on(server.thread("journal"), SYNC, "retval=0", "1+"));
    work(&mut hands, &server, template, ANSWERS, || {});
    let asked: Vec<Asked> = hands.iter().flat_map(|hand| hand.log.clone()).collect();
    work(&mut hands, &server, template, 0, || rig.copy("live", "cut"));
    server.kill();
    drop(tracer);
    assert!(rig.unmount("disk"), "nobody uses it");
    assert!(rig.mount("cut"));
    let answered = asked
        .iter()
        .filter(|asked| matches!(asked.came, Came::Answered(_)));
    let answered = answered.count();
    let found = if lies {
        found(rig, asked)
    } else {
        let server = Presso::start(&rig.data());
        assert!(server.stop().status.success(), "it stops in peace");
        found(rig, asked)
    };
    assert!(rig.unmount("disk"), "nobody uses it");
    (answered, found)
}

fn found(rig: &Rig, asked: Vec<Asked>) -> Vec<String> {
    match History::in_folder(&rig.data(), &shop()) {
        Ok(history) => {
            let objections = check(&History { asked, ..history });
            objections.iter().map(ToString::to_string).collect()
        }
        Err(why) => vec![why],
    }
}

#[test]
fn after_a_power_cut_everything_answered_is_there_and_a_disk_that_lies_is_found_out() {
    if is_skipped(true) {
        return;
    }
    let template = Template::make(HANDS * GUESTS);
    let Some(rig) = Rig::make(&template) else {
        println!("skipped: no XFS image can be mounted here");
        return;
    };
    let (cuts, mut sum) = (cuts(), 0);
    for number in 1..=cuts {
        let (answered, found) = cut(&rig, &template, false);
        assert!(found.is_empty(), "cut {number}:\n{}", found.join("\n"));
        sum += answered;
    }
    println!("{cuts} power cuts, {sum} answered before them, 0 lost");
    for number in 1..=LUCK {
        let (answered, found) = cut(&rig, &template, true);
        if !found.is_empty() {
            let count = found.len();
            println!("a disk that lies: cut {number}, {answered} answered, {count} objections");
            return;
        }
    }
    panic!("{LUCK} cuts of a disk that does not sync lost nothing: this test is blind");
}
