//! What every sender does, and how often it is tried.

use super::Letter;
use presso_core::api::SignInBy;
use presso_core::contact::Contact;
use std::pin::Pin;
use std::time::Duration;
use tokio::time::Instant;

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
        if Instant::now() >= letter.until {
            tracing::warn!(
                by = sender.name(),
                "a one-time code expired before it was sent"
            );
            return;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Counts what it is given, and never has time.
    struct Busy(AtomicU32);
    impl Sender for Busy {
        fn name(&self) -> &'static str {
            "busy"
        }
        fn serves(&self, _: SignInBy) -> bool {
            true
        }
        fn send<'a>(&'a self, _: &'a Letter) -> Sending<'a> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Box::pin(async { Err(Failed::ForNow) })
        }
    }

    async fn tried_within(good_for: Duration) -> u32 {
        let busy = Busy(AtomicU32::new(0));
        let letter = Letter {
            to: Contact::parse("+491701234567").unwrap(),
            shop: "Harbour Coffee".into(),
            languages: vec!["en".into()],
            host: "coffee.example".into(),
            code: "123456".into(),
            until: Instant::now() + good_for,
        };
        deliver(&busy, &letter).await;
        busy.0.into_inner()
    }

    #[tokio::test(start_paused = true)]
    async fn a_code_that_expired_on_its_way_is_not_sent() {
        assert_eq!(tried_within(Duration::ZERO).await, 0, "while it queued");
        assert_eq!(tried_within(PAUSE * 2).await, 2, "between two tries");
        assert_eq!(tried_within(Duration::from_secs(300)).await, TRIES);
    }
}
