//! Chromium's own WebDriver commands, which the standard does not have.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

/// How WebDriver is spoken to: plain HTTP on this machine.
pub(super) fn connector() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}

/// A command of the browser's debugging protocol.
#[derive(Debug)]
pub(super) struct Cdp(Value);

impl Cdp {
    pub(super) fn new(command: &str, params: Value) -> Self {
        Self(json!({ "cmd": command, "params": params }))
    }
}

impl WebDriverCompatibleCommand for Cdp {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        of_session(base, session, "goog/cdp/execute")
    }
    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.to_string()))
    }
}

/// Takes the console's lines since the last time.
#[derive(Debug)]
pub(super) struct Log;

impl WebDriverCompatibleCommand for Log {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        of_session(base, session, "se/log")
    }
    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({ "type": "browser" });
        (http::Method::POST, Some(body.to_string()))
    }
}

fn of_session(
    base: &url::Url,
    session: Option<&str>,
    rest: &str,
) -> Result<url::Url, url::ParseError> {
    base.join(&format!("session/{}/{rest}", session.unwrap_or_default()))
}
