//! The server's fate: it starts, serves, stands still, dies.

use crate::errand::Reply;
use crate::server::{Node, Process, Server};
use crate::time::Dial;
use crate::weather::Fault;
use crate::world::{Next, Run, World};
use std::rc::Rc;
use std::task::Poll;

/// A clock that jumps is off by so much at the most, milliseconds.
const JUMP_MS: i64 = 2 * 3_600_000;
/// A clock that drifts is wrong by so much at the most, millionths.
const DRIFT: i64 = 20_000;

impl World {
    /// A process starts, and reads the clock.
    pub(crate) fn boot(&mut self) {
        if !matches!(self.server, Server::Down) {
            return;
        }
        self.boots += 1;
        let (mut jump, mut fast) = (0, 0);
        if self.strikes(Fault::ClockJumped) {
            jump = self.chance.between(-JUMP_MS, JUMP_MS);
        }
        if self.knows(Fault::ClockDrifts) && !self.calm {
            self.count(Fault::ClockDrifts);
            fast = self.chance.between(-DRIFT, DRIFT);
        }
        self.story
            .tell(|| format!("the server starts; its clock is {} s off", jump / 1000));
        let dial = Dial::new(self.now(), self.now() + jump, fast);
        let seed = self.chance.next();
        self.server = Server::start(self.journal.clone(), dial, seed);
        if self.strikes(Fault::CrashAtStart) {
            let soon = self.chance.between(0, 12);
            self.after(soon, Next::Crash);
        }
    }

    pub(crate) fn crash_comes(&mut self) {
        let (knows, every) = (self.knows(Fault::Crash), self.disk().weather.crash_every_ms);
        let early = matches!(self.server, Server::Starting(_));
        if self.calm {
            return;
        }
        if knows || early {
            if !early {
                self.count(Fault::Crash);
            }
            self.crash("it is killed");
        }
        let wait = self.chance.wait_ms(every);
        if !early {
            self.after(wait, Next::Crash);
        }
    }

    /// Memory is gone, and what was on its way to the disk is there or not.
    pub(crate) fn crash(&mut self, why: &str) {
        let now = self.now();
        self.story.tell(|| format!("the server dies: {why}"));
        let server = std::mem::replace(&mut self.server, Server::Down);
        self.disk().crash(now);
        if let Server::Up(node) = server {
            self.runs.push(Run {
                from: node.since,
                to: now,
                dial: node.process.clock.dial(),
            });
            let lines: Vec<_> = node.seats.keys().copied().collect();
            drop(node);
            for line in lines {
                // Mostly the kernel says so for it.
                if self.chance.in_1000(700) {
                    let delay = self.chance.between(1, 100);
                    self.after(delay, Next::Closed(line));
                } else {
                    self.cut(line);
                }
            }
        }
        self.suspended_until = 0;
        if let Some((_, ended)) = self.pauses.last_mut() {
            *ended = now.min(*ended);
        }
        let wait = self.chance.between(20, 6_000);
        self.after(wait, Next::Start);
    }

    pub(crate) fn suspend(&mut self) {
        let every = self.disk().weather.suspend_every_ms;
        if self.knows(Fault::Suspended) && !self.calm && matches!(self.server, Server::Up(_)) {
            self.count(Fault::Suspended);
            let lasts = self.chance.between(500, 40_000);
            self.story
                .tell(|| format!("the server stands still for {} ms", lasts));
            let now = self.now();
            self.suspended_until = now + lasts;
            self.pauses.push((now, now + lasts + 50));
            self.after(lasts, Next::Resume);
        }
        let wait = lasts_at_least(self.chance.wait_ms(every));
        self.after(wait, Next::Suspend);
    }

    /// Lets everybody who was woken do what they can now, until nobody can.
    pub(crate) fn settle(&mut self) {
        let now = self.now();
        if now < self.suspended_until {
            return;
        }
        let mut ran = false;
        while self.server_runs() {
            ran = true;
        }
        self.law_journal();
        if !ran {
            return;
        }
        self.law_hub();
        let Server::Up(node) = &mut self.server else {
            return;
        };
        let mut said = Vec::new();
        for (line, seat) in &mut node.seats {
            said.extend(seat.read(now).into_iter().map(|text| (*line, text)));
        }
        for (line, text) in said {
            self.send_down(line, text);
        }
    }

    /// One round; false when nobody had anything to do.
    fn server_runs(&mut self) -> bool {
        match &mut self.server {
            Server::Down => false,
            Server::Starting(process) => {
                let Some(polled) = process.task.poll() else {
                    return false;
                };
                if let Poll::Ready(loaded) = polled {
                    self.loaded(loaded);
                }
                true
            }
            Server::Up(node) => {
                let polled = node.process.task.poll();
                if matches!(polled, Some(Poll::Ready(()))) {
                    self.hold(false, || "the engine stopped by itself".into());
                    return false;
                }
                let mut ran = polled.is_some();
                let mut answers = Vec::new();
                node.waiting
                    .retain_mut(|waiting| match waiting.task.poll() {
                        None => true,
                        Some(Poll::Pending) => {
                            ran = true;
                            true
                        }
                        Some(Poll::Ready(answer)) => {
                            let errand = Rc::clone(&waiting.errand);
                            answers.push((waiting.device, errand, answer));
                            false
                        }
                    });
                ran |= !answers.is_empty();
                let died = node.died();
                self.law_journal();
                for (device, errand, answer) in answers {
                    self.law_answer(&errand, &answer);
                    let reply: Reply = errand.read(answer);
                    self.write_down(device, &errand, reply.came.clone());
                    self.send_answer(device, errand, reply);
                }
                if died {
                    self.crash("the disk failed to sync");
                }
                ran
            }
        }
    }

    fn loaded(
        &mut self,
        loaded: Result<
            (
                presso_backend::engine::Engine,
                presso_backend::engine::Machine<crate::journal::SimulatedJournal>,
            ),
            presso_backend::journal::Error,
        >,
    ) {
        let server = std::mem::replace(&mut self.server, Server::Down);
        let Server::Starting(Process { clock, fatal, .. }) = server else {
            return;
        };
        match loaded {
            Ok((engine, machine)) => {
                self.story.tell(|| "the server serves".into());
                let node = Node::new(engine, machine, clock, fatal, self.now());
                self.server = Server::Up(Box::new(node));
            }
            Err(why) => {
                self.story.tell(|| format!("it cannot start: {why}"));
                self.after(500, Next::Start);
            }
        }
    }
}

/// Nothing that comes again and again comes at once.
fn lasts_at_least(ms: i64) -> i64 {
    ms.max(1_000)
}
