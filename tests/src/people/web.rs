//! Sends one request and reads its answer.

use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use presso_core::api::{Call, Method, Problem};
use serde::de::DeserializeOwned;

type Body = Full<bytes::Bytes>;

pub(super) struct Web {
    address: String,
    client: Client<HttpConnector, Body>,
}

impl Web {
    pub(super) fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            // No connection is kept: a server that stops waits for nobody.
            client: Client::builder(TokioExecutor::new())
                .pool_max_idle_per_host(0)
                .build_http(),
        }
    }

    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        call: &Call,
        token: &str,
    ) -> Result<T, Problem> {
        let lost = |why: String| Problem::new(0, "offline", why);
        let answer = self.client.request(self.request(call, token)).await;
        let answer = answer.map_err(|problem| lost(problem.to_string()))?;
        let status = answer.status();
        let body = answer.into_body().collect().await;
        let body = body
            .map_err(|problem| lost(problem.to_string()))?
            .to_bytes();
        let text = String::from_utf8_lossy(&body);
        if status.is_success() {
            return Ok(serde_json::from_slice(&body)
                .unwrap_or_else(|problem| panic!("{}: {problem}: {text}", call.path)));
        }
        Err(serde_json::from_slice(&body)
            .unwrap_or_else(|_| panic!("{}: {status} is no problem: {text}", call.path)))
    }

    fn request(&self, call: &Call, token: &str) -> http::Request<Body> {
        let method = match call.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
            Method::Put => http::Method::PUT,
            Method::Delete => http::Method::DELETE,
        };
        let mut request = http::Request::builder()
            .method(method)
            .uri(format!("{}{}", self.address, call.path))
            .header("host", self.address.trim_start_matches("http://"));
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if call.keyed {
            request = request.header("idempotency-key", uuid::Uuid::new_v4().to_string());
        }
        let body = call.body.as_ref().map(ToString::to_string);
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        request
            .body(Full::from(body.unwrap_or_default()))
            .expect("made of valid parts")
    }
}
