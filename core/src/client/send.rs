//! Sending requests: signed, repeated until they are answered, done once.

use super::exchange::Answer;
use super::{Client, Error, chance, host};
use crate::api::{Call, Endpoint, Method, Problem, Who};
use crate::id::StaffId;
use crate::realtime::Backoff;
use crate::time::Timestamp;
use serde_json::Value;
use uuid::Uuid;

/// A request is tried for this long in all, milliseconds.
const TRY_FOR_MS: i64 = 20_000;
/// These answer with tokens, which stay in here.
const SESSION_ROUTES: &str = "/v1/session/";
/// So does this one, once a device is let in.
const DEVICE_TOKEN: &str = "devices/token";

impl Client {
    /// Sends a request and waits for its answer. A request that was not answered, or was refused
    /// for the moment, is repeated for up to 20 s (under one idempotency key, where it takes one).
    ///
    /// # Errors
    /// [`Error`]: the server's refusal, or no answer within that time.
    pub async fn send<E: Endpoint>(&self, endpoint: &E) -> Result<E::Answer, Error> {
        self.send_keyed(endpoint, Uuid::new_v4(), None).await
    }

    /// The same under a key of the caller's, so that a command that was perhaps not done can be
    /// sent again later without being done twice; with `by`, only while that member of staff is
    /// one of those who are signed in here.
    ///
    /// # Errors
    /// As [`Client::send`]; the problem `another_session` (401) when they are not.
    pub async fn send_keyed<E: Endpoint>(
        &self,
        endpoint: &E,
        key: Uuid,
        by: Option<StaffId>,
    ) -> Result<E::Answer, Error> {
        let answer = self.call(&endpoint.call(), key, by).await?;
        serde_json::from_value(answer).map_err(|error| Error::Malformed(error.to_string()))
    }

    /// The same without types: for a shell that passes a page's requests on. Only plain paths of
    /// the API are taken, and none of a session's: their answers carry tokens.
    ///
    /// # Errors
    /// As [`Client::send_keyed`].
    pub async fn call(&self, call: &Call, key: Uuid, by: Option<StaffId>) -> Result<Value, Error> {
        if !may_be_asked(&call.path) {
            let title =
                "not a path of the API, or one of a session's, which have methods of their own";
            return Err(Error::Malformed(title.into()));
        }
        let key = call.keyed.then_some(key);
        let who = self.who();
        if let Some(by) = by.filter(|by| staff(who.as_ref()) != Some(*by)) {
            // They are signed in here, too, perhaps.
            let answer = self.call_for(by, call, key).await;
            return answer.unwrap_or_else(|| Err(another_session()));
        }
        let token = self.access(None).await?;
        // Renewing takes its time: somebody else may have signed in meanwhile.
        if token.is_some() && self.who() != who {
            return Err(another_session());
        }
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
            Some(renewed) if self.who() == who => self.persist(call, Some(&renewed), key).await,
            Some(_) | None => result,
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

/// Is it written as the API's paths are? What a parser of addresses would fold into another path,
/// or read as another host, is not.
fn may_be_asked(path: &str) -> bool {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(plain);
    let in_query = |byte: u8| plain(byte) || b"=&%.+".contains(&byte);
    path.strip_prefix("/v1/")
        .is_some_and(|rest| rest.split('/').all(is_name) && !is_of_a_session(rest))
        && query.bytes().all(in_query)
}

/// However it is written: who knows what stands between here and the server, and tidies up.
fn is_of_a_session(rest: &str) -> bool {
    let begins = rest.get(.."session".len());
    begins.is_some_and(|begins| begins.eq_ignore_ascii_case("session"))
        || rest.eq_ignore_ascii_case(DEVICE_TOKEN)
}

fn staff(who: Option<&Who>) -> Option<StaffId> {
    who.and_then(Who::member).map(|(staff, _)| staff)
}

fn another_session() -> Error {
    Problem::new(401, "another_session", "somebody else is signed in by now").into()
}

fn too_late(wait_ms: i64, give_up_at: Timestamp) -> bool {
    host::now().plus_ms(wait_ms) >= give_up_at
}

/// May it arrive twice? What has a key is done once; a session begun twice leaves one unused.
fn repeatable(call: &Call) -> bool {
    // A PIN that came twice was tried twice.
    call.keyed
        || call.method != Method::Post
        || (call.path.starts_with(SESSION_ROUTES) && !call.path.ends_with("/switch"))
}

#[cfg(test)]
mod tests {
    use super::may_be_asked;

    #[test]
    fn only_plain_paths_of_the_api_are_asked_for_a_page() {
        for path in [
            "/v1/shops",
            "/v1/shops/demo/menu/flat-white/availability",
            "/v1/orders/0190b0a0-0000-7000-8000-000000000000/submit",
            "/v1/me/orders?after=0190b0a0-0000-7000-8000-000000000000",
            "/v1/shops/demo/orders?state=ready&after=a%2Bb",
        ] {
            assert!(may_be_asked(path), "{path}");
        }
        for path in [
            "",
            "@evil.example/x",
            ".evil.example/x",
            ":8000/v1/shops",
            "//evil.example/v1/shops",
            "/v1/session/guest",
            "/v1/session",
            "/v1/devices/token",
            "/v1/Devices/Token",
            "/v1/Session/guest",
            "/v1/SESSION",
            "/v1/./session/guest",
            "/v1/%2e/session/guest",
            "/v1//session/guest",
            "/x/../v1/session/guest",
            "/v1\\session/guest",
            "/v1/ses\tsion/guest",
            "/v1/shops#/../session/guest",
            "/v1/shops?x=#y",
            "/v1/shops/d\u{e9}mo",
            "/openapi.json",
        ] {
            assert!(!may_be_asked(path), "{path}");
        }
    }
}
