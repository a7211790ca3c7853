//! The storm: what the network does between the phone and the server, and how it calms down.

use super::phone::{Errand, Phone};
use super::server::{Line, Server};
use super::shop::Deed;
use presso_core::board::Topic;
use presso_core::realtime::{Input, Status};
use presso_core::time::Timestamp;
use proptest::prelude::*;

/// One thing that happens. Lines are counted back from the newest.
#[derive(Debug, Clone)]
pub enum Step {
    /// Something happens at the counter.
    Deed(Deed),
    /// Time passes.
    Wait { ms: i64 },
    /// For a moment the network is as it should be.
    Calm,
    /// A line that is being opened is open.
    Accept,
    /// It is refused.
    Refuse,
    /// Frames of the phone arrive.
    Up { frames: u8 },
    /// The server writes to a line.
    Wake { line: u8, first: u8 },
    /// Frames of the server arrive: also of a line that the phone has given up.
    Down { line: u8, frames: u8 },
    /// A line breaks, after some of what was under way; the phone notices.
    Break { line: u8, after: u8 },
    /// Nothing gets through any more, and nobody notices.
    Cut { line: u8 },
    /// The server says something again.
    Repeat { line: u8, back: u8 },
    /// A frame is lost, which the next one of its topic betrays.
    Lose { line: u8 },
    /// The phone reads too slowly.
    Reset { line: u8 },
    /// The server restarts.
    Restart,
    /// A screen opens.
    Watch { topic: u8 },
    /// A screen closes.
    Unwatch { topic: u8 },
    /// The phone is woken up.
    Nudge,
    /// Somebody else signs in.
    Identity,
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let deed = (any::<u8>(), any::<u8>(), any::<u8>());
    let deed = deed.prop_map(|(what, who, which)| Step::Deed(Deed { what, who, which }));
    let wait = prop_oneof![8 => 0..500_i64, 1 => 500..70_000_i64];
    let step = prop_oneof![
        25 => deed,
        6 => wait.prop_map(|ms| Step::Wait { ms }),
        14 => Just(Step::Calm),
        6 => Just(Step::Accept),
        1 => Just(Step::Refuse),
        8 => (1..6_u8).prop_map(|frames| Step::Up { frames }),
        8 => (0..2_u8, any::<u8>()).prop_map(|(line, first)| Step::Wake { line, first }),
        8 => (0..2_u8, 1..9_u8).prop_map(|(line, frames)| Step::Down { line, frames }),
        2 => (0..2_u8, 0..5_u8).prop_map(|(line, after)| Step::Break { line, after }),
        1 => (0..2_u8).prop_map(|line| Step::Cut { line }),
        2 => (0..2_u8, 1..20_u8).prop_map(|(line, back)| Step::Repeat { line, back }),
        6 => Just(Step::Lose { line: 0 }),
        1 => (0..2_u8).prop_map(|line| Step::Reset { line }),
        1 => Just(Step::Restart),
        3 => any::<u8>().prop_map(|topic| Step::Watch { topic }),
        1 => any::<u8>().prop_map(|topic| Step::Unwatch { topic }),
        1 => Just(Step::Nudge),
        1 => Just(Step::Identity),
    ];
    prop::collection::vec(step, 1..150)
}

pub struct Storm {
    pub server: Server,
    pub phone: Phone,
    opening: Option<u64>,
}

impl Storm {
    pub fn new() -> Self {
        let mut storm = Self {
            server: Server::new(Timestamp(1_800_000_000_000)),
            phone: Phone::new(),
            opening: None,
        };
        storm.watch(0);
        storm.watch(1);
        storm
    }

    pub fn take(&mut self, step: &Step) {
        match step {
            Step::Deed(deed) => self.server.does(*deed),
            Step::Wait { ms } => self.wait(*ms),
            Step::Calm => self.pump(),
            Step::Accept => self.accept(),
            Step::Refuse => {
                if let Some(number) = self.opening.take() {
                    self.tell(Input::Closed(number));
                }
            }
            Step::Up { frames } => {
                let numbers: Vec<u64> = self.server.lines.keys().copied().collect();
                for number in numbers {
                    (0..*frames).for_each(|_| self.server.read(number));
                }
            }
            Step::Wake { line, first } => {
                if let Some(number) = self.number(*line) {
                    self.server.wake(number, usize::from(*first));
                }
            }
            Step::Down { line, frames } => self.down(*line, usize::from(*frames)),
            Step::Break { line, after } => self.break_line(*line, usize::from(*after)),
            Step::Cut { line } => {
                if let Some(line) = self.line(*line) {
                    line.cut = true;
                }
            }
            Step::Repeat { line, back } => {
                if let Some(number) = self.number(*line) {
                    self.server.repeat(number, u64::from(*back));
                }
            }
            Step::Lose { line } => {
                if let Some(number) = self.number(*line) {
                    self.server.wake(number, 0);
                }
                if let Some(line) = self.line(*line) {
                    line.lose();
                }
            }
            Step::Reset { line } => {
                if let Some(number) = self.number(*line) {
                    self.server.reset(number);
                }
            }
            Step::Restart => self.server.restart(),
            Step::Watch { topic } => self.watch(*topic),
            Step::Unwatch { topic } => {
                if let Some(topic) = self.topic(*topic) {
                    self.phone.watched.remove(&topic);
                    self.tell(Input::Unwatch(&topic));
                    self.phone.screens.remove(&topic);
                }
            }
            Step::Nudge => self.tell(Input::Nudge),
            Step::Identity => {
                let errands = self.phone.hand_over(self.server.now);
                self.run(errands);
            }
        }
    }

