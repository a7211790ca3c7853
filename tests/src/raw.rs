//! Requests as no well-behaved app would send them, and their answers as they come.

use crate::people::Person;
use crate::server::Server;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use uuid::Uuid;

/// A request, to be bent before it is sent.
#[derive(Clone)]
pub struct Raw {
    /// In capitals.
    pub method: &'static str,
    /// From the slash on.
    pub path: String,
    /// The access token.
    pub token: Option<String>,
    /// The idempotency key.
    pub key: Option<String>,
    /// What it says its body is.
    pub content_type: Option<&'static str>,
    /// The body.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: http::HeaderMap,
    /// The body; null where it is no JSON.
    pub body: Value,
}

impl Reply {
    /// A header; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    }
    /// A text in the body; empty where there is none.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.body[field].as_str().unwrap_or_default()
    }
}

/// As an app would send it.
#[must_use]
pub fn post(person: &Person, path: &str, body: &Value) -> Raw {
    Raw {
        method: "POST",
        path: path.to_owned(),
        token: Some(person.token()),
        key: Some(Uuid::new_v4().to_string()),
        content_type: Some("application/json"),
        body: body.to_string().into_bytes(),
    }
}

/// As somebody without a session would.
#[must_use]
pub fn get(path: &str) -> Raw {
    let (token, key, content_type) = (None, None, None);
    Raw {
        method: "GET",
        path: path.to_owned(),
        token,
        key,
        content_type,
        body: vec![],
    }
}

impl Raw {
    /// Sends it, on a connection of its own.
    ///
    /// # Panics
    /// When there is no whole answer.
    pub async fn send(&self, server: &Server) -> Reply {
        let client: Client<HttpConnector, Full<bytes::Bytes>> =
            Client::builder(TokioExecutor::new())
                .pool_max_idle_per_host(0)
                .build_http();
        let mut request = http::Request::builder()
            .method(self.method)
            .uri(format!("{}{}", server.address, self.path));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(key) = &self.key {
            request = request.header("idempotency-key", key);
        }
        if let Some(kind) = self.content_type {
            request = request.header("content-type", kind);
        }
        let request = request
            .body(Full::from(self.body.clone()))
            .expect("a request");
        let answer = client.request(request).await.expect("the server answers");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer
            .into_body()
            .collect()
            .await
            .expect("a whole answer")
            .to_bytes();
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Reply {
            status,
            headers,
            body,
        }
    }
}

/// The version of the shop's stream: what no refusal may move.
///
/// # Panics
/// When there is none.
pub async fn version(server: &Server) -> u64 {
    let reply = get(&format!("/v1/shops/{}", server.shop))
        .send(server)
        .await;
    reply.body["version"].as_u64().expect("a version")
}
