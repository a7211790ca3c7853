//! One-time codes on their way: by a gateway for SMS, by SMTP, or to the operator's own terminal.
//!
//! What may be sent is decided on disk ([`crate::identity::passcode`]); this sends it, beside the
//! request that asked, so that how long it takes tells nothing. Nothing in here logs a number, an
//! address or a code.

mod letter;
mod mail;
mod sending;
mod settings;
mod sms;
mod terminal;

pub use letter::Letter;
pub use sending::{Failed, Sender, Sending};
pub use settings::{Mail, Passcodes as Settings, Sms, Tls};

use crate::identity::passcode::{Caps, PasscodeKey};
use parking_lot::Mutex;
use presso_core::api::SignInBy;
use presso_core::contact::Contact;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How many messages are under way at once; the rest waits.
const AT_ONCE: usize = 16;

/// What one-time codes have in memory for the rest of the server.
pub struct Passcodes {
    pub(crate) key: PasscodeKey,
    pub(crate) caps: Caps,
    senders: Vec<Arc<dyn Sender>>,
    room: Arc<Semaphore>,
    under_way: Mutex<JoinSet<()>>,
}

/// Why a number or an address is sent nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotServed {
    /// The server sends no codes at all.
    Off,
    /// None to numbers.
    Numbers,
    /// None to addresses.
    Addresses,
    /// None to numbers of this country.
    Country,
}

impl Passcodes {
    /// With the seed of its key.
    ///
    /// # Errors
    /// A sentence: what of the settings cannot be used.
    pub fn new(seed: [u8; 32], settings: &Settings) -> Result<Self, String> {
        let mut senders: Vec<Arc<dyn Sender>> = Vec::new();
        if let Some(sms) = &settings.sms {
            senders.push(Arc::new(sms::Gateway::new(sms)?));
        }
        if let Some(mail) = &settings.mail {
            senders.push(Arc::new(mail::Post::new(mail)?));
        }
        if settings.terminal {
            senders.push(Arc::new(terminal::Terminal));
        }
        Ok(Self {
            key: PasscodeKey::new(seed),
            caps: settings.caps(),
            senders,
            room: Arc::new(Semaphore::new(AT_ONCE)),
            under_way: Mutex::default(),
        })
    }
    /// By what one may sign in.
    #[must_use]
    pub fn ways(&self) -> Vec<SignInBy> {
        let all = [SignInBy::Sms, SignInBy::Mail].into_iter();
        all.filter(|way| self.senders.iter().any(|sender| sender.serves(*way)))
            .collect()
    }
    /// Who brings something there.
    ///
    /// # Errors
    /// [`NotServed`]: nobody does.
    pub(crate) fn sender(&self, to: &Contact) -> Result<Arc<dyn Sender>, NotServed> {
        let way = match to {
            Contact::Phone(_) => SignInBy::Sms,
            Contact::Mail(_) => SignInBy::Mail,
        };
        let mut serve = self.senders.iter().filter(|sender| sender.serves(way));
        match (serve.clone().next(), way) {
            (None, _) if self.senders.is_empty() => Err(NotServed::Off),
            (None, SignInBy::Sms) => Err(NotServed::Numbers),
            (None, SignInBy::Mail) => Err(NotServed::Addresses),
            (Some(_), _) => {
                let found = serve.find(|sender| sender.reaches(to));
                found.cloned().ok_or(NotServed::Country)
            }
        }
    }
    /// Sends it, beside whoever asks: they learn nothing of what comes of it.
    pub(crate) fn send(&self, sender: Arc<dyn Sender>, letter: Letter) {
        let room = Arc::clone(&self.room);
        let mut under_way = self.under_way.lock();
        while under_way.try_join_next().is_some() {} // those that are done
        under_way.spawn(async move {
            let Ok(_place) = room.acquire().await else {
                return; // never closed
            };
            sending::deliver(sender.as_ref(), &letter).await;
        });
    }
    /// Ends when all that was to be sent was sent, or given up.
    pub(crate) async fn sent(&self) {
        let mut under_way = std::mem::take(&mut *self.under_way.lock());
        while under_way.join_next().await.is_some() {}
    }
}
