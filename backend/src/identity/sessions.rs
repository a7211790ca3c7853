//! Which access tokens are good: checked once each, remembered until they expire or are revoked.

use super::key::Key;
use super::ring::Ring;
use super::secret::Secret;
use super::seed::Error;
use super::token::{self, ACCESS_S, Refused, Session};
use parking_lot::Mutex;
use presso_core::api::Who;
use presso_core::id::StaffId;
use presso_core::order::StaffRole;
use presso_core::time::Timestamp;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::watch;
use uuid::Uuid;

/// A check of a signature costs 0.1 ms, half of what a whole order may cost.
const REMEMBERED: usize = 20_000;

/// The tokens known to be good, and the sessions known to be over.
pub struct Sessions {
    ring: RwLock<Arc<Ring>>,
    /// That of the ring: what an earlier one let in is out.
    epoch: AtomicU64,
    /// Held while the keys change.
    turning: Mutex<()>,
    good: RwLock<HashMap<Box<str>, Session>>,
    /// Until when a token of that family could still be good otherwise.
    ended: RwLock<HashMap<Uuid, Timestamp>>,
    /// What a member of staff may do by now (none: nothing), where that changed, and until when a
    /// token could say otherwise.
    changed: RwLock<HashMap<StaffId, (Option<StaffRole>, Timestamp)>>,
    /// How many have ended: whoever holds a connection looks whether it is theirs.
    ends: watch::Sender<u64>,
}

impl Sessions {
    /// With this key alone; nothing is remembered and nothing over yet.
    #[must_use]
    pub fn new(key: Key) -> Self {
        Self::with(Ring::of(key))
    }
    /// With these keys.
    #[must_use]
    pub fn with(ring: Ring) -> Self {
        Self {
            epoch: AtomicU64::new(ring.epoch()),
            ring: RwLock::new(Arc::new(ring)),
            turning: Mutex::default(),
            good: RwLock::default(),
            ended: RwLock::default(),
            changed: RwLock::default(),
            ends: watch::Sender::new(0),
        }
    }
    fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }
    /// The public halves of the keys that are believed.
    #[must_use]
    pub fn jwks(&self, now: Timestamp) -> Value {
        self.ring().jwks(now)
    }
    /// Signs with a new key of this seed from now on, as [`Ring::rotate`] says. The names of the
    /// keys that are believed then, the newest first. Files are written: this may take a while.
    ///
    /// # Errors
    /// [`Error`]: the files cannot be written, and nothing has changed.
    pub fn rotate_keys(
        &self,
        folder: &Path,
        fresh: &[u8; 32],
        now: Timestamp,
        at_once: bool,
    ) -> Result<Vec<String>, Error> {
        let _turn = self.turning.lock();
        let ring = self.ring().rotate(folder, fresh, now, at_once)?;
        let names = ring.believed(now).map(|key| key.id().to_owned()).collect();
        self.epoch.store(ring.epoch(), Ordering::Release);
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
        if at_once {
            let mut good = self.good.write().unwrap_or_else(PoisonError::into_inner);
            good.clear();
            drop(good);
            self.somebody_is_out();
        }
        Ok(names)
    }
    /// The first refresh token of a session, of these random bits.
    #[must_use]
    pub fn first_refresh(&self, family: Uuid, random: [u8; 16]) -> Secret {
        self.ring().newest().refresh(family, random)
    }
    /// What may follow this refresh token: of the newest key, and of those that signed when it may
    /// have been exchanged already.
    #[must_use]
    pub fn successors(&self, family: Uuid, refresh: &Secret, now: Timestamp) -> Vec<Secret> {
        let ring = self.ring();
        let keys = ring.believed(now);
        keys.map(|key| key.successor(family, refresh)).collect()
    }
    /// Was this refresh token made here, by a key that is believed?
    #[must_use]
    pub fn made(&self, family: Uuid, refresh: &Secret, now: Timestamp) -> bool {
        self.ring()
            .believed(now)
            .any(|key| key.made(family, refresh))
    }
    /// Changes whenever a session ends, or all are asked for again.
    #[must_use]
    pub fn ends(&self) -> watch::Receiver<u64> {
        self.ends.subscribe()
    }
    /// A token for this session. It is remembered: that it is good need not be checked.
    #[must_use]
    pub fn issue(&self, who: Who, family: Option<Uuid>, now: Timestamp) -> (String, Session) {
        let (token, session) = token::issue(&self.ring(), who, family, now);
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
                let session = token::verify(&self.ring(), token, now)?;
                self.remember(token, &session, now);
                session
            }
        };
        if now >= session.expires_at || !self.stands(&session) {
            return Err(Refused::Expired);
        }
        Ok(session)
    }
    /// Has it not been ended, and are its key and those after it believed? Says nothing of its
    /// expiry.
    #[must_use]
    pub fn stands(&self, session: &Session) -> bool {
        if session.epoch < self.epoch.load(Ordering::Acquire) {
            return false;
        }
        if !self.is_up_to_date(&session.who) {
            return false;
        }
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
        drop(ended);
        self.somebody_is_out();
    }
    /// Does it say what this member of staff may do by now?
    fn is_up_to_date(&self, who: &Who) -> bool {
        let Some((staff, _)) = who.member() else {
            return true;
        };
        let changed = self.changed.read().unwrap_or_else(PoisonError::into_inner);
        let now = changed.get(&staff);
        // By a PIN one is a barista, whatever one's role, for as long as one is of the staff.
        now.is_none_or(|(role, _)| *role == who.role() || (who.by_pin() && role.is_some()))
    }
    /// A member of staff may do this from now on, or nothing any more: tokens that say otherwise
    /// are good no more, and must be renewed.
    pub fn change(&self, staff: StaffId, role: Option<StaffRole>, now: Timestamp) {
        let mut changed = self.changed.write().unwrap_or_else(PoisonError::into_inner);
        changed.retain(|_, (_, until)| now < *until);
        changed.insert(staff, (role, now.plus_ms(ACCESS_S * 1000)));
        drop(changed);
        self.somebody_is_out();
    }
    fn somebody_is_out(&self) {
        self.ends.send_modify(|ends| *ends += 1);
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
        let who = Who::guest(Uuid::from_u128(2));
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

    #[test]
    fn a_token_that_says_more_than_its_owner_may_by_now_must_be_renewed() {
        let sessions = Sessions::new(Key::new(&[1; 32]));
        let staff = StaffId(Uuid::from_u128(5));
        let as_what = |role| Who::Staff {
            shop: presso_core::id::ShopId::parse("demo").unwrap(),
            staff,
            role,
            tablet: presso_core::id::TabletId(Uuid::from_u128(6)),
            by_pin: false,
        };
        let family = Some(Uuid::from_u128(1));
        let (manager, _) = sessions.issue(as_what(StaffRole::Manager), family, NOW);
        sessions.change(staff, Some(StaffRole::Barista), NOW);
        assert_eq!(sessions.verify(&manager, NOW), Err(Refused::Expired));
        let (barista, _) = sessions.issue(as_what(StaffRole::Barista), family, NOW);
        assert!(sessions.verify(&barista, NOW).is_ok());
        sessions.change(staff, None, NOW);
        assert_eq!(sessions.verify(&barista, NOW), Err(Refused::Expired));
    }
}
