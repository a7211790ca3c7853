//! The session while there is a connection: greeting, tokens, the server's frames, and time.

use super::{Behind, Link, Output, Session, Status};
use crate::api::{PROTOCOL, Problem};
use crate::board::Topic;
use crate::realtime::cursor::Step;
use crate::realtime::frame::{ClientFrame, SERVER_TOO_OLD, ServerFrame};
use crate::realtime::pulse::{Due, Pulse};
use crate::time::Timestamp;

/// After a refusal that may pass (unless the server names a time), and after an answer that left a
/// gap, it is asked again after this long, seconds.
const ASK_AGAIN_S: u32 = 2;

impl Session {
    pub(super) fn opened(&mut self) {
        if let Link::Opening { wants_token, .. } = &mut self.link {
            *wants_token = true;
            let instead_of = self.refused_token.clone();
            self.out.push(Output::NeedToken { instead_of });
        }
    }

    pub(super) fn take_token(&mut self, token: Option<&str>, now: Timestamp) {
        let is_new = self.token.as_deref() != token;
        match &mut self.link {
            Link::Opening { wants_token, .. } if *wants_token => {
                *wants_token = false;
                self.token = token.map(Into::into);
                self.out.push(Output::Send(ClientFrame::Hello {
                    protocol: PROTOCOL,
                    app: self.app.clone(),
                    token: self.token.clone(),
                }));
            }
            Link::Live { .. } if is_new => match token {
                Some(token) => {
                    self.token = Some(token.into());
                    let token = token.into();
                    self.say(ClientFrame::Reauth { token }, now);
                }
                // Signed out in between: what may be seen has changed.
                None => self.identity(now),
            },
            _ => {}
        }
    }

    /// Without one there is no greeting; a living connection goes on with the one it has.
    pub(super) fn no_token(&mut self, now: Timestamp, chance: u32) {
        if let Link::Opening {
            wants_token: true, ..
        } = self.link
        {
            self.lose(now, chance, None);
        }
    }

    pub(super) fn text(&mut self, text: &str, now: Timestamp, chance: u32) {
        self.heard_at = Some(now);
        if let Link::Live { pulse, .. } = &mut self.link {
            pulse.heard(now);
        }
        // A frame of a kind that this build does not know is none of its business.
        let Ok(frame) = crate::json::read::<ServerFrame>(text.as_bytes()) else {
            return;
        };
        match frame {
            ServerFrame::Welcome {
                protocol,
                now: server_now,
                build,
                expires_at,
            } => self.welcomed(protocol, server_now, build, expires_at, now),
            ServerFrame::Snapshot {
                topic,
                version,
                view,
            } => {
                let step = self.topics.get_mut(&topic);
                let step = step.map(|cursor| cursor.snapshot(version, view));
                self.stepped(&topic, step, now);
            }
            ServerFrame::Update(update) => {
                let step = self.topics.get_mut(&update.topic);
                let step = step.map(|cursor| cursor.update(&update));
                self.stepped(&update.topic, step, now);
            }
            ServerFrame::Refused {
                topic: Some(topic),
                problem,
            } => self.refused(topic, problem, now),
            ServerFrame::Refused {
                topic: None,
                problem,
            } => {
                if problem.status == 401 {
                    self.turned_away(&problem, now, chance);
                }
            }
            ServerFrame::Reauthed { expires_at } => self.reauthed(expires_at, now),
            ServerFrame::Ping => self.say(ClientFrame::Pong, now),
            ServerFrame::Pong => {}
            ServerFrame::Bye { problem } => self.turned_away(&problem, now, chance),
        }
    }

    fn welcomed(
        &mut self,
        protocol: u32,
        server_now: Timestamp,
        build: String,
        expires_at: Option<Timestamp>,
        now: Timestamp,
    ) {
        if let Some(behind) = Behind::of(protocol) {
            return self.outdated(behind);
        }
        self.offset_ms = Some(server_now.ms_since(now));
        self.build = Some(build);
        self.refused_token = None;
        let mut pulse = Pulse::new(now);
        pulse.expires(expires_at.map(|at| self.local(at)), now);
        self.link = Link::Live { pulse, since: now };
        let topics: Vec<Topic> = self.topics.keys().cloned().collect();
        for topic in topics {
            self.ask(&topic, now);
        }
        self.set_status(Status::Live);
    }

