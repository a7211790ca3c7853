//! The session's tokens: held in memory, remembered by a store, shown to nobody.

use super::held;
use crate::api::{Tokens, Who};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex};

/// Where a session outlives the app: a keychain, the browser's storage. One store belongs to one
/// app: two apps of one origin keep their sessions apart. What it keeps is opaque, and secret.
///
/// A store that cannot keep something says so in its own log; the session then ends with the app.
pub trait TokenStore: Send + Sync {
    /// What was kept; none when nothing was, or it was cleared.
    fn load(&self) -> Option<String>;
    /// Keeps this in place of what it had.
    fn save(&self, session: &str);
    /// Forgets it.
    fn clear(&self);
}

/// Remembers until the app ends.
#[derive(Default)]
pub struct InMemory {
    kept: Mutex<Option<String>>,
}

impl TokenStore for InMemory {
    fn load(&self) -> Option<String> {
        held(&self.kept).clone()
    }
    fn save(&self, session: &str) {
        *held(&self.kept) = Some(session.to_owned());
    }
    fn clear(&self) {
        *held(&self.kept) = None;
    }
}

/// The tokens in use.
pub(super) struct Held {
    store: Arc<dyn TokenStore>,
    kept: Mutex<Kept>,
    /// Of those who came in by PIN and are not at the device now.
    aside: Mutex<Vec<Tokens>>,
    /// Only who has the turn changes them, so that two callers do not refresh at once.
    pub(super) turn: tokio::sync::Mutex<()>,
}

/// What outlives the app: whoever is at the device, and below them who signed it in, where those
/// are two.
#[derive(Clone, Default)]
struct Kept {
    at: Option<Tokens>,
    under: Option<Tokens>,
}

/// The same as text. What an app of before kept is a session with nobody below.
#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(flatten)]
    at: Tokens,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    under: Option<Tokens>,
}

impl Held {
    pub(super) fn new(store: Arc<dyn TokenStore>) -> Self {
        let kept = Mutex::new(stored(&*store).unwrap_or_default());
        Self {
            store,
            kept,
            aside: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }
    }
    pub(super) fn get(&self) -> Option<Tokens> {
        held(&self.kept).at.clone()
    }
    /// The session that signed the device in.
    pub(super) fn own(&self) -> Option<Tokens> {
        let kept = held(&self.kept).clone();
        kept.under.or(kept.at)
    }
    /// All that are here, who is at the device first.
    pub(super) fn all(&self) -> Vec<Tokens> {
        let Kept { at, under } = held(&self.kept).clone();
        let aside = held(&self.aside).clone();
        at.into_iter().chain(under).chain(aside).collect()
    }
    /// This session signs the device in, in place of all others.
    pub(super) fn set(&self, tokens: &Tokens) {
        held(&self.aside).clear();
        self.keep(Kept {
            at: Some(tokens.clone()),
            under: None,
        });
    }
    /// Whoever came in by PIN, or is back, is at the device.
    pub(super) fn bring_forward(&self, tokens: &Tokens) {
        let Kept { at, under } = held(&self.kept).clone();
        let mut aside = held(&self.aside);
        let same = |other: &Tokens| other.who.member() == tokens.who.member();
        aside.retain(|other| !same(other));
        let own = under.clone().or_else(|| at.clone());
        if let (Some(at), Some(_)) = (at, under)
            && !same(&at)
        {
            aside.push(at);
        }
        drop(aside);
        let own = own.filter(|own| own.who != tokens.who);
        self.keep(Kept {
            at: Some(tokens.clone()),
            under: own,
        });
    }
    /// One of them goes on, with these tokens.
    pub(super) fn renewed(&self, tokens: &Tokens) {
        let is = |other: &Tokens| {
            other.who.member() == tokens.who.member() && other.who.by_pin() == tokens.who.by_pin()
        };
        let mut kept = held(&self.kept).clone();
        let mut aside = held(&self.aside);
        if let Some(other) = aside.iter_mut().find(|other| is(other)) {
            other.clone_from(tokens);
            return;
        }
        drop(aside);
        match &mut kept.under {
            Some(under) if is(under) => under.clone_from(tokens),
            _ => kept.at = Some(tokens.clone()),
        }
        self.keep(kept);
    }
    /// The session of this person is over. Below whoever came in by PIN is the device's own, which
    /// is at it again; with that one all are over.
    pub(super) fn forget(&self, who: &Who) {
        let Kept { at, under } = held(&self.kept).clone();
        held(&self.aside).retain(|tokens| tokens.who != *who);
        match (at, under) {
            (Some(at), Some(under)) if at.who == *who => self.set_at(under),
            (at, Some(under)) if under.who != *who => self.keep(Kept {
                at,
                under: Some(under),
            }),
            (Some(at), None) if at.who != *who => self.set_at(at),
            _ => self.clear(),
        }
    }
    fn set_at(&self, tokens: Tokens) {
        self.keep(Kept {
            at: Some(tokens),
            under: None,
        });
    }
    pub(super) fn clear(&self) {
        self.store.clear();
        held(&self.aside).clear();
        *held(&self.kept) = Kept::default();
    }
    /// Looks again at what is stored: another page of the same app may have renewed the session,
    /// and the old refresh token must not be used twice.
    pub(super) fn reload(&self) -> Option<Tokens> {
        if let Some(stored) = stored(&*self.store) {
            *held(&self.kept) = stored;
        }
        self.get()
    }
    fn keep(&self, kept: Kept) {
        *held(&self.kept) = kept.clone();
        let Kept {
            at: Some(at),
            under,
        } = kept
        else {
            return;
        };
        // Text keys and strings only: this cannot fail, and if it did the session would just not
        // outlive the app.
        if let Ok(text) = serde_json::to_string(&Written { at, under }) {
            self.store.save(&text);
        }
    }
}

fn stored(store: &dyn TokenStore) -> Option<Kept> {
    let Written { at, under } = crate::json::read(store.load()?.as_bytes()).ok()?;
    let at = Some(at);
    Some(Kept { at, under })
}
