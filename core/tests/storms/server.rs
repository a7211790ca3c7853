//! The scripted server: a hub with a bounded ring of updates for each topic, and connections that
//! hold a cursor for each topic and pull what they missed.

use super::shop::{Counter, Deed, SECRET, Told, URL};
use presso_core::api::{PROTOCOL, Problem};
use presso_core::board::{CodeFacts, Topic, Update, View};
use presso_core::realtime::frame::{ClientFrame, ServerFrame};
use presso_core::time::Timestamp;
use std::collections::{BTreeMap, VecDeque};

/// How many updates of a topic are remembered.
const RING: usize = 5;

pub struct Server {
    pub counter: Counter,
    pub now: Timestamp,
    pub lines: BTreeMap<u64, Line>,
    pub snapshots: usize,
    rings: BTreeMap<Topic, VecDeque<Update>>,
    /// Every view that any topic ever had; what the laws compare with.
    history: BTreeMap<Topic, BTreeMap<u64, View>>,
}

/// One connection, as the server holds it, and what is under way on it.
#[derive(Default)]
pub struct Line {
    pub up: VecDeque<String>,
    pub down: VecDeque<String>,
    /// Nothing gets through any more, and neither end knows.
    pub cut: bool,
    /// The server has closed its end.
    pub closed: bool,
    greeted: bool,
    expires_at: Timestamp,
    cursors: BTreeMap<Topic, Option<u64>>,
    code_sent: Option<(u64, View)>,
}

impl Server {
    pub fn new(now: Timestamp) -> Self {
        let (counter, published) = Counter::new(now);
        let mut server = Self {
            counter,
            now,
            lines: BTreeMap::new(),
            snapshots: 0,
            rings: BTreeMap::new(),
            history: BTreeMap::new(),
        };
        server.announce(published);
        server
    }

    pub fn does(&mut self, deed: Deed) {
        let published = self.counter.does(deed, self.now);
        self.announce(published);
    }

    fn announce(&mut self, published: Vec<Told>) {
        for Told { updates, stood } in published {
            for update in updates {
                let ring = self.rings.entry(update.topic.clone()).or_default();
                ring.push_back(update);
                if ring.len() > RING {
                    ring.pop_front();
                }
            }
            for (topic, version, view) in stood {
                self.history.entry(topic).or_default().insert(version, view);
            }
        }
    }

    /// How a topic stands; an order that the shop has forgotten stands as it last did.
    pub fn truth(&self, topic: &Topic) -> Option<(u64, View)> {
        if let Topic::Code(_) = topic {
            return Some(self.code());
        }
        let (version, view) = self.history.get(topic)?.last_key_value()?;
        Some((*version, view.clone()))
    }
    fn code(&self) -> (u64, View) {
        let shop = &self.counter.shop;
        let facts = CodeFacts::of(shop);
        let view = facts.view(&shop.id, &SECRET, URL, self.now);
        (facts.version, View::Code(view))
    }
    pub fn was_true(&self, topic: &Topic, version: u64, view: &View) -> bool {
        match topic {
            // It follows from facts and time; what it was is not remembered.
            Topic::Code(_) => true,
            _ => self.history.get(topic).and_then(|h| h.get(&version)) == Some(view),
        }
    }

    /// The server starts anew: its rings are empty, its journal is whole.
    pub fn restart(&mut self) {
        self.rings.clear();
        let bye = ServerFrame::Bye {
            problem: Problem::new(503, "restarting", "back in a moment"),
        };
        for line in self.lines.values_mut().filter(|line| !line.closed) {
            line.down.push_back(serde_json::to_string(&bye).unwrap());
            line.closed = true;
        }
    }

    /// Reads one frame of a connection.
    pub fn read(&mut self, number: u64) {
        let (now, orders) = (self.now, self.counter.orders.clone());
        let Some(line) = self.lines.get_mut(&number) else {
            return;
        };
        let Some(text) = line.up.pop_front() else {
            return;
        };
        if line.closed {
            return;
        }
        match serde_json::from_str(&text).unwrap() {
            ClientFrame::Hello { token, .. } => {
                line.greeted = true;
                line.admit(token, now, |expires_at| ServerFrame::Welcome {
                    protocol: PROTOCOL,
                    now,
                    build: "storm".into(),
                    expires_at: Some(expires_at),
                });
            }
            _ if !line.greeted => panic!("something was said before hello: {text}"),
            ClientFrame::Reauth { token } => {
                line.admit(Some(token), now, |expires_at| ServerFrame::Reauthed {
                    expires_at,
                });
            }
            ClientFrame::Watch { topic, since } => {
                let known = match topic {
                    Topic::Order(id) => orders.contains(&id),
                    _ => true,
                };
                assert!(known, "only what there is was asked for");
                line.code_sent = None;
                line.cursors.insert(topic, since);
            }
            ClientFrame::Unwatch { topic } => {
                line.cursors.remove(&topic);
            }
            ClientFrame::Ping => line.say(&ServerFrame::Pong),
            ClientFrame::Pong => {}
        }
    }

