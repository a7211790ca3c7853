//! Listeners: what they read, after however long, makes their view the hub's own.

use super::channel::RING;
use super::{Hub, Listener};
use crate::engine::ManualClock;
use axum::extract::ws::Utf8Bytes;
use presso_core::board::{NoNames, Topic, View, snapshot};
use presso_core::code::{CodeSecret, Window};
use presso_core::id::{CustomerId, EventId, OrderId, ShopId};
use presso_core::menu::Menu;
use presso_core::order::Actor;
use presso_core::realtime::frame::ServerFrame;
use presso_core::settings::Settings;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Event, EventKind, decide};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_795_248_000_000);

fn shop() -> ShopId {
    ShopId::parse("demo").unwrap()
}

fn board() -> Topic {
    Topic::Board(shop())
}

fn hub() -> (Hub, ManualClock) {
    let clock = ManualClock::new(NOW);
    let hub = Hub::new(Arc::new(clock.clone()), "http://x/", HashMap::new());
    hub.put(
        Shop::new(shop()),
        CodeSecret([1; 32]),
        hub.names_for(vec![]),
    );
    let settings = Settings {
        capacity: 10_000,
        code_places: 10_000,
        ..Settings::default()
    };
    let menu = Menu::default();
    happens(&hub, EventKind::ShopCreated { settings, menu });
    happens(&hub, EventKind::ShopOpened);
    (hub, clock)
}

fn happens(hub: &Hub, kind: EventKind) {
    let version = hub.committed(&shop()).unwrap().version + 1;
    let event = Event {
        id: EventId(Uuid::from_u128(version.into())),
        version,
        at: NOW,
        actor: Actor::Clock,
        kind,
    };
    hub.advance(&shop(), &[event]).ring();
}

/// A scan; each of these changes the queue and the code, and the board only by its facts.
fn scan(hub: &Hub, n: u128) -> OrderId {
    let (order, state) = (OrderId(Uuid::from_u128(n)), hub.committed(&shop()).unwrap());
    let customer = CustomerId(Uuid::from_u128(n));
    let window = Some(Window::at(NOW, 300));
    let command = Command::Scan { window, order };
    let kinds = decide(&state, &Actor::guest(customer), &command, NOW).unwrap();
    kinds.into_iter().for_each(|kind| happens(hub, kind));
    order
}

/// A screen, as a client keeps it.
#[derive(Default)]
struct Screen {
    version: u64,
    view: Option<View>,
    snapshots: u32,
}

