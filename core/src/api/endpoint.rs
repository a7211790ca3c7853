//! What every request has in common.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Reads.
    Get,
    /// Does.
    Post,
    /// Sets.
    Put,
    /// Removes.
    Delete,
}

/// A request, ready to be sent: what crosses from a webview to its shell, too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// Path and query, from `/v1` on.
    pub path: String,
    /// The JSON body.
    pub body: Option<serde_json::Value>,
    /// Does it take an `Idempotency-Key`? Then a client may repeat it until it is answered.
    pub keyed: bool,
}

impl Call {
    /// Reads.
    #[must_use]
    pub fn get(path: String) -> Self {
        Self {
            method: Method::Get,
            path,
            body: None,
            keyed: false,
        }
    }
    /// Does something that must not be done twice.
    #[must_use]
    pub fn post(path: String, body: &impl Serialize) -> Self {
        Self {
            method: Method::Post,
            path,
            body: json(body),
            keyed: true,
        }
    }
    /// Sets something; keyed as well, since it is journaled.
    #[must_use]
    pub fn put(path: String, body: &impl Serialize) -> Self {
        Self {
            method: Method::Put,
            path,
            body: json(body),
            keyed: true,
        }
    }
    /// Takes something away; again changes nothing, so it needs no key.
    #[must_use]
    pub fn delete(path: String) -> Self {
        Self {
            method: Method::Delete,
            path,
            body: None,
            keyed: false,
        }
    }
    /// The same without a key: session routes.
    #[must_use]
    pub fn unkeyed(self) -> Self {
        Self {
            keyed: false,
            ..self
        }
    }
}

fn json(body: &impl Serialize) -> Option<serde_json::Value> {
    Some(serde_json::to_value(body).expect("requests have text keys and no failing serialisers"))
}

/// A typed request.
pub trait Endpoint {
    /// What a 2xx answer carries.
    type Answer: DeserializeOwned;
    /// The request, ready to be sent.
    fn call(&self) -> Call;
}

/// An empty body, `{}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}
