//! A chat room's incoming webhook, which keeps what it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};

pub(crate) struct Room {
    pub(crate) url: String,
    pub(crate) told: Receiver<String>,
}

impl Room {
    /// Answers 503 to the first so many, which it forgets.
    pub(crate) fn open(away: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let (to, told) = channel();
        std::thread::spawn(move || {
            for (nth, stream) in listener.incoming().map_while(Result::ok).enumerate() {
                // Whoever hangs up early is not heard.
                let _ = hear(stream, nth >= away, &to);
            }
        });
        let url = format!("http://{address}/room");
        Self { url, told }
    }
}

fn hear(stream: TcpStream, is_there: bool, to: &Sender<String>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        let name = line.to_lowercase();
        if let Some(bytes) = name.strip_prefix("content-length:") {
            length = bytes.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let status = if is_there { "200 OK" } else { "503 Away" };
    if is_there {
        // Whoever does not listen any more needs no line.
        let _ = to.send(String::from_utf8_lossy(&body).into_owned());
    }
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    reader.get_mut().write_all(answer.as_bytes())
}
