//! The session's place in the system's keychain: one drawer for each app and server. Where there
//! is no keychain, or it is locked for good, the session lives in memory and ends with the app.
//!
//! Keychains block, sometimes until a person has typed a password: they are only touched on
//! threads that may wait, and whoever waits for those does so for a while only.

mod entry;

use crate::shell::held;
use entry::entry;
use presso_core::client::TokenStore;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{oneshot, watch};
use tokio::task::spawn_blocking;

/// How long the first look into the keychain may take. The page begins after it.
const FIRST_LOOK: Duration = Duration::from_secs(5);

/// How long anybody waits for it to have what it was told.
const SETTLING: Duration = Duration::from_secs(2);

/// Keeps one session.
pub struct Drawer {
    holds: Mutex<Option<String>>,
    work: UnboundedSender<Work>,
    keeping: watch::Receiver<bool>,
}

enum Work {
    Save(String),
    Clear,
    Tell(oneshot::Sender<()>),
}

/// Where in the keychain.
#[derive(Clone)]
struct Place {
    service: String,
    account: String,
}

impl Drawer {
    /// The drawer of an app (the service) and a server (the account), with what lies in it.
    /// Inside a tokio runtime.
    pub async fn open(service: &str, account: &str) -> Arc<Self> {
        let place = Place {
            service: service.into(),
            account: account.into(),
        };
        let here = place.clone();
        Self::with(place, blocking(move || here.read()), FIRST_LOOK).await
    }

    /// The same after a first look of at most this long. A keychain that answers later is left
    /// alone until the app is started again, also by what is saved or cleared: nobody has seen
    /// what lies in it, and a session that is still good is not to be lost for one that began
    /// because a password was typed slowly.
    async fn with(
        place: Place,
        look: impl Future<Output = keyring_core::Result<Option<String>>>,
        at_most: Duration,
    ) -> Arc<Self> {
        let (holds, keeps) = match tokio::time::timeout(at_most, look).await {
            Ok(Ok(holds)) => (holds, true),
            Ok(Err(error)) => {
                tracing::warn!(%error, "no keychain: the session ends with the app");
                (None, false)
            }
            Err(_) => {
                tracing::warn!("the keychain does not answer: the session ends with the app");
                (None, false)
            }
        };
        let (work, todo) = unbounded_channel();
        let (tell, keeping) = watch::channel(keeps);
        if keeps {
            tokio::spawn(write(place, todo, tell));
        }
        Arc::new(Self {
            holds: Mutex::new(holds),
            work,
            keeping,
        })
    }

    /// Does the session outlive the app? And when that changes.
    #[must_use]
    pub fn keeping(&self) -> watch::Receiver<bool> {
        self.keeping.clone()
    }

    /// Waits until the keychain has everything that it was told, for two seconds at most: one that
    /// waits for a person must not keep an app from ending, or somebody from signing out.
    pub async fn settled(&self) {
        let (tell, told) = oneshot::channel();
        // Without a keychain nobody takes the work, and there is nothing to wait for.
        if self.work.send(Work::Tell(tell)).is_ok()
            && tokio::time::timeout(SETTLING, told).await.is_err()
        {
            tracing::warn!("the keychain does not answer: it may lack what was told last");
        }
    }

    fn do_later(&self, work: Work) {
        // Without a keychain nobody takes the work: memory has it.
        let _ = self.work.send(work);
    }
}

impl TokenStore for Drawer {
    fn load(&self) -> Option<String> {
        held(&self.holds).clone()
    }
    fn save(&self, session: &str) {
        *held(&self.holds) = Some(session.to_owned());
        self.do_later(Work::Save(session.to_owned()));
    }
    fn clear(&self) {
        *held(&self.holds) = None;
        self.do_later(Work::Clear);
    }
}

/// Does the work in its order, one after the other.
async fn write(place: Place, mut todo: UnboundedReceiver<Work>, keeping: watch::Sender<bool>) {
    while let Some(work) = todo.recv().await {
        let here = place.clone();
        let done = match work {
            Work::Save(session) => blocking(move || here.save(&session)).await,
            Work::Clear => blocking(move || here.clear()).await,
            Work::Tell(tell) => {
                // Whoever asked may have gone away.
                let _ = tell.send(());
                continue;
            }
        };
        if let Err(error) = &done {
            tracing::warn!(%error, "the keychain refused: the session ends with the app");
        }
        keeping.send_if_modified(|keeps| std::mem::replace(keeps, done.is_ok()) != done.is_ok());
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> keyring_core::Result<T> + Send + 'static,
) -> keyring_core::Result<T> {
    let done = spawn_blocking(work).await;
    // It panicked, or the app ends: no keychain either way.
    done.unwrap_or(Err(keyring_core::Error::NoDefaultStore))
}

impl Place {
    fn entry(&self) -> keyring_core::Result<keyring_core::Entry> {
        entry(&self.service, &self.account)
    }
    fn read(&self) -> keyring_core::Result<Option<String>> {
        match self.entry()?.get_password() {
            Ok(session) => Ok(Some(session)),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        }
    }
    fn save(&self, session: &str) -> keyring_core::Result<()> {
        self.entry()?.set_password(session)
    }
    fn clear(&self) -> keyring_core::Result<()> {
        match self.entry()?.delete_credential() {
            Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};

    fn nowhere() -> Place {
        Place {
            service: "presso-test".into(),
            account: "nowhere".into(),
        }
    }

    #[tokio::test]
    async fn a_keychain_that_does_not_answer_is_done_without_and_left_alone() {
        let drawer = Drawer::with(nowhere(), pending(), Duration::ZERO).await;
        assert_eq!(drawer.load(), None);
        assert!(!*drawer.keeping().borrow(), "and the page says so");
        drawer.save("another");
        assert_eq!(drawer.load().as_deref(), Some("another"));
        drawer.settled().await;
        assert!(drawer.work.is_closed(), "nobody writes over what is in it");
    }

    #[tokio::test]
    async fn what_lies_in_the_keychain_is_there_at_once() {
        let look = ready(Ok(Some("mine".to_owned())));
        let drawer = Drawer::with(nowhere(), look, FIRST_LOOK).await;
        assert_eq!(drawer.load().as_deref(), Some("mine"));
        assert!(*drawer.keeping().borrow());
    }

    #[tokio::test(start_paused = true)]
    async fn a_keychain_that_never_has_what_it_was_told_is_not_waited_for() {
        let (work, todo) = unbounded_channel();
        let (_tell, keeping) = watch::channel(true);
        let holds = Mutex::default();
        let drawer = Drawer {
            holds,
            work,
            keeping,
        };
        drawer.settled().await;
        assert!(!todo.is_closed(), "somebody has the work, and hangs");
    }
}