    /// An instant of the server's clock by the client's.
    fn local(&self, at: Timestamp) -> Timestamp {
        at.plus_ms(-self.offset_ms.unwrap_or(0))
    }

    fn stepped(&mut self, topic: &Topic, step: Option<Step>, now: Timestamp) {
        match step {
            Some(Step::Shown) => {
                let held = self.topics.get(topic).and_then(|cursor| cursor.held());
                if let Some((version, view)) = held {
                    self.out.push(Output::Show {
                        topic: topic.clone(),
                        version,
                        view: view.clone(),
                    });
                }
            }
            Some(Step::Gap) => self.ask(topic, now),
            Some(Step::Behind) => {
                if let Some(cursor) = self.topics.get_mut(topic) {
                    cursor.ask_again_at.get_or_insert(now.plus_s(ASK_AGAIN_S));
                }
            }
            Some(Step::Known) | None => {}
        }
    }

    fn refused(&mut self, topic: Topic, problem: Problem, now: Timestamp) {
        let Some(cursor) = self.topics.get_mut(&topic) else {
            return;
        };
        let wait_s = problem.retry_after_s.unwrap_or(ASK_AGAIN_S).max(1);
        cursor.refuse(problem.retry().then(|| now.plus_s(wait_s)));
        self.out.push(Output::Refused { topic, problem });
    }

    fn reauthed(&mut self, expires_at: Timestamp, now: Timestamp) {
        let expires_at = self.local(expires_at);
        if let Link::Live { pulse, .. } = &mut self.link {
            pulse.expires(Some(expires_at), now);
        }
        let refused = self.topics.iter().filter(|(_, cursor)| cursor.refused);
        let refused: Vec<Topic> = refused.map(|(topic, _)| topic.clone()).collect();
        for topic in refused {
            self.ask(&topic, now);
        }
    }

    /// The server closes, or wants another token; the code says which.
    fn turned_away(&mut self, problem: &Problem, now: Timestamp, chance: u32) {
        if problem.code == SERVER_TOO_OLD {
            return self.outdated(Behind::Server);
        }
        if problem.code == "protocol" || problem.status == 426 {
            return self.outdated(Behind::App);
        }
        if problem.code == "session" || problem.status == 401 {
            self.refused_token.clone_from(&self.token);
        }
        self.lose(now, chance, problem.retry_after_s);
    }

    fn outdated(&mut self, behind: Behind) {
        self.hang_up();
        self.link = Link::Outdated;
        self.set_status(Status::UpdateNeeded { behind });
    }

    pub(super) fn pass_time(&mut self, now: Timestamp, chance: u32) {
        match &mut self.link {
            Link::Waiting { until } if now >= *until => self.connect(now),
            Link::Opening { give_up_at, .. } if now >= *give_up_at => self.lose(now, chance, None),
            Link::Live { .. } => self.keep_alive(now, chance),
            _ => {}
        }
    }

    fn keep_alive(&mut self, now: Timestamp, chance: u32) {
        while let Link::Live { pulse, .. } = &mut self.link {
            match pulse.due(now) {
                Some(Due::Gone) => self.lose(now, chance, None),
                Some(Due::Ping) => self.say(ClientFrame::Ping, now),
                Some(Due::Renew) => {
                    let instead_of = self.token.clone();
                    self.out.push(Output::NeedToken { instead_of });
                }
                None => break,
            }
        }
        let due = |at: Timestamp| now >= at;
        let again = self
            .topics
            .iter()
            .filter(|(_, c)| c.ask_again_at.is_some_and(due));
        let again: Vec<Topic> = again.map(|(topic, _)| topic.clone()).collect();
        for topic in again {
            self.ask(&topic, now);
        }
    }
}
