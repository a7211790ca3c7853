//! What is kept of a number, an address or a code: hashes under a key in a file of its own.

use crate::identity::Hash;
use hmac::{Hmac, KeyInit, Mac};
use presso_core::contact::Contact;
use presso_core::id::ShopId;
use sha2::Sha256;
use uuid::Uuid;

/// The key. A number has few digits and a code fewer: without it, either is found from its hash at
/// once. Never printed.
pub struct PasscodeKey([u8; 32]);

/// A number or an address, to be recognised and not to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// At this shop, so that no two shops' rows tell of the same person.
    pub here: Hash,
    /// Over all shops, for what is counted.
    pub owner: Hash,
}

impl PasscodeKey {
    /// Of this seed.
    #[must_use]
    pub const fn new(seed: [u8; 32]) -> Self {
        Self(seed)
    }
    /// The marks of a number or an address.
    #[must_use]
    pub fn marks(&self, shop: &ShopId, contact: &Contact) -> Marks {
        let owner = contact.owner();
        Marks {
            here: self.mac(b"contact", &[shop.as_str().as_bytes(), owner.as_bytes()]),
            owner: self.mac(b"owner", &[owner.as_bytes()]),
        }
    }
    /// What is kept of a code: good for this session, shop and contact alone.
    #[must_use]
    pub fn hash(&self, family: Uuid, marks: &Marks, digits: &str) -> Hash {
        let parts = [&family.as_bytes()[..], &marks.here.0, digits.as_bytes()];
        self.mac(b"passcode", &parts)
    }
    /// Another key, for PINs.
    #[must_use]
    pub fn for_pins(&self) -> [u8; 32] {
        self.mac(b"pins", &[]).0
    }
    fn mac(&self, label: &[u8], parts: &[&[u8]]) -> Hash {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        for part in std::iter::once(&label).chain(parts) {
            // With its length: no two lists of parts are one text.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Hash(mac.finalize().into_bytes().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_differs_between_keys_shops_and_people_and_a_code_between_sessions() {
        let (key, other) = (PasscodeKey::new([1; 32]), PasscodeKey::new([2; 32]));
        let shop = |name: &str| ShopId::parse(name).unwrap();
        let contact = |text: &str| Contact::parse(text).unwrap();
        let ada = key.marks(&shop("a"), &contact("+491701234567"));
        assert_eq!(key.marks(&shop("a"), &contact("+49 170 123 45 67")), ada);
        assert_eq!(
            key.marks(&shop("a"), &contact("ada+coffee@example.org")),
            key.marks(&shop("a"), &contact("Ada@example.org")),
            "one mailbox is one person, however it is tagged"
        );
        let elsewhere = key.marks(&shop("b"), &contact("+491701234567"));
        assert_ne!(elsewhere.here, ada.here);
        assert_eq!(elsewhere.owner, ada.owner);
        assert_ne!(
            key.marks(&shop("a"), &contact("+491701234568")).owner,
            ada.owner
        );
        assert_ne!(other.marks(&shop("a"), &contact("+491701234567")), ada);
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_ne!(key.hash(one, &ada, "123456"), key.hash(two, &ada, "123456"));
        assert_ne!(
            key.hash(one, &ada, "123456"),
            key.hash(one, &elsewhere, "123456")
        );
    }
}
