//! The network: requests may be lost, doubled, late, and overtake each other; a connection keeps
//! its order, as TCP does, until it breaks, which its ends notice or do not.

use crate::device::Do;
use crate::errand::{Errand, Reply};
use crate::seat::Seat;
use crate::server::Server;
use crate::weather::Fault;
use crate::world::{Line, Next, World};
use presso_core::board::Topic;
use presso_core::order::Actor;
use presso_core::realtime::Input;
use presso_core::realtime::frame::{SILENT_AFTER_S, ServerFrame};
use std::rc::Rc;
use std::sync::Arc;

/// How often the server listens whether a connection is still alive, milliseconds.
const LISTEN_EVERY_MS: i64 = 15_000;

/// What is between the two ends of a connection.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wire {
    up_at: i64,
    down_at: i64,
    /// Nothing passes any more.
    pub(crate) cut: bool,
}

impl World {
    /// How long something is on its way.
    fn delay(&mut self) -> i64 {
        let usual = self.chance.between(1, self.usual_delay_ms + 1);
        if self.strikes(Fault::Delayed) {
            return usual + self.chance.between(1_000, 6_000);
        }
        usual
    }

    fn is_offline(&self, at: usize) -> bool {
        self.now() < self.devices[at].offline_until
    }

    /// Does what a session says.
    pub(crate) fn run(&mut self, at: usize, errands: Vec<Do>) {
        for errand in errands {
            match errand {
                Do::Connect(number) => {
                    let delay = self.delay();
                    self.wires.insert((at, number), Wire::default());
                    self.after(delay, Next::Connect((at, number)));
                }
                Do::Send(number, text) => self.send_up((at, number), text),
                Do::Close(number) => {
                    let delay = self.delay();
                    self.after(delay, Next::HungUp((at, number)));
                }
                Do::Showed(topic, version, view) => self.law_shown(at, &topic, version, &view),
            }
        }
        self.wake(at);
    }

    /// The device's session is woken when it wants to be.
    pub(crate) fn wake(&mut self, at: usize) {
        let Some(wake_at) = self.devices[at].wake_at() else {
            return;
        };
        let device = &mut self.devices[at];
        if device.tick_at.is_none_or(|known| wake_at < known) {
            device.tick_at = Some(wake_at);
            self.at(wake_at, Next::Tick(at));
        }
    }

    pub(crate) fn tick(&mut self, at: usize) {
        let now = self.now();
        let device = &mut self.devices[at];
        if device.tick_at.is_some_and(|known| known > now) {
            return;
        }
        device.tick_at = None;
        let errands = device.handle(Input::Tick, now);
        self.run(at, errands);
    }

    fn send_up(&mut self, line: Line, text: String) {
        let (delay, now) = (self.delay(), self.now());
        if let Some(wire) = self.wires.get_mut(&line).filter(|wire| !wire.cut) {
            wire.up_at = wire.up_at.max(now + delay);
            let at = wire.up_at;
            self.at(at, Next::Up(line, text));
        }
    }

    pub(crate) fn send_down(&mut self, line: Line, text: String) {
        let (delay, now) = (self.delay(), self.now());
        let doubled = self.strikes(Fault::FrameDoubled);
        if let Some(wire) = self.wires.get_mut(&line).filter(|wire| !wire.cut) {
            wire.down_at = wire.down_at.max(now + delay);
            let at = wire.down_at;
            if doubled {
                let late = self.chance.between(1, 3_000);
                self.at(at + late, Next::Down(line, text.clone(), true));
            }
            self.at(at, Next::Down(line, text, false));
        }
    }

    /// A frame of its own: not from the hub.
    fn say(&mut self, line: Line, frame: &ServerFrame) {
        let text = serde_json::to_string(frame).expect("frames have text keys");
        self.send_down(line, text);
    }

    pub(crate) fn connect(&mut self, line: Line) {
        if self.waits(Next::Connect(line)) {
            return;
        }
        let (now, actor) = (self.now(), self.devices[line.0].actor);
        let passes = self.wires.get(&line).is_some_and(|wire| !wire.cut);
        if !passes || self.is_offline(line.0) {
            return;
        }
        let tablet = match actor {
            Actor::Staff { tablet, .. } => Some(tablet),
            _ => None,
        };
        let delay = self.delay();
        match &mut self.server {
            Server::Up(node) => {
                let seat = Seat::new(&node.hub, tablet, now);
                node.seats.insert(line, seat);
                self.after(delay, Next::Opened(line));
                self.after(LISTEN_EVERY_MS, Next::Listen(line));
            }
            // Nobody listens on the port.
            _ => self.after(delay, Next::Closed(line)),
        }
    }

    pub(crate) fn opened(&mut self, line: Line) {
        if !self.passes(line) {
            return;
        }
        let now = self.now();
        let errands = self.devices[line.0].handle(Input::Opened(line.1), now);
        self.run(line.0, errands);
    }

    pub(crate) fn closed(&mut self, line: Line) {
        let now = self.now();
        if self.wires.remove(&line).is_some() {
            let errands = self.devices[line.0].handle(Input::Closed(line.1), now);
            self.run(line.0, errands);
        }
    }

