//! How a browser is reached: what its page says, checked.

use super::public::is_public;
use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use presso_core::api::SubscribeBody;
use reqwest::Url;
use std::net::IpAddr;
use web_push_native::Auth;
use web_push_native::p256::PublicKey;

/// The longest address that is kept; the longest in use have some 500 bytes.
const MAX_ENDPOINT: usize = 1024;

/// Where messages may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules {
    /// Also to this machine, and without HTTPS there: for tests.
    pub loopback: bool,
}

impl Rules {
    /// May this address be connected to?
    pub(super) fn allow(self, address: IpAddr) -> bool {
        is_public(address) || (self.loopback && address.is_loopback())
    }
}

/// Where and how to write to a browser. Whoever knows it can; so it is not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    pub(super) endpoint: String,
    pub(super) p256dh: Vec<u8>,
    pub(super) auth: Vec<u8>,
}

/// What is wrong with a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Not where a push service is.
    #[error("the endpoint is an https address of a push service on the internet")]
    Endpoint,
    /// Not a browser's key.
    #[error("p256dh is a point on P-256, uncompressed, in base64")]
    Key,
    /// Not a browser's secret.
    #[error("auth has 16 bytes, in base64")]
    Auth,
}

impl Wrong {
    /// Which field of the body.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Endpoint => "endpoint",
            Self::Key => "p256dh",
            Self::Auth => "auth",
        }
    }
}

impl Subscription {
    /// What a page said, under these rules.
    ///
    /// # Errors
    /// [`Wrong`], with the field.
    pub fn parse(body: &SubscribeBody, rules: Rules) -> Result<Self, Wrong> {
        let subscription = Self {
            endpoint: body.endpoint.clone(),
            p256dh: decoded(&body.p256dh).ok_or(Wrong::Key)?,
            auth: decoded(&body.auth).ok_or(Wrong::Auth)?,
        };
        subscription.url(rules)?;
        subscription.keys()?;
        Ok(subscription)
    }
    /// The address, if it may be sent to.
    pub(super) fn url(&self, rules: Rules) -> Result<Url, Wrong> {
        let url = Url::parse(&self.endpoint).map_err(|_| Wrong::Endpoint)?;
        let plain = url.username().is_empty() && url.password().is_none();
        let fits = self.endpoint.len() <= MAX_ENDPOINT && url.fragment().is_none();
        if plain && fits && (is_on_the_internet(&url) || (rules.loopback && is_here(&url))) {
            Ok(url)
        } else {
            Err(Wrong::Endpoint)
        }
    }
    /// What to encrypt for.
    pub(super) fn keys(&self) -> Result<(PublicKey, Auth), Wrong> {
        let uncompressed = self.p256dh.len() == 65;
        let key = PublicKey::from_sec1_bytes(&self.p256dh).ok();
        let key = key.filter(|_| uncompressed).ok_or(Wrong::Key)?;
        let auth = Auth::from_exact_iter(self.auth.iter().copied()).ok_or(Wrong::Auth)?;
        Ok((key, auth))
    }
}

/// Every push service there is has a name, HTTPS and the usual port. What the name leads to is
/// checked when it is connected to.
fn is_on_the_internet(url: &Url) -> bool {
    let named = url
        .domain()
        .is_some_and(|name| name.trim_end_matches('.').contains('.') && !is_local(name));
    url.scheme() == "https" && named && url.port().is_none()
}

fn is_local(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    [".localhost", ".local", ".internal", ".home.arpa"]
        .iter()
        .any(|end| name.ends_with(end))
}

fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_matches(|c| c == '[' || c == ']');
    host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Browsers write URL-safe base64, some libraries the other one, with padding or without.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let read = |alphabet| GeneralPurpose::new(alphabet, config).decode(text).ok();
    read(&URL_SAFE).or_else(|| read(&STANDARD))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "BLn9b-VR0ca83knDNZ32dCHGyjJp-1riX9ZTN40MqV8K_LpQmLqxC_DoHvqvFXO_nGdAB4W9dogZb_sM-uV4JbY";
    const AUTH: &str = "_ordMnz7uTCmrpBTeUV4Bw";

    fn body(endpoint: &str, p256dh: &str, auth: &str) -> SubscribeBody {
        SubscribeBody {
            endpoint: endpoint.into(),
            p256dh: p256dh.into(),
            auth: auth.into(),
        }
    }

    #[test]
    fn only_https_addresses_of_names_on_the_internet_are_taken() {
        let parse = |endpoint: &str| {
            Subscription::parse(&body(endpoint, KEY, AUTH), Rules::default()).err()
        };
        assert_eq!(parse("https://push.example.org/send/abc?d=e"), None);
        for bad in [
            "",
            "push.example.org",
            "http://push.example.org/x",
            "https://127.0.0.1/x",
            "https://10.0.0.1/x",
            "https://[::1]/x",
            "https://2130706433/x",
            "https://0x7f.1/x",
            "https://localhost/x",
            "https://db/x",
            "https://db./x",
            "https://a.local/x",
            "https://metadata.google.internal/x",
            "https://a.localhost/x",
            "https://push.example.org:8443/x",
            "https://me:pw@push.example.org/x",
            "https://push.example.org/x#y",
            "ftp://push.example.org/x",
            "http://127.0.0.1:9/x",
            &format!("https://push.example.org/{}", "x".repeat(1024)),
        ] {
            assert_eq!(parse(bad), Some(Wrong::Endpoint), "{bad}");
        }
    }

    #[test]
    fn tests_may_allow_this_machine_and_nothing_else() {
        let rules = Rules { loopback: true };
        let parse = |endpoint: &str| Subscription::parse(&body(endpoint, KEY, AUTH), rules).err();
        assert_eq!(parse("http://127.0.0.1:1234/x"), None);
        assert_eq!(parse("http://[::1]:1234/x"), None);
        assert_eq!(parse("https://10.0.0.1/x"), Some(Wrong::Endpoint));
        assert_eq!(parse("http://push.example.org/x"), Some(Wrong::Endpoint));
    }

    #[test]
    fn keys_that_are_none_are_refused_by_field() {
        let parse = |p256dh: &str, auth: &str| {
            let body = body("https://push.example.org/x", p256dh, auth);
            Subscription::parse(&body, Rules::default()).err()
        };
        for bad in ["", "AAAA", "not base64!", &KEY[..80]] {
            assert_eq!(parse(bad, AUTH).map(Wrong::field), Some("p256dh"), "{bad}");
            assert_eq!(parse(KEY, bad).map(Wrong::field), Some("auth"), "{bad}");
        }
        assert_eq!(
            parse(KEY, &format!("{AUTH}==")),
            None,
            "padding is no fault"
        );
    }
}
