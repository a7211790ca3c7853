//! Is it there, and does it serve?

use super::body::Answer;
use super::failure::restarting;
use super::refusal::Refusal;
use crate::app::App;
use axum::extract::State;
use presso_core::api::Nothing;
use serde_json::Value;

/// The process runs.
pub(super) async fn live() -> Answer<Nothing> {
    Answer(Nothing {})
}

/// It takes requests: the engine writes, and no stop has begun.
pub(super) async fn ready(State(app): State<App>) -> Result<Answer<Nothing>, Refusal> {
    if *app.stopping.borrow() {
        return Err(restarting());
    }
    app.engine.write(|_| Ok(())).await?;
    Ok(Answer(Nothing {}))
}

/// The public halves of the signing keys.
pub(super) async fn keys(State(app): State<App>) -> Answer<Value> {
    Answer(app.sessions.jwks(app.clock.now()))
}