    /// The server hears that the device has hung up, if anything passes.
    pub(crate) fn hung_up(&mut self, line: Line) {
        if self.passes(line)
            && let Server::Up(node) = &mut self.server
        {
            node.seats.remove(&line);
        }
        self.wires.remove(&line);
    }

    fn passes(&self, line: Line) -> bool {
        self.wires.get(&line).is_some_and(|wire| !wire.cut) && !self.is_offline(line.0)
    }

    pub(crate) fn up(&mut self, line: Line, text: String) {
        if !self.passes(line) {
            return self.cut(line);
        }
        if self.now() < self.suspended_until {
            let resumed = self.suspended_until;
            return self.at(resumed, Next::Up(line, text));
        }
        if self.strikes(Fault::HalfOpen) {
            return self.cut(line);
        }
        let now = self.now();
        let disk = Arc::clone(&self.journal.disk);
        let Server::Up(node) = &mut self.server else {
            return;
        };
        let Some(seat) = node.seats.get_mut(&line) else {
            return;
        };
        seat.heard = now;
        let server_now = presso_backend::engine::Clock::now(node.process.clock.as_ref());
        let over = |topic: &Topic| match topic {
            Topic::Order(order) => {
                let disk = disk.lock();
                let row = disk.store.rows.orders.get(order)?;
                Some(row.view.clone().for_customer())
            }
            _ => None,
        };
        let frames = seat.frame(&text, &node.engine, server_now, over);
        for frame in frames {
            let over = matches!(frame, ServerFrame::Bye { .. });
            self.say(line, &frame);
            if over {
                self.close(line);
            }
        }
        self.read_seat(line);
        if self.strikes(Fault::ConnectionClosed) {
            self.close(line);
        }
        if self.strikes(Fault::SlowReader) {
            let until = now + self.chance.between(1_000, 20_000);
            if let Server::Up(node) = &mut self.server
                && let Some(seat) = node.seats.get_mut(&line)
            {
                seat.slow_until = until;
            }
            self.at(until, Next::Read(line));
        }
    }

    /// Nothing passes on it any more, and nobody is told.
    pub(crate) fn cut(&mut self, line: Line) {
        if let Some(wire) = self.wires.get_mut(&line) {
            wire.cut = true;
        }
    }

    /// The server closes, after what it said last.
    fn close(&mut self, line: Line) {
        if let Server::Up(node) = &mut self.server {
            node.seats.remove(&line);
        }
        let now = self.now();
        if let Some(wire) = self.wires.get(&line).filter(|wire| !wire.cut) {
            let at = wire.down_at.max(now) + 1;
            self.at(at, Next::Closed(line));
        }
    }

    pub(crate) fn down(&mut self, line: Line, text: &str, again: bool) {
        if !self.passes(line) {
            return self.cut(line);
        }
        let now = self.now();
        let errands = self.devices[line.0].hear(line.1, text, again, now);
        self.run(line.0, errands);
    }

    /// A peer that was silent for too long is gone.
    pub(crate) fn listen(&mut self, line: Line) {
        let now = self.now();
        let Server::Up(node) = &mut self.server else {
            return;
        };
        let Some(seat) = node.seats.get(&line) else {
            return;
        };
        if now - seat.heard >= i64::from(SILENT_AFTER_S) * 1000 && now >= self.suspended_until {
            return self.close(line);
        }
        self.after(LISTEN_EVERY_MS, Next::Listen(line));
    }

    pub(crate) fn read_seat(&mut self, line: Line) {
        let now = self.now();
        if let Server::Up(node) = &mut self.server
            && let Some(seat) = node.seats.get_mut(&line)
        {
            for text in seat.read(now) {
                self.send_down(line, text);
            }
        }
    }

    /// A request on its way: perhaps not, perhaps twice.
    pub(crate) fn send(&mut self, at: usize, errand: &Rc<Errand>) {
        if self.is_offline(at) || self.strikes(Fault::RequestDropped) {
            return;
        }
        let delay = self.delay();
        self.after(delay, Next::Ask(at, Rc::clone(errand)));
        if self.strikes(Fault::RequestDoubled) {
            let delay = delay + self.chance.between(0, 8_000);
            self.after(delay, Next::Ask(at, Rc::clone(errand)));
        }
    }

    pub(crate) fn arrive(&mut self, at: usize, errand: Rc<Errand>) {
        if self.waits(Next::Ask(at, Rc::clone(&errand))) {
            return;
        }
        let newest = self.arrived.entry(at).or_default();
        if errand.nth < *newest {
            self.count(Fault::Reordered);
        } else {
            *newest = errand.nth;
        }
        if let Server::Up(node) = &mut self.server {
            node.ask(at, errand);
        }
    }

    pub(crate) fn send_answer(&mut self, at: usize, errand: Rc<Errand>, reply: Reply) {
        if self.strikes(Fault::AnswerDropped) {
            return;
        }
        let delay = self.delay();
        self.after(delay, Next::Answer(at, errand, reply));
    }

    pub(crate) fn answered(&mut self, at: usize, errand: &Rc<Errand>, reply: Reply) {
        if !self.is_offline(at) {
            self.settles(at, errand, reply);
        }
    }

    /// A machine that stands still answers nobody until it goes on.
    fn waits(&mut self, next: Next) -> bool {
        let until = self.suspended_until;
        let waits = self.now() < until;
        if waits {
            self.at(until, next);
        }
        waits
    }
}
