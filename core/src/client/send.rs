//! Sending requests: signed, repeated until they are answered, done once.

use super::exchange::Answer;
use super::{Client, Error, chance, host};
use crate::api::{Call, Endpoint, Method};
use crate::realtime::Backoff;
use crate::time::Timestamp;
use serde_json::Value;
use uuid::Uuid;

/// A request is tried for this long in all, milliseconds.
const TRY_FOR_MS: i64 = 20_000;
/// These answer with tokens, which stay in here.
const SESSION_ROUTES: &str = "/v1/session/";

impl Client {
    /// Sends a request and waits for its answer. A request that was not answered, or was refused
    /// for the moment, is repeated for up to 20 s (under one idempotency key, where it takes one).
    ///
    /// # Errors
    /// [`Error`]: the server's refusal, or no answer within that time.
    pub async fn send<E: Endpoint>(&self, endpoint: &E) -> Result<E::Answer, Error> {
        self.send_keyed(endpoint, Uuid::new_v4()).await
    }

    /// The same under a key of the caller's, so that a command that was perhaps not done can be
    /// sent again later without being done twice.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn send_keyed<E: Endpoint>(
        &self,
        endpoint: &E,
        key: Uuid,
    ) -> Result<E::Answer, Error> {
        let answer = self.call(&endpoint.call(), key).await?;
        serde_json::from_value(answer).map_err(|error| Error::Malformed(error.to_string()))
    }

    /// The same without types: for a shell that passes a page's requests on. Session routes are
    /// refused here, since their answers carry tokens.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn call(&self, call: &Call, key: Uuid) -> Result<Value, Error> {
        if call.path.starts_with(SESSION_ROUTES) {
            let title = "sessions have methods of their own";
            return Err(Error::Malformed(title.into()));
        }
        let key = call.keyed.then_some(key);
        let who = self.who();
        let token = self.access(None).await?;
        let result = self.persist(call, token.as_deref(), key).await;
        let Err(Error::Problem(problem)) = &result else {
            return result;
        };
        // Never under the name of somebody who signed in while this was on its way.
        if problem.status != 401 || token.is_none() || self.who() != who {
            return result;
        }
        // Expired by the server's clock, or revoked: once more with a renewed one.
        match self.access(token.as_deref()).await? {
            Some(renewed) => self.persist(call, Some(&renewed), key).await,
            None => result,
        }
    }

    /// Until there is an answer that counts, or time is up.
    pub(super) async fn persist(
        &self,
        call: &Call,
        token: Option<&str>,
        key: Option<Uuid>,
    ) -> Result<Value, Error> {
        let give_up_at = host::now().plus_ms(TRY_FOR_MS);
        let mut backoff = Backoff::default();
        loop {
            let answer = self.inner.http.exchange(call, token, key).await;
            let (error, least_ms) = match answer {
                Answer::Done(value) => return Ok(value),
                Answer::Garbled(what) => return Err(Error::Malformed(what)),
                Answer::Refused(problem) if problem.retry() => {
                    let wait_ms = i64::from(problem.retry_after_s.unwrap_or(0)) * 1000;
                    (problem.into(), wait_ms)
                }
                Answer::Refused(problem) => return Err(problem.into()),
                Answer::Nothing if !repeatable(call) => return Err(Error::Offline),
                Answer::Nothing => (Error::Offline, 0),
            };
            let wait_ms = backoff.next_ms(chance()).max(least_ms);
            if too_late(wait_ms, give_up_at) {
                return Err(error);
            }
            host::sleep(wait_ms).await;
        }
    }
}

fn too_late(wait_ms: i64, give_up_at: Timestamp) -> bool {
    host::now().plus_ms(wait_ms) >= give_up_at
}

/// May it arrive twice? What has a key is done once; a session begun twice leaves one unused.
fn repeatable(call: &Call) -> bool {
    call.keyed || call.method != Method::Post || call.path.starts_with(SESSION_ROUTES)
}
