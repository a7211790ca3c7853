//! Around every request: a time limit, a net for panics, the log's line, the headers that keep
//! browsers safe.

use super::refusal::Refusal;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use presso_core::api::Problem;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

/// An answer that took this long is worth a line in the log, µs.
const SLOW_US: u64 = 1_000_000;
/// Nothing that is asked takes this long, unless something is stuck.
const LIMIT: Duration = Duration::from_secs(30);

pub(super) async fn guard(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    // The route and not the address, which may hold identifiers and queries.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let work = AssertUnwindSafe(next.run(request)).catch_unwind();
    let mut response = match tokio::time::timeout(LIMIT, work).await {
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
    };
    safe(response.headers_mut());
    log(&method, route.as_ref(), response.status(), began);
    response
}

fn told(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

fn log(method: &Method, route: Option<&MatchedPath>, status: StatusCode, began: Instant) {
    let route = route.map_or("unknown", MatchedPath::as_str);
    let status = status.as_u16();
    let took_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    // What went well is in the journal; a line for each would cost more than its handler.
    if status >= 500 {
        tracing::warn!(%method, route, status, took_us, "answered");
    } else if took_us >= SLOW_US {
        tracing::info!(%method, route, status, took_us, "answered late");
    } else {
        tracing::debug!(%method, route, status, took_us, "answered");
    }
}

const PAGE_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; \
    connect-src 'self' ws: wss:; worker-src 'self'; object-src 'none'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

fn safe(headers: &mut HeaderMap) {
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, header::CACHE_CONTROL, "no-store");
    }
    let kind = headers.get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        set(headers, header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
        set(
            headers,
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        );
        set(
            headers,
            HeaderName::from_static("permissions-policy"),
            "camera=(self)",
        );
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
