//! One file, ready to be served.

use std::borrow::Cow;

/// One file, ready to be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it holds, as stored.
    pub bytes: Cow<'static, [u8]>,
    /// What its bytes are squeezed by.
    pub encoding: Encoding,
    /// Its media type.
    pub kind: &'static str,
    /// A strong validator, in its quotes: changes with the bytes as stored.
    pub etag: String,
}

/// What bytes are squeezed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Nothing.
    Plain,
    /// Brotli, beforehand.
    Brotli,
}

/// The media type by a name's ending.
pub(super) fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "ftl" | "txt" => "text/plain; charset=utf-8",
        "wav" => "audio/wav",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        _ => "application/octet-stream",
    }
}

/// Is this the name of one file, and nothing that leads elsewhere?
pub(super) fn is_plain(name: &str) -> bool {
    let ok = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    !name.is_empty() && name.len() <= 200 && !name.starts_with('.') && name.chars().all(ok)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_no_names() {
        for bad in [
            "", ".", "..", ".env", "a/b", "..%2fa", "a\\b", "a\0", "ä.js", "a b",
        ] {
            assert!(!is_plain(bad), "{bad:?}");
        }
        assert!(is_plain("customer-3fa9_bg.wasm"));
    }
}
