//! Restarts under load, over a socket that stays open: this test plays systemd, binds the socket,
//! and hands it to one process after the other. No request may fail.

use crate::day::{Template, send_by, shop};
use crate::is_long;
use crate::is_skipped;
use crate::kills::{GUESTS, HANDS, Hand, hand, shown};
use crate::start::{Presso, serve};
use crate::subscriber::Subscriber;
use crate::web::{Kept, ask};
use presso_core::board::Topic;
use presso_tests::checker::{Asked, Came, History, must_hold};
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

/// How many answers come between two restarts.
const ANSWERS: usize = 100;

/// `presso serve` on a socket that is open already, as systemd hands it over.
fn serve_on(socket: &TcpListener, data: &Path) -> Command {
    let usual = serve(data);
    let mut command = Command::new("sh");
    // A child finds what it is handed from 3 on, and must see its own number.
    let script = r#"exec env LISTEN_FDS=1 LISTEN_PID=$$ "$0" "$@" 3<&0 </dev/null"#;
    command.args(["-c", script]);
    command.arg(usual.get_program()).args(usual.get_args());
    let socket = socket.try_clone().expect("a socket can be shared");
    command.stdin(OwnedFd::from(socket));
    command
}

/// What somebody saw who worked all through it.
#[derive(Default)]
struct Seen {
    longest: Duration,
    failed: Vec<Came>,
    /// A kept connection was closed before its request was answered; it went out again.
    again: usize,
}

/// Works until told to stop. Every second hand keeps its connection, as browsers do.
fn work(
    hand: &mut Hand,
    keeps: bool,
    address: &str,
    template: &Template,
    (over, done): (&AtomicBool, Sender<()>),
) -> Seen {
    let mut seen = Seen::default();
    let mut kept = Kept::to(address);
    while !over.load(Ordering::SeqCst) {
        let began = Instant::now();
        let came = hand.step(template, |token, what, key| {
            send_by(&template.code, what, |call, body| match keeps {
                true => kept.ask(call, token, Some(key), body),
                false => ask(address, call, token, Some(key), body),
            })
        });
        seen.longest = seen.longest.max(began.elapsed());
        match came {
            Came::Nothing | Came::Refused(500..) => seen.failed.push(came),
            // Nobody may count any more; the work goes on until it is over.
            _ => drop(done.send(())),
        }
    }
    seen.again = kept.again;
    seen
}

/// Lets everybody rest once it is gone, also where something went wrong.
struct Rest<'o>(&'o AtomicBool);

impl Drop for Rest<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn restarts_under_load_over_a_socket_that_stays_open_fail_no_request() {
    if is_skipped(false) {
        return;
    }
    let restarts = if is_long() { 10 } else { 3 };
    let template = Template::make(HANDS * GUESTS);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let data = folder.path();
    template.copy_to(data);
    let socket = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = socket.local_addr().expect("it is bound").to_string();
    let mut hands: Vec<Hand> = template.guests.chunks(GUESTS).zip(0..).map(hand).collect();
    let topics = vec![Topic::Board(shop()), Topic::Queue(shop())];
    let mut tablet = Subscriber::new(&template.bo, topics);
    let start = || Presso::spawn(&mut serve_on(&socket, data));
    let serves = |server: Result<Presso, _>| server.unwrap_or_else(|ended| panic!("{ended:?}"));
    let mut server = Some(serves(start().serves()));
    let (over, (done, is_done)) = (AtomicBool::new(false), channel());
    let mut pauses = Vec::new();
    let seen: Vec<Seen> = std::thread::scope(|scope| {
        let working: Vec<_> = hands
            .iter_mut()
            .enumerate()
            .map(|(n, hand)| {
                let (address, template, told) = (&address, &template, (&over, done.clone()));
                scope.spawn(move || work(hand, n % 2 == 0, address, template, told))
            })
            .collect();
        let rest = Rest(&over);
        let works = || assert_eq!(is_done.iter().take(ANSWERS).count(), ANSWERS);
        for restart in 0..restarts {
            tablet.connect(&address);
            works();
            let began = Instant::now();
            // As `systemctl restart` does it; and with the next one waiting for the folder already.
            let waits = (restart % 2 == 1).then(&start);
            let ended = server.take().expect("one runs").stop();
            server = Some(serves(waits.unwrap_or_else(&start).serves()));
            pauses.push(began.elapsed());
            assert!(ended.status.success(), "{ended:?}");
        }
        tablet.connect(&address);
        works();
        drop(rest);
        let ended = working.into_iter().map(|hand| hand.join());
        ended
            .map(|seen| seen.expect("it works to its end"))
            .collect()
    });
    let failed: Vec<&Came> = seen.iter().flat_map(|seen| &seen.failed).collect();
    assert_eq!(failed, Vec::<&Came>::new(), "requests failed");
    let asked: Vec<Asked> = hands.into_iter().flat_map(|hand| hand.log).collect();
    tablet.until(shown(&asked));
    let ended = server.expect("one runs").stop();
    assert!(ended.status.success(), "it stops in peace");
    tablet.take_in();
    let answered = asked.len();
    let history = History::in_folder(data, &shop()).unwrap_or_else(|why| panic!("{why}"));
    let history = History {
        asked,
        asked_is_all: true,
        screens: tablet.screens.clone(),
        ..history
    };
    must_hold(&history, "after the restarts");
    let longest = seen.iter().map(|seen| seen.longest).max();
    let again: usize = seen.iter().map(|seen| seen.again).sum();
    println!(
        "{restarts} restarts, {answered} requests, 0 failed, {again} sent again on a connection \
         that was kept, the longest answer took {longest:?}; restarts took {pauses:?}"
    );
}
