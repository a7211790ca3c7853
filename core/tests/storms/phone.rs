//! The phone in the storm: the real session, and a screen that shows what it is told.

use presso_core::board::{Topic, View};
use presso_core::realtime::{Input, Output, Session, Status};
use presso_core::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The phone's clock is this far behind the server's, milliseconds.
pub const BEHIND_MS: i64 = 3_600_000;
/// A token lasts this long, milliseconds.
pub const TOKEN_MS: i64 = 90_000;

pub struct Phone {
    pub session: Session,
    pub watched: BTreeSet<Topic>,
    pub screens: BTreeMap<Topic, (u64, View)>,
    pub shown: Vec<(Topic, u64, View)>,
    pub status: Option<Status>,
    pub connections: u64,
    token: Option<String>,
    chance: u32,
}

/// What the network has to do for the phone.
pub enum Errand {
    Open(u64),
    Close(u64),
    Send(u64, String),
}

impl Phone {
    pub fn new() -> Self {
        Self {
            session: Session::new("storm/1".into()),
            watched: BTreeSet::new(),
            screens: BTreeMap::new(),
            shown: Vec::new(),
            status: None,
            connections: 0,
            token: None,
            chance: 1,
        }
    }

    /// Somebody else picks the phone up: what was shown to the one before is gone.
    pub fn hand_over(&mut self, now: Timestamp) -> Vec<Errand> {
        self.token = None;
        self.handle(Input::Identity, now)
    }

    /// Hands an input to the session at the server's `now`, and does what it says.
    pub fn handle(&mut self, input: Input<'_>, now: Timestamp) -> Vec<Errand> {
        self.chance = self
            .chance
            .wrapping_mul(1_664_525)
            .wrapping_add(1_013_904_223);
        let local = now.plus_ms(-BEHIND_MS);
        let outputs = self.session.handle(input, local, self.chance);
        let mut errands = Vec::new();
        for output in outputs {
            match output {
                Output::Connect(number) => {
                    assert!(number > self.connections, "connections have new numbers");
                    self.connections = number;
                    errands.push(Errand::Open(number));
                }
                Output::Close(number) => errands.push(Errand::Close(number)),
                Output::Send(frame) => {
                    let text = serde_json::to_string(&frame).unwrap();
                    errands.push(Errand::Send(self.connections, text));
                }
                Output::NeedToken { instead_of } => {
                    if self.token.is_none() || self.token == instead_of {
                        self.token = Some(now.plus_ms(TOKEN_MS).0.to_string());
                    }
                    let token = self.token.clone();
                    errands.extend(self.handle(Input::Token(token.as_deref()), now));
                }
                Output::Show {
                    topic,
                    version,
                    view,
                } => {
                    assert!(self.watched.contains(&topic), "only what is watched shows");
                    self.screens.insert(topic.clone(), (version, view.clone()));
                    self.shown.push((topic, version, view));
                }
                Output::Refused { topic, problem } => panic!("{topic}: {problem:?}"),
                Output::Status(status) => self.status = Some(status),
            }
        }
        errands
    }
}
