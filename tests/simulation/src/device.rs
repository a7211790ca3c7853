//! A device: the real session, the screens that it shows, and what its person has asked for.

use crate::chance::Chance;
use crate::checker::Screen;
use crate::errand::Errand;
use crate::seat::told;
use crate::shop;
use presso_core::board::{Topic, View};
use presso_core::id::OrderId;
use presso_core::order::Actor;
use presso_core::realtime::frame::{ClientFrame, ServerFrame};
use presso_core::realtime::{Backoff, Input, Output, Session, Status};
use presso_core::time::Timestamp;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Customer(Life),
    Tablet,
    Display,
    /// The operator's terminal, which watches nothing.
    Operator,
}

/// What a customer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Life {
    pub(crate) order: Option<OrderId>,
    /// Left for good.
    pub(crate) gone: bool,
}

pub(crate) struct Device {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) actor: Actor,
    session: Session,
    pub(crate) status: Option<Status>,
    /// The connection that its session counts on.
    pub(crate) number: Option<u64>,
    /// Its clock is so much ahead.
    skew_ms: i64,
    pub(crate) chance: Chance,
    watched: Vec<Topic>,
    pub(crate) screens: BTreeMap<Topic, Screen>,
    pub(crate) open: Vec<Open>,
    asked: u64,
    /// It has no network until then.
    pub(crate) offline_until: i64,
    /// When its session next wants to be woken, if the world knows.
    pub(crate) tick_at: Option<i64>,
    tokens: u32,
}

/// What was asked and not settled.
pub(crate) struct Open {
    pub(crate) errand: Rc<Errand>,
    pub(crate) since: i64,
    pub(crate) backoff: Backoff,
}

/// What the network has to do for it.
pub(crate) enum Do {
    Connect(u64),
    Send(u64, String),
    Close(u64),
    Showed(Topic, u64, View),
}

impl Device {
    pub(crate) fn new(name: String, kind: Kind, actor: Actor, mut chance: Chance) -> Self {
        let topics = match kind {
            Kind::Customer(_) => vec![Topic::Board(shop::id())],
            Kind::Tablet => vec![Topic::Queue(shop::id()), Topic::Menu(shop::id())],
            Kind::Display => vec![Topic::Code(shop::id()), Topic::Board(shop::id())],
            Kind::Operator => vec![],
        };
        Self {
            session: Session::new(format!("{name}/1")),
            name,
            kind,
            actor,
            status: None,
            number: None,
            skew_ms: chance.between(-3_600_000, 3_600_000),
            chance,
            watched: topics,
            screens: BTreeMap::new(),
            open: Vec::new(),
            asked: 0,
            offline_until: 0,
            tick_at: None,
            tokens: 0,
        }
    }

    /// A key of its own for one more wish.
    pub(crate) fn errand(&mut self, wish: crate::errand::Wish) -> Errand {
        self.asked += 1;
        Errand {
            key: self.chance.uuid(),
            actor: self.actor,
            wish,
            nth: self.asked,
        }
    }

    /// Opens the screens that it shows from the beginning.
    pub(crate) fn begin(&mut self, now: i64) -> Vec<Do> {
        let topics = self.watched.clone();
        let inputs = topics.iter();
        inputs.flat_map(|topic| self.watch(topic, now)).collect()
    }

    pub(crate) fn watch(&mut self, topic: &Topic, now: i64) -> Vec<Do> {
        // Of the code the journal has no versions to compare with.
        if !matches!(topic, Topic::Code(_)) {
            let screen = Screen {
                who: self.name.clone(),
                topic: topic.clone(),
                told: Vec::new(),
                is_live: false,
            };
            self.screens.entry(topic.clone()).or_insert(screen);
        }
        self.handle(Input::Watch(topic), now)
    }

    pub(crate) fn handle(&mut self, input: Input<'_>, now: i64) -> Vec<Do> {
        let chance = self.chance.u32();
        let local = Timestamp(now + self.skew_ms);
        let outputs = self.session.handle(input, local, chance);
        let mut errands = Vec::new();
        for output in outputs {
            match output {
                Output::Connect(number) => {
                    self.number = Some(number);
                    errands.push(Do::Connect(number));
                }
                Output::Close(number) => {
                    self.number = None;
                    errands.push(Do::Close(number));
                }
                Output::Send(frame) => errands.extend(self.say(&frame)),
                Output::NeedToken { .. } => {
                    self.tokens += 1;
                    let token = format!("{} {}", self.name, self.tokens);
                    errands.extend(self.handle(Input::Token(Some(&token)), now));
                }
                Output::Show {
                    topic,
                    version,
                    view,
                } => errands.push(Do::Showed(topic, version, view)),
                Output::Refused { topic, problem } => {
                    assert!(problem.retry(), "{}: {topic}: {problem:?}", self.name);
                }
                Output::Status(status) => self.status = Some(status),
            }
        }
        errands
    }

    fn say(&self, frame: &ClientFrame) -> Option<Do> {
        let text = serde_json::to_string(frame).expect("frames have text keys");
        self.number.map(|number| Do::Send(number, text))
    }

    /// A frame came on a connection; once more where the network doubled it, which nobody writes
    /// down.
    pub(crate) fn hear(&mut self, number: u64, text: &str, again: bool, now: i64) -> Vec<Do> {
        if !again && self.number == Some(number) {
            let frame: ServerFrame = serde_json::from_str(text).expect("the server's frame");
            if let Some((topic, told)) = told(frame)
                && let Some(screen) = self.screens.get_mut(&topic)
            {
                screen.told.push(told);
            }
        }
        self.handle(Input::Text(number, text), now)
    }

    /// When its session wants to be woken.
    pub(crate) fn wake_at(&self) -> Option<i64> {
        Some(self.session.wake_at()?.0 - self.skew_ms)
    }

    pub(crate) fn view(&self, topic: &Topic) -> Option<&View> {
        self.session.view(topic).map(|(_, view)| view)
    }

    /// What its session holds, with the version.
    pub(crate) fn held(&self, topic: &Topic) -> Option<(u64, &View)> {
        self.session.view(topic)
    }

    pub(crate) fn watches(&self) -> bool {
        !self.session.is_idle()
    }

    /// The server's time, as far as it knows.
    pub(crate) fn server_now(&self, now: i64) -> Timestamp {
        let local = Timestamp(now + self.skew_ms);
        local.plus_ms(self.session.offset_ms().unwrap_or(-self.skew_ms))
    }

    pub(crate) fn is_customer_gone(&self) -> bool {
        matches!(self.kind, Kind::Customer(life) if life.gone)
    }
}
