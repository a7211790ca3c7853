//! The one task that drives the realtime session, for all watches of a client. It starts with the
//! first watch and ends with the last.

use super::watch::{Seen, Statuses, Watch};
use super::{Client, Status, chance, held, host};
use crate::board::Topic;
use crate::realtime::{Input, Output, Session};
use crate::time::Timestamp;
use std::collections::BTreeMap;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

/// What happens to the task.
pub(super) enum Event {
    Watch(Topic),
    Unwatch(Topic),
    Opened(u64),
    Text(u64, String),
    Closed(u64),
    Token(Option<String>),
    NoToken,
    Identity,
    Nudge,
}

/// Who watches what, and the way to the task while there is one.
#[derive(Default)]
pub(super) struct Feeds {
    task: Option<UnboundedSender<Event>>,
    topics: BTreeMap<Topic, Feed>,
    outdated: bool,
}

struct Feed {
    seen: watch::Sender<Option<Seen>>,
    watches: usize,
}

impl Client {
    /// Watches a topic from now on; several watches of one topic share it.
    #[must_use]
    pub fn watch(&self, topic: Topic) -> Watch {
        let mut feeds = held(&self.inner.feeds);
        if feeds.outdated {
            let nothing = watch::Sender::new(None).subscribe();
            return Watch::new(self.clone(), topic, nothing);
        }
        let feed = feeds.topics.entry(topic.clone()).or_insert_with(|| Feed {
            seen: watch::Sender::new(None),
            watches: 0,
        });
        feed.watches += 1;
        let mut seen = feed.seen.subscribe();
        seen.mark_changed(); // what is there already is news to this one
        if !feeds.tell(Event::Watch(topic.clone())) {
            let (tell, events) = unbounded_channel();
            feeds.task = Some(tell.clone());
            host::spawn(run(self.clone(), tell, events));
        }
        Watch::new(self.clone(), topic, seen)
    }
    /// How fresh what is shown is.
    #[must_use]
    pub fn status(&self) -> Statuses {
        Statuses::new(self.inner.status.subscribe())
    }
    /// The network or the screen came back: look at once whether the line stands. In a browser
    /// the client notices by itself.
    pub fn nudge(&self) {
        held(&self.inner.feeds).tell(Event::Nudge);
    }

    pub(super) fn unwatch(&self, topic: &Topic) {
        let mut feeds = held(&self.inner.feeds);
        let Some(feed) = feeds.topics.get_mut(topic) else {
            return;
        };
        feed.watches -= 1;
        if feed.watches == 0 {
            feeds.topics.remove(topic);
            feeds.tell(Event::Unwatch(topic.clone()));
        }
    }
    pub(super) fn identity_changed(&self) {
        held(&self.inner.feeds).tell(Event::Identity);
    }
}

impl Feeds {
    /// False when there is no task to be told.
    fn tell(&self, event: Event) -> bool {
        self.task
            .as_ref()
            .is_some_and(|task| task.send(event).is_ok())
    }
    fn see(&self, topic: &Topic, seen: Seen) {
        if let Some(feed) = self.topics.get(topic) {
            feed.seen.send_replace(Some(seen));
        }
    }
}

async fn run(client: Client, tell: UnboundedSender<Event>, mut events: UnboundedReceiver<Event>) {
    let mut session = Session::new(client.inner.app.clone());
    let mut socket = None;
    let _nudges = host::Nudges::new(&tell);
    // A task before this one may have died with its runtime: whatever is watched, is watched.
    let topics: Vec<Topic> = held(&client.inner.feeds).topics.keys().cloned().collect();
    for topic in topics {
        let outputs = session.handle(Input::Watch(&topic), host::now(), chance());
        client.carry_out(outputs, &mut socket, &tell);
    }
    loop {
        let event = next(&mut events, session.wake_at()).await;
        let outputs = session.handle(input(event.as_ref()), host::now(), chance());
        client.note(&session);
        client.carry_out(outputs, &mut socket, &tell);
        if client.rests(&session, &events) {
            return;
        }
    }
}

/// The next event; none when it is time for a tick.
async fn next(events: &mut UnboundedReceiver<Event>, wake_at: Option<Timestamp>) -> Option<Event> {
    let Some(wake_at) = wake_at else {
        return events.recv().await;
    };
    let wait_ms = wake_at.ms_since(host::now()).max(0);
    tokio::select! {
        event = events.recv() => event,
        () = host::sleep(wait_ms) => None,
    }
}

fn input(event: Option<&Event>) -> Input<'_> {
    match event {
        None => Input::Tick,
        Some(Event::Watch(topic)) => Input::Watch(topic),
        Some(Event::Unwatch(topic)) => Input::Unwatch(topic),
        Some(Event::Opened(number)) => Input::Opened(*number),
        Some(Event::Text(number, text)) => Input::Text(*number, text),
        Some(Event::Closed(number)) => Input::Closed(*number),
        Some(Event::Token(token)) => Input::Token(token.as_deref()),
        Some(Event::NoToken) => Input::NoToken,
        Some(Event::Identity) => Input::Identity,
        Some(Event::Nudge) => Input::Nudge,
    }
}

impl Client {
    fn note(&self, session: &Session) {
        let mut server = held(&self.inner.server);
        if session.offset_ms().is_some() {
            server.offset_ms = session.offset_ms();
        }
        if server.build.as_deref() != session.server_build() && session.server_build().is_some() {
            server.build = session.server_build().map(Into::into);
        }
    }

    fn carry_out(
        &self,
        outputs: Vec<Output>,
        socket: &mut Option<host::Socket>,
        tell: &UnboundedSender<Event>,
    ) {
        for output in outputs {
            match output {
                Output::Connect(number) => {
                    let url = self.inner.http.socket_url();
                    *socket = Some(host::Socket::open(&url, number, tell.clone()));
                }
                Output::Send(frame) => {
                    if let (Some(socket), Ok(text)) = (&*socket, serde_json::to_string(&frame)) {
                        socket.send(text);
                    }
                }
                Output::Close(_) => *socket = None,
                Output::NeedToken { instead_of } => self.fetch_token(instead_of, tell.clone()),
                Output::Show {
                    topic,
                    version,
                    view,
                } => held(&self.inner.feeds).see(&topic, Seen::View { version, view }),
                Output::Refused { topic, problem } => {
                    held(&self.inner.feeds).see(&topic, Seen::Refused(problem));
                }
                Output::Status(status) => {
                    self.inner.status.send_replace(status);
                }
            }
        }
    }

    fn fetch_token(&self, instead_of: Option<String>, tell: UnboundedSender<Event>) {
        let client = self.clone();
        host::spawn(async move {
            let event = match client.access(instead_of.as_deref()).await {
                Ok(token) => Event::Token(token),
                Err(_) => Event::NoToken,
            };
            // If the task is gone, nobody needs it any more.
            let _ = tell.send(event);
        });
    }

    /// Is there nothing left to do, now and later? Then the task ends, and the next watch starts
    /// another.
    fn rests(&self, session: &Session, events: &UnboundedReceiver<Event>) -> bool {
        let mut feeds = held(&self.inner.feeds);
        if matches!(*self.inner.status.borrow(), Status::UpdateNeeded { .. }) {
            feeds.outdated = true;
            feeds.topics.clear(); // ends every watch
        }
        let rests = feeds.topics.is_empty() && (feeds.outdated || session.is_idle());
        let rests = rests && (feeds.outdated || events.is_empty());
        if rests {
            feeds.task = None;
        }
        rests
    }
}
