//! What every sender does, and how often it is tried.

use super::Letter;
use presso_core::api::SignInBy;
use presso_core::contact::Contact;
use std::pin::Pin;
use std::time::Duration;

/// How often one message is tried. Whoever waits for a code asks again after half a minute.
const TRIES: u32 = 3;
/// The pause after the first failure; it doubles.
const PAUSE: Duration = Duration::from_secs(1);

/// A message on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), Failed>> + Send + 'a>>;

/// Brings one-time codes to people.
pub trait Sender: Send + Sync {
    /// As it is called in the log.
    fn name(&self) -> &'static str;
    /// Does it bring anything this way?
    fn serves(&self, way: SignInBy) -> bool;
    /// Does it bring anything there?
    fn reaches(&self, to: &Contact) -> bool {
        let _ = to;
        true
    }
    /// Brings a letter. Neither it nor what it answers names whom to, or the code.
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a>;
}

/// Why a message did not go out, without a word of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// Perhaps next time.
    #[error("not reached, or busy")]
    ForNow,
    /// Never.
    #[error("refused with {0}")]
    ForGood(u16),
}

pub(super) async fn deliver(sender: &dyn Sender, letter: &Letter) {
    for nth in 0..TRIES {
        match sender.send(letter).await {
            Ok(()) => return,
            Err(Failed::ForNow) if nth + 1 < TRIES => {
                tokio::time::sleep(PAUSE * (1 << nth)).await;
            }
            Err(error) => {
                tracing::warn!(by = sender.name(), %error, "a one-time code was not sent");
                return;
            }
        }
    }
}
