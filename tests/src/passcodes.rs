//! Where one-time codes arrive: a gateway for SMS, and a mail server that speaks SMTP.

use crate::push::{Letter, Vendor};
use presso_backend::passcodes::{Mail, Settings, Sms, Tls};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How long to wait for a message; they come in milliseconds, and after a failure in a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// A gateway for SMS on this machine, and the phones that it reaches.
pub struct Gateway {
    vendor: Vendor,
}

/// An SMS, and what came with it.
#[derive(Debug)]
pub struct Text {
    /// Whom to.
    pub to: String,
    /// What it says.
    pub text: String,
    /// All fields of the form.
    pub form: BTreeMap<String, String>,
    /// The request itself.
    pub letter: Letter,
}

impl Gateway {
    /// Opens one that takes everything.
    #[must_use]
    pub fn open() -> Self {
        let vendor = Vendor::open();
        Self { vendor }
    }
    /// A server's settings, to send by it to numbers of Germany.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            sms: Some(Sms {
                url: self.vendor.endpoint.clone(),
                user: None,
                password_file: None,
                countries: vec!["+49".into()],
                to: "To".into(),
                text: "Body".into(),
                fields: BTreeMap::from([("From".into(), "+15550001111".into())]),
            }),
            ..Settings::default()
        }
    }
    /// Its next answers.
    pub fn will_answer(&self, statuses: &[u16]) {
        self.vendor.will_answer(statuses);
    }
    /// The next SMS, whatever was answered to it.
    pub async fn text(&self) -> Text {
        let letter = self.vendor.letter().await;
        let form = url::form_urlencoded::parse(&letter.body).into_owned();
        let form: BTreeMap<String, String> = form.collect();
        let field = |name: &str| form.get(name).cloned().unwrap_or_default();
        Text {
            to: field("To"),
            text: field("Body"),
            form,
            letter,
        }
    }
    /// The code in the next SMS, which must have gone there.
    ///
    /// # Panics
    /// When it went somewhere else.
    pub async fn code(&self, to: &str) -> String {
        let text = self.text().await;
        assert_eq!(text.to, to);
        code_in(&text.text)
    }
    /// Was nothing sent that nobody read?
    pub async fn is_empty(&self) -> bool {
        self.vendor.is_empty().await
    }
}

/// The six digits in a message.
///
/// # Panics
/// When there are none.
#[must_use]
pub fn code_in(text: &str) -> String {
    let mut words = text.split(|c: char| !c.is_ascii_digit());
    let code = words.find(|word| word.len() == 6);
    code.unwrap_or_else(|| panic!("no code in {text:?}")).into()
}

/// A mail server on this machine, without TLS.
pub struct Mailbox {
    port: u16,
    mails: tokio::sync::Mutex<UnboundedReceiver<Received>>,
}

/// An e-mail, as the conversation brought it.
#[derive(Debug, Default)]
pub struct Received {
    /// `MAIL FROM`.
    pub from: String,
    /// `RCPT TO`.
    pub to: String,
    /// Headers and body.
    pub data: String,
}

impl Mailbox {
    /// Opens one.
    ///
    /// # Panics
    /// When no port is free.
    #[must_use]
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let (post, mails) = unbounded_channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A conversation that breaks off brought no mail.
                let _ = converse(&stream, &post);
            }
        });
        let mails = tokio::sync::Mutex::new(mails);
        Self { port, mails }
    }
    /// A server's settings, to send by it.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            mail: Some(Mail {
                host: "127.0.0.1".into(),
                port: Some(self.port),
                tls: Tls::Off,
                user: None,
                password_file: None,
                from: "Presso <coffee@example.org>".into(),
            }),
            ..Settings::default()
        }
    }
    /// The next e-mail.
    ///
    /// # Panics
    /// When none comes.
    pub async fn mail(&self) -> Received {
        let mut mails = self.mails.lock().await;
        let next = tokio::time::timeout(PATIENCE, mails.recv()).await;
        next.expect("a mail comes within 20 s")
            .expect("the server is open as long as the test")
    }
}

/// One conversation after RFC 5321, from the greeting to `QUIT`.
fn converse(stream: &TcpStream, post: &UnboundedSender<Received>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    let mut mail = Received::default();
    writer.write_all(b"220 mail.example ESMTP\r\n")?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        let path = || {
            let (_, rest) = line.split_once('<').unwrap_or_default();
            rest.split('>').next().unwrap_or_default().to_owned()
        };
        let verb = line.split([' ', ':']).next().unwrap_or_default();
        let answer = match verb.to_ascii_uppercase().as_str() {
            "EHLO" => "250-mail.example\r\n250 8BITMIME\r\n",
            "HELO" | "RSET" | "NOOP" => "250 OK\r\n",
            "MAIL" => {
                mail.from = path();
                "250 OK\r\n"
            }
            "RCPT" => {
                mail.to = path();
                "250 OK\r\n"
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n")?;
                loop {
                    let mut line = String::new();
                    if reader.read_line(&mut line)? == 0 || line == ".\r\n" {
                        break;
                    }
                    mail.data.push_str(&line);
                }
                // Whoever waits no more has seen enough.
                let _ = post.send(std::mem::take(&mut mail));
                "250 taken\r\n"
            }
            "QUIT" => {
                writer.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => "502 not here\r\n",
        };
        writer.write_all(answer.as_bytes())?;
    }
}
