//! Which access tokens are good: checked once each, remembered until they expire or are revoked.

use super::key::Key;
use super::token::{self, ACCESS_S, Refused, Session};
use presso_core::api::Who;
use presso_core::time::Timestamp;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use uuid::Uuid;

/// A check of a signature costs 0.1 ms, half of what a whole order may cost.
const REMEMBERED: usize = 20_000;

/// The tokens known to be good, and the sessions known to be over.
pub struct Sessions {
    key: Key,
    good: RwLock<HashMap<Box<str>, Session>>,
    /// Until when a token of that family could still be good otherwise.
    ended: RwLock<HashMap<Uuid, Timestamp>>,
}

impl Sessions {
    /// With this key; nothing is remembered and nothing over yet.
    #[must_use]
    pub fn new(key: Key) -> Self {
        Self {
            key,
            good: RwLock::default(),
            ended: RwLock::default(),
        }
    }
    /// The key.
    #[must_use]
    pub const fn key(&self) -> &Key {
        &self.key
    }
    /// A token for this session. It is remembered: that it is good need not be checked.
    #[must_use]
    pub fn issue(&self, who: Who, family: Option<Uuid>, now: Timestamp) -> (String, Session) {
        let (token, session) = token::issue(&self.key, who, family, now);
        self.remember(&token, &session, now);
        (token, session)
    }
    /// The session that this token tells of.
    ///
    /// # Errors
    /// [`Refused`]; a token of an ended session counts as expired.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Session, Refused> {
        let remembered = {
            let good = self.good.read().unwrap_or_else(PoisonError::into_inner);
            good.get(token).cloned()
        };
        let session = match remembered {
            Some(session) => session,
            None => {
                let session = token::verify(&self.key, token, now)?;
                self.remember(token, &session, now);
                session
            }
        };
        if now >= session.expires_at || !self.stands(&session) {
            return Err(Refused::Expired);
        }
        Ok(session)
    }
    /// Has it not been ended? Says nothing of its expiry.
    #[must_use]
    pub fn stands(&self, session: &Session) -> bool {
        let Some(family) = session.family else {
            return true;
        };
        let ended = self.ended.read().unwrap_or_else(PoisonError::into_inner);
        !ended.contains_key(&family)
    }
    /// A session is over: its access tokens are good no more.
    pub fn end(&self, family: Uuid, now: Timestamp) {
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        ended.retain(|_, until| now < *until);
        ended.insert(family, now.plus_ms(ACCESS_S * 1000));
    }

    fn remember(&self, token: &str, session: &Session, now: Timestamp) {
        let mut good = self.good.write().unwrap_or_else(PoisonError::into_inner);
        if good.len() >= REMEMBERED {
            good.retain(|_, s| now < s.expires_at);
        }
        // Full of tokens that are all good: check them anew rather than grow without bound.
        if good.len() >= REMEMBERED {
            good.clear();
        }
        good.insert(token.into(), session.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn a_remembered_token_still_expires_and_is_still_revoked() {
        let sessions = Sessions::new(Key::new(&[1; 32]));
        let family = Uuid::from_u128(1);
        let who = Who::Guest {
            account: Uuid::from_u128(2),
        };
        let (token, session) = sessions.issue(who.clone(), Some(family), NOW);
        let (other, _) = sessions.issue(who, Some(Uuid::from_u128(3)), NOW);
        assert_eq!(sessions.verify(&token, NOW), Ok(session));
        assert_eq!(
            sessions.verify(&token, NOW.plus_s(600)),
            Err(Refused::Expired)
        );
        sessions.end(family, NOW);
        assert_eq!(sessions.verify(&token, NOW), Err(Refused::Expired));
        assert!(
            sessions.verify(&other, NOW).is_ok(),
            "another session goes on"
        );
    }
}
