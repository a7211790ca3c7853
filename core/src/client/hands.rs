//! Several people at one device: whoever signed it in, and those who came in by their PIN. Their
//! sessions are in memory alone; the device keeps its own and that of whoever is at it.
//! Why it is so, and what a stolen tablet gives: docs/decisions/0013-pins.md.

use super::seam::Hand;
use super::tokens::Held;
use super::{Client, Error, Status, held};
use crate::api::{
    Call, CheckPin, Endpoint, Problem, PutPin, PutPinBody, Refresh, Switch, Tokens, Who, is_pin,
};
use crate::id::StaffId;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::collections::HashMap;
use uuid::Uuid;

/// How often a PIN may be tried here without a network; then it takes the server.
const TRIES: u32 = 5;

/// What a PIN is checked by without a network. Whoever reads this memory finds the PIN by trying
/// all, and beside it the session that the PIN stands for.
struct Check {
    key: [u8; 16],
    mac: [u8; 32],
    left: u32,
}

/// By whom. In memory, until the app ends.
#[derive(Default)]
pub(super) struct Checks(HashMap<StaffId, Check>);

impl Checks {
    fn keep(&mut self, staff: StaffId, pin: &str) {
        let key = Uuid::new_v4().into_bytes();
        let mac = mac(&key, pin);
        let left = TRIES;
        self.0.insert(staff, Check { key, mac, left });
    }
    /// Is it right? None when there is nothing to tell by.
    fn ask(&mut self, staff: StaffId, pin: &str) -> Option<bool> {
        let check = self.0.get_mut(&staff)?;
        let right = mac(&check.key, pin) == check.mac;
        check.left = if right { TRIES } else { check.left - 1 };
        if check.left == 0 {
            self.0.remove(&staff);
        }
        Some(right)
    }
}

fn mac(key: &[u8], pin: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(pin.as_bytes());
    mac.finalize().into_bytes().into()
}

