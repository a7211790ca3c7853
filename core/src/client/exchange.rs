//! One HTTP exchange: a call goes out, and an answer, a problem or nothing comes back.

use super::host;
use crate::api::{Call, Method, Problem};
use serde_json::Value;
use std::time::Duration;
use uuid::Uuid;

/// An answer is waited for this long.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// What came back.
pub(super) enum Answer {
    /// A 2xx with this body; `{}` when it was empty.
    Done(Value),
    /// A refusal.
    Refused(Problem),
    /// A 2xx whose body is no JSON.
    Garbled(String),
    /// Nothing: the server could not be reached, or fell silent.
    Nothing,
}

/// The way to one server.
pub(super) struct Http {
    client: reqwest::Client,
    base_url: String,
}

impl Http {
    pub(super) fn new(base_url: &str) -> Self {
        Self {
            client: host::http_client(),
            base_url: base_url.trim_end_matches('/').to_owned(),
        }
    }
    /// Where the realtime socket is.
    pub(super) fn socket_url(&self) -> String {
        // `https` becomes `wss`, `http` becomes `ws`.
        let rest = self.base_url.strip_prefix("http").unwrap_or(&self.base_url);
        format!("ws{rest}/v1/realtime")
    }

    /// Once there and back.
    pub(super) async fn exchange(
        &self,
        call: &Call,
        token: Option<&str>,
        key: Option<Uuid>,
    ) -> Answer {
        let method = match call.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let url = format!("{}{}", self.base_url, call.path);
        let mut request = self.client.request(method, url).timeout(ANSWER_WITHIN);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key.to_string());
        }
        if let Some(body) = &call.body {
            let request_type = ("content-type", "application/json");
            request = request
                .header(request_type.0, request_type.1)
                .body(body.to_string());
        }
        let Ok(response) = request.send().await else {
            return Answer::Nothing;
        };
        let status = response.status().as_u16();
        match response.bytes().await {
            Ok(body) => read(status, &body),
            Err(_) => Answer::Nothing,
        }
    }
}

fn read(status: u16, body: &[u8]) -> Answer {
    if (200..300).contains(&status) {
        let body = if body.is_empty() { b"{}" } else { body };
        return match serde_json::from_slice(body) {
            Ok(value) => Answer::Done(value),
            Err(error) => Answer::Garbled(error.to_string()),
        };
    }
    // Something between here and the server may answer in its own words.
    let foreign = || Problem::new(status, &format!("http_{status}"), "no problem document");
    Answer::Refused(crate::json::read(body).unwrap_or_else(|_| foreign()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_for_what_it_is() {
        assert!(matches!(read(204, b""), Answer::Done(value) if value == serde_json::json!({})));
        assert!(matches!(read(200, b"<html>"), Answer::Garbled(_)));
        let problem = serde_json::to_vec(&Problem::new(409, "shop_full", "full")).unwrap();
        assert!(matches!(read(409, &problem), Answer::Refused(p) if p.code == "shop_full"));
        assert!(matches!(read(502, b"<html>"), Answer::Refused(p) if p.retry()));
    }

    #[test]
    fn the_socket_is_as_safe_as_the_rest() {
        let url = |base: &str| Http::new(base).socket_url();
        assert_eq!(url("https://a.example/"), "wss://a.example/v1/realtime");
        assert_eq!(url("http://a.example:80"), "ws://a.example:80/v1/realtime");
    }
}
