//! Getting in, staying in and getting out. Every change of the session runs to its end in a task
//! of its own, one at a time, even when its caller went away: a rotated token must not be lost.

use super::{Client, Error, host};
use crate::api::{
    AskPasscode, AskPasscodeBody, BeginGuest, Call, ClaimPairing, EndSession, Endpoint,
    PasscodeAnswer, Problem, RedeemLink, Refresh, Tokens, VerifyPasscode, VerifyPasscodeBody, Who,
};
use crate::id::StaffId;

/// What to do with the session.
pub(super) enum Change {
    /// Renew it, unless its access token is already another than this.
    Refresh { instead_of: Option<String> },
    /// Begin one as a guest, unless there is one.
    Guest,
    /// Begin one with a link's secret, in place of any other.
    Redeem { secret: String },
    /// Begin one as a device that somebody let in, in place of any other.
    Pair { device_code: String },
    /// Somebody else is at this device, by their PIN.
    Switch { staff: StaffId, pin: String },
    /// Sign its customer in with a one-time code.
    Verify { body: VerifyPasscodeBody },
    /// End it.
    End,
}

/// An access token is renewed this long before its end, milliseconds.
const RENEW_AHEAD_MS: i64 = 30_000;

impl Client {
    /// Who is signed in.
    #[must_use]
    pub fn who(&self) -> Option<Who> {
        self.inner.tokens.get().map(|tokens| tokens.who)
    }
    /// The name of who is signed in, where they have one.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.inner.tokens.get()?.name
    }

    /// Begins a guest's session; whoever is signed in already stays.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn begin_guest(&self) -> Result<Who, Error> {
        self.signed_in(Change::Guest).await
    }
    /// Redeems a single-use link (the secret from its fragment); replaces the session.
    ///
    /// # Errors
    /// As [`Client::send`]; a used or expired link is a problem of the server's.
    pub async fn redeem_link(&self, secret: &str) -> Result<Who, Error> {
        let secret = secret.to_owned();
        self.signed_in(Change::Redeem { secret }).await
    }
    /// Asks whether somebody let this device in; then replaces the session.
    ///
    /// # Errors
    /// As [`Client::send`]; `authorization_pending` while nobody has said yes.
    pub async fn claim_pairing(&self, device_code: &str) -> Result<Who, Error> {
        let device_code = device_code.to_owned();
        self.signed_in(Change::Pair { device_code }).await
    }
    /// Asks for a one-time code, to sign in with at a shop; begins a guest's session where there is
    /// none.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn ask_passcode(&self, body: AskPasscodeBody) -> Result<PasscodeAnswer, Error> {
        self.begin_guest().await?;
        let token = self.access(None).await?;
        let call = AskPasscode { body }.call();
        let answer = self.persist(&call, token.as_deref(), None).await?;
        serde_json::from_value(answer).map_err(|error| Error::Malformed(error.to_string()))
    }
    /// Signs in with a one-time code: the same session goes on, as a customer whom the shop knows.
    ///
    /// # Errors
    /// As [`Client::send`]; a wrong or expired code is a problem of the server's.
    pub async fn verify_passcode(&self, body: VerifyPasscodeBody) -> Result<Who, Error> {
        self.signed_in(Change::Verify { body }).await
    }
    /// Signs out. On this device that holds at once, even when the server cannot be told.
    ///
    /// # Errors
    /// As [`Client::send`]: the server was not told, and forgets the session when it expires.
    pub async fn end_session(&self) -> Result<(), Error> {
        self.change(Change::End).await.map(|_| ())
    }

    pub(super) async fn signed_in(&self, change: Change) -> Result<Who, Error> {
        let tokens = self.change(change).await?;
        let missing = || Error::Malformed("a session without tokens".into());
        tokens.map(|tokens| tokens.who).ok_or_else(missing)
    }

    /// An access token that is good for a while, and is not `instead_of`; none when nobody is
    /// signed in (any more).
    pub(super) async fn access(&self, instead_of: Option<&str>) -> Result<Option<String>, Error> {
        let Some(tokens) = self.inner.tokens.get() else {
            return Ok(None);
        };
        let refused = instead_of == Some(tokens.access.as_str());
        if !refused && !self.ends_soon(&tokens) {
            return Ok(Some(tokens.access));
        }
        let instead_of = Some(tokens.access);
        let renewed = self.change(Change::Refresh { instead_of }).await?;
        Ok(renewed.map(|tokens| tokens.access))
    }

    /// Only told from when the server's clock is known: by a wrong clock every token looks old.
    fn ends_soon(&self, tokens: &Tokens) -> bool {
        let known = super::held(&self.inner.server).offset_ms.is_some();
        let left_ms = tokens.access_expires_at.ms_since(self.server_now());
        known && left_ms < RENEW_AHEAD_MS
    }

    async fn change(&self, change: Change) -> Result<Option<Tokens>, Error> {
        let (tell, told) = tokio::sync::oneshot::channel();
        let client = self.clone();
        host::spawn(async move {
            let _turn = client.inner.tokens.turn.lock().await;
            // The caller may have gone away; the change holds all the same.
            let _ = tell.send(client.make(change).await);
        });
        told.await.unwrap_or(Err(Error::Offline))
    }

    async fn make(&self, change: Change) -> Result<Option<Tokens>, Error> {
        match change {
            Change::Guest => match self.inner.tokens.reload() {
                Some(tokens) => Ok(Some(tokens)),
                None => self.enter(&BeginGuest.call()).await.map(Some),
            },
            Change::Redeem { secret } => {
                let call = RedeemLink { secret }.call();
                self.enter(&call).await.map(Some)
            }
            Change::Pair { device_code } => {
                let call = ClaimPairing { device_code }.call();
                self.enter(&call).await.map(Some)
            }
            Change::Switch { staff, pin } => self.change_hands(staff, &pin).await.map(Some),
            Change::Verify { body } => self.verify(body).await.map(Some),
            Change::End => self.leave().await.map(|()| None),
            Change::Refresh { instead_of } => self.refresh(instead_of.as_deref()).await,
        }
    }

    async fn enter(&self, call: &Call) -> Result<Tokens, Error> {
        let tokens: Tokens = read(self.persist(call, None, None).await?)?;
        self.inner.tokens.set(&tokens);
        self.identity_changed();
        Ok(tokens)
    }

    /// The server notes it at the session: what it says of itself from now on is another token.
    async fn verify(&self, body: VerifyPasscodeBody) -> Result<Tokens, Error> {
        let over = || Error::from(Problem::new(401, "session", "this session is over"));
        let before = self.renewed(None).await?.ok_or_else(over)?;
        let call = VerifyPasscode { body }.call();
        self.persist(&call, Some(&before), None).await?;
        // Whichever token is held by now: another page may have renewed it before this.
        let held = self.inner.tokens.reload().map(|tokens| tokens.access);
        let tokens = self.refresh(held.as_deref()).await?.ok_or_else(over)?;
        self.identity_changed();
        Ok(tokens)
    }

    /// An access token, renewed where its time is over. Only who has the turn may ask.
    async fn renewed(&self, instead_of: Option<&str>) -> Result<Option<String>, Error> {
        let Some(tokens) = self.inner.tokens.reload() else {
            return Ok(None);
        };
        if instead_of != Some(tokens.access.as_str()) && !self.ends_soon(&tokens) {
            return Ok(Some(tokens.access));
        }
        let renewed = self.refresh(Some(&tokens.access)).await?;
        Ok(renewed.map(|tokens| tokens.access))
    }

    async fn leave(&self) -> Result<(), Error> {
        self.inner.tokens.reload();
        // With the device's own all end that others began at it.
        let Some(Tokens { refresh, .. }) = self.inner.tokens.own() else {
            return Ok(());
        };
        self.inner.tokens.clear();
        *super::held(&self.inner.checks) = super::hands::Checks::default();
        self.identity_changed();
        let call = EndSession { refresh }.call();
        self.persist(&call, None, None).await.map(|_| ())
    }

    async fn refresh(&self, instead_of: Option<&str>) -> Result<Option<Tokens>, Error> {
        let who = self.who();
        let Some(tokens) = self.inner.tokens.reload() else {
            return Ok(None);
        };
        if who.as_ref() != Some(&tokens.who) {
            self.identity_changed(); // another page of this browser signed somebody else in
        }
        if instead_of != Some(tokens.access.as_str()) {
            return Ok(Some(tokens)); // somebody was quicker
        }
        let refresh = tokens.refresh.clone();
        match self.persist(&Refresh { refresh }.call(), None, None).await {
            Ok(answer) => {
                let renewed: Tokens = read(answer)?;
                self.inner.tokens.renewed(&renewed);
                if renewed.who != tokens.who {
                    self.identity_changed(); // the same person, who may do more or less by now
                }
                Ok(Some(renewed))
            }
            // The server knows this session no more.
            Err(Error::Problem(problem)) if matches!(problem.status, 400..=404 | 410 | 422) => {
                self.inner.tokens.forget(&tokens.who);
                self.identity_changed();
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

pub(super) fn read(answer: serde_json::Value) -> Result<Tokens, Error> {
    // The answer holds secrets: only that it was wrong is said, not what it was.
    serde_json::from_value(answer).map_err(|_| Error::Malformed("not a session".into()))
}
