//! What is scanned, typed or opened: a shop's link with its code, a server's address, and the
//! secrets that links carry.

use presso_backend::identity::{Secret, UserCode};
use presso_core::scan::{Scanned, read};

// The shell's own file: the shell itself needs a window system to be built.
#[path = "../../../apps/shell/src/address.rs"]
mod address;
use address::Address;

/// A text.
///
/// # Panics
/// When what was read leads elsewhere once it is written down.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Scanned::Link { shop, code } = read(text) {
        let link = format!("presso://s/{shop}#c={code}");
        assert_eq!(read(&link), Scanned::Link { shop, code });
    }
    if let Some(Address { server, place }) = Address::parse(text) {
        // Whoever goes there later goes to the same server, and not to one that hides in a name.
        assert!(server.starts_with("https://") || server.starts_with("http://"));
        assert!(!server.contains(['@', '#', '?', ' ']), "{server}");
        let begins = |scheme: &str| {
            let start = text.trim().get(..scheme.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        };
        if begins("https://") {
            assert!(server.starts_with("https://"), "{text} is led off HTTPS");
        }
        let whole = format!("{server}{}", place.as_deref().unwrap_or_default());
        let again = Address::parse(&whole).expect("it is an address still");
        assert_eq!((again.server, again.place), (server, place));
    }
    if let Some(secret) = Secret::parse(text) {
        assert_eq!(secret.text(), text);
    }
    if let Some(code) = UserCode::parse(text) {
        assert_eq!(UserCode::parse(&code.text()), Some(code));
    }
}
