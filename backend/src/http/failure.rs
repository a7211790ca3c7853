//! What the engine and the journal cannot do, as problems. Logged here, once.

use super::refusal::{OVERLOADED, Refusal};
use crate::engine;
use crate::journal;
use axum::http::StatusCode;
use presso_core::api::Problem;

fn later(code: &str, sentence: &str, seconds: u32) -> Refusal {
    let status = StatusCode::SERVICE_UNAVAILABLE.as_u16();
    Problem::new(status, code, sentence)
        .retry_after(seconds)
        .into()
}

impl From<engine::Error> for Refusal {
    fn from(error: engine::Error) -> Self {
        match error {
            engine::Error::Rejected(rejection) => rejection.into(),
            engine::Error::KeyReused => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_key_reused",
                "this Idempotency-Key was used for something else; draw a new one",
            )
            .at(super::keyed::HEADER),
            engine::Error::Overloaded { retry_after_s } => too_much(retry_after_s),
            // The engine has logged why.
            engine::Error::Storage => later("storage", "the server cannot save at the moment", 1),
            engine::Error::Stopping => restarting(),
        }
    }
}

/// More is asked than can be done.
pub(super) fn too_much(retry_after_s: u32) -> Refusal {
    later(OVERLOADED, "the server has too much to do", retry_after_s)
}

/// Whoever asks has asked too often.
pub(super) fn too_often(retry_after_s: u32) -> Refusal {
    let status = StatusCode::TOO_MANY_REQUESTS.as_u16();
    let sentence = "this comes too often; wait as long as Retry-After says";
    Problem::new(status, "too_often", sentence)
        .retry_after(retry_after_s)
        .into()
}

/// There is no room for one more now.
pub(super) fn no_room() -> Refusal {
    later(OVERLOADED, "too many are connected already", 10)
}

/// A device is to ask again, by the codes and the status of RFC 8628.
pub(super) fn pending(code: &str, sentence: &str) -> Refusal {
    let status = StatusCode::BAD_REQUEST.as_u16();
    Problem::new(status, code, sentence)
        .retry_after(crate::identity::INTERVAL_S)
        .into()
}

/// The server stops; another is about to take its place.
pub(super) fn restarting() -> Refusal {
    later("restarting", "the server is restarting", 1)
}

impl From<journal::Error> for Refusal {
    fn from(error: journal::Error) -> Self {
        match error {
            journal::Error::Overloaded => too_much(1),
            error => {
                tracing::error!(%error, "a read failed");
                later("storage", "the server cannot read at the moment", 1)
            }
        }
    }
}
