//! The end: the weather calms down, everything that was begun ends, every screen comes back; then
//! the one checker reads it all.

use crate::Outcome;
use crate::checker::{Answer, Came, History, Span, check};
use crate::server::Server;
use crate::shop;
use crate::world::{Run, World};
use presso_core::board::{NoNames, Topic, snapshot};
use presso_core::realtime::Status;
use presso_core::time::Timestamp;
use presso_core::workflow::EventKind;
use sha2::{Digest, Sha256};

/// No order takes longer than this: the longest time to choose, to make and to collect that any
/// shop here gives.
const LONGEST_MS: i64 = 1_100_000;
/// People go on for so long when the weather is calm.
const LAST_ROUND_MS: i64 = 30_000;
/// The longest silence, backoff and try of a session, and a little.
const BACK_MS: i64 = 130_000;

impl World {
    pub(crate) fn play(&mut self, for_ms: i64) {
        let end = self.now() + for_ms;
        self.run_until(end);
        if self.broken.is_some() {
            return;
        }
        self.calm_down();
        self.run_until(self.now() + LAST_ROUND_MS);
        self.quiet = true;
        self.run_until(self.now() + BACK_MS);
        let latest = self.now() + LONGEST_MS;
        while self.broken.is_none() && self.now() < latest && self.truth.shop.has_live_orders() {
            self.run_until(self.now() + 10_000);
        }
        // Whoever watched the last of them end has been told.
        self.run_until(self.now() + 10_000);
        if self.broken.is_none() {
            self.judge();
        }
    }

    fn calm_down(&mut self) {
        self.story.tell(|| "the weather calms down".into());
        self.calm = true;
        self.disk().weather.calm = true;
        for at in 0..self.devices.len() {
            if !self.devices[at].is_customer_gone() {
                self.devices[at].offline_until = 0;
            }
        }
    }

    fn judge(&mut self) {
        let up = matches!(self.server, Server::Up(_));
        self.hold(up, || "the server is not there again".into());
        let orders = self.truth.shop.orders.values();
        let alive = orders.filter(|order| !order.state.ended()).count();
        self.hold(alive == 0, || format!("{alive} orders have not ended"));
        for at in 0..self.devices.len() {
            self.judge_device(at);
        }
        let history = self.history();
        let objections = check(&history);
        self.laws += 8;
        self.hold(objections.is_empty(), || objections[0].to_string());
    }

    fn judge_device(&mut self, at: usize) {
        if self.devices[at].is_customer_gone() {
            return;
        }
        let device = &self.devices[at];
        let (name, open) = (device.name.clone(), device.open.len());
        let live = !device.watches() || device.status == Some(Status::Live);
        self.hold(open == 0, || {
            format!("{name} still waits for {open} answers")
        });
        self.hold(live, || format!("{name} is not live again"));
        let device = &self.devices[at];
        let topics: Vec<Topic> = device.screens.keys().cloned().collect();
        for topic in topics {
            let Some(shown) = self.devices[at]
                .held(&topic)
                .map(|(v, view)| (v, view.clone()))
            else {
                continue; // it is not watched any more
            };
            if let Some(truth) = snapshot(&self.truth.shop, &topic, &NoNames) {
                let name = self.devices[at].name.clone();
                self.hold(shown == truth, || {
                    format!("{name} shows {topic} as {shown:?}, the journal has {truth:?}")
                });
            }
            if let Some(screen) = self.devices[at].screens.get_mut(&topic) {
                screen.is_live = true;
            }
        }
    }

    fn history(&mut self) -> History {
        if let Server::Up(node) = &self.server {
            self.runs.push(Run {
                from: node.since,
                to: self.now(),
                dial: node.process.clock.dial(),
            });
        }
        let devices = self.devices.iter();
        let screens = devices.flat_map(|device| device.screens.values().cloned());
        let screens = screens.collect();
        let disk = self.disk();
        let mut halts = disk.trouble.clone();
        halts.extend(&self.pauses);
        halts.sort_unstable();
        // Time that a clock lived twice, since it was set back, counts where it was lived last.
        let (mut running, mut again) = (Vec::new(), Timestamp(i64::MAX));
        for run in self.runs.iter().rev() {
            let before = |Span(from, to): Span| (from < again).then(|| Span(from, to.min(again)));
            running.extend(spans(run, &halts).into_iter().filter_map(before));
            again = again.min(run.dial.at(run.from));
        }
        running.sort_by_key(|Span(from, _)| *from);
        History {
            rows: Some(disk.store.rows.clone()),
            asked: self.log.clone(),
            asked_is_all: true,
            screens,
            running,
            ..History::of(shop::id(), disk.store.events.clone())
        }
    }

    pub(crate) fn outcome(self, seed: u64) -> Outcome {
        let faults = self.faults();
        let passed_ms = self.time.passed_ms();
        let disk = self.journal.disk.lock();
        let events = &disk.store.events;
        let mut hash = Sha256::new();
        for event in events {
            hash.update(serde_json::to_vec(event).expect("events have text keys"));
        }
        let hash = hash.finalize();
        let began = |kind: &EventKind| matches!(kind, EventKind::OrderStarted { .. });
        let orders = events.iter().filter(|event| began(&event.kind)).count();
        let answered = self.log.iter().filter(|asked| {
            matches!(
                asked.came,
                Came::Answered(Answer::Started(_) | Answer::Order(_))
            )
        });
        Outcome {
            seed,
            hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            passed_ms,
            faults,
            steps: self.steps,
            laws: self.laws,
            events: events.len() as u64,
            orders: orders as u64,
            answered: answered.count() as u64,
            commits: disk.commits,
            broken: self.broken,
            story: self.story.lines(),
        }
    }
}

/// When a server ran and could write, by its own clock.
fn spans(run: &Run, halts: &[(i64, i64)]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut from = run.from;
    for (began, ended) in halts {
        if *ended <= from || *began >= run.to {
            continue;
        }
        if *began > from {
            spans.push(Span(run.dial.at(from), run.dial.at(*began)));
        }
        from = from.max(*ended);
    }
    if from < run.to {
        spans.push(Span(run.dial.at(from), run.dial.at(run.to)));
    }
    spans
}
