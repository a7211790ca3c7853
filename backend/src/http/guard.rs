//! Around every request: where it comes from and whether it comes too often, a time limit, a net
//! for panics, the log's line, the headers that keep browsers safe.

use super::caller::Caller;
use super::headers::Safety;
use super::refusal::{Refusal, Shed};
use crate::app::App;
use crate::limits::Kind;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use presso_core::api::Problem;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

/// An answer that took this long is worth a line in the log.
const SLOW: Duration = Duration::from_secs(1);
/// Nothing that is asked takes this long, unless something is stuck, or its body trickles in.
const LIMIT: Duration = Duration::from_secs(30);

pub(super) async fn guard(
    State((app, safety)): State<(App, Safety)>,
    mut request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    // The route and not the address, which may hold identifiers and queries.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let caller = Caller::note(&app, &mut request);
    let mut response = match app.count_from(caller, Kind::Requests) {
        // What would be refused after all is not read: that costs what others need.
        Ok(()) if !method.is_safe() && app.engine.is_too_much() => {
            super::failure::too_much(1).into_response()
        }
        Ok(()) => within_limits(next.run(request)).await,
        Err(refusal) => refusal.into_response(),
    };
    safety.add(response.headers_mut());
    if app.is_leaving() && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    let took = began.elapsed();
    app.metrics.answered(response.status().as_u16(), took);
    let is_shed = response.extensions().get::<Shed>().is_some();
    log(&method, route.as_ref(), (response.status(), is_shed), took);
    response
}

async fn within_limits(work: impl Future<Output = Response>) -> Response {
    let work = AssertUnwindSafe(work).catch_unwind();
    match tokio::time::timeout(LIMIT, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            tracing::error!(panic = told(&*panic), "a request panicked");
            Refusal::internal().into_response()
        }
        Err(_) => {
            let status = StatusCode::SERVICE_UNAVAILABLE.as_u16();
            let late = Problem::new(status, "too_slow", "this took too long; it may be done");
            Refusal::from(late.retry_after(1)).into_response()
        }
    }
}

fn told(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

fn log(
    method: &Method,
    route: Option<&MatchedPath>,
    (status, is_shed): (StatusCode, bool),
    took: Duration,
) {
    let route = route.map_or("unknown", MatchedPath::as_str);
    let status = status.as_u16();
    let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    // What went well is in the journal; a line for each would cost more than its handler.
    // The engine says once that it is too much, and the metrics how many were refused.
    if status >= 500 && !is_shed {
        tracing::warn!(%method, route, status, took_us, "answered");
    } else if took >= SLOW {
        tracing::info!(%method, route, status, took_us, "answered late");
    } else {
        tracing::debug!(%method, route, status, took_us, "answered");
    }
}
