//! A server of a few lines: answers each request as the test says, and remembers what it was asked.

use futures_util::{SinkExt, StreamExt};
use presso_core::realtime::frame::{ClientFrame, SUBPROTOCOL, ServerFrame};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server as handshake;

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub line: String,
    pub token: Option<String>,
    pub key: Option<String>,
    pub body: Value,
}

/// What to answer.
pub enum Reply {
    Json(u16, Value),
    /// The connection breaks instead.
    Nothing,
}

pub struct Server {
    pub url: String,
    pub asked: Arc<Mutex<Vec<Asked>>>,
    sockets: UnboundedReceiver<Socket>,
}

/// A realtime connection.
pub struct Socket(WebSocketStream<TcpStream>);

impl Server {
    /// Each request is answered by `answer`, which is told how many came before it.
    pub async fn start(answer: impl Fn(usize, &Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (tell, sockets) = unbounded_channel();
        let (answer, memory) = (Arc::new(answer), asked.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, memory, tell) = (answer.clone(), memory.clone(), tell.clone());
                tokio::spawn(async move { serve(stream, &*answer, &memory, &tell).await });
            }
        });
        Self {
            url,
            asked,
            sockets,
        }
    }
    pub fn asked(&self, line: &str) -> Vec<Asked> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|a| a.line == line).cloned().collect()
    }
    pub async fn socket(&mut self) -> Socket {
        self.sockets.recv().await.unwrap()
    }
}

impl Socket {
    /// The next frame; none when the client has closed.
    pub async fn hears(&mut self) -> Option<ClientFrame> {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).ok(),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }
    pub async fn says(&mut self, frame: &ServerFrame) {
        let text = serde_json::to_string(frame).unwrap();
        self.0.send(Message::text(text)).await.unwrap();
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &(impl Fn(usize, &Asked) -> Reply + Send + Sync),
    memory: &Mutex<Vec<Asked>>,
    tell: &UnboundedSender<Socket>,
) {
    let mut start = [0; 16];
    while stream.peek(&mut start).await.unwrap_or(0) < start.len() {}
    if start.starts_with(b"GET /v1/realtime") {
        let socket = tokio_tungstenite::accept_hdr_async(stream, agree).await;
        tell.send(Socket(socket.unwrap())).unwrap();
        return;
    }
    let Some(asked) = read(&mut stream).await else {
        return;
    };
    let before = {
        let mut memory = memory.lock().unwrap();
        let before = memory.iter().filter(|a| a.line == asked.line).count();
        memory.push(asked.clone());
        before
    };
    if let Reply::Json(status, body) = answer(before, &asked) {
        let body = body.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).await.unwrap();
    }
}

#[allow(clippy::result_large_err, reason = "the signature is tungstenite's")]
fn agree(
    request: &handshake::Request,
    mut response: handshake::Response,
) -> Result<handshake::Response, handshake::ErrorResponse> {
    let name = "sec-websocket-protocol";
    assert_eq!(request.headers()[name], SUBPROTOCOL);
    let headers = response.headers_mut();
    headers.insert(name, SUBPROTOCOL.parse().unwrap());
    Ok(response)
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let (mut text, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let head = text.windows(4).position(|w| w == b"\r\n\r\n");
        if let Some(at) = head {
            let head = String::from_utf8_lossy(&text[..at]).into_owned();
            let header = |name: &str| {
                let lines = head.lines().filter_map(|line| line.split_once(": "));
                let mut found = lines.filter(|(n, _)| n.eq_ignore_ascii_case(name));
                found.next().map(|(_, value)| value.to_owned())
            };
            let length = header("content-length").map_or(0, |l| l.parse().unwrap());
            if text.len() >= at + 4 + length {
                let line = head.lines().next()?.trim_end_matches(" HTTP/1.1");
                let token = header("authorization");
                return Some(Asked {
                    line: line.to_owned(),
                    token: token.map(|t| t.trim_start_matches("Bearer ").to_owned()),
                    key: header("idempotency-key"),
                    body: serde_json::from_slice(&text[at + 4..]).unwrap_or_default(),
                });
            }
        }
        let read = stream.read(&mut part).await.ok().filter(|n| *n > 0)?;
        text.extend(&part[..read]);
    }
}
