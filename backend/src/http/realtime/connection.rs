//! One socket, from hello to bye.

use super::limits::{Due, Pulse, TOPICS, WRITE};
use super::permit::permit;
use crate::app::{App, Place};
use crate::http::failure::too_often;
use crate::http::refusal::Refusal;
use crate::http::who::no_session;
use crate::hub::Listener;
use crate::identity::Session;
use crate::limits::Bucket;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use axum::http::StatusCode;
use presso_core::api::{PROTOCOL, Problem, Who};
use presso_core::board::{OrderView, Topic, View};
use presso_core::realtime::frame::{ClientFrame, SERVER_TOO_OLD, ServerFrame};
use presso_core::time::Timestamp;
use presso_core::workflow::Rejection;
use std::collections::BTreeSet;
use tokio::sync::watch;
use tokio::time::timeout;

/// The connection is over, after whatever was to be said.
struct Over;
type Going = Result<(), Over>;

pub(super) struct Connection {
    app: App,
    socket: WebSocket,
    listener: Listener,
    topics: BTreeSet<Topic>,
    session: Option<Session>,
    /// Held while there is no session.
    anonymous: Option<Place>,
    greeted: bool,
    pulse: Pulse,
    /// What the peer says is counted.
    frames: Bucket,
    stopping: watch::Receiver<bool>,
    /// Changes when a session has ended, this one perhaps.
    ends: watch::Receiver<u64>,
}

enum Happened {
    Received(Option<Result<Message, axum::Error>>),
    Changed,
    Time,
    Expired,
    Ended,
    Stopping,
}

impl Connection {
    pub(super) fn new(app: App, socket: WebSocket) -> Self {
        Self {
            listener: app.hub.listener(),
            stopping: app.stopping.subscribe(),
            ends: app.sessions.ends(),
            topics: BTreeSet::new(),
            session: None,
            anonymous: None,
            greeted: false,
            pulse: Pulse::new(),
            frames: app.limiter.frames(),
            app,
            socket,
        }
    }

    pub(super) async fn run(mut self) {
        while self.turn().await.is_ok() {}
    }

    async fn turn(&mut self) -> Going {
        match self.wait().await {
            Happened::Received(Some(Ok(message))) => self.received(message).await,
            Happened::Received(_) => Err(Over),
            Happened::Changed if !self.stands() => self.bye(session_over()).await,
            Happened::Changed => {
                for frame in self.listener.read() {
                    self.send(Message::Text(frame)).await?;
                }
                Ok(())
            }
            Happened::Time => match self.pulse.due() {
                Due::Nothing => Ok(()),
                Due::Gone => Err(Over),
                Due::Ping if !self.stands() => self.bye(session_over()).await,
                Due::Ping => self.say(&ServerFrame::Ping).await,
            },
            Happened::Ended if self.stands() => Ok(()),
            Happened::Ended | Happened::Expired => self.bye(session_over()).await,
            Happened::Stopping => self.bye(crate::http::failure::restarting()).await,
        }
    }

