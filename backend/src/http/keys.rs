//! `/v1/keys`: a new key to sign sessions with.

use super::body::{Answer, Json};
use super::refusal::Refusal;
use super::roles::Operators;
use super::who::By;
use crate::app::App;
use axum::extract::State;
use presso_core::api::{RotateKeysBody, RotatedKeys};

pub(super) async fn rotate(
    State(app): State<App>,
    By(..): By<Operators>,
    Json(RotateKeysBody { at_once }): Json<RotateKeysBody>,
) -> Result<Answer<RotatedKeys>, Refusal> {
    let turning = app.clone();
    let turned = tokio::task::spawn_blocking(move || turning.rotate_keys(at_once)).await;
    let keys = match turned {
        Ok(Ok(keys)) => keys,
        Ok(Err(error)) => {
            tracing::error!(%error, "the signing key could not be followed by another");
            return Err(Refusal::internal());
        }
        Err(_) => return Err(Refusal::internal()),
    };
    tracing::info!(keys = keys.len(), at_once, "another key signs sessions");
    Ok(Answer(RotatedKeys { keys }))
}
