//! The customer as one shop knows them.

use hmac::{Hmac, KeyInit, Mac};
use presso_core::code::CodeSecret;
use presso_core::id::CustomerId;
use sha2::Sha256;
use uuid::Uuid;

/// The pseudonym of an account at the shop with this secret: the same at each visit, and without
/// the secret not to be linked with the account, nor with its pseudonym at another shop.
#[must_use]
pub fn pseudonym(secret: &CodeSecret, account: Uuid) -> CustomerId {
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret.0).expect("HMAC takes keys of any length");
    // A label of its own: the same secret makes the codes.
    mac.update(b"presso customer v1");
    mac.update(account.as_bytes());
    let tag = mac.finalize().into_bytes();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&tag[..16]);
    CustomerId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_is_stable_at_a_shop_and_differs_between_shops_and_accounts() {
        let (here, there) = (CodeSecret([1; 32]), CodeSecret([2; 32]));
        let (ada, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(pseudonym(&here, ada), pseudonym(&here, ada));
        assert_ne!(pseudonym(&here, ada), pseudonym(&there, ada));
        assert_ne!(pseudonym(&here, ada), pseudonym(&here, bob));
    }
}
