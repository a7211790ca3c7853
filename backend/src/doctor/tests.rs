//! Each check, on facts that are as they should be but for one; and a real folder.

use super::{Facts, Folder, Level, Server, judge, look};
use crate::app::KEY_FILE;
use crate::config::Layer;
use crate::disk::Disk;
use crate::journal::SqliteJournal;
use crate::verify::tests::a_day;
use presso_core::time::Timestamp;

const NOW: Timestamp = Timestamp(1_795_248_000_000);

fn well() -> Facts {
    Facts {
        data: "/srv/presso".into(),
        folder: Some(Ok(Folder {
            format: 6,
            known: 6,
            newest: Some(NOW),
            alive: 3,
            overdue_ms: vec![900],
        })),
        disk: Disk {
            free_bytes: Some(20 << 30),
            wal_bytes: 4 << 20,
        },
        exposed: vec![],
        server: Server::Answers {
            version: env!("CARGO_PKG_VERSION").into(),
            unready: None,
        },
        public_url: "https://coffee.example".into(),
        is_secure: true,
        now: NOW,
    }
}

/// What is not good, once this was changed.
fn found(change: impl FnOnce(&mut Facts)) -> Vec<(&'static str, Level, String)> {
    let mut facts = well();
    change(&mut facts);
    let findings = judge(&facts).into_iter();
    let findings = findings.filter(|finding| finding.level > Level::Good);
    let found = findings.map(|finding| {
        assert!(!finding.remedy.is_empty(), "{finding:?}");
        (finding.check, finding.level, finding.told)
    });
    found.collect()
}

/// The only thing found, whose sentence begins so.
fn only(change: impl FnOnce(&mut Facts), check: &str, level: Level, told: &str) {
    let found = found(change);
    let [(name, how, sentence)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!((*name, *how), (check, level));
    assert!(sentence.contains(told), "{sentence}");
}

fn in_folder(facts: &mut Facts, change: impl FnOnce(&mut Folder)) {
    change(facts.folder.as_mut().unwrap().as_mut().unwrap());
}

#[test]
fn a_shop_that_is_well_is_found_well_by_every_check() {
    assert_eq!(found(|_| ()), []);
    assert_eq!(judge(&well()).len(), super::checks::ALL.len());
}

#[test]
fn a_folder_without_a_shop_or_that_cannot_be_read_is_told_and_nothing_is_concluded_from_it() {
    let wrong = Level::Wrong;
    only(
        |f| f.folder = None,
        "folder",
        wrong,
        "no shop was ever made",
    );
    let unreadable = |f: &mut Facts| f.folder = Some(Err("file is not a database".into()));
    only(unreadable, "folder", wrong, "file is not a database");
}

#[test]
fn a_format_that_is_not_this_programs_is_told() {
    let older = |f: &mut Facts| in_folder(f, |folder| folder.format = 5);
    only(older, "format", Level::Mind, "will make it 6");
    let newer = |f: &mut Facts| in_folder(f, |folder| folder.format = 7);
    only(newer, "format", Level::Wrong, "will not start");
}

#[test]
fn keys_that_others_can_read_are_told_by_name() {
    let exposed = |f: &mut Facts| f.exposed = vec!["push.key".into()];
    only(exposed, "keys", Level::Wrong, "others can read push.key");
}

#[test]
fn a_disk_that_fills_up_is_told_before_it_is_full() {
    let free = |bytes| move |f: &mut Facts| f.disk.free_bytes = Some(bytes);
    only(free(900 << 20), "disk", Level::Mind, "900 MiB of room");
    only(free(100 << 20), "disk", Level::Wrong, "orders are refused");
    assert_eq!(found(|f| f.disk.free_bytes = None), []);
}

#[test]
fn a_log_that_is_not_started_over_is_told() {
    let long = |f: &mut Facts| f.disk.wal_bytes = 65 << 20;
    only(long, "log", Level::Wrong, "65 MiB of log");
}

#[test]
fn a_clock_behind_the_journal_is_told() {
    let ahead = |f: &mut Facts| in_folder(f, |folder| folder.newest = Some(NOW.plus_s(90)));
    only(ahead, "clock", Level::Wrong, "90 s behind");
}

#[test]
fn a_server_that_is_not_there_or_does_not_answer_or_takes_nothing_is_told() {
    let server = |server| move |f: &mut Facts| f.server = server;
    let wrong = Level::Wrong;
    only(server(Server::None), "server", wrong, "none runs");
    only(
        server(Server::Hidden),
        "server",
        wrong,
        "does not say where",
    );
    let address = "127.0.0.1:8080".parse().unwrap();
    only(
        server(Server::Silent(address)),
        "server",
        wrong,
        "does not answer at 127.0.0.1:8080",
    );
    let unready = Server::Answers {
        version: env!("CARGO_PKG_VERSION").into(),
        unready: Some("storage".into()),
    };
    only(server(unready), "server", wrong, "takes no orders: storage");
}

#[test]
fn a_server_of_another_version_is_told() {
    let older = Server::Answers {
        version: "0.0.9".into(),
        unready: None,
    };
    only(|f| f.server = older, "version", Level::Mind, "runs 0.0.9");
}

#[test]
fn orders_past_their_deadline_are_told_with_how_long() {
    let late = |f: &mut Facts| in_folder(f, |folder| folder.overdue_ms = vec![61_000, 7_000, 10]);
    let told = "2 orders are past their deadline, the longest by 61 s";
    only(late, "deadlines", Level::Wrong, told);
    let down = found(|f| {
        f.server = Server::None;
        in_folder(f, |folder| folder.overdue_ms = vec![61_000]);
    });
    assert_eq!(down.len(), 2, "{down:?}");
}

#[test]
fn an_address_without_https_is_told() {
    let plain = |f: &mut Facts| {
        f.public_url = "http://coffee.example".into();
        f.is_secure = false;
    };
    only(
        plain,
        "address",
        Level::Mind,
        "http://coffee.example is without HTTPS",
    );
}

#[tokio::test]
async fn a_real_folder_is_looked_at_with_and_without_somebody_who_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let layer = Layer {
        data: Some(data.clone()),
        ..Layer::default()
    };
    let config = layer.settle().unwrap();
    let nowhere = |_: &std::path::Path| None;
    let facts = look(&config, NOW, nowhere);
    assert!(facts.folder.is_none() && !data.exists(), "nothing was made");
    a_day(&data).await;
    std::fs::write(data.join(KEY_FILE), "a key").unwrap();
    let facts = look(&config, NOW.plus_s(86_400), nowhere);
    let seen = facts.folder.unwrap().unwrap();
    assert_eq!((seen.alive, seen.overdue_ms.len()), (1, 1));
    assert_eq!(seen.format, seen.known);
    assert_eq!(facts.server, Server::None);
    #[cfg(unix)]
    assert_eq!(facts.exposed, [KEY_FILE]);
    let _running = SqliteJournal::open(&data).unwrap();
    assert_eq!(look(&config, NOW, nowhere).server, Server::Hidden);
    let silent = look(&config, NOW, |_| Some("127.0.0.1:1".parse().unwrap()));
    assert!(matches!(silent.server, Server::Silent(_)));
}
