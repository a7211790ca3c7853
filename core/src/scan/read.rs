//! What a scanned or typed text means.

use crate::code::Code;
use crate::id::ShopId;

/// What was scanned or typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// A shop's link with its code, as the shop's screen shows it.
    Link {
        /// Which shop.
        shop: ShopId,
        /// Its code.
        code: Code,
    },
    /// A code without a shop, as people type it.
    Code(Code),
    /// Something else.
    Other,
}

/// Reads a text. A link is `https://…/s/{shop}#c={code}` (also `http`, and `presso://s/{shop}#c=…`);
/// whose server it names is not looked at, since the code is only ever sent to one's own.
#[must_use]
pub fn read(text: &str) -> Scanned {
    let text = text.trim();
    match text.split_once("://") {
        Some((scheme, rest)) => link(scheme, rest).unwrap_or(Scanned::Other),
        None => Code::parse(text).map_or(Scanned::Other, Scanned::Code),
    }
}

fn link(scheme: &str, rest: &str) -> Option<Scanned> {
    let (place, fragment) = rest.split_once('#')?;
    let place = place.split_once('?').map_or(place, |(path, _)| path);
    let place = place.trim_end_matches('/');
    let host_first = ["https", "http"]
        .iter()
        .any(|s| scheme.eq_ignore_ascii_case(s));
    if !host_first && !scheme.eq_ignore_ascii_case("presso") {
        return None;
    }
    let path = if host_first {
        place.split_once('/')?.1
    } else {
        place
    };
    let (front, shop) = path.rsplit_once('/')?;
    if front.rsplit('/').next() != Some("s") {
        return None;
    }
    let code = fragment
        .split('&')
        .find_map(|pair| pair.strip_prefix("c="))?;
    Some(Scanned::Link {
        shop: ShopId::parse(shop).ok()?,
        code: Code::parse(code).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_links_of_screens_are_read_for_shop_and_code() {
        let expected = Scanned::Link {
            shop: ShopId::parse("demo").unwrap(),
            code: Code::parse("ABCDE12345").unwrap(),
        };
        for text in [
            "https://coffee.example/s/demo#c=ABCDE12345",
            "http://192.168.1.7:8080/s/demo#c=ABCDE12345",
            "HTTPS://COFFEE.EXAMPLE/s/demo/#c=abcde-12345",
            "https://example.org/a/coffee/s/demo?lang=en#x=1&c=ABCDE12345",
            "presso://s/demo#c=ABCDE12345",
            " presso://coffee.example/s/demo#c=ABCDE12345\n",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_bare_code_is_one_and_anything_else_is_other() {
        let code = Code::parse("ABCDE12345").unwrap();
        assert_eq!(read(" abcde 12345 "), Scanned::Code(code));
        for text in [
            "",
            "ABC",
            "https://coffee.example/s/demo",
            "https://coffee.example/s/demo#c=ABC",
            "https://coffee.example/s/Demo!#c=ABCDE12345",
            "https://coffee.example/demo#c=ABCDE12345",
            "https://s/demo#c=ABCDE12345",
            "ftp://coffee.example/s/demo#c=ABCDE12345",
            "https://coffee.example/barista#k=ABCDE12345",
            "://#",
            "WIFI:S:guest;T:WPA;P:secret;;",
        ] {
            assert_eq!(read(text), Scanned::Other, "{text}");
        }
    }
}
