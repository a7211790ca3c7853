//! What somebody typed, scanned or opened, as an address: which server, and where on it.

use url::{Host, Url};

/// The schemes of the apps' own links: `presso://coffee.example/s/demo#c=CODE` means the same place
/// at `https://coffee.example`, or at `http://` where the host is this machine.
const OWN: [&str; 3] = ["presso", "presso-barista", "presso-display"];

/// A server, and a place on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// `https://coffee.example`, or with a port.
    pub(crate) server: String,
    /// Path, query and fragment, as `/s/demo#c=CODE`; none for the server as such.
    pub(crate) place: Option<String>,
}

impl Address {
    /// Reads a link (`https`, `http` or one of the apps' own), or an address as a person types it:
    /// `coffee.example`, `192.168.1.20:8080`. None when it is no address.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let url = match text.split_once("://") {
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("http") => Url::parse(text).ok()?,
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("https") => Url::parse(text).ok()?,
            Some((scheme, rest)) => {
                OWN.iter().find(|own| scheme.eq_ignore_ascii_case(own))?;
                guessed(rest, is_this_machine)?
            }
            None => guessed(text, is_near)?,
        };
        if !url.username().is_empty() || url.password().is_some() {
            return None; // whoever writes such a link wants the name to be taken for the server
        }
        let server = url.origin().ascii_serialization();
        let rest = &url[url::Position::BeforePath..];
        let place = Some(rest.to_owned()).filter(|rest| rest != "/");
        Some(Self { server, place })
    }
}

/// Without a scheme: `http` where `plain` says so, else `https`.
fn guessed(rest: &str, plain: fn(&Host<&str>) -> bool) -> Option<Url> {
    let url = Url::parse(&format!("https://{rest}")).ok()?;
    if plain(&url.host()?) {
        return Url::parse(&format!("http://{rest}")).ok();
    }
    Some(url)
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// On this machine or in the same building: nobody can have a certificate for such an address.
fn is_near(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".local"),
        Host::Ipv4(address) => {
            address.is_loopback() || address.is_private() || address.is_link_local()
        }
        Host::Ipv6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<String>)> {
        Address::parse(text).map(|address| (address.server, address.place))
    }
    fn at(server: &str, place: &str) -> Option<(String, Option<String>)> {
        let place = Some(place.to_owned()).filter(|place| !place.is_empty());
        Some((server.to_owned(), place))
    }

    #[test]
    fn a_link_gives_its_server_and_its_place_with_the_fragment() {
        let scanned = read("https://coffee.example/s/demo#c=ABCDEFGH23");
        assert_eq!(
            scanned,
            at("https://coffee.example", "/s/demo#c=ABCDEFGH23")
        );
        let own = read("presso://coffee.example:8443/s/demo#c=AB");
        assert_eq!(own, at("https://coffee.example:8443", "/s/demo#c=AB"));
        let staff = read("presso-barista://coffee.example/barista#k=AB");
        assert_eq!(staff, at("https://coffee.example", "/barista#k=AB"));
        let here = read("presso://127.0.0.1:8080/s/demo");
        assert_eq!(here, at("http://127.0.0.1:8080", "/s/demo"));
    }

    #[test]
    fn what_a_person_types_is_enough() {
        assert_eq!(read(" coffee.example "), at("https://coffee.example", ""));
        assert_eq!(read("Coffee.Example/"), at("https://coffee.example", ""));
        assert_eq!(
            read("192.168.1.20:8080"),
            at("http://192.168.1.20:8080", "")
        );
        assert_eq!(read("localhost:8080"), at("http://localhost:8080", ""));
        assert_eq!(
            read("http://coffee.example"),
            at("http://coffee.example", "")
        );
    }

    #[test]
    fn a_link_that_others_made_never_leaves_the_safe_way_for_the_plain_one() {
        let typed_by_nobody = read("presso://192.168.1.20/s/demo");
        assert_eq!(typed_by_nobody, at("https://192.168.1.20", "/s/demo"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "my coffee shop",
            "mailto:a@b.example",
            "ftp://a.example",
            "file:///etc",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("https://coffee.example@evil.example/s/demo"), None);
    }
}
