//! Idempotency keys: a command that may arrive twice is done once.

use super::body;
use super::leave::Asking;
use super::refusal::Refusal;
use super::who::Principal;
use crate::app::App;
use crate::engine::Key;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The header.
pub const HEADER: &str = "idempotency-key";

/// A JSON body under an idempotency key. Stands last among a handler's arguments, after one that
/// says who asks.
pub(super) struct Keyed<T> {
    /// The key with all that it is scoped to.
    pub(super) key: Key,
    /// The body.
    pub(super) body: T,
}

impl<T: DeserializeOwned> FromRequest<App> for Keyed<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let given = key(&parts.headers)?;
        let Some(Principal(principal)) = parts.extensions.get().copied() else {
            tracing::error!(
                path = parts.uri.path(),
                "a keyed route does not ask who it is"
            );
            return Err(Refusal::internal());
        };
        let bytes = body::read(&parts.headers, body).await?;
        Asking::still(&parts.extensions, app)?;
        let key = Key {
            principal,
            route: format!("{} {}", parts.method, parts.uri.path()),
            key: given,
            body_digest: Sha256::digest(&bytes).into(),
        };
        let body = body::parse(&bytes)?;
        Ok(Self { key, body })
    }
}

fn key(headers: &HeaderMap) -> Result<Uuid, Refusal> {
    let Some(value) = headers.get(HEADER) else {
        let sentence = "this needs an Idempotency-Key, a UUID of your choice; repeat it when you repeat the request";
        let status = StatusCode::PRECONDITION_REQUIRED;
        return Err(Refusal::new(status, "idempotency_key_missing", sentence).at(HEADER));
    };
    let parsed = value
        .to_str()
        .ok()
        .and_then(|text| Uuid::try_parse(text).ok());
    parsed.ok_or_else(|| {
        let status = StatusCode::BAD_REQUEST;
        let sentence = "the Idempotency-Key is not a UUID";
        Refusal::new(status, "idempotency_key_malformed", sentence).at(HEADER)
    })
}
