//! From what a code says to what it means: this shop's, another's, or something else.

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
    /// Something else altogether.
    NotOurs,
}

/// What the text of a code means, scanned at this shop.
pub(crate) fn meaning(text: &str, here: &ShopId) -> Found {
    match scan::read(text) {
        Scanned::Code(code) => Found::Code(code),
        Scanned::Link { shop, code } if shop == *here => Found::Code(code),
        Scanned::Link { shop, code } => Found::OtherShop(shop, code),
        Scanned::Other => Found::NotOurs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_shops_link_the_bare_code_another_shops_link_and_a_poster_are_told_apart() {
        let of = |text: &str| meaning(text, &ShopId::parse("demo").unwrap());
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
