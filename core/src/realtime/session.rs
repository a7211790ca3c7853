//! The client's resumable session, sans-IO: what came in goes into [`Session::handle`], what is to
//! be done comes out. It opens no socket, reads no clock and draws no random number, so that storms
//! can be played through it in tests.

mod connected;

use super::backoff::Backoff;
use super::cursor::Cursor;
use super::frame::ClientFrame;
use super::pulse::Pulse;
use crate::api::{PROTOCOL, Problem};
use crate::board::{Topic, View};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A connection that is not made within this time is given up, milliseconds.
const CONNECT_WITHIN_MS: i64 = 10_000;
/// A connection that lasted this long was a success: the next wait is short, milliseconds.
const SUCCESS_MS: i64 = 5_000;

/// What happened. Connections are numbered, so that the last words of an old one do no harm.
#[derive(Clone, Copy)]
pub enum Input<'a> {
    /// Somebody wants to see this topic.
    Watch(&'a Topic),
    /// Nobody does any more.
    Unwatch(&'a Topic),
    /// The connection of this number is open.
    Opened(u64),
    /// A text message came on it.
    Text(u64, &'a str),
    /// It is closed, or could not be opened.
    Closed(u64),
    /// Answers [`Output::NeedToken`]: the access token, none when nobody is signed in.
    Token(Option<&'a str>),
    /// Answers it, too: none can be had just now.
    NoToken,
    /// Somebody else is signed in now, or nobody: what may be seen has changed.
    Identity,
    /// The network or the screen came back: what was waited for may work now.
    Nudge,
    /// [`Session::wake_at`] has come.
    Tick,
}

/// What to do.
#[derive(Clone, PartialEq)]
pub enum Output {
    /// Open a connection of this number; it replaces any other.
    Connect(u64),
    /// Send this on the open connection.
    Send(ClientFrame),
    /// Close the connection of this number; nothing more is expected of it.
    Close(u64),
    /// Answer with [`Input::Token`] or [`Input::NoToken`].
    NeedToken {
        /// Not this one: it was refused, or ends soon.
        instead_of: Option<String>,
    },
    /// The view of a topic changed.
    Show {
        /// Which.
        topic: Topic,
        /// Its version; grows, or stays where only time changed the view.
        version: u64,
        /// All of it, folded.
        view: View,
    },
    /// A topic cannot be watched.
    Refused {
        /// Which.
        topic: Topic,
        /// Why.
        problem: Problem,
    },
    /// How fresh the views are.
    Status(Status),
}

/// How fresh what is shown is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Status {
    /// As fresh as the line is fast.
    Live,
    /// The server cannot be heard.
    Stale {
        /// Since when, by the server's clock as far as it is known.
        since: Timestamp,
    },
    /// The server speaks another protocol. Nothing more comes.
    UpdateNeeded {
        /// Which of the two is to be updated.
        behind: Behind,
    },
}

/// Which side of the line speaks the older protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Behind {
    /// This app.
    App,
    /// The server.
    Server,
}

impl Behind {
    /// Compares a server's protocol with this build's; none when they agree.
    #[must_use]
    pub fn of(server: u32) -> Option<Self> {
        match server.cmp(&PROTOCOL) {
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Self::App),
            std::cmp::Ordering::Less => Some(Self::Server),
        }
    }
}

/// Where the connection is.
#[derive(Debug, Clone, Copy)]
enum Link {
    /// Nothing is watched.
    Idle,
    /// Between two tries.
    Waiting { until: Timestamp },
    /// Being opened, and then greeted.
    Opening {
        give_up_at: Timestamp,
        wants_token: bool,
    },
    /// Welcomed.
    Live { pulse: Pulse, since: Timestamp },
    /// The server wants a newer client.
    Outdated,
}

/// The session: topics, their cursors, and the one connection that feeds them.
pub struct Session {
    app: String,
    topics: BTreeMap<Topic, Cursor>,
    link: Link,
    number: u64,
    backoff: Backoff,
    token: Option<String>,
    /// A token that the server refused.
    refused_token: Option<String>,
    offset_ms: Option<i64>,
    build: Option<String>,
    status: Option<Status>,
    heard_at: Option<Timestamp>,
    out: Vec<Output>,
}

impl Session {
    /// A session of this app (`customer/0.1.0`). It connects when the first topic is watched.
    #[must_use]
    pub fn new(app: String) -> Self {
        Self {
            app,
            topics: BTreeMap::new(),
            link: Link::Idle,
            number: 0,
            backoff: Backoff::default(),
            token: None,
            refused_token: None,
            offset_ms: None,
            build: None,
            status: None,
            heard_at: None,
            out: Vec::new(),
        }
    }

    /// Takes in what happened and says what to do, in this order. `now` is the client's clock,
    /// which should not jump; `chance` is a random number, uniform over its range.
    pub fn handle(&mut self, input: Input<'_>, now: Timestamp, chance: u32) -> Vec<Output> {
        match input {
            Input::Watch(topic) => self.watch(topic, now),
            Input::Unwatch(topic) => self.unwatch(topic, now),
            Input::Opened(number) if number == self.number => self.opened(),
            Input::Text(number, text) if number == self.number => self.text(text, now, chance),
            Input::Closed(number) if number == self.number => self.lose(now, chance, None),
            Input::Opened(_) | Input::Text(..) | Input::Closed(_) | Input::Tick => {}
            Input::Token(token) => self.take_token(token, now),
            Input::NoToken => self.no_token(now, chance),
            Input::Identity => self.identity(now),
            Input::Nudge => self.nudge(now),
        }
        self.pass_time(now, chance);
        std::mem::take(&mut self.out)
    }