    async fn wait(&mut self) -> Happened {
        let expires_at = self.session.as_ref().map(|session| session.expires_at);
        let clock = &self.app.clock;
        let expired = async {
            match expires_at {
                Some(at) => clock.sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        let ends = &mut self.ends;
        let ended = async {
            // Without a session there is none that could end; that nobody sends any more cannot
            // be while the server is there.
            if expires_at.is_none() || ends.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            received = self.socket.recv() => Happened::Received(received),
            () = self.listener.changed() => Happened::Changed,
            () = tokio::time::sleep_until(self.pulse.next()) => Happened::Time,
            () = expired => Happened::Expired,
            () = ended => Happened::Ended,
            _ = self.stopping.wait_for(|stopping| *stopping) => Happened::Stopping,
        }
    }

    async fn received(&mut self, message: Message) -> Going {
        self.pulse.heard();
        if !self.stands() {
            return self.bye(session_over()).await;
        }
        if let Err(refused) = self.frames.count(0) {
            self.app.metrics.too_often(refused.kind);
            return self.bye(too_often(refused.retry_after_s)).await;
        }
        if let Some((_, tablet)) = self.who().and_then(Who::member) {
            self.app.engine.heard(tablet);
        }
        match message {
            Message::Text(text) => match serde_json::from_str(&text) {
                Ok(frame) => self.frame(frame).await,
                Err(_) => self.odd("this is not a frame of presso.1").await,
            },
            Message::Binary(_) => self.odd("frames are text").await,
            Message::Close(_) => Err(Over),
            Message::Ping(_) | Message::Pong(_) => Ok(()),
        }
    }

    async fn frame(&mut self, frame: ClientFrame) -> Going {
        match frame {
            ClientFrame::Hello {
                protocol,
                app,
                token,
            } if !self.greeted => self.hello(protocol, &app, token).await,
            _ if !self.greeted => self.odd("the first frame is a hello").await,
            ClientFrame::Hello { .. } => self.odd("hello was said already").await,
            ClientFrame::Reauth { token } => self.reauth(&token).await,
            ClientFrame::Watch { topic, since } => self.watch(topic, since).await,
            ClientFrame::Unwatch { topic } => {
                self.listener.unwatch(&topic);
                self.topics.remove(&topic);
                Ok(())
            }
            ClientFrame::Ping => self.say(&ServerFrame::Pong).await,
            ClientFrame::Pong => Ok(()),
        }
    }

    async fn hello(&mut self, protocol: u32, app: &str, token: Option<String>) -> Going {
        if protocol != PROTOCOL {
            let sentence = format!("this server speaks protocol {PROTOCOL}, the app {protocol}");
            let status = StatusCode::UPGRADE_REQUIRED;
            let newer = protocol > PROTOCOL;
            let code = if newer { SERVER_TOO_OLD } else { "protocol" };
            return self.bye(Refusal::new(status, code, sentence)).await;
        }
        if let Some(token) = token {
            match self.app.sessions.verify(&token, self.app.clock.now()) {
                Ok(session) => self.take(session),
                Err(_) => return self.bye(session_over()).await,
            }
        } else {
            self.anonymous = self.app.room.stay_anonymous();
            if self.anonymous.is_none() {
                return self.bye(crate::http::failure::no_room()).await;
            }
        }
        self.greeted = true;
        self.pulse.greeted();
        let app: String = app.chars().filter(|c| !c.is_control()).take(40).collect();
        tracing::debug!(app, "a socket said hello");
        let welcome = ServerFrame::Welcome {
            protocol: PROTOCOL,
            now: self.app.clock.now(),
            build: self.app.assets.build().to_owned(),
            expires_at: self.expires_at(),
        };
        self.say(&welcome).await
    }

    async fn reauth(&mut self, token: &str) -> Going {
        let Ok(session) = self.app.sessions.verify(token, self.app.clock.now()) else {
            return self.bye(session_over()).await;
        };
        let expires_at = session.expires_at;
        let other = self.who() != Some(&session.who);
        self.take(session);
        self.say(&ServerFrame::Reauthed { expires_at }).await?;
        // Somebody else may see other things: every topic is asked for anew.
        if other {
            for topic in std::mem::take(&mut self.topics) {
                self.listener.unwatch(&topic);
                self.watch(topic, None).await?;
            }
        }
        Ok(())
    }

    async fn watch(&mut self, topic: Topic, since: Option<u64>) -> Going {
        if self.topics.len() >= TOPICS && !self.topics.contains(&topic) {
            let sentence = format!("a socket watches {TOPICS} topics at the most");
            let status = StatusCode::TOO_MANY_REQUESTS;
            let problem = Refusal::new(status, "too_many_topics", sentence);
            return self.refuse(Some(topic), problem).await;
        }
        let order = match permit(&self.app, self.who(), &topic).await {
            Ok(order) => order,
            Err(problem) => return self.refuse(Some(topic), problem).await,
        };
        // It may have ended while the order was looked for.
        if !self.stands() {
            return self.bye(session_over()).await;
        }
        match (self.listener.watch(topic.clone(), since), order) {
            (Ok(()), _) => {
                self.topics.insert(topic);
                Ok(())
            }
            (Err(_), Some(order)) => self.over(topic, since, order).await,
            (Err(_), None) => {
                self.refuse(Some(topic), Rejection::ShopUnknown.into())
                    .await
            }
        }
    }

    /// An order that is over changes no more: shown as it ended, unless that was seen.
    async fn over(&mut self, topic: Topic, since: Option<u64>, order: OrderView) -> Going {
        let version = order.version;
        if since == Some(version) {
            return Ok(());
        }
        let view = View::Order(Box::new(order));
        self.say(&ServerFrame::Snapshot {
            topic,
            version,
            view,
        })
        .await
    }

    fn who(&self) -> Option<&Who> {
        self.session.as_ref().map(|session| &session.who)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        self.session.as_ref().map(|session| session.expires_at)
    }
    /// Has the session not been ended? Asked before anything is shown or done.
    fn stands(&self) -> bool {
        let session = self.session.as_ref();
        session.is_none_or(|session| self.app.sessions.stands(session))
    }
    fn take(&mut self, session: Session) {
        if let Some((_, tablet)) = session.who.member() {
            self.app.engine.heard(tablet);
        }
        self.session = Some(session);
        self.anonymous = None;
    }

    /// A frame that makes no sense. Before the hello there is nothing to keep up.
    async fn odd(&mut self, sentence: &str) -> Going {
        let problem = Refusal::new(StatusCode::BAD_REQUEST, "malformed", sentence);
        if self.greeted {
            self.refuse(None, problem).await
        } else {
            self.bye(problem).await
        }
    }

    async fn refuse(&mut self, topic: Option<Topic>, problem: Refusal) -> Going {
        let problem: Problem = *problem.0;
        self.say(&ServerFrame::Refused { topic, problem }).await
    }

    async fn bye(&mut self, problem: Refusal) -> Going {
        let problem = *problem.0;
        self.say(&ServerFrame::Bye { problem }).await?;
        // The peer may be gone already, which is where this leads.
        let _ = timeout(WRITE, self.socket.send(Message::Close(None))).await;
        Err(Over)
    }

    async fn say(&mut self, frame: &ServerFrame) -> Going {
        let text = serde_json::to_string(frame).expect("frames have text keys");
        self.send(Message::Text(Utf8Bytes::from(text))).await
    }

    async fn send(&mut self, message: Message) -> Going {
        match timeout(WRITE, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Over),
        }
    }
}

fn session_over() -> Refusal {
    no_session("the session is over, or its token was not renewed in time")
}
