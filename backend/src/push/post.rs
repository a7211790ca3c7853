//! Leaving a message at a push service: encrypted, signed, one request.

use super::Push;
use super::letter::Due;
use super::public::PublicOnly;
use super::subscription::{Rules, Subscription};
use crate::outbound;
use presso_core::time::Timestamp;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode};
use std::sync::Arc;

/// No waiting time that a push service asks for is believed beyond this, seconds.
const MAX_RETRY_AFTER_S: u32 = 600;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The push service has it.
    Delivered,
    /// There is no such browser any more.
    Gone,
    /// It will never be taken.
    Refused(u16),
    /// Perhaps later; the push service may say when, seconds.
    Later(Option<u32>),
}

/// A client that reaches the internet only, follows no redirect and uses no proxy, which would do
/// the resolving in its place. Made when something is to be sent for the first time.
pub(super) fn client(rules: Rules) -> Option<Client> {
    outbound::client()
        .inspect_err(|error| tracing::error!(%error, "web push cannot check certificates"))
        .ok()?
        .dns_resolver(Arc::new(PublicOnly(rules)))
        .https_only(!rules.loopback)
        .no_proxy()
        .build()
        .inspect_err(|error| tracing::error!(%error, "web push has no client"))
        .ok()
}

/// Sends one message.
pub(super) async fn send(
    client: &Client,
    push: &Push,
    to: &Subscription,
    due: &Due,
    now: Timestamp,
) -> Outcome {
    // Kept under rules that were checked then; they may be stricter now.
    let (Ok(url), Ok((key, auth))) = (to.url(push.rules), to.keys()) else {
        return Outcome::Gone;
    };
    let Ok(body) = web_push_native::encrypt(due.message(), &key, &auth) else {
        return Outcome::Gone;
    };
    let origin = url.origin().ascii_serialization();
    let request = client
        .post(url)
        .header("authorization", push.vapid.authorization(&origin, now))
        .header("ttl", due.ttl_s(now))
        .header("urgency", "high")
        .header("topic", due.topic())
        .header(CONTENT_ENCODING, "aes128gcm")
        .header(CONTENT_TYPE, "application/octet-stream")
        .body(body);
    match request.send().await {
        Ok(answer) => outcome(&answer),
        // The error names the address, which is a secret: without it.
        Err(error) => {
            tracing::info!(error = %error.without_url(), "a push service was not reached");
            Outcome::Later(None)
        }
    }
}

fn outcome(answer: &Response) -> Outcome {
    let status = answer.status();
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Outcome::Gone,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => later(answer),
        _ if status.is_success() => Outcome::Delivered,
        _ if status.is_server_error() => later(answer),
        _ => Outcome::Refused(status.as_u16()),
    }
}

/// Seconds only: push services name no dates.
fn later(answer: &Response) -> Outcome {
    let after = answer.headers().get(RETRY_AFTER);
    let after = after.and_then(|value| value.to_str().ok()?.parse::<u32>().ok());
    Outcome::Later(after.map(|seconds| seconds.min(MAX_RETRY_AFTER_S)))
}
