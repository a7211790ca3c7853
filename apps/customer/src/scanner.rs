//! From what a code says to what it means: this shop's, another's, another server's, or something
//! else.

use presso_core::code::Code;
use presso_core::id::ShopId;
use presso_core::scan::{self, Scanned};

/// What a scanned code turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// A code for this shop.
    Code(Code),
    /// A code for another shop, of this server as far as one can tell.
    OtherShop(ShopId, Code),
    /// The link of a shop of another server.
    Elsewhere(String),
    /// Something else altogether.
    NotOurs,
}

/// What the text of a code means, scanned at this shop. `own` is the server that a window belongs
/// to; a browser can only ask the one that its page came from.
pub(crate) fn meaning(text: &str, here: &ShopId, own: Option<&str>) -> Found {
    match scan::read(text) {
        Scanned::Code(code) => Found::Code(code),
        Scanned::Link { .. } if own.is_some_and(|own| leads_away(text, own)) => {
            Found::Elsewhere(text.trim().to_owned())
        }
        Scanned::Link { shop, code } if shop == *here => Found::Code(code),
        Scanned::Link { shop, code } => Found::OtherShop(shop, code),
        Scanned::Other => Found::NotOurs,
    }
}

/// Does a shop's link name a server (`presso://s/demo` names none) and not this one? One that
/// spells this one otherwise is none the worse for it: the shell knows better, and asks nothing.
fn leads_away(link: &str, own: &str) -> bool {
    let link = link.trim();
    let names_one = link
        .split_once("://")
        .is_some_and(|(_, rest)| !rest.starts_with("s/"));
    let begins = link
        .get(..own.len())
        .is_some_and(|begins| begins.eq_ignore_ascii_case(own));
    names_one && !(begins && link[own.len()..].starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_window_a_link_of_another_server_is_told_apart_and_a_browser_has_one_server() {
        let demo = ShopId::parse("demo").unwrap();
        let own = "https://coffee.example";
        let code = Code::parse("ABCDEFGH23").unwrap();
        for (text, elsewhere) in [
            ("https://coffee.example/s/demo#c=ABCDEFGH23", false),
            (" HTTPS://Coffee.Example/s/demo#c=ABCDEFGH23", false),
            ("presso://s/demo#c=ABCDEFGH23", false),
            ("ABCDE-FGH23", false),
            ("https://tea.example/s/demo#c=ABCDEFGH23", true),
            ("https://coffee.example.evil/s/demo#c=ABCDEFGH23", true),
            ("https://coffee.example:8443/s/demo#c=ABCDEFGH23", true),
            ("http://coffee.example/s/demo#c=ABCDEFGH23", true),
        ] {
            let expected = if elsewhere {
                Found::Elsewhere(text.into())
            } else {
                Found::Code(code.clone())
            };
            assert_eq!(meaning(text, &demo, Some(own)), expected, "{text}");
            assert_eq!(meaning(text, &demo, None), Found::Code(code.clone()));
        }
    }

    #[test]
    fn this_shops_link_the_bare_code_another_shops_link_and_a_poster_are_told_apart() {
        let of = |text: &str| meaning(text, &ShopId::parse("demo").unwrap(), None);
        let code = Code::parse("ABCDEFGH23").unwrap();
        let here = of("https://coffee.example/s/demo#c=ABCDEFGH23");
        assert_eq!(here, Found::Code(code.clone()));
        assert_eq!(of("abcde-fgh23"), Found::Code(code.clone()));
        let other = ShopId::parse("other").unwrap();
        assert_eq!(
            of("https://coffee.example/s/other#c=ABCDEFGH23"),
            Found::OtherShop(other, code)
        );
        assert_eq!(of("https://example.org/"), Found::NotOurs);
    }
}
