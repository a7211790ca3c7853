//! A real connection to a server, and sockets over it.

use super::actors::Person;
use crate::app::App;
use crate::serve;
use axum::http::HeaderValue;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

/// A server that listens.
pub(super) struct Listening {
    pub(super) address: SocketAddr,
    pub(super) stop: oneshot::Sender<()>,
    pub(super) done: tokio::task::JoinHandle<()>,
}

/// On a port of its own.
pub(super) async fn listen(app: &App) -> Listening {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let served = serve::run(listener, app.clone(), async {
        stopped.await.unwrap();
    });
    let done = tokio::spawn(served);
    Listening {
        address,
        stop,
        done,
    }
}

/// Somebody's socket.
pub(super) struct Socket(pub(super) WebSocketStream<TcpStream>);

/// Opens one, as a page of this origin, or as a program.
pub(super) async fn dial(at: &Listening, origin: Option<&str>) -> Result<Socket, Error> {
    let mut request = format!("ws://{}/v1/realtime", at.address).into_client_request()?;
    let headers = request.headers_mut();
    headers.insert(
        "sec-websocket-protocol",
        HeaderValue::from_static("presso.1"),
    );
    if let Some(origin) = origin {
        headers.insert("origin", HeaderValue::from_str(origin).unwrap());
    }
    let stream = TcpStream::connect(at.address).await.unwrap();
    client_async(request, stream)
        .await
        .map(|(socket, _)| Socket(socket))
}

impl Socket {
    pub(super) async fn hello(at: &Listening, person: &Person) -> Self {
        let mut socket = dial(at, None).await.unwrap();
        let hello = json!({ "t": "hello", "protocol": 1, "app": "test/1", "token": person.0 });
        socket.say(&hello).await;
        let welcome = socket.hears().await;
        assert_eq!(
            (welcome["t"].as_str(), &welcome["protocol"]),
            (Some("welcome"), &json!(1))
        );
        socket
    }
    pub(super) async fn say(&mut self, frame: &Value) {
        self.0
            .send(Message::Text(frame.to_string().into()))
            .await
            .unwrap();
    }
    pub(super) async fn hears(&mut self) -> Value {
        match self.0.next().await.unwrap().unwrap() {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("not a frame: {other:?}"),
        }
    }
    pub(super) async fn watch(&mut self, topic: &str) -> Value {
        self.say(&json!({ "t": "watch", "topic": topic })).await;
        self.hears().await
    }
    pub(super) async fn refused(&mut self, topic: &str) -> String {
        let frame = self.watch(topic).await;
        assert_eq!(frame["t"], "refused", "{frame}");
        frame["problem"]["code"].as_str().unwrap().to_owned()
    }
    /// The same within two seconds: it would else look only when it is time for a ping.
    pub(super) async fn bye_at_once(&mut self) -> String {
        let told = tokio::time::timeout(Duration::from_secs(2), self.bye()).await;
        told.expect("it is told at once")
    }
    pub(super) async fn bye(&mut self) -> String {
        let frame = self.hears().await;
        assert_eq!(frame["t"], "bye", "{frame}");
        let closed = self.0.next().await;
        assert!(
            matches!(closed, Some(Ok(Message::Close(_))) | None),
            "{closed:?}"
        );
        frame["problem"]["code"].as_str().unwrap().to_owned()
    }
}
