//! Web push: the alert reaches a locked phone whose page is closed.
//!
//! A consumer of the journal with a cursor of its own. [`run`] reads on whenever the hub hints that
//! there is more, asks core what the step means for the order's customer (`board::alert`), and in
//! one write moves the cursor and queues what is to be sent; so a restart in between loses nothing.
//! What is queued is encrypted for the browser alone (RFC 8291), signed (VAPID, RFC 8292) and left
//! at its vendor's push service, beside the engine's thread, with bounded retries.
//!
//! It carries no words: those wait in the browser. See docs/decisions/0005-web-push.md.

mod courier;
mod follow;
mod key;
mod letter;
mod post;
mod public;
mod rows;
mod subscription;

pub use courier::run;
pub(crate) use public::is_public;
pub use rows::{belongs_to, subscribe, unsubscribe};
pub use subscription::{Rules, Subscription, Wrong};

use key::Vapid;
use tokio::sync::watch;

/// What web push has in memory for the rest of the server.
pub struct Push {
    vapid: Vapid,
    rules: Rules,
    /// May somebody have subscribed? While nobody has, the journal is not read.
    listened: watch::Sender<bool>,
}

impl Push {
    /// With the seed of its key.
    #[must_use]
    pub fn new(seed: &[u8; 32], public_url: &str, rules: Rules) -> Self {
        Self {
            vapid: Vapid::new(seed, public_url),
            rules,
            listened: watch::Sender::new(true),
        }
    }
    /// The public half of its key, as browsers take it.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.vapid.public().to_owned()
    }
    /// Where it may send.
    #[must_use]
    pub fn rules(&self) -> Rules {
        self.rules
    }
    /// Somebody has subscribed.
    pub fn somebody_listens(&self) {
        self.listened.send_replace(true);
    }
    fn is_listened_to(&self) -> bool {
        *self.listened.borrow()
    }
    fn nobody_listens(&self) {
        self.listened.send_replace(false);
    }
    async fn until_somebody_listens(&self) {
        let mut listened = self.listened.subscribe();
        // It fails only when the sender is gone, which is borrowed here.
        let _ = listened.wait_for(|listened| *listened).await;
    }
}
