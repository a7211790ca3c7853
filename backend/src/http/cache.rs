//! Validators: has whoever asks got this already?

use axum::http::{HeaderMap, header};

/// Is this strong validator among those of `If-None-Match`?
pub(super) fn has(headers: &HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    let texts = values.filter_map(|v| v.to_str().ok());
    let mut tags = texts.flat_map(|text| text.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}
