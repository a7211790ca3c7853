//! Reading a request's body: its size, its type, its syntax and its fields are each refused with a
//! problem of their own.

use super::leave::Asking;
use super::refusal::Refusal;
use crate::app::App;
use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::{DeserializeOwned, IgnoredAny};

/// The longest body that is read, bytes.
pub const MAX_BODY: usize = 64 * 1024;

/// A JSON body of routes that take no idempotency key. An empty body counts as `{}`.
pub(super) struct Json<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let bytes = read(&parts.headers, body).await?;
        Asking::still(&parts.extensions, app)?;
        parse(&bytes).map(Self)
    }
}

/// A JSON answer.
pub(super) struct Answer<T>(pub(super) T);

impl<T: serde::Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.0).expect("answers have text keys");
        ([(header::CONTENT_TYPE, "application/json")], body).into_response()
    }
}

/// The bytes of a JSON body.
///
/// # Errors
/// 413, 415, or 400 where the connection broke off.
pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    let read = Limited::new(body, MAX_BODY).collect().await;
    let bytes = read.map_err(|e| too_big_or_broken(&*e))?.to_bytes();
    if bytes.is_empty() || is_json(headers) {
        return Ok(bytes);
    }
    Err(Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "wrong_content_type",
        "the body must be JSON, with Content-Type: application/json",
    ))
}

fn too_big_or_broken(error: &(dyn std::error::Error + Send + Sync + 'static)) -> Refusal {
    if error.is::<LengthLimitError>() {
        let sentence = format!("the body is longer than {MAX_BODY} bytes");
        return Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_big", sentence);
    }
    let sentence = "the body broke off";
    Refusal::new(StatusCode::BAD_REQUEST, "body_incomplete", sentence)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// The body as what the route takes.
///
/// # Errors
/// 400 `malformed_json`; 422 `invalid_field`, which names the field.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let parsed = serde_path_to_error::deserialize(&mut reader);
    // A wrong field may stand in front of wrong syntax, which counts first.
    if serde_json::from_slice::<IgnoredAny>(bytes).is_err() {
        let sentence = "the body is not JSON";
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "malformed_json",
            sentence,
        ));
    }
    parsed.map_err(|error| {
        let path = error.path().to_string();
        let sentence = without_place(&error.inner().to_string());
        let field = match named(&sentence) {
            Some(name) if path == "." => name.to_owned(),
            Some(name) if sentence.starts_with("missing") => format!("{path}.{name}"),
            _ => path,
        };
        invalid_field(&field, sentence)
    })
}

/// A field that is well-formed and wrong.
pub(super) fn invalid_field(field: &str, sentence: impl Into<String>) -> Refusal {
    let refusal = Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_field", sentence);
    if field == "." {
        refusal
    } else {
        refusal.at(field)
    }
}

/// The field that a sentence such as "missing field `code`" names.
fn named(sentence: &str) -> Option<&str> {
    let about = sentence.starts_with("missing field") || sentence.starts_with("unknown field");
    let name = sentence.split('`').nth(1)?;
    about.then_some(name)
}

/// "… at line 1 column 7" tells a person nothing that the field does not.
fn without_place(sentence: &str) -> String {
    let end = sentence.rfind(" at line ").unwrap_or(sentence.len());
    sentence[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use presso_core::api::{CreateShopBody, SubmitBody};

    fn refused<T: DeserializeOwned>(text: &str) -> (String, Option<String>) {
        let problem = parse::<T>(text.as_bytes()).err().unwrap().0;
        (problem.code, problem.field)
    }

    #[test]
    fn what_is_not_json_is_malformed_even_behind_a_wrong_field() {
        for text in ["{", "{}}", "latte", r#"{"drink": 7, "options": [}"#] {
            assert_eq!(refused::<SubmitBody>(text).0, "malformed_json", "{text}");
        }
    }

    #[test]
    fn a_wrong_field_is_named_by_its_path() {
        let field = |text| {
            let (code, field) = refused::<SubmitBody>(text);
            assert_eq!(code, "invalid_field", "{text}");
            field.unwrap()
        };
        assert_eq!(field(r#"{"drink": 7}"#), "drink");
        assert_eq!(field(r#"{"drink": "Latte!"}"#), "drink");
        assert_eq!(
            field(r#"{"drink": "latte", "options": ["oat", 3]}"#),
            "options[1]"
        );
        assert_eq!(field(r#"{"drink": "latte", "sugar": 3}"#), "sugar");
        assert_eq!(field(""), "drink");
        let nested = r#"{"shop": "a", "menu": {"drinks": [{"id": "latte"}]}}"#;
        let (_, field) = refused::<CreateShopBody>(nested);
        assert_eq!(field.unwrap(), "menu.drinks[0].name");
        assert_eq!(refused::<SubmitBody>("[]").0, "invalid_field");
    }
}
