//! A push service and a browser's keys, so that what the server sends is really received: decrypted
//! and checked by hand after RFC 8291, 8188 and 8292, with none of the server's own code.

mod letter;

pub use letter::{Letter, Receiver};

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// How long to wait for a letter; they come in milliseconds, and after a failure in a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// A push service on this machine; its thread ends with the test.
pub struct Vendor {
    /// Where a browser's letters are left.
    pub endpoint: String,
    answers: Arc<Mutex<VecDeque<u16>>>,
    elsewhere: Arc<Mutex<Option<String>>>,
    letters: tokio::sync::Mutex<UnboundedReceiver<Letter>>,
}

impl Vendor {
    /// Opens one that takes everything.
    ///
    /// # Panics
    /// When no port is free.
    #[must_use]
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let answers = Arc::new(Mutex::new(VecDeque::new()));
        let (post, letters) = unbounded_channel();
        let next = Arc::clone(&answers);
        let elsewhere = Arc::new(Mutex::new(None::<String>));
        let leads = Arc::clone(&elsewhere);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = |letter: Letter| {
                    let planned = next.lock().expect("nobody panics here").pop_front();
                    // Whoever waits no more has seen enough.
                    let _ = post.send(letter);
                    planned.unwrap_or(201)
                };
                let location = leads.lock().expect("nobody panics here").clone();
                // A connection that breaks off brought no letter.
                let _ = serve(stream, location.as_deref(), answer);
            }
        });
        Self {
            endpoint: format!("http://127.0.0.1:{port}/send/a-phone"),
            answers,
            elsewhere,
            letters: tokio::sync::Mutex::new(letters),
        }
    }

    /// Its next answers; afterwards it takes everything again.
    ///
    /// # Panics
    /// Never: nobody panics while holding its plans.
    pub fn will_answer(&self, statuses: &[u16]) {
        let mut answers = self.answers.lock().expect("nobody panics here");
        answers.extend(statuses);
    }

    /// From now on it takes nothing and says to go there instead.
    ///
    /// # Panics
    /// Never: nobody panics while holding its plans.
    pub fn will_redirect(&self, to: &str) {
        let mut elsewhere = self.elsewhere.lock().expect("nobody panics here");
        *elsewhere = Some(to.to_owned());
    }

    /// The next letter, whatever was answered to it.
    ///
    /// # Panics
    /// When none comes.
    pub async fn letter(&self) -> Letter {
        let mut letters = self.letters.lock().await;
        let next = tokio::time::timeout(PATIENCE, letters.recv()).await;
        next.expect("a letter comes within 20 s")
            .expect("the service is open as long as the test")
    }

    /// Were there letters that nobody asked for?
    pub async fn is_empty(&self) -> bool {
        self.letters.lock().await.is_empty()
    }
}

fn serve(
    stream: TcpStream,
    location: Option<&str>,
    answer: impl FnOnce(Letter) -> u16,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut letter = Letter {
        request: line.trim_end().to_owned(),
        ..Letter::default()
    };
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim_end().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            let (name, value) = (name.to_ascii_lowercase(), value.trim().to_owned());
            letter.headers.insert(name, value);
        }
    }
    let length = letter.header("content-length").parse().unwrap_or(0);
    letter.body = vec![0; length];
    reader.read_exact(&mut letter.body)?;
    let status = answer(letter);
    let mut stream = stream;
    if let Some(location) = location {
        return write!(
            stream,
            "HTTP/1.1 307 .\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        );
    }
    write!(
        stream,
        "HTTP/1.1 {status} .\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )
}
