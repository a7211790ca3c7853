//! The lightest HTTP/1.1 client that will do: load and server share the machine, so what the
//! load does not use, the server has. One request at a time, answers with a content length only.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Longest answer that is read.
const LONGEST: usize = 1 << 20;

/// A connection that is kept.
pub struct Wire {
    stream: TcpStream,
    host: String,
    out: Vec<u8>,
    read: Vec<u8>,
}

/// A request.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// `GET`, `POST`, `PUT`.
    pub method: &'a str,
    /// From the first slash on.
    pub path: &'a str,
    /// The session.
    pub token: Option<&'a str>,
    /// The idempotency key.
    pub key: Option<uuid::Uuid>,
    /// JSON; empty for none.
    pub body: &'a str,
}

/// An answer, of any status.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The status code.
    pub status: u16,
    /// The body.
    pub body: &'a [u8],
}

impl Wire {
    /// Connects.
    ///
    /// # Errors
    /// Those of the network.
    pub async fn to(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            host: address.to_string(),
            out: Vec::with_capacity(2048),
            read: Vec::with_capacity(8192),
        })
    }

    /// Asks and waits for the answer.
    ///
    /// # Errors
    /// Those of the network, and an answer that is not plain HTTP/1.1 with a content length.
    pub async fn ask(&mut self, ask: Ask<'_>) -> io::Result<Answer<'_>> {
        self.frame(ask)?;
        self.stream.write_all(&self.out).await?;
        self.read.clear();
        loop {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Err(wrong("the server closed the connection", &self.read));
            }
            if let Some(head) = head(&self.read)?
                && self.read.len() >= head.length + head.body
            {
                let body = &self.read[head.length..head.length + head.body];
                let status = head.status;
                return Ok(Answer { status, body });
            }
            if self.read.len() > LONGEST {
                return Err(wrong("the answer does not end", &self.read));
            }
        }
    }

    fn frame(&mut self, ask: Ask<'_>) -> io::Result<()> {
        let (host, out) = (&self.host, &mut self.out);
        out.clear();
        write!(
            out,
            "{} {} HTTP/1.1\r\nhost: {host}\r\n",
            ask.method, ask.path
        )?;
        if let Some(token) = ask.token {
            write!(out, "authorization: Bearer {token}\r\n")?;
        }
        if let Some(key) = ask.key {
            write!(out, "idempotency-key: {key}\r\n")?;
        }
        if !ask.body.is_empty() {
            let length = ask.body.len();
            write!(
                out,
                "content-type: application/json\r\ncontent-length: {length}\r\n"
            )?;
        }
        write!(out, "\r\n{}", ask.body)
    }
}

struct Head {
    status: u16,
    /// With the empty line that ends it.
    length: usize,
    /// How long the body is.
    body: usize,
}

/// The head; none while it is not all there.
fn head(read: &[u8]) -> io::Result<Option<Head>> {
    let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&read[..end]).map_err(|_| wrong("no text", read))?;
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let status = status.and_then(|status| status.parse().ok());
    let length = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let named = name.eq_ignore_ascii_case("content-length");
        named.then(|| value.trim().parse().ok()).flatten()
    });
    let (Some(status), Some(body)) = (status, length) else {
        return Err(wrong("no status or no content length", read));
    };
    let length = end + 4;
    Ok(Some(Head {
        status,
        length,
        body,
    }))
}

fn wrong(what: &str, read: &[u8]) -> io::Error {
    let start = String::from_utf8_lossy(&read[..read.len().min(500)]);
    io::Error::other(format!("{what}: {start:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let whole = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nx: y\r\n\r\n{}";
        assert!(head(&whole[..30]).is_ok_and(|head| head.is_none()));
        let head = head(whole).ok().flatten();
        assert!(head.is_some_and(|head| head.status == 201 && head.body == 2));
    }

    #[test]
    fn an_answer_without_a_length_is_refused() {
        assert!(head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
    }
}
