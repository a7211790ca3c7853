//! Asks the server in the plainest way, and tells an answer from half of one.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use uuid::Uuid;

/// How long an answer may take; a dead server does not answer at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came back, whole.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// None when nothing, or not all of it, came back.
pub(crate) fn ask(
    address: &str,
    (method, path): (&str, &str),
    token: &str,
    key: Option<Uuid>,
    body: &str,
) -> Option<Reply> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let text = request(address, (method, path), token, key, body);
    let text = text.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    stream.write_all(text.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    whole(&answer)
}

/// A connection that is kept from one request to the next, as browsers do.
pub(crate) struct Kept {
    address: String,
    open: Option<BufReader<TcpStream>>,
    /// How often a request went out again, since the connection was closed before its answer.
    pub(crate) again: usize,
}

impl Kept {
    pub(crate) fn to(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            open: None,
            again: 0,
        }
    }

    /// As [`ask`]. On a connection that was kept and is closed, it is asked once more on a new one.
    pub(crate) fn ask(
        &mut self,
        (method, path): (&str, &str),
        token: &str,
        key: Option<Uuid>,
        body: &str,
    ) -> Option<Reply> {
        let text = request(&self.address, (method, path), token, key, body);
        if let Some(kept) = self.open.take() {
            if let Some(reply) = self.on(kept, &text) {
                return Some(reply);
            }
            self.again += 1;
        }
        let stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        self.on(BufReader::new(stream), &text)
    }

    fn on(&mut self, mut stream: BufReader<TcpStream>, text: &str) -> Option<Reply> {
        stream.get_mut().write_all(text.as_bytes()).ok()?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut head).ok()? == 0 {
                return None;
            }
        }
        let head = head.to_lowercase();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let mut body = vec![0; length(&head)?];
        stream.read_exact(&mut body).ok()?;
        if !head.contains("\r\nconnection: close\r\n") {
            self.open = Some(stream);
        }
        Some(Reply { status, body })
    }
}

fn request(
    address: &str,
    (method, path): (&str, &str),
    token: &str,
    key: Option<Uuid>,
    body: &str,
) -> String {
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n",
        body.len()
    );
    if !token.is_empty() {
        head += &format!("authorization: Bearer {token}\r\n");
    }
    if let Some(key) = key {
        head += &format!("idempotency-key: {key}\r\n");
    }
    format!("{head}\r\n{body}")
}

fn length(head: &str) -> Option<usize> {
    let mut lines = head.lines();
    let length = lines.find_map(|line| line.strip_prefix("content-length: "));
    length?.parse().ok()
}

fn whole(answer: &[u8]) -> Option<Reply> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?.to_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = answer[end + 4..].to_vec();
    (body.len() == length(&head)?).then_some(Reply { status, body })
}

#[test]
fn half_an_answer_is_none() {
    let answer = b"HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nabcd";
    assert_eq!(whole(answer).expect("whole").status, 201);
    for cut in 0..answer.len() {
        assert!(whole(&answer[..cut]).is_none(), "{cut}");
    }
}
