//! For whom a connection speaks: for its own address, unless a proxy that is trusted says otherwise.

use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};

/// Which header a trusted proxy names its clients in. Only one is read: a proxy that writes the
/// one passes the other on as whoever is at its far end made it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedHeader {
    /// `X-Forwarded-For`, as nearly every proxy writes it.
    #[default]
    XForwardedFor,
    /// `Forwarded`, RFC 7239.
    Forwarded,
}

/// The peers who are believed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proxies {
    /// Their networks; nobody is believed by default.
    pub trusted: Vec<IpNet>,
    /// Where they say it.
    pub header: ForwardedHeader,
}

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

impl Proxies {
    /// Is this peer believed?
    #[must_use]
    pub fn trust(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.trusted.iter().any(|network| network.contains(&peer))
    }

    /// Whose request this is: the peer's, or, as long as who speaks is trusted, of whom they speak.
    /// Read from the right, where each hop appends whom it heard it from.
    #[must_use]
    pub fn speaks_for(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut speaker = peer.to_canonical();
        if !self.trust(speaker) {
            return speaker;
        }
        let name = match self.header {
            ForwardedHeader::XForwardedFor => X_FORWARDED_FOR,
            ForwardedHeader::Forwarded => header::FORWARDED,
        };
        let lines: Vec<&str> = headers
            .get_all(name)
            .iter()
            .map(|line| line.to_str().unwrap_or_default())
            .collect();
        let hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
        for hop in hops {
            let named = match self.header {
                ForwardedHeader::XForwardedFor => address(hop),
                ForwardedHeader::Forwarded => node(hop).and_then(address),
            };
            // What is no address was heard from who speaks, and that is all one knows.
            let Some(named) = named else {
                return speaker;
            };
            speaker = named;
            if !self.trust(speaker) {
                break;
            }
        }
        speaker
    }

    /// Somebody nearby speaks for others, and nobody is trusted to: a proxy that the settings do
    /// not know.
    #[must_use]
    pub fn overlook(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        let speaks = || headers.contains_key(X_FORWARDED_FOR);
        self.trusted.is_empty() && peer.is_loopback() && speaks()
    }
}

/// The `for` of one element of `Forwarded`. A node holds neither comma nor semicolon, so that
/// quotes need not be looked into to find its ends.
fn node(element: &str) -> Option<&str> {
    let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    found.map(|(_, node)| node.trim().trim_matches('"'))
}

/// An address, with a port or without.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let ip = bare.unwrap_or(text).parse::<IpAddr>().ok();
    let ip = ip.or_else(|| text.parse::<SocketAddr>().ok().map(|a| a.ip()));
    ip.map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests;