    /// A connection is woken: for each of its topics, beginning at any of them, it gets what it
    /// missed, or a snapshot where the ring no longer reaches back.
    pub fn wake(&mut self, number: u64, first: usize) {
        let Some(line) = self.lines.get(&number) else {
            return;
        };
        if line.closed || !line.greeted {
            return;
        }
        if self.now >= line.expires_at {
            return self.turn_away(number);
        }
        let mut topics: Vec<Topic> = line.cursors.keys().cloned().collect();
        let len = topics.len().max(1);
        topics.rotate_left(first % len);
        for topic in topics {
            self.pull(number, &topic);
        }
    }

    fn turn_away(&mut self, number: u64) {
        if let Some(line) = self.lines.get_mut(&number) {
            line.say(&session_over());
            line.closed = true;
        }
    }

    fn pull(&mut self, number: u64, topic: &Topic) {
        let Some((head, view)) = self.truth(topic) else {
            return;
        };
        let Some(line) = self.lines.get_mut(&number) else {
            return;
        };
        let since = line.cursors.get(topic).copied().flatten();
        if let Topic::Code(_) = topic {
            if line.code_sent.as_ref() == Some(&(head, view.clone())) {
                return;
            }
            line.code_sent = Some((head, view.clone()));
        } else if since == Some(head) {
            return;
        }
        line.cursors.insert(topic.clone(), Some(head));
        let ring = self.rings.get(topic).into_iter().flatten();
        let missed: Vec<&Update> = ring.filter(|u| Some(u.version) > since).collect();
        match missed.first() {
            Some(first) if since.is_some_and(|s| first.prev <= s) => {
                for update in missed {
                    line.say(&ServerFrame::Update(update.clone()));
                }
            }
            _ => {
                self.snapshots += 1;
                line.say(&ServerFrame::Snapshot {
                    topic: topic.clone(),
                    version: head,
                    view,
                });
            }
        }
    }

    /// Says again what it said: a cursor is set back.
    pub fn repeat(&mut self, number: u64, back: u64) {
        if let Some(line) = self.lines.get_mut(&number) {
            for cursor in line.cursors.values_mut() {
                *cursor = cursor.map(|c| c.saturating_sub(back));
            }
        }
    }
    /// A slow reader loses its backlog (whole frames that were not sent yet) for a reset.
    pub fn reset(&mut self, number: u64) {
        if let Some(line) = self.lines.get_mut(&number) {
            line.down.retain(|text| !text.contains("\"version\""));
            line.cursors.values_mut().for_each(|cursor| *cursor = None);
            line.code_sent = None;
        }
    }
}

fn session_over() -> ServerFrame {
    ServerFrame::Bye {
        problem: Problem::new(401, "session", "sign in anew"),
    }
}

/// The topic, if it is an update's frame.
fn updated(text: &str) -> Option<Topic> {
    match serde_json::from_str(text).ok()? {
        ServerFrame::Update(update) => Some(update.topic),
        _ => None,
    }
}

impl Line {
    /// Loses an update that another one of its topic follows.
    pub fn lose(&mut self) {
        let topics: Vec<_> = self.down.iter().map(|text| updated(text)).collect();
        let followed =
            |at: &usize| topics[*at].is_some() && topics[at + 1..].contains(&topics[*at]);
        if let Some(at) = (0..topics.len()).find(followed) {
            self.down.remove(at);
        }
    }
    fn say(&mut self, frame: &ServerFrame) {
        self.down.push_back(serde_json::to_string(frame).unwrap());
    }
    /// Tokens of this server are the instant at which they expire.
    fn admit(
        &mut self,
        token: Option<String>,
        now: Timestamp,
        answer: impl Fn(Timestamp) -> ServerFrame,
    ) {
        let expires_at = token.and_then(|t| t.parse().ok()).map(Timestamp);
        match expires_at.filter(|at| *at > now) {
            Some(at) => {
                self.expires_at = at;
                self.say(&answer(at));
            }
            None => {
                self.say(&session_over());
                self.closed = true;
            }
        }
    }
}