impl Screen {
    fn show(&mut self, frames: Vec<Utf8Bytes>) {
        for frame in frames {
            match serde_json::from_str(&frame).unwrap() {
                ServerFrame::Snapshot { version, view, .. } => {
                    (self.version, self.view) = (version, Some(view));
                    self.snapshots += 1;
                }
                ServerFrame::Update(update) => {
                    assert!(update.prev <= self.version, "a gap");
                    assert!(update.version > self.version, "a repeat");
                    assert!(self.view.as_mut().unwrap().apply(&update.change));
                    self.version = update.version;
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

fn listener(hub: &Hub, topic: Topic, since: Option<u64>) -> Listener {
    let mut listener = hub.listener();
    listener.watch(topic, since).unwrap();
    listener
}

fn truth(hub: &Hub, topic: &Topic) -> Option<View> {
    let shop = hub.committed(&shop()).unwrap();
    snapshot(&shop, topic, &NoNames).map(|(_, view)| view)
}

#[test]
fn law_screen_equals_journal_whether_it_reads_often_or_rarely_or_comes_back() {
    let (hub, _) = hub();
    let topic = Topic::Queue(shop());
    for every in [1, 7, 40] {
        let mut ears = listener(&hub, topic.clone(), None);
        let mut screen = Screen::default();
        for n in 0..80 {
            scan(&hub, every * 1000 + n);
            if n % every == 0 {
                screen.show(ears.read());
            }
            if n == 50 {
                ears = listener(&hub, topic.clone(), Some(screen.version).filter(|v| *v > 0));
            }
        }
        screen.show(ears.read());
        assert_eq!(screen.view, truth(&hub, &topic));
        assert_eq!(screen.snapshots, 1, "the ring held all that was missed");
    }
}

#[test]
fn who_was_away_for_longer_than_the_ring_gets_a_snapshot() {
    let (hub, _) = hub();
    let topic = Topic::Queue(shop());
    let (mut ears, mut screen) = (listener(&hub, topic.clone(), None), Screen::default());
    screen.show(ears.read());
    for n in 0..=RING as u128 {
        scan(&hub, n + 1);
    }
    screen.show(ears.read());
    assert_eq!(screen.snapshots, 2);
    assert_eq!(screen.view, truth(&hub, &topic));
}

#[test]
fn a_version_that_is_not_of_this_journal_gets_a_snapshot() {
    let (hub, _) = hub();
    let mut ears = listener(&hub, board(), Some(999));
    let mut screen = Screen::default();
    screen.show(ears.read());
    assert_eq!((screen.snapshots, ears.read().len()), (1, 0));
}

#[test]
fn who_is_up_to_date_reads_nothing() {
    let (hub, _) = hub();
    let version = hub.committed(&shop()).unwrap().heads.board;
    assert!(listener(&hub, board(), Some(version)).read().is_empty());
}

#[test]
fn newcomers_share_one_serialised_snapshot_and_everyone_one_update() {
    let (hub, _) = hub();
    let mut all: Vec<Listener> = (0..3).map(|_| listener(&hub, board(), None)).collect();
    let one_buffer = |all: &mut Vec<Listener>| {
        let frames: Vec<_> = all.iter_mut().flat_map(Listener::read).collect();
        assert_eq!(frames.len(), 3);
        let first = frames[0].as_str().as_ptr();
        assert!(
            frames
                .iter()
                .all(|f| std::ptr::eq(f.as_str().as_ptr(), first))
        );
    };
    one_buffer(&mut all);
    happens(&hub, EventKind::ShopClosed);
    one_buffer(&mut all);
}

/// The simulation's find (seed 20): after the engine had read a shop again, those who watched it were
/// told nothing any more.
#[tokio::test]
async fn who_watches_a_shop_that_is_read_anew_goes_on_from_where_they_were() {
    let (hub, _) = hub();
    let topic = Topic::Queue(shop());
    let (mut ears, mut screen) = (listener(&hub, topic.clone(), None), Screen::default());
    let order = scan(&hub, 1);
    screen.show(ears.read());
    let read_anew = hub.committed(&shop()).unwrap();
    hub.put(read_anew, CodeSecret([1; 32]), hub.names_for(vec![]));
    ears.changed().await;
    assert!(ears.read().is_empty(), "nothing has changed");
    scan(&hub, 2);
    ears.changed().await;
    screen.show(ears.read());
    assert_eq!(screen.view, truth(&hub, &topic));
    assert_eq!(hub.shop_of(order), Some(shop()));
}

#[tokio::test]
async fn only_those_who_watch_the_topic_are_woken() {
    let (hub, _) = hub();
    let (queue, menu) = (
        listener(&hub, Topic::Queue(shop()), None),
        listener(&hub, Topic::Menu(shop()), None),
    );
    queue.changed().await;
    menu.changed().await; // for the snapshot
    scan(&hub, 1);
    queue.changed().await;
    let nobody = std::future::poll_fn(|context| {
        let changed = std::pin::pin!(menu.changed());
        std::task::Poll::Ready(changed.poll(context).is_pending())
    });
    assert!(nobody.await);
}

#[test]
fn an_order_is_watched_by_its_own_topic_until_it_is_forgotten() {
    let (hub, _) = hub();
    let order = scan(&hub, 1);
    let topic = Topic::Order(order);
    let mut ears = listener(&hub, topic.clone(), None);
    let mut screen = Screen::default();
    screen.show(ears.read());
    assert_eq!(screen.view, truth(&hub, &topic));
    assert_eq!(hub.shop_of(order), Some(shop()));
    let nobody = Topic::Order(OrderId(Uuid::from_u128(404)));
    assert!(hub.listener().watch(nobody, None).is_err());
}

#[test]
fn the_code_is_read_whole_again_when_it_rotates_or_a_place_is_taken() {
    let (hub, clock) = hub();
    let mut ears = listener(&hub, Topic::Code(shop()), None);
    assert_eq!((ears.read().len(), ears.read().len()), (1, 0));
    scan(&hub, 1);
    let after_scan = ears.read();
    assert!(after_scan[0].contains("\"places_left\":9999"));
    clock.advance_ms(300_000);
    let rotated = ears.read();
    assert!(rotated[0].contains("\"places_left\":10000"));
    assert!(rotated[0].contains("http://x/s/demo#c="));
    assert!(ears.read().is_empty());
}

#[test]
fn a_name_that_was_erased_is_not_told_to_who_comes_back_from_before() {
    let (hub, _) = hub();
    let topic = Topic::Queue(shop());
    let mut screen = Screen::default();
    screen.show(listener(&hub, topic.clone(), None).read());
    let order = OrderId(Uuid::from_u128(1));
    let names = hub.names(&shop()).unwrap();
    names.name_cup(order, Some("Adelheid".into()));
    scan(&hub, 1);
    let told = |since| {
        let frames = listener(&hub, topic.clone(), Some(since)).read();
        let all: Vec<String> = frames.iter().map(ToString::to_string).collect();
        all.join("\n")
    };
    assert!(told(screen.version).contains("Adelheid"));
    hub.forget_names(&[order]);
    let after = told(screen.version);
    assert!(
        after.contains("snapshot") && !after.contains("Adelheid"),
        "{after}"
    );
}
