//! The headers in which proxies name their clients: what anybody writes into them themselves must
//! not make them somebody else.

use http::{HeaderMap, HeaderValue};
use presso_backend::limits::{ForwardedHeader, Proxies};
use std::net::{IpAddr, Ipv4Addr};

const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const STRANGER: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9));

/// Lines of a header, as a client made them up.
///
/// # Panics
/// When somebody is taken for who they are not.
pub fn run(data: &[u8]) {
    let trusted = vec!["127.0.0.0/8".parse().expect("a network")];
    for (header, name, hop) in [
        (
            ForwardedHeader::XForwardedFor,
            "x-forwarded-for",
            "203.0.113.9",
        ),
        (ForwardedHeader::Forwarded, "forwarded", "for=203.0.113.9"),
    ] {
        let proxies = Proxies {
            trusted: trusted.clone(),
            header,
        };
        let mut headers = HeaderMap::new();
        for line in data.split(|byte| *byte == b'\n') {
            if let Ok(value) = HeaderValue::from_bytes(line) {
                headers.append(name, value);
            }
        }
        // Who is not believed speaks for themselves.
        assert_eq!(proxies.speaks_for(STRANGER, &headers), STRANGER);
        // What the proxy says last, it saw itself: in a line of its own, or at the end of one.
        let mut apart = headers.clone();
        apart.append(name, HeaderValue::from_static(hop));
        assert_eq!(proxies.speaks_for(PROXY, &apart), STRANGER);
        let last = data
            .split(|byte| *byte == b'\n')
            .next_back()
            .unwrap_or_default();
        let joined = [last, b", ", hop.as_bytes()].concat();
        if let Ok(value) = HeaderValue::from_bytes(&joined) {
            let lines = HeaderMap::from_iter([(http::HeaderName::from_static(name), value)]);
            if lines[name].to_str().is_ok() {
                assert_eq!(proxies.speaks_for(PROXY, &lines), STRANGER);
            }
        }
    }
}
