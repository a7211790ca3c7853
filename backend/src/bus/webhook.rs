//! One delivery to a webhook: signed after Standard Webhooks, one request, no redirect followed.

use super::reach::Guard;
use super::{Reach, backoff};
use crate::outbound;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use presso_core::time::Timestamp;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode};
use sha2::Sha256;
use std::error::Error as _;
use std::sync::Arc;

/// What a secret begins with.
const SECRET: &str = "whsec_";

/// What came of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The target has it.
    Delivered,
    /// Perhaps later; the target may say after how many milliseconds.
    Later(String, Option<i64>),
    /// It will never be taken.
    Refused(String),
}

/// One message.
pub(super) struct Message<'a> {
    /// The same for every attempt.
    pub(super) id: &'a str,
    pub(super) media_type: &'static str,
    pub(super) body: String,
}

/// The secret as Standard Webhooks writes it.
#[must_use]
pub fn secret_text(secret: &[u8]) -> String {
    format!("{SECRET}{}", STANDARD.encode(secret))
}

/// `v1,…`, over what identifies the message, when it was sent, and what it says.
pub(super) fn signature(secret: &[u8], id: &str, at_s: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    for part in [id, ".", &at_s.to_string(), ".", body] {
        mac.update(part.as_bytes());
    }
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// A client that connects to what may be reached and nothing else, follows no redirect and uses no
/// proxy, which would do the resolving in its place. Each connection resolves and checks anew: none
/// is kept.
pub(super) fn client(reach: &Reach) -> Option<Client> {
    outbound::client()
        .inspect_err(|error| tracing::error!(%error, "webhooks cannot check certificates"))
        .ok()?
        .dns_resolver(Arc::new(Guard(reach.clone())))
        .https_only(!reach.plain_http)
        .no_proxy()
        .pool_max_idle_per_host(0)
        .build()
        .inspect_err(|error| tracing::error!(%error, "webhooks have no client"))
        .ok()
}

/// Sends one message. The answer's body is not read.
pub(super) async fn send(
    client: &Client,
    reach: &Reach,
    url: &str,
    secret: &[u8],
    message: Message<'_>,
    now: Timestamp,
) -> Outcome {
    // Put under rules that were checked then; they may be stricter now.
    let url = match reach.url(url) {
        Ok(url) => url,
        Err(wrong) => return Outcome::Refused(format!("the address {wrong}")),
    };
    let at_s = now.0.div_euclid(1000);
    let request = client
        .post(url)
        .header("webhook-id", message.id)
        .header("webhook-timestamp", at_s)
        .header(
            "webhook-signature",
            signature(secret, message.id, at_s, &message.body),
        )
        .header(CONTENT_TYPE, message.media_type)
        .body(message.body);
    match request.send().await {
        Ok(answer) => outcome(&answer),
        Err(error) => Outcome::Later(told(&error), None),
    }
}

/// A failure in words for whoever runs a shop: without the address, which may carry a secret, and
/// without its cause. By that they would learn which names the operator's network knows, and which
/// machines are there: the operator finds it in the log.
fn told(error: &reqwest::Error) -> String {
    tracing::debug!(cause = %cause(error), "a webhook was not delivered");
    match error {
        _ if error.is_timeout() => format!("no answer within {} s", outbound::WITHIN.as_secs()),
        _ if error.is_connect() => NOT_REACHED.to_owned(),
        _ => "the request failed".to_owned(),
    }
}

/// What is said of every name and address that cannot be connected to, whichever way.
const NOT_REACHED: &str = "not reached: is the address right, and on the internet?";

fn cause(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    let mut deepest = "the request failed".to_owned();
    while let Some(inner) = cause {
        deepest = inner.to_string();
        cause = inner.source();
    }
    deepest.chars().take(200).collect()
}

fn outcome(answer: &Response) -> Outcome {
    let status = answer.status();
    let told = format!("answered {}", status.as_u16());
    match status {
        _ if status.is_success() => Outcome::Delivered,
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            Outcome::Later(told, after_ms(answer))
        }
        _ if status.is_client_error() => Outcome::Refused(told),
        _ => Outcome::Later(told, after_ms(answer)),
    }
}

/// Seconds only, and not believed beyond the longest pause of our own.
fn after_ms(answer: &Response) -> Option<i64> {
    let after = answer.headers().get(RETRY_AFTER)?.to_str().ok()?;
    let after_ms = after.parse::<u32>().ok().map(|s| i64::from(s) * 1000)?;
    Some(after_ms.min(backoff::MAX_PAUSE_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Knows the names of the operator's network.
    struct Inner;
    impl crate::bus::Lookup for Inner {
        fn lookup(
            &self,
            name: String,
        ) -> std::pin::Pin<Box<dyn Future<Output = std::io::Result<Vec<std::net::IpAddr>>> + Send>>
        {
            Box::pin(async move {
                match name.as_str() {
                    "there.example" => Ok(vec![std::net::Ipv4Addr::new(10, 0, 0, 1).into()]),
                    _ => Err(std::io::ErrorKind::NotFound.into()),
                }
            })
        }
    }

    #[tokio::test]
    async fn nobody_learns_from_a_reason_which_names_the_operators_network_knows() {
        let reach = Reach {
            lookup: std::sync::Arc::new(Inner),
            ..Reach::default()
        };
        let client = client(&reach).unwrap();
        for name in ["there.example", "nowhere.example"] {
            let message = Message {
                id: "msg",
                media_type: "application/json",
                body: "{}".into(),
            };
            let (url, now) = (format!("https://{name}/x"), Timestamp(1_800_000_000_000));
            match send(&client, &reach, &url, &[1; 32], message, now).await {
                Outcome::Later(why, None) => assert_eq!(why, NOT_REACHED, "{name}"),
                _ => panic!("{name} was reached"),
            }
        }
    }

    /// The example of the specification's reference libraries.
    #[test]
    fn the_signature_is_that_of_standard_webhooks() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        assert_eq!(
            signature(
                &secret,
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                "{\"test\": 2432232314}"
            ),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
        assert_eq!(
            secret_text(&secret),
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        );
    }
}
