//! Watching: one socket, resumed after a drop, closed with the last watch.

use super::client;
use super::server::{Server, Socket};
use presso_core::api::Problem;
use presso_core::board::{Change, Topic, Update, View};
use presso_core::client::{Client, Seen, Status, Statuses};
use presso_core::menu::Menu;
use presso_core::realtime::Behind;
use presso_core::realtime::frame::{ClientFrame, ServerFrame};
use presso_core::time::Timestamp;

fn topic() -> Topic {
    "shop/demo/menu".parse().unwrap()
}

fn welcome() -> ServerFrame {
    ServerFrame::Welcome {
        protocol: presso_core::api::PROTOCOL,
        now: Timestamp(1_000),
        build: "build-7".into(),
        expires_at: None,
    }
}

fn snapshot(version: u64) -> ServerFrame {
    ServerFrame::Snapshot {
        topic: topic(),
        version,
        view: View::Menu(Menu::default()),
    }
}

fn update(prev: u64, version: u64) -> ServerFrame {
    ServerFrame::Update(Update {
        topic: topic(),
        version,
        prev,
        change: Change::Menu(Menu::default()),
    })
}

fn seen(version: u64) -> Option<Seen> {
    let view = View::Menu(Menu::default());
    Some(Seen::View { version, view })
}

async fn server() -> Server {
    Server::start(|_, _| super::session(0)).await
}

/// Welcomes the client's next connection; says with which token it came.
async fn greet(server: &mut Server) -> (Socket, Option<String>) {
    let mut socket = server.socket().await;
    let Some(ClientFrame::Hello { token, app, .. }) = socket.hears().await else {
        panic!("no hello");
    };
    assert_eq!(app, "test/0");
    socket.says(&welcome()).await;
    (socket, token)
}

async fn asks(socket: &mut Socket) -> Option<u64> {
    match socket.hears().await {
        Some(ClientFrame::Watch { since, .. }) => since,
        _ => panic!("no watch"),
    }
}

async fn until(statuses: &mut Statuses, wanted: impl Fn(Status) -> bool) {
    while !wanted(statuses.now()) {
        statuses.next().await.unwrap();
    }
}

fn anybody(server: &Server) -> Client {
    client(server, false).0
}

#[tokio::test]
async fn a_watch_shows_what_comes_and_goes_on_after_a_drop_where_it_was() {
    let mut server = server().await;
    let client = anybody(&server);
    let (mut watch, mut statuses) = (client.watch(topic()), client.status());
    let (mut socket, token) = greet(&mut server).await;
    assert_eq!((asks(&mut socket).await, token), (None, None));
    until(&mut statuses, |s| s == Status::Live).await;
    assert_eq!(client.server_build().as_deref(), Some("build-7"));
    let by_the_server = client.server_now().ms_since(Timestamp(1_000));
    assert!((0..10_000).contains(&by_the_server), "{by_the_server}");

    socket.says(&snapshot(5)).await;
    assert_eq!(watch.next().await, seen(5));
    socket.says(&update(5, 8)).await;
    assert_eq!(watch.next().await, seen(8));

    drop(socket);
    until(&mut statuses, |s| matches!(s, Status::Stale { .. })).await;
    let (mut socket, _) = greet(&mut server).await;
    assert_eq!(asks(&mut socket).await, Some(8));
    socket.says(&update(8, 9)).await;
    assert_eq!(watch.next().await, seen(9));
}

#[tokio::test]
async fn two_watches_share_one_topic_and_the_last_to_go_hangs_up() {
    let mut server = server().await;
    let client = anybody(&server);
    let mut first = client.watch(topic());
    let (mut socket, _) = greet(&mut server).await;
    asks(&mut socket).await;
    socket.says(&snapshot(5)).await;
    assert_eq!(first.next().await, seen(5));
    let mut second = client.watch(topic());
    assert_eq!(
        second.next().await,
        seen(5),
        "what is there is seen at once"
    );
    drop(first);
    socket.says(&update(5, 6)).await;
    assert_eq!(second.next().await, seen(6));
    drop(second);
    assert!(socket.hears().await.is_none(), "nobody watches: no socket");

    let mut again = client.watch(topic());
    let (mut socket, _) = greet(&mut server).await;
    assert_eq!(asks(&mut socket).await, None);
    socket.says(&snapshot(7)).await;
    assert_eq!(again.next().await, seen(7));
}

#[tokio::test]
async fn who_signs_in_is_greeted_anew_and_sees_what_was_refused_before() {
    let mut server = server().await;
    let client = anybody(&server);
    let mut watch = client.watch(topic());
    let (mut socket, token) = greet(&mut server).await;
    assert_eq!(token, None);
    asks(&mut socket).await;
    let problem = Problem::new(403, "not_allowed", "no");
    let refused = ServerFrame::Refused {
        topic: Some(topic()),
        problem: problem.clone(),
    };
    socket.says(&refused).await;
    assert_eq!(watch.next().await, Some(Seen::Refused(problem)));

    client.begin_guest().await.unwrap();
    let (mut socket, token) = greet(&mut server).await;
    assert_eq!(token.as_deref(), Some("access-0"));
    asks(&mut socket).await;
    socket.says(&snapshot(5)).await;
    assert_eq!(watch.next().await, seen(5));
}

#[tokio::test]
async fn a_client_that_is_too_old_is_told_so_and_stays_away() {
    let mut server = server().await;
    let client = anybody(&server);
    let (mut watch, mut statuses) = (client.watch(topic()), client.status());
    let mut socket = server.socket().await;
    socket.hears().await;
    let problem = Problem::new(426, "protocol", "update the app");
    socket.says(&ServerFrame::Bye { problem }).await;
    assert_eq!(watch.next().await, None);
    let behind = Behind::App;
    until(&mut statuses, |s| s == Status::UpdateNeeded { behind }).await;
    assert_eq!(client.watch(topic()).next().await, None);
}

#[tokio::test]
async fn a_nudge_asks_at_once_whether_the_line_stands() {
    let mut server = server().await;
    let client = anybody(&server);
    let _watch = client.watch(topic());
    let (mut socket, _) = greet(&mut server).await;
    asks(&mut socket).await;
    client.nudge();
    assert!(socket.hears().await == Some(ClientFrame::Ping));
}
