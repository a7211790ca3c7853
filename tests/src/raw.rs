//! Requests as no well-behaved app would send them, and their answers as they come.

use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use presso_tests::people::Person;
use presso_tests::server::Server;
use serde_json::Value;
use uuid::Uuid;

/// A request, to be bent before it is sent.
#[derive(Clone)]
pub(crate) struct Raw {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) token: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    }
    pub(crate) fn text(&self, field: &str) -> &str {
        self.body[field].as_str().unwrap_or_default()
    }
}

pub(crate) fn post(person: &Person, path: &str, body: &Value) -> Raw {
    Raw {
        method: "POST",
        path: path.to_owned(),
        token: Some(person.token()),
        key: Some(Uuid::new_v4().to_string()),
        content_type: Some("application/json"),
        body: body.to_string().into_bytes(),
    }
}

pub(crate) fn get(path: &str) -> Raw {
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
    pub(crate) async fn send(&self, server: &Server) -> Reply {
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
pub(crate) async fn version(server: &Server) -> u64 {
    let reply = get(&format!("/v1/shops/{}", server.shop))
        .send(server)
        .await;
    reply.body["version"].as_u64().expect("a version")
}
