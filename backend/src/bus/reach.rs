//! Where webhooks may go. A manager names the address, and the server stands inside its operator's
//! network: it must not be led there, by an address, by a redirect, or by a name that leads there
//! now or the next time. So the address that is connected to is the one that was checked.

use crate::push::is_public;
use ipnet::IpNet;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

/// The longest address of a webhook, bytes.
const MAX_URL: usize = 1024;

/// How names are resolved: the machine's own way, but for tests.
pub trait Lookup: Send + Sync + 'static {
    /// The addresses that a name leads to now.
    fn lookup(&self, name: String)
    -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;
}

/// The machine's own way.
#[derive(Debug, Clone, Copy)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(
        &self,
        name: String,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Where webhooks may go.
#[derive(Clone)]
pub struct Reach {
    /// Networks beside the internet.
    pub allow: Vec<IpNet>,
    /// Also without HTTPS.
    pub plain_http: bool,
    /// How names are resolved.
    pub lookup: Arc<dyn Lookup>,
}

impl Default for Reach {
    fn default() -> Self {
        Self {
            allow: Vec::new(),
            plain_http: false,
            lookup: Arc::new(SystemLookup),
        }
    }
}

impl fmt::Debug for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reach")
            .field("allow", &self.allow)
            .field("plain_http", &self.plain_http)
            .finish_non_exhaustive()
    }
}

/// What is wrong with the address of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is none.
    #[error("is no address, or is longer than 1,024 bytes")]
    Form,
    /// Not HTTPS.
    #[error("begins with https://")]
    Scheme,
    /// It carries a name or a password.
    #[error("carries no name and no password: the signature says who sends")]
    Credentials,
    /// Into somebody's own network.
    #[error("leads to an address that is not on the internet, which the operator does not allow")]
    Private,
}

impl Reach {
    /// May this address be connected to?
    #[must_use]
    pub fn allows(&self, address: IpAddr) -> bool {
        is_public(address) || self.allow.iter().any(|network| network.contains(&address))
    }

    /// Reads the address of a webhook. What its name leads to is not asked here: that would tell
    /// the asker about names inside, and would be worth nothing later.
    ///
    /// # Errors
    /// [`Wrong`].
    pub fn url(&self, text: &str) -> Result<Url, Wrong> {
        let url = Url::parse(text).map_err(|_| Wrong::Form)?;
        if text.len() > MAX_URL || url.fragment().is_some() {
            return Err(Wrong::Form);
        }
        if !(url.scheme() == "https" || (url.scheme() == "http" && self.plain_http)) {
            return Err(Wrong::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Wrong::Credentials);
        }
        // The reader of addresses knows every spelling of them: what it takes for a name is one.
        let host = url.host_str().ok_or(Wrong::Form)?;
        let literal = host.trim_matches(|c| c == '[' || c == ']');
        match literal.parse::<IpAddr>() {
            Ok(address) if !self.allows(address) => Err(Wrong::Private),
            _ => Ok(url),
        }
    }
}

/// Resolves a name at the moment of connecting, and answers only what may be connected to.
pub(super) struct Guard(pub(super) Reach);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0.clone();
        Box::pin(async move {
            let found = reach.lookup.lookup(name.as_str().to_owned()).await?;
            let allowed = found.into_iter().filter(|address| reach.allows(*address));
            let allowed: Vec<_> = allowed.map(|ip| SocketAddr::new(ip, 0)).collect();
            if allowed.is_empty() {
                return Err("the name leads to no address that may be reached".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_of_an_inner_address_is_taken() {
        let reach = Reach::default();
        for inner in [
            "https://127.0.0.1/x",
            "https://2130706433/x",
            "https://0x7f000001/x",
            "https://0x7f.1/x",
            "https://0177.0.0.1/x",
            "https://017700000001/x",
            "https://127.1/x",
            "https://127.0.0.1./x",
            "https://%31%32%37.0.0.1/x",
            "https://①②⑦.0.0.1/x",
            "https://[::1]/x",
            "https://[0:0:0:0:0:0:0:1]/x",
            "https://[::ffff:127.0.0.1]/x",
            "https://[::ffff:7f00:1]/x",
            "https://[::127.0.0.1]/x",
            "https://[64:ff9b::7f00:1]/x",
            "https://[2002:7f00:1::]/x",
            "https://[fe80::1]/x",
            "https://[fd00::1]/x",
            "https://[ff02::1]/x",
            "https://10.0.0.1/x",
            "https://172.16.0.1/x",
            "https://192.168.0.1/x",
            "https://169.254.169.254/latest",
            "https://100.64.0.1/x",
            "https://224.0.0.1/x",
            "https://0.0.0.0/x",
            "https://0/x",
            "https://255.255.255.255/x",
        ] {
            assert_eq!(reach.url(inner), Err(Wrong::Private), "{inner}");
        }
    }

    #[test]
    fn an_address_is_https_and_carries_nobodys_password() {
        let reach = Reach::default();
        for (text, wrong) in [
            ("", Wrong::Form),
            ("example.org", Wrong::Form),
            ("https://", Wrong::Form),
            ("https://[::1%25eth0]/", Wrong::Form),
            ("https://example.org/#x", Wrong::Form),
            (
                &format!("https://example.org/{}", "x".repeat(1024)),
                Wrong::Form,
            ),
            ("http://example.org/x", Wrong::Scheme),
            ("ftp://example.org/x", Wrong::Scheme),
            ("file:///etc/passwd", Wrong::Scheme),
            ("https://me@example.org/x", Wrong::Credentials),
            ("https://:pw@example.org/x", Wrong::Credentials),
        ] {
            assert_eq!(reach.url(text), Err(wrong), "{text}");
        }
        for fine in ["https://example.org/x?y=z", "https://8.8.8.8:8443/x"] {
            assert!(reach.url(fine).is_ok(), "{fine}");
        }
    }

    #[test]
    fn an_operator_may_allow_a_network_and_nothing_else_with_it() {
        let reach = Reach {
            allow: vec!["10.1.0.0/16".parse().unwrap()],
            plain_http: true,
            ..Reach::default()
        };
        assert!(reach.url("http://10.1.2.3/x").is_ok());
        assert_eq!(reach.url("http://10.2.0.1/x"), Err(Wrong::Private));
        assert_eq!(reach.url("http://[::ffff:10.1.2.3]/x"), Err(Wrong::Private));
    }

    /// Answers something else each time.
    struct Fickle(parking_lot::Mutex<Vec<IpAddr>>);
    impl Lookup for Fickle {
        fn lookup(
            &self,
            _: String,
        ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
            let next = self.0.lock().pop();
            Box::pin(async move { Ok(next.into_iter().collect()) })
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_elsewhere_the_second_time_is_checked_the_second_time() {
        let answers = ["10.0.0.1", "8.8.8.8"].map(|text| text.parse().unwrap());
        let lookup = Arc::new(Fickle(parking_lot::Mutex::new(answers.to_vec())));
        let guard = Guard(Reach {
            lookup,
            ..Reach::default()
        });
        let resolve = || guard.resolve("a.example".parse().unwrap());
        let first: Vec<_> = resolve().await.unwrap().collect();
        assert_eq!(first, ["8.8.8.8:0".parse().unwrap()]);
        assert!(resolve().await.is_err(), "now it leads inside");
    }
}
