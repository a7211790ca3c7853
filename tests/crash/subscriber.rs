//! A tablet that only looks: keeps all that it is told, over as many connections as it takes.

use crate::start::PATIENCE;
use presso_core::api::PROTOCOL;
use presso_core::board::Topic;
use presso_core::realtime::frame::{ClientFrame, SUBPROTOCOL, ServerFrame};
use presso_tests::checker::{Screen, Told};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, channel};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Message, client};

/// What was told, by topic.
pub(crate) struct Subscriber {
    token: String,
    pub(crate) screens: Vec<Screen>,
    told: Option<Receiver<ServerFrame>>,
}

impl Subscriber {
    pub(crate) fn new(token: &str, topics: Vec<Topic>) -> Self {
        let screen = |topic| Screen {
            who: "the tablet".into(),
            topic,
            told: Vec::new(),
            is_live: false,
        };
        Self {
            token: token.to_owned(),
            screens: topics.into_iter().map(screen).collect(),
            told: None,
        }
    }

    /// Watches by a new connection, from where it was. That the server dies meanwhile is fine.
    pub(crate) fn connect(&mut self, address: &str) {
        self.take_in();
        let (to, told) = channel();
        self.told = Some(told);
        let (address, frames) = (address.to_owned(), self.first_words());
        std::thread::spawn(move || -> Option<()> {
            let url = format!("ws://{address}/v1/realtime");
            let mut request = url.into_client_request().ok()?;
            let protocol = SUBPROTOCOL.parse().ok()?;
            request
                .headers_mut()
                .insert("sec-websocket-protocol", protocol);
            let stream = TcpStream::connect(&address).ok()?;
            let (mut socket, _) = client(request, stream).ok()?;
            for frame in frames {
                socket.send(Message::text(frame)).ok()?;
            }
            loop {
                if let Message::Text(text) = socket.read().ok()? {
                    to.send(serde_json::from_str(&text).expect("a frame"))
                        .ok()?;
                }
            }
        });
    }

    fn first_words(&self) -> Vec<String> {
        let hello = ClientFrame::Hello {
            protocol: PROTOCOL,
            app: "crash/0.1.0".into(),
            token: Some(self.token.clone()),
        };
        let watch = self.screens.iter().map(|screen| ClientFrame::Watch {
            topic: screen.topic.clone(),
            since: cursor(screen),
        });
        let frames = [hello].into_iter().chain(watch);
        frames
            .map(|frame| serde_json::to_string(&frame).expect("JSON"))
            .collect()
    }

    /// Takes in what has come.
    pub(crate) fn take_in(&mut self) {
        while let Some(frame) = self.told.as_ref().and_then(|told| told.try_recv().ok()) {
            self.hear(frame);
        }
    }

    /// Waits until it was told of this version on every topic, which are live then.
    pub(crate) fn until(&mut self, version: u64) {
        let behind = |screen: &Screen| cursor(screen).is_none_or(|at| at < version);
        while self.screens.iter().any(behind) {
            let told = self.told.as_ref().expect("it is connected");
            match told.recv_timeout(PATIENCE) {
                Ok(frame) => self.hear(frame),
                Err(_) => break, // the checker says what is missing
            }
        }
        self.screens
            .iter_mut()
            .for_each(|screen| screen.is_live = true);
    }

    /// Waits, after it connected, until it is shown each topic as a whole: it was ahead of a server
    /// that has lost its tail.
    pub(crate) fn told_anew(&mut self) {
        for screen in &mut self.screens {
            screen.told.clear();
        }
        let is_shown = |screen: &Screen| matches!(screen.told.first(), Some(Told::Whole(..)));
        while !self.screens.iter().all(is_shown) {
            let told = self.told.as_ref().expect("it is connected");
            let frame = told.recv_timeout(PATIENCE);
            self.hear(frame.expect("it is told where the journal is"));
        }
    }

    fn hear(&mut self, frame: ServerFrame) {
        let (topic, told) = match frame {
            ServerFrame::Snapshot {
                topic,
                version,
                view,
            } => (topic, Told::Whole(version, view)),
            ServerFrame::Update(update) => (update.topic.clone(), Told::Step(update)),
            ServerFrame::Refused { problem, .. } => panic!("refused: {problem:?}"),
            _ => return,
        };
        let mut screens = self.screens.iter_mut();
        if let Some(screen) = screens.find(|screen| screen.topic == topic) {
            screen.told.push(told);
        }
    }
}

fn cursor(screen: &Screen) -> Option<u64> {
    screen.told.iter().map(version).max()
}

const fn version(told: &Told) -> u64 {
    match told {
        Told::Whole(version, _) => *version,
        Told::Step(update) => update.version,
    }
}
