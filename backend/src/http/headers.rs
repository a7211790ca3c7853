//! The headers that keep browsers safe, on every answer.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// For answers that are no page: they load nothing and stand in no frame.
const BARE: &str = "default-src 'none'; frame-ancestors 'none'";
/// A year. Other names below this host are others' business.
const HTTPS_ONLY: &str = "max-age=31536000";
/// What pages may ask the device for: the camera, to read codes.
const DEVICE: &str = "camera=(self), screen-wake-lock=(self), microphone=(), geolocation=(), \
    payment=(), usb=(), midi=(), display-capture=()";

/// What goes with every answer of one server.
#[derive(Debug, Clone)]
pub(super) struct Safety {
    page: HeaderValue,
    https: bool,
}

impl Safety {
    /// For a server that is reached here.
    pub(super) fn at(public_url: &str) -> Self {
        let page = HeaderValue::from_str(&page_policy(public_url));
        Self {
            page: page.unwrap_or(HeaderValue::from_static(BARE)),
            https: public_url.starts_with("https://"),
        }
    }
    /// Adds them.
    pub(super) fn add(&self, headers: &mut HeaderMap) {
        set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(headers, header::REFERRER_POLICY, "no-referrer");
        // Nothing here is for pages of other sites; CORS says nothing, which says no as well.
        set(headers, CORP, "same-origin");
        if self.https {
            set(headers, header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
        }
        if !headers.contains_key(header::CACHE_CONTROL) {
            set(headers, header::CACHE_CONTROL, "no-store");
        }
        let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
        let is = |start: &str| kind.is_some_and(|kind| kind.starts_with(start.as_bytes()));
        // A worker lives by the policy of its own script.
        let (page, script) = (is("text/html"), is("text/javascript"));
        if page || script {
            headers.insert(header::CONTENT_SECURITY_POLICY, self.page.clone());
        } else if !is("image/") && !is("font/") && !is("text/css") {
            set(headers, header::CONTENT_SECURITY_POLICY, BARE);
        }
        if page {
            set(headers, header::X_FRAME_OPTIONS, "DENY");
            set(headers, COOP, "same-origin");
            set(headers, PERMISSIONS, DEVICE);
        }
    }
}

/// `'self'` stands for the socket, too; older Safaris want to be told its address.
fn page_policy(public_url: &str) -> String {
    let socket = public_url.replacen("http", "ws", 1);
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' {socket}; \
         worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(public_url: &str, kind: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        set(&mut headers, header::CONTENT_TYPE, kind);
        Safety::at(public_url).add(&mut headers);
        headers
    }

    #[test]
    fn a_page_loads_from_here_alone_and_talks_to_here_alone() {
        let headers = of("https://coffee.example", "text/html; charset=utf-8");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.contains("connect-src 'self' wss://coffee.example;"),
            "{policy}"
        );
        for loose in ["unsafe-inline", " 'unsafe-eval'", "ws: ", "wss: ", "*"] {
            assert!(!policy.contains(loose), "{loose} in {policy}");
        }
        assert_eq!(headers[header::X_FRAME_OPTIONS], "DENY");
    }

    #[test]
    fn https_is_insisted_on_where_it_is_there() {
        let https = of("https://coffee.example", "application/json");
        assert_eq!(https[header::STRICT_TRANSPORT_SECURITY], HTTPS_ONLY);
        let http = of("http://192.0.2.7:8080", "application/json");
        assert!(!http.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn a_worker_may_do_what_its_page_may_and_other_answers_nothing() {
        let page = of("https://coffee.example", "text/html");
        let worker = of("https://coffee.example", "text/javascript");
        let policy = header::CONTENT_SECURITY_POLICY;
        assert_eq!(page[&policy], worker[&policy]);
        assert_eq!(
            of("https://coffee.example", "application/json")[&policy],
            BARE
        );
    }
}
