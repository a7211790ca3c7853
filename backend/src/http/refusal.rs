//! A problem as an answer: the one way in which this server says no.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use presso_core::api::{PROBLEM_TYPE, Problem};
use presso_core::workflow::Rejection;

/// An answer that is a problem.
#[derive(Debug, Clone)]
pub struct Refusal(pub Box<Problem>);

/// The code of a refusal because more is asked than can be done.
pub(super) const OVERLOADED: &str = "overloaded";

/// Marks such an answer: there are too many of them for a line in the log each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shed;

impl Refusal {
    /// Of this status, code and sentence.
    #[must_use]
    pub fn new(status: StatusCode, code: &str, sentence: impl Into<String>) -> Self {
        Problem::new(status.as_u16(), code, sentence).into()
    }
    /// With the field that is wrong.
    #[must_use]
    pub fn at(self, field: impl Into<String>) -> Self {
        self.0.at(field).into()
    }
    /// There is nothing at this address.
    #[must_use]
    pub fn nothing_here() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is nothing here")
    }
    /// The asker may not do this.
    #[must_use]
    pub fn not_allowed() -> Self {
        Rejection::NotAllowed.into()
    }
    /// The server failed; what failed is in its log and nobody else's business.
    #[must_use]
    pub fn internal() -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, "internal", "something went wrong in the server")
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}
impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Problem::from(rejection).into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.0).expect("a problem has text keys");
        let kind = [(header::CONTENT_TYPE, PROBLEM_TYPE)];
        let mut response = (status, kind, body).into_response();
        if self.0.code == OVERLOADED {
            response.extensions_mut().insert(Shed);
        }
        let headers = response.headers_mut();
        if let Some(seconds) = self.0.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"presso\""),
            );
        }
        response
    }
}
