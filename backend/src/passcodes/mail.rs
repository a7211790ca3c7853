//! E-mail by SMTP.

use super::Letter;
use super::sending::{Failed, Sender, Sending};
use super::settings::{Mail, Tls, secret};
use lettre::message::{Mailbox, Message, header::ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use presso_core::api::SignInBy;
use std::time::Duration;

/// The server has this long for each step of the conversation.
const WITHIN: Duration = Duration::from_secs(10);

type Transport = AsyncSmtpTransport<Tokio1Executor>;

pub(super) struct Post {
    transport: Transport,
    from: Mailbox,
}

impl Post {
    pub(super) fn new(settings: &Mail) -> Result<Self, String> {
        let host = settings.host.as_str();
        let builder = match settings.tls {
            Tls::Starttls => Transport::starttls_relay(host),
            Tls::Tls => Transport::relay(host),
            // This machine alone: see the settings' rules.
            Tls::Off => Ok(Transport::builder_dangerous(host)),
        };
        let builder = builder.map_err(|error| format!("mail.host: {error}"))?;
        let mut builder = builder.timeout(Some(WITHIN));
        if let Some(port) = settings.port {
            builder = builder.port(port);
        }
        if let (Some(user), Some(file)) = (&settings.user, &settings.password_file) {
            builder = builder.credentials(Credentials::new(user.clone(), secret(file)?));
        }
        let from = settings.from.parse::<Mailbox>();
        Ok(Self {
            transport: builder.build(),
            from: from.map_err(|error| format!("mail.from: {error}"))?,
        })
    }

    async fn post(&self, letter: &Letter) -> Result<(), Failed> {
        // What cannot be written as an address or a message never will be.
        let never = Failed::ForGood(0);
        let to = letter.to.address().parse().map_err(|_| never)?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject())
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text())
            .map_err(|_| never)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            // The error may name the address.
            Err(error) if error.is_permanent() => {
                Err(Failed::ForGood(error.status().map_or(0, u16::from)))
            }
            Err(_) => Err(Failed::ForNow),
        }
    }
}

impl Sender for Post {
    fn name(&self) -> &'static str {
        "mail"
    }
    fn serves(&self, way: SignInBy) -> bool {
        way == SignInBy::Mail
    }
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a> {
        Box::pin(self.post(letter))
    }
}
