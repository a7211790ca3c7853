//! Where webhooks of the event bus may go, `[webhooks]` in the configuration file.

use crate::bus::Reach;
use ipnet::IpNet;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// To the internet and by HTTPS, unless told otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Webhooks {
    /// Networks beside the internet, as `10.1.0.0/16`.
    #[serde(deserialize_with = "networks")]
    pub allow: Vec<IpNet>,
    /// Also without HTTPS.
    pub plain_http: bool,
}

fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let networks = texts.iter().map(|text| {
        let rule = "allow is a list of networks, as [\"10.1.0.0/16\"]";
        text.parse().map_err(|_| D::Error::custom(rule))
    });
    networks.collect()
}

impl Webhooks {
    /// With the machine's own way of resolving names.
    #[must_use]
    pub fn reach(&self) -> Reach {
        Reach {
            allow: self.allow.clone(),
            plain_http: self.plain_http,
            ..Reach::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_networks_and_nothing_is_allowed_by_default() {
        let read = |text: &str| toml::from_str::<Webhooks>(text);
        assert_eq!(read("").unwrap(), Webhooks::default());
        let told = read("allow = [\"10.1.0.0/16\", \"fd00::/8\"]\nplain_http = true").unwrap();
        assert_eq!((told.allow.len(), told.plain_http), (2, true));
        for wrong in [
            "allow = \"10.0.0.0/8\"",
            "allow = [\"10.0.0.1\"]",
            "http = true",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
