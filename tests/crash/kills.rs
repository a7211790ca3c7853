//! `kill -9` in the middle of load, again and again on the same folder.

use crate::day::{Template, send, shop};
use crate::start::Presso;
use crate::subscriber::Subscriber;
use crate::{is_long, is_skipped};
use presso_core::board::Topic;
use presso_core::id::OrderId;
use presso_core::time::Timestamp;
use presso_core::workflow::Verb;
use presso_tests::checker::{Answer, Asked, Came, History, Span, What, must_hold};
use std::sync::mpsc::{Sender, channel};
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// How many work at once.
pub(crate) const HANDS: usize = 6;
/// How many guests each has.
pub(crate) const GUESTS: usize = 8;

/// Somebody who sees orders through, with guests of their own.
#[derive(Clone)]
pub(crate) struct Hand {
    name: String,
    guests: Vec<String>,
    at: usize,
    /// Which order, and how far it is.
    order: Option<OrderId>,
    step: usize,
    /// Of the step that is not answered yet.
    key: Uuid,
    /// What was answered last: of which guest, under which key.
    last: Option<(usize, What, Uuid)>,
    pub(crate) log: Vec<Asked>,
}

/// After the scan; every fifth order is left to its deadline.
const VERBS: [Verb; 3] = [Verb::Submit, Verb::Complete, Verb::Collect];

impl Hand {
    /// Works until the server does not answer; tells of each answer.
    pub(crate) fn work(&mut self, address: &str, template: &Template, done: &Sender<()>) {
        loop {
            let came = self.step(template, |token, what, key| {
                send(address, token, &template.code, what, key)
            });
            let dead = came == Came::Nothing || came == Came::Refused(503);
            if dead || done.send(()).is_err() {
                return;
            }
        }
    }

    /// Does what is next, by whatever way.
    pub(crate) fn step(
        &mut self,
        template: &Template,
        ask: impl FnOnce(&str, What, Uuid) -> Came,
    ) -> Came {
        let what = self.what();
        let came = ask(self.token(self.at, what, template), what, self.key);
        self.note(what, came.clone());
        came
    }

    /// Asks once more for what was answered last, under its key.
    pub(crate) fn repeat(&mut self, address: &str, template: &Template) {
        let Some((at, what, key)) = self.last else {
            return;
        };
        let came = send(
            address,
            self.token(at, what, template),
            &template.code,
            what,
            key,
        );
        let who = self.name.clone();
        self.log.push(Asked {
            who,
            key,
            what,
            came,
        });
    }

    fn token<'a>(&'a self, at: usize, what: What, template: &'a Template) -> &'a str {
        match what {
            What::Verb(Verb::Complete | Verb::Collect, _) => &template.bo,
            _ => &self.guests[at % GUESTS],
        }
    }

    fn what(&self) -> What {
        self.order
            .map_or(What::Scan, |order| What::Verb(VERBS[self.step], order))
    }

    fn note(&mut self, what: What, came: Came) {
        let (who, key) = (self.name.clone(), self.key);
        if matches!(came, Came::Answered(_)) {
            self.last = Some((self.at, what, key));
        }
        let went_on = match &came {
            Came::Nothing | Came::Refused(503) => false,
            Came::Answered(Answer::Started(scan)) => {
                // Left alone, it is the clock's.
                self.order = (self.at % 5 != 4).then_some(scan.order);
                self.step = 0;
                self.at += usize::from(self.order.is_none());
                true
            }
            Came::Answered(Answer::Order(_)) if self.step + 1 < VERBS.len() => {
                self.step += 1;
                true
            }
            // Handed over; or refused: the guest has an order still, or the clock was faster.
            _ => {
                (self.order, self.step) = (None, 0);
                self.at += 1;
                true
            }
        };
        if went_on {
            self.key = Uuid::new_v4();
        }
        self.log.push(Asked {
            who,
            key,
            what,
            came,
        });
    }
}

fn now() -> Timestamp {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("it is after 1970");
    Timestamp(i64::try_from(now.as_millis()).expect("and before the sun dies"))
}

#[test]
fn nothing_answered_is_lost_or_done_twice_however_often_it_is_killed_under_load() {
    if is_skipped(false) {
        return;
    }
    let rounds = if is_long() { 1_000 } else { 10 };
    let template = Template::make(HANDS * GUESTS);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let data = folder.path();
    template.copy_to(data);
    let mut hands: Vec<Hand> = template.guests.chunks(GUESTS).zip(0..).map(hand).collect();
    let topics = vec![Topic::Board(shop()), Topic::Queue(shop())];
    let mut tablet = Subscriber::new(&template.bo, topics);
    let mut running = Vec::new();
    for round in 0..rounds {
        let server = Presso::start(data);
        let began = now();
        tablet.connect(&server.address);
        // After 1 to 60 answers, in an order that is the same each time.
        let answers = 1 + (round * 37) % 60;
        let (done, is_done) = channel();
        std::thread::scope(|scope| {
            for hand in &mut hands {
                let (done, address, template) = (done.clone(), &server.address, &template);
                scope.spawn(move || hand.work(address, template, &done));
            }
            drop(done);
            is_done.iter().take(answers).for_each(drop);
            let pid = i32::try_from(server.pid()).ok();
            let pid = pid
                .and_then(rustix::process::Pid::from_raw)
                .expect("it runs");
            rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("it is ours");
        });
        server.kill();
        running.push(Span(began, now()));
        tablet.take_in();
        if rounds <= 10 || round % 100 == 99 {
            let history = History::in_folder(data, &shop());
            let history = History {
                asked: hands.iter().flat_map(|hand| hand.log.clone()).collect(),
                asked_is_all: true,
                screens: tablet.screens.clone(),
                running: running.clone(),
                ..history.unwrap_or_else(|why| panic!("{why}"))
            };
            must_hold(&history, &format!("after {} kills", round + 1));
        }
    }
    let log = hands.iter().flat_map(|hand| &hand.log);
    let (answered, lost): (Vec<_>, Vec<_>) =
        log.partition(|asked| matches!(asked.came, Came::Answered(_)));
    println!(
        "{rounds} kills, {} answered, {} not",
        answered.len(),
        lost.len()
    );
}

pub(crate) fn hand((guests, n): (&[String], usize)) -> Hand {
    Hand {
        name: format!("hand {n}"),
        guests: guests.to_vec(),
        at: 0,
        order: None,
        step: 0,
        key: Uuid::new_v4(),
        last: None,
        log: Vec::new(),
    }
}

/// The newest version that an answer showed: of an order that both board and queue tell of.
pub(crate) fn shown(asked: &[Asked]) -> u64 {
    let versions = asked.iter().filter_map(|asked| match &asked.came {
        Came::Answered(Answer::Order(view)) => Some(view.version),
        _ => None,
    });
    versions.max().unwrap_or(0)
}

/// All hands work until `meanwhile` is over and so many more were answered.
pub(crate) fn work(
    hands: &mut [Hand],
    server: &Presso,
    template: &Template,
    answers: usize,
    meanwhile: impl FnOnce(),
) {
    let (done, is_done) = channel();
    std::thread::scope(|scope| {
        for hand in hands {
            let done = done.clone();
            let address = &server.address;
            scope.spawn(move || hand.work(address, template, &done));
        }
        drop(done);
        assert!(is_done.recv().is_ok(), "the load is on");
        meanwhile();
        assert_eq!(is_done.iter().take(answers).count(), answers);
        // Whoever tells of an answer now stops.
        drop(is_done);
    });
}
