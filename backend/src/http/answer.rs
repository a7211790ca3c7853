//! The engine's answers, as they go out.

use super::refusal::Refusal;
use crate::app::App;
use crate::engine::{Answer, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Has a command decided and answers what was rendered; says when it was answered before.
///
/// # Errors
/// The engine's, as a problem.
pub(super) async fn command(
    app: &App,
    status: StatusCode,
    request: Request,
) -> Result<Response, Refusal> {
    Ok(respond(status, app.engine.command(request).await?))
}

/// What the engine answered, as it goes out.
pub(super) fn respond(status: StatusCode, answer: Answer) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    let mut response = (status, kind, answer.body).into_response();
    if answer.repeated {
        let name = HeaderName::from_static("idempotency-replayed");
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static("true"));
    }
    response
}
