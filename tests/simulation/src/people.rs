//! People and their requests: asked, repeated under the same key, given up.

use crate::checker::{Answer, Asked, Came};
use crate::device::{Kind, Open};
use crate::errand::{Errand, Reply, Wish, short};
use crate::mind::Deed;
use crate::shop;
use crate::weather::Fault;
use crate::world::{Next, World};
use presso_core::board::{Topic, View};
use presso_core::code::Code;
use presso_core::id::OrderId;
use presso_core::realtime::{Backoff, Input};
use presso_core::workflow::{Command, Rejection};
use std::rc::Rc;
use uuid::Uuid;

/// Nothing has come back: asked again after this long, milliseconds.
const REPEAT_MS: i64 = 4_000;
/// A customer gives up after this long, milliseconds; a tablet's tap waits for as long as it takes.
const PATIENCE_MS: i64 = 20_000;

impl World {
    /// The display shows this code.
    fn code(&self) -> Option<Code> {
        match self.devices[1].view(&Topic::Code(shop::id()))? {
            View::Code(code) => Some(code.code.clone()),
            _ => None,
        }
    }

    pub(crate) fn act(&mut self, at: usize) {
        let now = self.now();
        if self.devices[at].is_customer_gone() {
            return;
        }
        let opens = self.truth.shop.exists() && now >= self.devices[at].offline_until;
        if opens && !self.devices[at].watches() {
            let errands = self.devices[at].begin(now);
            self.run(at, errands);
        }
        let code = self.code();
        let vanishes = matches!(self.devices[at].kind, Kind::Customer(life) if life.order.is_some())
            && self.strikes(Fault::Vanished);
        let deed = match self.quiet {
            true => Deed::Nothing,
            false => self.devices[at].deed(code.as_ref(), now, vanishes),
        };
        match deed {
            Deed::Nothing => {}
            // When all is over only what is left is finished.
            Deed::Ask(
                Wish::Scan(_) | Wish::Do(Command::OpenShop | Command::ChangeSettings { .. }),
            ) if self.calm => {}
            Deed::Ask(wish) => self.ask(at, wish),
            Deed::Forget(order) => self.forget(at, order),
            Deed::Vanish => self.vanish(at),
        }
        let pause = self.devices[at].pause_ms();
        self.after(pause, Next::Act(at));
    }

    pub(crate) fn ask(&mut self, at: usize, wish: Wish) {
        let device = &mut self.devices[at];
        let errand = Rc::new(device.errand(wish));
        let (name, asks) = (device.name.clone(), errand.name());
        device.open.push(Open {
            errand: Rc::clone(&errand),
            since: self.time.now(),
            backoff: Backoff::default(),
        });
        self.story.tell(|| format!("{name} asks: {asks}"));
        self.write_down(at, &errand, Came::Nothing);
        self.send(at, &errand);
        self.after(REPEAT_MS, Next::Retry(at, errand.key));
    }

    /// What was asked, and what the server said to it, in the order in which it did; whether or not
    /// that ever arrives.
    pub(crate) fn write_down(&mut self, at: usize, errand: &Errand, came: Came) {
        if let Some(what) = errand.what() {
            self.log.push(Asked {
                who: self.devices[at].name.clone(),
                key: errand.key,
                what,
                came,
            });
        }
    }

    pub(crate) fn retry(&mut self, at: usize, key: Uuid) {
        let (now, calm) = (self.now(), self.calm);
        let device = &mut self.devices[at];
        let Some(nth) = device.open.iter().position(|open| open.errand.key == key) else {
            return;
        };
        let patient = !matches!(device.kind, Kind::Customer(_));
        let chance = device.chance.u32();
        let open = &mut device.open[nth];
        if !patient && now - open.since > PATIENCE_MS || device.offline_until == i64::MAX {
            device.open.remove(nth);
            return;
        }
        let wait = REPEAT_MS
            + open
                .backoff
                .next_ms(chance)
                .min(if calm { 1_000 } else { 30_000 });
        let errand = Rc::clone(&open.errand);
        self.send(at, &errand);
        self.after(wait, Next::Retry(at, key));
    }

    /// An answer has come.
    pub(crate) fn settles(&mut self, at: usize, errand: &Rc<Errand>, reply: Reply) {
        let (name, asked) = (self.devices[at].name.clone(), errand.name());
        self.story.tell(|| {
            let how = match &reply.came {
                Came::Answered(_) => "done".to_owned(),
                Came::Refused(status) => format!("{status} {:?}", reply.rejection),
                Came::Nothing => "done, and nothing to show".to_owned(),
            };
            format!("{name} hears of {asked}: {how}")
        });
        if matches!(reply.came, Came::Refused(503)) {
            return; // it is repeated
        }
        let device = &mut self.devices[at];
        let before = device.open.len();
        device.open.retain(|open| open.errand.key != errand.key);
        if device.open.len() == before {
            return; // it was known
        }
        let begun = match (&reply.came, reply.rejection) {
            (Came::Answered(Answer::Started(scan)), _) => Some(scan.order),
            (_, Some(Rejection::AlreadyOrdered { order })) => Some(order),
            _ => None,
        };
        if let Some(order) = begun {
            self.adopt(at, order);
        }
        if errand.nth == 1 && at == 0 {
            self.ask(0, Wish::Do(Command::OpenShop));
        }
    }

    fn adopt(&mut self, at: usize, order: OrderId) {
        let now = self.now();
        let device = &mut self.devices[at];
        if let Kind::Customer(life) = &mut device.kind
            && life.order.is_none()
        {
            life.order = Some(order);
            let errands = device.watch(&Topic::Order(order), now);
            self.run(at, errands);
        }
    }

    fn forget(&mut self, at: usize, order: OrderId) {
        let now = self.now();
        let device = &mut self.devices[at];
        if let Kind::Customer(life) = &mut device.kind {
            life.order = None;
        }
        let errands = device.handle(Input::Unwatch(&Topic::Order(order)), now);
        self.run(at, errands);
    }

    /// Nobody will ever hear of them again.
    fn vanish(&mut self, at: usize) {
        let device = &mut self.devices[at];
        if let Kind::Customer(life) = &mut device.kind {
            life.gone = true;
        }
        device.offline_until = i64::MAX;
        let name = device.name.clone();
        let order = match &device.kind {
            Kind::Customer(life) => life.order.map(|order| short(order.0)),
            _ => None,
        };
        self.story
            .tell(|| format!("{name} leaves for good; order {order:?}"));
        self.cut_all(at);
    }

    fn cut_all(&mut self, at: usize) {
        for (_, wire) in self.wires.range_mut((at, 0)..=(at, u64::MAX)) {
            wire.cut = true;
        }
    }

    /// Now and then a device has no network for a while; a tablet may sleep.
    pub(crate) fn offline(&mut self, at: usize) {
        let fault = match self.devices[at].kind {
            Kind::Tablet if self.chance.in_1000(700) => Fault::TabletSilent,
            _ => Fault::Offline,
        };
        if at > 0 && !self.devices[at].is_customer_gone() && self.strikes(fault) {
            let lasts = self.chance.between(2_000, 240_000);
            let until = self.now() + lasts;
            self.devices[at].offline_until = until;
            let name = self.devices[at].name.clone();
            self.story
                .tell(|| format!("{name} has no network for {} s", lasts / 1000));
            self.cut_all(at);
        }
        self.after(5_000, Next::Offline(at));
    }
}
