//! Every role on every topic of the socket.

use crate::cast::{Bent, Cast, OWNER, ROLES};
use futures_util::{SinkExt, StreamExt};
use presso_core::board::Topic;
use presso_core::id::{OrderId, ShopId};
use presso_tests::raw::get;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// What is answered to each role; nothing where it may watch. The match makes a topic that is new
/// a compiler's error here.
const fn line(topic: &Topic) -> [&'static str; 9] {
    const SESSION: &str = "session";
    const NO: &str = "not_allowed";
    const UNKNOWN: &str = "order_unknown";
    match topic {
        Topic::Board(_) | Topic::Menu(_) => [""; 9],
        Topic::Queue(_) => [SESSION, NO, NO, NO, "", "", NO, "", ""],
        Topic::Code(_) => [SESSION, NO, NO, "", "", "", NO, "", ""],
        Topic::Order(_) => [SESSION, UNKNOWN, "", UNKNOWN, "", "", UNKNOWN, "", ""],
    }
}

/// A socket.
pub(crate) struct Socket(pub(crate) WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opened as a page of this origin, or as a program.
    pub(crate) async fn open(cast: &Cast, origin: Option<&str>) -> Result<Self, Error> {
        let url = cast.server.address.replacen("http", "ws", 1);
        let mut request = format!("{url}/v1/realtime").into_client_request()?;
        let protocol = "presso.1".parse().expect("a header's value");
        request
            .headers_mut()
            .insert("sec-websocket-protocol", protocol);
        if let Some(origin) = origin {
            let origin = origin.parse().expect("a header's value");
            request.headers_mut().insert("origin", origin);
        }
        connect_async(request).await.map(|(socket, _)| Self(socket))
    }
    /// Opened, and greeted under this token.
    pub(crate) async fn greeted(cast: &Cast, token: Option<&str>) -> Self {
        let mut socket = Self::open(cast, None).await.expect("programs may");
        let hello = json!({ "t": "hello", "protocol": 1, "app": "eve/1", "token": token });
        socket.says(&hello).await;
        let welcome = socket.hears().await.expect("an answer");
        assert_eq!(welcome["t"], "welcome", "{welcome}");
        socket
    }
    /// What a peer that is gone is told is lost, which is no fault of who speaks.
    pub(crate) async fn says(&mut self, frame: &Value) {
        let _ = self.0.send(Message::Text(frame.to_string().into())).await;
    }
    /// The next frame; nothing once the socket is closed.
    pub(crate) async fn hears(&mut self) -> Option<Value> {
        loop {
            match self.0.next().await? {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).ok(),
                Ok(Message::Ping(_) | Message::Pong(_)) => {}
                _ => return None,
            }
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn each_role_watches_exactly_what_its_line_says_and_leaves_no_trace() {
    let cast = Cast::meet().await;
    let owner = cast.server.guest("Ada").await.token();
    let scan = json!({ "code": cast.code().await });
    let scan = get("/v1/shops/demo/scans").sending("POST", &scan);
    let scanned = scan.by(Some(owner.clone())).send(&cast.server).await;
    let order: OrderId = scanned.text("order").parse().expect("an order's name");
    let shop = ShopId::parse("demo").expect("a slug");
    let topics = [
        Topic::Board(shop.clone()),
        Topic::Menu(shop.clone()),
        Topic::Queue(shop.clone()),
        Topic::Code(shop),
        Topic::Order(order),
    ];
    let before = cast.journal().await;
    for (role, name) in ROLES.iter().enumerate() {
        let token = if role == OWNER {
            Some(owner.clone())
        } else {
            cast.token(role)
        };
        let mut socket = Socket::greeted(&cast, token.as_deref()).await;
        for topic in &topics {
            socket.says(&json!({ "t": "watch", "topic": topic })).await;
            let frame = socket.hears().await.expect("an answer");
            let code = frame["problem"]["code"].as_str().unwrap_or_default();
            assert_eq!(code, line(topic)[role], "{name} watches {topic}: {frame}");
        }
    }
    assert_eq!(cast.journal().await, before);
}

#[tokio::test(flavor = "current_thread")]
async fn a_page_of_another_site_opens_no_socket() {
    let cast = Cast::meet().await;
    for foreign in [
        "https://evil.example",
        "http://127.0.0.1",
        "null",
        "file://",
        "http://127.0.0.1.evil.example",
    ] {
        let refused = Socket::open(&cast, Some(foreign)).await.err();
        let refused = refused.unwrap_or_else(|| panic!("{foreign} was let in"));
        assert!(
            matches!(&refused, Error::Http(answer) if answer.status() == 403),
            "{foreign}: {refused}"
        );
    }
}
