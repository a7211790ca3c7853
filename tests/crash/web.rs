//! Asks the server in the plainest way, and tells an answer from half of one.

use std::io::{Read, Write};
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
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n",
        body.len()
    );
    if !token.is_empty() {
        head += &format!("authorization: Bearer {token}\r\n");
    }
    if let Some(key) = key {
        head += &format!("idempotency-key: {key}\r\n");
    }
    stream
        .write_all(format!("{head}\r\n{body}").as_bytes())
        .ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    whole(&answer)
}

fn whole(answer: &[u8]) -> Option<Reply> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?.to_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))?;
    let body = answer[end + 4..].to_vec();
    (body.len() == length.parse::<usize>().ok()?).then_some(Reply { status, body })
}

#[test]
fn half_an_answer_is_none() {
    let answer = b"HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nabcd";
    assert_eq!(whole(answer).expect("whole").status, 201);
    for cut in 0..answer.len() {
        assert!(whole(&answer[..cut]).is_none(), "{cut}");
    }
}
