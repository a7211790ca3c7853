//! How much anyone may ask for: rates for each address, account and socket, and connections held
//! at once by one address. Whatever is counted is counted in tables of a fixed size.

mod address;
mod bound;
mod bucket;
mod crowd;
mod proxies;

pub use address::Address;
pub use bound::{Bound, Limits, Rate};
pub use proxies::{ForwardedHeader, Proxies};

pub(crate) use bucket::Bucket;
pub(crate) use crowd::{Crowd, Seat};

use crate::engine::Clock;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::Arc;
use uuid::Uuid;

/// Which rate: each is a setting of [`Limits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Every request of an address.
    Requests,
    /// Guests' sessions begun from an address.
    Guests,
    /// Links redeemed, sessions renewed and ended from an address.
    Sessions,
    /// Devices of an address that begin to wait for being let in.
    Devices,
    /// One-time codes asked for from an address.
    Passcodes,
    /// Codes redeemed from an address.
    Scans,
    /// Sockets opened from an address.
    Sockets,
    /// Events put on the bus by an outside source.
    Events,
    /// Every request of an account.
    Account,
    /// What is said on a socket.
    Frames,
    /// Connections held at once by an address.
    Connections,
}

impl Kind {
    /// As its setting is called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Guests => "guests",
            Self::Sessions => "sessions",
            Self::Devices => "devices",
            Self::Passcodes => "passcodes",
            Self::Scans => "scans",
            Self::Sockets => "sockets",
            Self::Events => "events",
            Self::Account => "account",
            Self::Frames => "frames",
            Self::Connections => "connections",
        }
    }
}

/// Whoever is counted: an address or an account, hashed under a key that nobody outside knows, so
/// that nobody can choose whom to share a place in a table with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counted(u64);

/// Too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooOften {
    /// Which limit was met.
    pub(crate) kind: Kind,
    /// After how many seconds there is room again, at least 1.
    pub(crate) retry_after_s: u32,
}

/// The limits at work.
pub(crate) struct Limiter {
    hasher: RandomState,
    requests: Bucket,
    guests: Bucket,
    sessions: Bucket,
    devices: Bucket,
    passcodes: Bucket,
    scans: Bucket,
    sockets: Bucket,
    events: Bucket,
    account: Bucket,
    frames: Bound,
    clock: Arc<dyn Clock>,
    proxies: Proxies,
    connections: Crowd,
    /// Sockets by the address that a proxy names: its own connections are not counted.
    sockets_held: Crowd,
}

impl Limiter {
    /// These limits, by this clock, where so many files may be open.
    pub(crate) fn new(
        limits: &Limits,
        proxies: Proxies,
        clock: Arc<dyn Clock>,
        descriptors: u64,
    ) -> Self {
        let bucket = |kind, bound| Bucket::for_many(kind, bound, Arc::clone(&clock));
        let most = limits.connections_within(descriptors);
        Self {
            hasher: RandomState::new(),
            requests: bucket(Kind::Requests, limits.requests),
            guests: bucket(Kind::Guests, limits.guests),
            sessions: bucket(Kind::Sessions, limits.sessions),
            devices: bucket(Kind::Devices, limits.devices),
            passcodes: bucket(Kind::Passcodes, limits.passcodes),
            scans: bucket(Kind::Scans, limits.scans),
            sockets: bucket(Kind::Sockets, limits.sockets),
            events: bucket(Kind::Events, limits.events),
            account: bucket(Kind::Account, limits.account),
            frames: limits.frames,
            proxies,
            connections: Crowd::of_at_most(most),
            sockets_held: Crowd::of_at_most(most),
            clock,
        }
    }
    /// Who is believed about whom they speak for.
    pub(crate) const fn proxies(&self) -> &Proxies {
        &self.proxies
    }
    /// An address, to be counted.
    pub(crate) fn address(&self, ip: IpAddr) -> Counted {
        Counted(self.hasher.hash_one(Address::of(ip)))
    }
    /// An account, to be counted.
    pub(crate) fn account(&self, account: Uuid) -> Counted {
        Counted(self.hasher.hash_one(account))
    }
    /// Counts one more.
    ///
    /// # Errors
    /// That it is one too many.
    pub(crate) fn count(&self, kind: Kind, who: Counted) -> Result<(), TooOften> {
        let bucket = match kind {
            Kind::Requests => &self.requests,
            Kind::Guests => &self.guests,
            Kind::Sessions => &self.sessions,
            Kind::Devices => &self.devices,
            Kind::Passcodes => &self.passcodes,
            Kind::Scans => &self.scans,
            Kind::Sockets => &self.sockets,
            Kind::Events => &self.events,
            Kind::Account => &self.account,
            // Counted by those who hold them.
            Kind::Frames | Kind::Connections => return Ok(()),
        };
        bucket.count(who.0)
    }
    /// For one socket, to count what is said on it.
    pub(crate) fn frames(&self) -> Bucket {
        Bucket::for_one(Kind::Frames, self.frames, Arc::clone(&self.clock))
    }
    /// A place for a connection from there; none when that address holds too many already. Who is
    /// believed speaks for many, and is not counted.
    pub(crate) fn connect(&self, peer: IpAddr) -> Option<Seat> {
        if self.proxies.trust(peer) {
            return Some(Seat::free());
        }
        self.connections.enter(Address::of(peer))
    }
    /// The same for a socket, by the address that it is for.
    pub(crate) fn hold_socket(&self, address: IpAddr) -> Option<Seat> {
        self.sockets_held.enter(Address::of(address))
    }
}
