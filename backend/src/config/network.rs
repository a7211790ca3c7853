//! The settings about who is believed, and where metrics are.

use super::{Error, Metrics, wrong};
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Where metrics are when nobody says: on this machine alone.
const METRICS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9464);

/// What stands between commas.
pub(super) fn listed(text: &str) -> Vec<String> {
    let items = text.split(',').map(str::trim);
    items
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Networks and single addresses.
pub(super) fn trusted(texts: Vec<String>) -> Result<Vec<IpNet>, Error> {
    texts
        .into_iter()
        .map(|text| {
            let single = |_| text.parse::<IpAddr>().map(IpNet::from);
            let network = text.parse::<IpNet>().or_else(single).map_err(|_| {
                let rule = "is a list of addresses and networks, as 127.0.0.1 or 10.0.0.0/8";
                wrong("trusted_proxies", rule)
            })?;
            if network.prefix_len() == 0 {
                let why = "names everybody, and then anybody could say that they are somebody \
                    else: name the proxies alone";
                return Err(wrong("trusted_proxies", why));
            }
            Ok(network)
        })
        .collect()
}

/// An address, a port of this machine, or off.
pub(super) fn metrics(text: Option<&str>) -> Result<Option<Metrics>, Error> {
    let listen = match text {
        None => {
            let (listen, wanted) = (METRICS, false);
            return Ok(Some(Metrics { listen, wanted }));
        }
        Some("off") => return Ok(None),
        Some(text) => {
            let here = |_| text.parse().map(|port| SocketAddr::new(METRICS.ip(), port));
            text.parse().or_else(here).map_err(|_| {
                let rule = "is off, a port of this machine as 9464, or an address and a port as \
                    10.0.0.5:9464";
                wrong("metrics", rule)
            })?
        }
    };
    let wanted = true;
    Ok(Some(Metrics { listen, wanted }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_addresses_and_networks_but_not_everybody() {
        let read = |text: &str| trusted(listed(text));
        let both = read("127.0.0.1, 10.0.0.0/8,").unwrap();
        assert_eq!(
            both,
            [
                "127.0.0.1/32".parse().unwrap(),
                "10.0.0.0/8".parse().unwrap()
            ]
        );
        assert_eq!(read("").unwrap(), []);
        for wrong in ["localhost", "10.0.0.0/33", "0.0.0.0/0", "127.0.0.1,::/0"] {
            let told = read(wrong).unwrap_err().to_string();
            assert!(told.starts_with("trusted_proxies: "), "{wrong}: {told}");
        }
    }

    #[test]
    fn metrics_are_on_this_machine_unless_an_address_is_named() {
        let at = |text| metrics(text).map(|found| found.map(|m| (m.listen.to_string(), m.wanted)));
        assert_eq!(at(None), Ok(Some(("127.0.0.1:9464".into(), false))));
        assert_eq!(at(Some("9000")), Ok(Some(("127.0.0.1:9000".into(), true))));
        assert_eq!(
            at(Some("10.0.0.5:1")),
            Ok(Some(("10.0.0.5:1".into(), true)))
        );
        assert_eq!(at(Some("off")), Ok(None));
        assert!(at(Some("localhost")).is_err() && at(Some("99999")).is_err());
    }
}