    /// The weather is fine from now on: what is sent arrives, what is opened opens. Then the phone
    /// must be live, and know everything, within the longest backoff and the longest silence.
    pub fn calm_down(&mut self) -> Result<(), String> {
        for _ in 0..45 {
            self.wait(2_000);
            (0..2).for_each(|_| self.pump());
        }
        let live = self.phone.status == Some(Status::Live);
        if !live && !self.phone.watched.is_empty() {
            return Err(format!("not live again, but {:?}", self.phone.status));
        }
        Ok(())
    }

    /// Everything that is under way arrives.
    fn pump(&mut self) {
        self.accept();
        let numbers: Vec<u64> = self.server.lines.keys().copied().collect();
        for number in numbers {
            (0..100).for_each(|_| self.server.read(number));
            self.server.wake(number, 0);
        }
        self.down(0, usize::MAX);
    }

    fn tell(&mut self, input: Input<'_>) {
        let errands = self.phone.handle(input, self.server.now);
        self.run(errands);
    }
    fn run(&mut self, errands: Vec<Errand>) {
        for errand in errands {
            match errand {
                Errand::Open(number) => self.opening = Some(number),
                // The server does not notice at once: the line stays, and what is under way on it.
                Errand::Close(number) => self.opening = self.opening.filter(|n| *n != number),
                Errand::Send(number, text) => {
                    let line = self.server.lines.get_mut(&number);
                    if let Some(line) = line.filter(|line| !line.cut) {
                        line.up.push_back(text);
                    }
                }
            }
        }
    }
    /// Time passes, and the phone wakes up when it wanted to.
    fn wait(&mut self, ms: i64) {
        let until = self.server.now.plus_ms(ms);
        loop {
            let local = self.phone.session.wake_at();
            let wake_at = local.map(|at| at.plus_ms(super::phone::BEHIND_MS));
            let Some(at) = wake_at.filter(|at| *at <= until) else {
                break;
            };
            self.server.now = self.server.now.max(at);
            self.tell(Input::Tick);
        }
        self.server.now = until;
    }
    fn accept(&mut self) {
        if let Some(number) = self.opening.take() {
            self.server.lines.insert(number, Line::default());
            self.tell(Input::Opened(number));
        }
    }
    fn down(&mut self, line: u8, frames: usize) {
        let Some(number) = self.number(line) else {
            return;
        };
        for _ in 0..frames {
            let line = self.server.lines.get_mut(&number);
            let Some(line) = line.filter(|line| !line.cut) else {
                return;
            };
            match line.down.pop_front() {
                Some(text) => self.tell(Input::Text(number, &text)),
                None if line.closed => return self.tell(Input::Closed(number)),
                None => return,
            }
        }
    }
    fn break_line(&mut self, line: u8, after: usize) {
        let Some(number) = self.number(line) else {
            return;
        };
        self.down(line, after);
        if let Some(line) = self.server.lines.get_mut(&number) {
            line.closed = true;
            line.down.clear();
        }
        self.tell(Input::Closed(number));
    }
    fn number(&self, back: u8) -> Option<u64> {
        let mut newest_first = self.server.lines.keys().rev();
        newest_first.nth(usize::from(back)).copied()
    }
    fn line(&mut self, back: u8) -> Option<&mut Line> {
        let number = self.number(back)?;
        self.server.lines.get_mut(&number)
    }
    /// Only what there is: an order that was refused has no topic.
    fn topic(&self, nth: u8) -> Option<Topic> {
        let there = |topic: &Topic| self.server.truth(topic).is_some();
        let topics: Vec<Topic> = self.server.counter.topics();
        let topics: Vec<Topic> = topics.into_iter().filter(there).collect();
        let nth = usize::from(nth) % topics.len();
        topics.into_iter().nth(nth)
    }
    fn watch(&mut self, nth: u8) {
        if let Some(topic) = self.topic(nth) {
            self.phone.watched.insert(topic.clone());
            self.tell(Input::Watch(&topic));
        }
    }
}
