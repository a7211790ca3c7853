//! `/metrics`, served apart from everything else.

use super::refusal::Refusal;
use crate::app::App;
use crate::disk::Disk;
use crate::metrics::{Now, TEXT};
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
    match app.metrics.text(now(&app)) {
        Ok(text) => ([(header::CONTENT_TYPE, TEXT)], text).into_response(),
        Err(_) => Refusal::internal().into_response(),
    }
}

fn now(app: &App) -> Now {
    let (alive, oldest) = app.hub.alive();
    let facts = Disk::of(&app.data);
    Now {
        under_way: app.engine.under_way(),
        alive,
        oldest_ms: oldest.map_or(0, |at| app.clock.now().ms_since(at)),
        wal_bytes: facts.wal_bytes,
        room_bytes: facts.free_bytes,
    }
}
