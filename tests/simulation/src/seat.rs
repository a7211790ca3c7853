//! The server's end of a connection: what `http/realtime` does, without a socket, with the real
//! listener. Who is who was settled before the story begins.

use crate::checker::Told;
use presso_backend::engine::Engine;
use presso_backend::hub::{Hub, Listener};
use presso_core::api::{PROTOCOL, Problem};
use presso_core::board::{OrderView, Topic, View};
use presso_core::id::TabletId;
use presso_core::realtime::frame::{ClientFrame, ServerFrame};
use presso_core::time::Timestamp;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// A session lasts this long unless it is renewed, milliseconds.
const TOKEN_MS: i64 = 900_000;

pub(crate) struct Seat {
    listener: Listener,
    tablet: Option<TabletId>,
    greeted: bool,
    expires_at: Timestamp,
    /// When it last said something.
    pub(crate) heard: i64,
    /// It reads nothing until then.
    pub(crate) slow_until: i64,
}

impl Seat {
    pub(crate) fn new(hub: &Hub, tablet: Option<TabletId>, now: i64) -> Self {
        Self {
            listener: hub.listener(),
            tablet,
            greeted: false,
            expires_at: Timestamp::default(),
            heard: now,
            slow_until: 0,
        }
    }

    /// A frame of the client's; answers what to say. `over` tells of an order that nobody
    /// announces any more.
    pub(crate) fn frame(
        &mut self,
        text: &str,
        engine: &Engine,
        now: Timestamp,
        over: impl Fn(&Topic) -> Option<OrderView>,
    ) -> Vec<ServerFrame> {
        if let Some(tablet) = self.tablet {
            engine.heard(tablet);
        }
        let frame: ClientFrame = serde_json::from_str(text).expect("the client speaks presso.1");
        if self.greeted && now >= self.expires_at {
            let problem = Problem::new(401, "session", "the session is over");
            return vec![ServerFrame::Bye { problem }];
        }
        match frame {
            ClientFrame::Hello { protocol, .. } => {
                assert!(!self.greeted && protocol == PROTOCOL, "one hello");
                self.greeted = true;
                self.expires_at = now.plus_ms(TOKEN_MS);
                vec![ServerFrame::Welcome {
                    protocol,
                    now,
                    build: "simulated".into(),
                    expires_at: Some(self.expires_at),
                }]
            }
            _ if !self.greeted => panic!("something was said before hello"),
            ClientFrame::Reauth { .. } => {
                let expires_at = now.plus_ms(TOKEN_MS);
                self.expires_at = expires_at;
                vec![ServerFrame::Reauthed { expires_at }]
            }
            ClientFrame::Watch { topic, since } => self.watch(topic, since, over),
            ClientFrame::Unwatch { topic } => {
                self.listener.unwatch(&topic);
                vec![]
            }
            ClientFrame::Ping => vec![ServerFrame::Pong],
            ClientFrame::Pong => vec![],
        }
    }

    fn watch(
        &mut self,
        topic: Topic,
        since: Option<u64>,
        over: impl Fn(&Topic) -> Option<OrderView>,
    ) -> Vec<ServerFrame> {
        if self.listener.watch(topic.clone(), since).is_ok() {
            return vec![];
        }
        match over(&topic) {
            Some(order) if since == Some(order.version) => vec![],
            Some(order) => vec![ServerFrame::Snapshot {
                topic,
                version: order.version,
                view: View::Order(Box::new(order)),
            }],
            None => {
                let problem = Problem::new(404, "order_unknown", "there is no such topic");
                let topic = Some(topic);
                vec![ServerFrame::Refused { topic, problem }]
            }
        }
    }

    /// What it missed, if anybody rang; a slow one reads later.
    pub(crate) fn read(&mut self, now: i64) -> Vec<String> {
        if now < self.slow_until || !self.rang() {
            return Vec::new();
        }
        let frames = self.listener.read();
        frames.iter().map(|frame| frame.as_str().into()).collect()
    }

    fn rang(&self) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        let changed = pin!(self.listener.changed());
        matches!(changed.poll(&mut context), Poll::Ready(()))
    }
}

/// A frame as the checker reads it.
pub(crate) fn told(frame: ServerFrame) -> Option<(Topic, Told)> {
    match frame {
        ServerFrame::Snapshot {
            topic,
            version,
            view,
        } => Some((topic, Told::Whole(version, view))),
        ServerFrame::Update(update) => Some((update.topic.clone(), Told::Step(update))),
        _ => None,
    }
}
