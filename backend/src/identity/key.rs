//! The signing key.

use super::secret::Secret;
use super::seed::{self, Error};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::path::Path;
use uuid::Uuid;

/// Signs access tokens and derives refresh tokens. Never printed.
pub struct Key {
    signing: SigningKey,
    verifying: VerifyingKey,
    id: String,
}

impl Key {
    /// The key of this seed.
    #[must_use]
    pub fn new(seed: &[u8; 32]) -> Self {
        let signing = SigningKey::from_bytes(seed);
        let verifying = signing.verifying_key();
        let digest = Sha256::digest(verifying.as_bytes());
        let id = URL_SAFE_NO_PAD.encode(&digest[..9]);
        Self {
            signing,
            verifying,
            id,
        }
    }

    /// The key in this file; made with `fresh` as its seed when there is none.
    ///
    /// # Errors
    /// [`Error`]: unreadable, not a key, or readable by others.
    pub fn open(path: &Path, fresh: &[u8; 32]) -> Result<Self, Error> {
        seed::open(path, fresh).map(|seed| Self::new(&seed))
    }

    /// The key in this file.
    ///
    /// # Errors
    /// As [`Self::open`], and when there is no file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        seed::read(path).map(|seed| Self::new(&seed))
    }

    /// Its name in tokens.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
    /// A signature.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }
    /// Is this signature of this key?
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        self.verifying.verify_strict(message, &signature).is_ok()
    }
    /// A refresh token's secret of 128 random bits, made so that this key knows it again.
    #[must_use]
    pub fn refresh(&self, family: Uuid, random: [u8; 16]) -> Secret {
        let mark = self.mac(b"presso refresh mark v1", family, &random);
        let mut secret = [0; 32];
        secret[..16].copy_from_slice(&random);
        secret[16..].copy_from_slice(&mark[..16]);
        Secret(secret)
    }
    /// Did this key make this secret for that session, whenever? Tells a token that was exchanged
    /// long ago from one that somebody made up.
    #[must_use]
    pub fn made(&self, family: Uuid, secret: &Secret) -> bool {
        let mut random = [0; 16];
        random.copy_from_slice(&secret.0[..16]);
        let made = self.refresh(family, random);
        // By hash, so that how far they agree is not to be told from the time it takes.
        made.hash() == secret.hash()
    }
    /// The refresh token that follows this one. It is derived, so that whoever asks again because
    /// the answer was lost, or from a second tab, gets the same one.
    #[must_use]
    pub fn successor(&self, family: Uuid, refresh: &Secret) -> Secret {
        let next = self.mac(b"presso refresh v1", family, &refresh.0);
        let mut random = [0; 16];
        random.copy_from_slice(&next[..16]);
        self.refresh(family, random)
    }
    fn mac(&self, label: &[u8], family: Uuid, message: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.signing.as_bytes())
            .expect("HMAC takes keys of any length");
        mac.update(label);
        mac.update(family.as_bytes());
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
    /// The public half, as a JSON Web Key.
    #[must_use]
    pub fn jwk(&self) -> serde_json::Value {
        let x = URL_SAFE_NO_PAD.encode(self.verifying.as_bytes());
        serde_json::json!({
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": self.id, "x": x,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_back_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("signing.key");
        let made = Key::open(&path, &[1; 32]).unwrap();
        let again = Key::open(&path, &[2; 32]).unwrap();
        assert_eq!(made.id(), again.id());
        assert!(again.verify(b"coffee", &made.sign(b"coffee")));
        assert!(!again.verify(b"tea", &made.sign(b"coffee")));
    }

    #[test]
    fn a_key_knows_the_refresh_tokens_that_it_made_and_for_whom() {
        let (key, other) = (Key::new(&[1; 32]), Key::new(&[2; 32]));
        let (ada, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let first = key.refresh(ada, [7; 16]);
        let second = key.successor(ada, &first);
        assert_eq!(key.successor(ada, &first), second);
        assert_ne!(first, second);
        for made in [&first, &second] {
            assert!(key.made(ada, made));
            assert!(!key.made(bob, made) && !other.made(ada, made));
        }
        assert!(!key.made(ada, &Secret([7; 32])));
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("signing.key");
        Key::open(&path, &[1; 32]).unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(Key::read(&path), Err(Error::Exposed(_))));
    }

    #[test]
    fn a_file_that_is_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("signing.key");
        Key::open(&path, &[1; 32]).unwrap();
        std::fs::write(&path, "presso-key-1 short\n").unwrap();
        assert!(matches!(Key::read(&path), Err(Error::Malformed(_))));
    }
}
