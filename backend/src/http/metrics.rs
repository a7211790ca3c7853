//! `/metrics`, served apart from everything else.

use super::refusal::Refusal;
use crate::app::App;
use crate::metrics::TEXT;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// What is counted, and nothing else.
pub(crate) fn metrics_router(app: &App) -> Router {
    Router::new()
        .route("/metrics", get(show))
        .fallback(|| async { Refusal::nothing_here() })
        .with_state(app.clone())
}

async fn show(State(app): State<App>) -> Response {
    match app.metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, TEXT)], text).into_response(),
        Err(_) => Refusal::internal().into_response(),
    }
}
