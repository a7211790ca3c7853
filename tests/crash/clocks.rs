//! Clocks: the machine's is set forward and back while the program runs (libfaketime), and back while
//! it is off; the program is suspended. No deadline comes early, and none is more than a second late.

use crate::day::{Template, send};
use crate::start::{PATIENCE, Presso, serve};
use crate::web::ask;
use crate::{is_long, is_skipped};
use presso_core::id::OrderId;
use presso_tests::checker::{Answer, Came, What};
use rustix::process::{Pid, Signal, kill_process};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How long a guest of the template has to choose.
const CHOOSE: Duration = Duration::from_secs(10);
/// How often one looks: ten seconds of it are within what an account may ask.
const GLANCE: Duration = Duration::from_millis(30);
/// The journal counts whole milliseconds.
const GRAIN: Duration = Duration::from_millis(1);
/// How long the program is off while its machine's clock is set: time itself, and no fact.
const OFF: Duration = Duration::from_secs(1);
/// How late an order may end.
const LATE: Duration = Duration::from_secs(1);

/// The library that tells a program another time; where Debian and its kin have it.
fn faketime() -> Option<PathBuf> {
    let lib = std::fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok);
    let found = lib.map(|entry| entry.path().join("faketime/libfaketime.so.1"));
    found.into_iter().find(|library| library.is_file())
}

/// `presso serve` whose wall clock is off by what the file says; the clock that runs since the
/// machine started is left alone, as it is when somebody sets the time.
fn serve_by(library: &Path, offset: &Path, data: &Path) -> Presso {
    let mut command: Command = serve(data);
    command.env("LD_PRELOAD", library);
    command.env("FAKETIME_TIMESTAMP_FILE", offset);
    command.env("FAKETIME_NO_CACHE", "1");
    command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    Presso::try_start(&mut command).unwrap_or_else(|ended| panic!("{ended:?}"))
}

/// An order that is left to its deadline.
struct Left {
    order: OrderId,
    asked: Instant,
    answered: Instant,
}

fn leave_one(server: &Presso, template: &Template, guest: usize) -> Left {
    let asked = Instant::now();
    let (token, code) = (&template.guests[guest], &template.code);
    let came = send(&server.address, token, code, What::Scan, Uuid::new_v4());
    let answered = Instant::now();
    let Came::Answered(Answer::Started(scan)) = came else {
        panic!("a scan is answered, not {came:?}");
    };
    Left {
        order: scan.order,
        asked,
        answered,
    }
}

/// Has it ended?
fn has_ended(server: &Presso, template: &Template, order: OrderId) -> bool {
    let path = format!("/v1/orders/{order}");
    let reply = ask(&server.address, ("GET", &path), &template.bo, None, "");
    let reply = reply.expect("a running server answers");
    let order: serde_json::Value = serde_json::from_slice(&reply.body).expect("JSON");
    match order["order"]["state"].as_str() {
        Some("timed_out") => true,
        Some("choosing") => false,
        other => panic!("it is {other:?}"),
    }
}

/// Waits for its end; answers when that was seen.
fn ends(server: &Presso, template: &Template, order: OrderId) -> Instant {
    let began = Instant::now();
    while !has_ended(server, template, order) {
        assert!(began.elapsed() < PATIENCE, "it does not end");
        std::thread::sleep(GLANCE);
    }
    Instant::now()
}

/// Ten seconds of running time, and not a second more.
fn ends_in_time(server: &Presso, template: &Template, left: &Left, when: &str) {
    let ended = ends(server, template, left.order);
    let (least, most) = (ended - left.asked, ended - left.answered);
    assert!(least + GRAIN >= CHOOSE, "{when}: early, after {least:?}");
    assert!(
        most <= CHOOSE + LATE + GLANCE,
        "{when}: late, after {most:?}"
    );
    println!("{when}: {:?} late", most.saturating_sub(CHOOSE));
}

fn set(offset: &Path, to: &str) {
    std::fs::write(offset, to).expect("a file can be written");
}

#[test]
fn nothing_is_early_and_nothing_late_when_the_machines_clock_is_set() {
    if is_skipped(false) {
        return;
    }
    let Some(library) = faketime() else {
        println!("skipped: there is no libfaketime; `cargo xtask test crash` brings it");
        return;
    };
    let template = Template::make(2);
    let story = |jump: &str| {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let (data, offset) = (folder.path().join("data"), folder.path().join("offset"));
        template.copy_to(&data);
        set(&offset, "+0");
        let server = serve_by(&library, &offset, &data);
        let left = leave_one(&server, &template, 0);
        set(&offset, jump);
        ends_in_time(&server, &template, &left, &format!("set by {jump}"));
        assert!(server.stop().status.success(), "it stops in peace");
    };
    let set_back_while_off = || {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let (data, offset) = (folder.path().join("data"), folder.path().join("offset"));
        template.copy_to(&data);
        set(&offset, "+0");
        let server = serve_by(&library, &offset, &data);
        let left = leave_one(&server, &template, 1);
        server.kill();
        set(&offset, "-2h");
        std::thread::sleep(OFF);
        let server = serve_by(&library, &offset, &data);
        let again = Instant::now();
        let ended = ends(&server, &template, left.order);
        // How long it was off cannot be known by such a clock: time goes on from the last event.
        let (all, late) = (ended - left.asked, (ended - again).saturating_sub(CHOOSE));
        assert!(all >= CHOOSE + OFF, "its clock was not set back: {all:?}");
        assert!(late <= LATE + GLANCE, "{late:?} late");
        println!("set back by 2 h while it was off: {late:?} late");
        assert!(server.stop().status.success(), "it stops in peace");
    };
    std::thread::scope(|scope| {
        scope.spawn(|| story("+2h"));
        scope.spawn(|| story("-2h"));
        scope.spawn(set_back_while_off);
    });
}

#[test]
fn what_was_due_while_the_program_was_suspended_is_done_within_a_second_of_its_waking() {
    if is_skipped(false) {
        return;
    }
    let suspended = Duration::from_secs(if is_long() { 30 } else { 11 });
    let template = Template::make(4);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    template.copy_to(folder.path());
    let server = Presso::start(folder.path());
    let orders = (0..4).map(|guest| leave_one(&server, &template, guest));
    let orders: Vec<Left> = orders.collect();
    let signal = |signal| {
        let pid = i32::try_from(server.pid()).ok().and_then(Pid::from_raw);
        kill_process(pid.expect("it runs"), signal).expect("it is ours");
    };
    signal(Signal::STOP);
    // Not for a fact, but for time itself.
    std::thread::sleep(suspended);
    signal(Signal::CONT);
    let woke = Instant::now();
    for left in &orders {
        let ended = ends(&server, &template, left.order);
        let late = ended - woke;
        assert!(late <= LATE, "{late:?} after it woke");
    }
    println!(
        "suspended for {suspended:?}: all done {:?} later",
        woke.elapsed()
    );
    assert!(server.stop().status.success(), "it stops in peace");
}
