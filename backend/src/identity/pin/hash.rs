//! What is kept of a PIN: a slow hash under the server's key. Ten thousand PINs are tried out in
//! minutes by whoever has the rows and the key, so the key stands in a file of its own; whoever has
//! the rows alone tries nothing out.

use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// OWASP's least: 19 MiB, twice over. In a release some 20 ms.
const MEMORY_KIB: u32 = 19 * 1024;
const ROUNDS: u32 = 2;
/// So many at the same time: what they take of memory is bounded, whoever asks.
const AT_ONCE: usize = 2;

/// A PIN as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinHash {
    pub(super) salt: [u8; 16],
    pub(super) hash: [u8; 32],
}

impl PinHash {
    /// What it was salted with.
    pub(crate) const fn salt(&self) -> [u8; 16] {
        self.salt
    }
}

/// Hashes PINs, a few at a time. Never printed.
pub struct PinHasher {
    key: [u8; 32],
    room: Arc<Semaphore>,
}

impl PinHasher {
    /// Under this key.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        let room = Arc::new(Semaphore::new(AT_ONCE));
        Self { key, room }
    }
    /// A PIN as it is kept, with this salt; none when the machine has no memory for it.
    pub async fn hash(&self, pin: String, salt: [u8; 16]) -> Option<PinHash> {
        // Never closed.
        let seat = Arc::clone(&self.room).acquire_owned().await.ok()?;
        let key = self.key;
        let slow = tokio::task::spawn_blocking(move || {
            let hashed = slow(&key, pin.as_bytes(), salt);
            drop(seat);
            hashed
        });
        slow.await.ok().flatten()
    }
}

fn slow(key: &[u8; 32], pin: &[u8], salt: [u8; 16]) -> Option<PinHash> {
    let params = Params::new(MEMORY_KIB, ROUNDS, 1, Some(32)).ok()?;
    let argon = Argon2::new_with_secret(key, Algorithm::Argon2id, Version::V0x13, params).ok()?;
    let mut hash = [0; 32];
    argon.hash_password_into(pin, &salt, &mut hash).ok()?;
    Some(PinHash { salt, hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_pin_is_known_again_under_its_key_and_salt_alone() {
        let hasher = PinHasher::new([1; 32]);
        let of = async |hasher: &PinHasher, pin: &str, salt| {
            hasher.hash(pin.to_owned(), [salt; 16]).await.unwrap().hash
        };
        let kept = of(&hasher, "2580", 7).await;
        assert_eq!(of(&hasher, "2580", 7).await, kept);
        assert_ne!(of(&hasher, "2581", 7).await, kept);
        assert_ne!(of(&hasher, "2580", 8).await, kept);
        assert_ne!(of(&PinHasher::new([2; 32]), "2580", 7).await, kept);
    }
}
