//! Somebody between app and server who makes the server's greeting one of another protocol.

use presso_core::api::PROTOCOL;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Passes everything on, and changes one number in it.
pub(super) struct Interpreter {
    /// What the app takes for the server: `http://127.0.0.1:PORT`.
    pub(super) address: String,
    needed: Arc<AtomicBool>,
    accepts: JoinHandle<()>,
}

impl Interpreter {
    /// Between a server at this address and those who come by this one's.
    pub(super) async fn between(server: &str, protocol: u32) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let server = server.trim_start_matches("http://").parse();
        let server: SocketAddr = server.expect("the server's address is one");
        let needed = Arc::new(AtomicBool::new(true));
        let needs = Arc::clone(&needed);
        let accepts = tokio::spawn(async move {
            while let Ok((app, _)) = listener.accept().await {
                tokio::spawn(interpret(app, server, protocol, Arc::clone(&needs)));
            }
        });
        Self {
            address: format!("http://127.0.0.1:{port}"),
            needed,
            accepts,
        }
    }

    /// From here on everything passes as it is.
    pub(super) fn is_not_needed_any_more(&self) {
        self.needed.store(false, Ordering::SeqCst);
    }
}

impl Drop for Interpreter {
    fn drop(&mut self) {
        self.accepts.abort();
    }
}

async fn interpret(app: TcpStream, server: SocketAddr, protocol: u32, needed: Arc<AtomicBool>) {
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let ((mut hears, mut says), (mut answers, mut asked)) = (app.into_split(), server.into_split());
    let there = async move {
        // Either end may hang up whenever it likes.
        let _ = copy(&mut hears, &mut asked).await;
        let _ = asked.shutdown().await;
    };
    let back = async move {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(read @ 1..) = answers.read(&mut buffer).await {
            let chunk = &mut buffer[..read];
            if needed.load(Ordering::SeqCst) {
                reword(chunk, protocol);
            }
            if says.write_all(chunk).await.is_err() {
                return;
            }
        }
        let _ = says.shutdown().await;
    };
    tokio::join!(there, back);
}

/// A greeting is short and comes in one piece, and both numbers have one digit: nothing else
/// changes its length or place.
fn reword(chunk: &mut [u8], protocol: u32) {
    let said = format!("\"protocol\":{PROTOCOL}").into_bytes();
    let digit = u8::try_from(protocol).expect("one digit") + b'0';
    let found: Vec<usize> = chunk
        .windows(said.len())
        .enumerate()
        .filter(|(_, window)| *window == said)
        .map(|(at, _)| at + said.len() - 1)
        .collect();
    for at in found {
        chunk[at] = digit;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greeting_is_changed_and_nothing_else() {
        let mut frame = br#"{"t":"welcome","protocol":1,"now":11}"#.to_vec();
        reword(&mut frame, 2);
        assert_eq!(frame, br#"{"t":"welcome","protocol":2,"now":11}"#);
    }
}
