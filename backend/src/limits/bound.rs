//! The limits as settings, `[limits]` in the configuration file.

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use std::num::NonZeroU32;

/// So many at once, and so many more each minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// How many at once, after a pause.
    pub burst: NonZeroU32,
    /// How many each minute in the long run.
    pub per_minute: NonZeroU32,
}

/// A rate, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// As often as one likes.
    Off,
    /// Not more often than this.
    At(Rate),
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Rate(Rate),
            Word(String),
        }
        match Written::deserialize(deserializer) {
            Ok(Written::Rate(rate)) => Ok(Self::At(rate)),
            Ok(Written::Word(word)) if word == "off" => Ok(Self::Off),
            _ => Err(D::Error::custom(
                "a limit is \"off\" or { burst = 100, per_minute = 60 }, neither of them 0",
            )),
        }
    }
}

/// Every limit on how much one may ask for. A whole hall may share one address: what each guest
/// does once is allowed in large bursts, and little of it in the long run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Every request of an address, pages and their parts too.
    pub requests: Bound,
    /// Guests' sessions begun from an address; each is a row for 30 days.
    pub guests: Bound,
    /// Links redeemed, sessions renewed and ended from an address; each is a write.
    pub sessions: Bound,
    /// Devices of an address that begin to wait for being let in; of all, 1,000 wait at once.
    pub devices: Bound,
    /// One-time codes asked for from an address; each may be a message that costs.
    pub passcodes: Bound,
    /// Codes redeemed from an address, right or wrong.
    pub scans: Bound,
    /// Sockets opened from an address.
    pub sockets: Bound,
    /// Events that one outside source puts on the bus; each is a write, and a row for 30 days.
    pub events: Bound,
    /// Every request of an account. A tablet that was offline sends up to 200 taps at once.
    pub account: Bound,
    /// What is said on one socket.
    pub frames: Bound,
    /// Connections that an address may hold at once; the half of the files that may be open, where
    /// that is less.
    pub connections: NonZeroU32,
}

const fn at(burst: u32, per_minute: u32) -> Bound {
    let (Some(burst), Some(per_minute)) = (NonZeroU32::new(burst), NonZeroU32::new(per_minute))
    else {
        return Bound::Off;
    };
    Bound::At(Rate { burst, per_minute })
}

/// However few files may be open, an address may hold so many connections.
const FEW: u32 = 64;
/// Connections of one address.
const CONNECTIONS: NonZeroU32 = NonZeroU32::new(10_000).unwrap();

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests: at(20_000, 30_000),
            guests: at(1_500, 30),
            sessions: at(3_000, 1_200),
            devices: at(30, 6),
            passcodes: at(300, 10),
            scans: at(1_500, 600),
            sockets: at(5_000, 3_000),
            events: at(600, 120),
            account: at(600, 600),
            frames: at(300, 600),
            connections: CONNECTIONS,
        }
    }
}

impl Limits {
    /// How many connections one address may hold where so many files may be open.
    #[must_use]
    pub fn connections_within(&self, descriptors: u64) -> u32 {
        let half = u32::try_from(descriptors / 2).unwrap_or(u32::MAX);
        self.connections.get().min(half.max(FEW))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_rate_or_off_and_what_is_not_said_is_default() {
        let text = "guests = { burst = 5, per_minute = 1 }\nscans = \"off\"";
        let limits: Limits = toml::from_str(text).unwrap();
        let expected = Limits {
            guests: at(5, 1),
            scans: Bound::Off,
            ..Limits::default()
        };
        assert_eq!(limits, expected);
        for wrong in [
            "guests = 5",
            "guests = \"of\"",
            "guests = { burst = 0, per_minute = 1 }",
            "guests = { burst = 5 }",
            "guests = { burst = 5, per_minute = 1, per_hour = 2 }",
            "guest = \"off\"",
            "connections = 0",
        ] {
            assert!(toml::from_str::<Limits>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn one_address_never_holds_more_than_the_half_of_all_files() {
        let limits = Limits::default();
        assert_eq!(limits.connections_within(1 << 20), 10_000);
        assert_eq!(limits.connections_within(1024), 512);
        assert_eq!(limits.connections_within(20), 64);
    }
}
