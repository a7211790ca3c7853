//! The session's tokens: held in memory, remembered by a store, shown to nobody.

use super::held;
use crate::api::Tokens;
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
    tokens: Mutex<Option<Tokens>>,
    /// Only who has the turn changes them, so that two callers do not refresh at once.
    pub(super) turn: tokio::sync::Mutex<()>,
}

impl Held {
    pub(super) fn new(store: Arc<dyn TokenStore>) -> Self {
        let tokens = Mutex::new(stored(&*store));
        let turn = tokio::sync::Mutex::default();
        Self {
            store,
            tokens,
            turn,
        }
    }
    pub(super) fn get(&self) -> Option<Tokens> {
        held(&self.tokens).clone()
    }
    pub(super) fn set(&self, tokens: &Tokens) {
        // Text keys and strings only: this cannot fail, and if it did the session would just not
        // outlive the app.
        if let Ok(text) = serde_json::to_string(tokens) {
            self.store.save(&text);
        }
        *held(&self.tokens) = Some(tokens.clone());
    }
    pub(super) fn clear(&self) {
        self.store.clear();
        *held(&self.tokens) = None;
    }
    /// Looks again at what is stored: another page of the same app may have renewed the session,
    /// and the old refresh token must not be used twice.
    pub(super) fn reload(&self) -> Option<Tokens> {
        let stored = stored(&*self.store);
        if stored.is_some() {
            held(&self.tokens).clone_from(&stored);
        }
        self.get()
    }
}

fn stored(store: &dyn TokenStore) -> Option<Tokens> {
    crate::json::read(store.load()?.as_bytes()).ok()
}