impl Client {
    /// Whose sessions this device holds, who is at it first.
    #[must_use]
    pub fn hands(&self) -> Vec<Hand> {
        let known = |who: &Who| who.member().is_some_and(|(staff, _)| self.knows_pin(staff));
        let all = self.inner.tokens.all().into_iter();
        all.map(|tokens| Hand {
            knows_pin: known(&tokens.who),
            who: tokens.who,
            name: tokens.name,
        })
        .collect()
    }
    /// Can this person's PIN be told here without a network?
    #[must_use]
    pub fn knows_pin(&self, staff: StaffId) -> bool {
        held(&self.inner.checks).0.contains_key(&staff)
    }
    /// Somebody is at this device from now on, by their PIN; who was goes on being signed in.
    /// Without a network only those who were here before, since the app began.
    ///
    /// # Errors
    /// As [`Client::send`]; `pin_wrong`, `pin_locked`.
    pub async fn switch(&self, staff: StaffId, pin: &str) -> Result<Who, Error> {
        let pin = pin.to_owned();
        self.signed_in(super::session::Change::Switch { staff, pin })
            .await
    }
    /// Sets the PIN of who is at this device.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn set_pin(&self, body: PutPinBody) -> Result<(), Error> {
        let staff = self.who().as_ref().and_then(Who::member);
        let pin = body.pin.clone();
        self.send(&PutPin { body }).await?;
        if let Some((staff, _)) = staff {
            held(&self.inner.checks).keep(staff, &pin);
        }
        Ok(())
    }

    /// Only who has the turn may ask.
    pub(super) async fn change_hands(&self, staff: StaffId, pin: &str) -> Result<Tokens, Error> {
        if !is_pin(pin) {
            return Err(refused(422, "pin_malformed"));
        }
        self.inner.tokens.reload();
        match self.proves(staff, pin).await {
            Ok(Some(tokens)) => Ok(self.comes_forward(tokens)),
            Ok(None) => self.comes_in(staff, pin).await,
            Err(error) => Err(error),
        }
    }
    /// Is it the PIN of somebody whose session is here? None when there is none (any more).
    async fn proves(&self, staff: StaffId, pin: &str) -> Result<Option<Tokens>, Error> {
        let Some(tokens) = self.inner.tokens.of(staff) else {
            return Ok(None);
        };
        // What is known to be lost is not waited for.
        let lost = matches!(*self.inner.status.borrow(), Status::Stale { .. });
        if lost && self.knows_pin(staff) {
            return self.proves_here(tokens, staff, pin);
        }
        let call = CheckPin { pin: pin.into() }.call();
        match self.call_under(tokens.clone(), &call, None).await {
            Ok(_) => {
                held(&self.inner.checks).keep(staff, pin);
                // Renewed on the way, perhaps.
                Ok(Some(self.inner.tokens.of(staff).unwrap_or(tokens)))
            }
            Err(Error::Offline) => self.proves_here(tokens, staff, pin),
            Err(Error::Problem(problem)) if problem.status == 401 => Ok(None),
            Err(error) => Err(error),
        }
    }
    fn proves_here(
        &self,
        tokens: Tokens,
        staff: StaffId,
        pin: &str,
    ) -> Result<Option<Tokens>, Error> {
        match held(&self.inner.checks).ask(staff, pin) {
            Some(true) => Ok(Some(tokens)),
            Some(false) => Err(refused(403, "pin_wrong")),
            None => Err(Error::Offline),
        }
    }
    /// Begins a session under that which signed the device in.
    async fn comes_in(&self, staff: StaffId, pin: &str) -> Result<Tokens, Error> {
        let own = self.inner.tokens.own();
        let own = own.ok_or_else(|| refused(401, "session"))?;
        let pin_typed = pin.to_owned();
        let call = Switch {
            staff,
            pin: pin_typed,
        }
        .call();
        let answer = self.call_under(own, &call, None).await?;
        let tokens = super::session::read(answer)?;
        held(&self.inner.checks).keep(staff, pin);
        Ok(self.comes_forward(tokens))
    }
    fn comes_forward(&self, tokens: Tokens) -> Tokens {
        let before = self.who();
        self.inner.tokens.bring_forward(&tokens);
        if before.as_ref() != Some(&tokens.who) {
            self.identity_changed();
        }
        tokens
    }

    /// Sends a request under one of the sessions here, renewed where its time is over; one that is
    /// over is forgotten. Only who has the turn may ask.
    async fn call_under(
        &self,
        tokens: Tokens,
        call: &Call,
        key: Option<Uuid>,
    ) -> Result<Value, Error> {
        let answer = self.persist(call, Some(&tokens.access), key).await;
        match &answer {
            Err(Error::Problem(problem)) if problem.status == 401 => {}
            _ => return answer,
        }
        let renewed = self.renew(&tokens).await?;
        self.persist(call, Some(&renewed.access), key).await
    }
    /// The same for whoever has not the turn: what somebody tapped who is not at the device now.
    pub(super) async fn call_for(
        &self,
        staff: StaffId,
        call: &Call,
        key: Option<Uuid>,
    ) -> Option<Result<Value, Error>> {
        let tokens = self.inner.tokens.of(staff)?;
        let answer = self.persist(call, Some(&tokens.access), key).await;
        match &answer {
            Err(Error::Problem(problem)) if problem.status == 401 => {}
            _ => return Some(answer),
        }
        let _turn = self.inner.tokens.turn.lock().await;
        let tokens = self.inner.tokens.of(staff)?;
        Some(self.call_under(tokens, call, key).await)
    }
    async fn renew(&self, tokens: &Tokens) -> Result<Tokens, Error> {
        let refresh = tokens.refresh.clone();
        match self.persist(&Refresh { refresh }.call(), None, None).await {
            Ok(answer) => {
                let renewed: Tokens = super::session::read(answer)?;
                self.inner.tokens.renewed(&renewed);
                Ok(renewed)
            }
            Err(error) => {
                if matches!(&error, Error::Problem(p) if matches!(p.status, 400..=404 | 410 | 422))
                {
                    self.inner.tokens.forget(&tokens.who);
                    self.identity_changed();
                }
                Err(error)
            }
        }
    }
}

impl Held {
    /// The session of this member of staff.
    fn of(&self, staff: StaffId) -> Option<Tokens> {
        let mut all = self.all().into_iter();
        all.find(|tokens| is_of(tokens, staff))
    }
}

pub(super) fn is_of(tokens: &Tokens, staff: StaffId) -> bool {
    tokens.who.member().is_some_and(|(own, _)| own == staff)
}

fn refused(status: u16, code: &str) -> Error {
    Problem::new(status, code, code).into()
}