    /// When [`Input::Tick`] is due at the latest; none while nothing is watched.
    #[must_use]
    pub fn wake_at(&self) -> Option<Timestamp> {
        match self.link {
            Link::Idle | Link::Outdated => None,
            Link::Waiting { until } => Some(until),
            Link::Opening { give_up_at, .. } => Some(give_up_at),
            Link::Live { pulse, .. } => {
                let again = self.topics.values().filter_map(|c| c.ask_again_at).min();
                Some(again.map_or(pulse.next(), |at| at.min(pulse.next())))
            }
        }
    }
    /// Is nothing watched? Then there is no connection.
    #[must_use]
    pub const fn is_idle(&self) -> bool {
        matches!(self.link, Link::Idle)
    }
    /// What to add to the client's clock to get the server's, milliseconds; none before the first
    /// welcome.
    #[must_use]
    pub const fn offset_ms(&self) -> Option<i64> {
        self.offset_ms
    }
    /// The build that the server last said it was.
    #[must_use]
    pub fn server_build(&self) -> Option<&str> {
        self.build.as_deref()
    }
    /// What is held of a topic.
    #[must_use]
    pub fn view(&self, topic: &Topic) -> Option<(u64, &View)> {
        self.topics.get(topic)?.held()
    }

    fn watch(&mut self, topic: &Topic, now: Timestamp) {
        if self.topics.contains_key(topic) {
            return;
        }
        self.topics.insert(topic.clone(), Cursor::default());
        match self.link {
            Link::Idle => self.connect(now),
            Link::Live { .. } => self.ask(topic, now),
            _ => {}
        }
    }

    fn unwatch(&mut self, topic: &Topic, now: Timestamp) {
        if self.topics.remove(topic).is_none() || matches!(self.link, Link::Outdated) {
            return;
        }
        if self.topics.is_empty() {
            self.hang_up();
            self.link = Link::Idle;
            self.stale(now);
        } else if let Link::Live { .. } = self.link {
            let topic = topic.clone();
            self.say(ClientFrame::Unwatch { topic }, now);
        }
    }

    fn identity(&mut self, now: Timestamp) {
        (self.token, self.refused_token) = (None, None);
        match self.link {
            Link::Idle | Link::Outdated => {}
            // Who just signed in has reached the server: there is nothing to wait for.
            Link::Waiting { .. } => self.connect(now),
            Link::Opening { .. } | Link::Live { .. } => {
                self.hang_up();
                self.stale(now);
                self.connect(now);
            }
        }
    }

    fn nudge(&mut self, now: Timestamp) {
        match &mut self.link {
            Link::Waiting { .. } => self.connect(now),
            Link::Live { pulse, .. } => {
                pulse.probe(now);
                self.out.push(Output::Send(ClientFrame::Ping));
            }
            _ => {}
        }
    }

    fn connect(&mut self, now: Timestamp) {
        self.number += 1;
        self.link = Link::Opening {
            give_up_at: now.plus_ms(CONNECT_WITHIN_MS),
            wants_token: false,
        };
        if self.status.is_none() {
            self.stale(now);
        }
        self.out.push(Output::Connect(self.number));
    }

    /// The connection is given up from this side; what still comes from it is not listened to.
    fn hang_up(&mut self) {
        if let Link::Opening { .. } | Link::Live { .. } = self.link {
            self.out.push(Output::Close(self.number));
        }
        self.number += 1;
        for cursor in self.topics.values_mut() {
            cursor.disconnected();
        }
    }

    /// The connection is lost: try again after a while, at least `wait_s` seconds.
    fn lose(&mut self, now: Timestamp, chance: u32, wait_s: Option<u32>) {
        match self.link {
            Link::Live { since, .. } if now.ms_since(since) >= SUCCESS_MS => self.backoff.reset(),
            Link::Live { .. } | Link::Opening { .. } => {}
            Link::Idle | Link::Waiting { .. } | Link::Outdated => return,
        }
        self.hang_up();
        let wait_ms = self.backoff.next_ms(chance);
        let least_ms = i64::from(wait_s.unwrap_or(0)) * 1000;
        let until = now.plus_ms(wait_ms + least_ms);
        self.link = Link::Waiting { until };
        self.stale(now);
    }

    fn stale(&mut self, now: Timestamp) {
        if !matches!(self.status, Some(Status::Stale { .. })) {
            let heard_at = self.heard_at.unwrap_or(now);
            let since = heard_at.plus_ms(self.offset_ms.unwrap_or(0));
            self.set_status(Status::Stale { since });
        }
    }

    fn set_status(&mut self, status: Status) {
        if self.status != Some(status) {
            self.status = Some(status);
            self.out.push(Output::Status(status));
        }
    }

    fn say(&mut self, frame: ClientFrame, now: Timestamp) {
        if let Link::Live { pulse, .. } = &mut self.link {
            pulse.said(now);
        }
        self.out.push(Output::Send(frame));
    }

    fn ask(&mut self, topic: &Topic, now: Timestamp) {
        if let Some(cursor) = self.topics.get_mut(topic) {
            let since = cursor.ask();
            let topic = topic.clone();
            self.say(ClientFrame::Watch { topic, since }, now);
        }
    }
}

#[cfg(test)]
mod tests;
