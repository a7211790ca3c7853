//! VAPID (RFC 8292): who it is that asks a push service to deliver.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use presso_core::time::Timestamp;
use sha2::{Digest, Sha256};
use web_push_native::p256::SecretKey;
use web_push_native::p256::ecdsa::signature::Signer;
use web_push_native::p256::ecdsa::{Signature, SigningKey};
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint;

/// How long a signature is good, seconds; push services take up to a day.
const GOOD_S: i64 = 12 * 3600;

/// The server's key for push services. Never printed.
pub(super) struct Vapid {
    signing: SigningKey,
    public: String,
    contact: String,
}

impl Vapid {
    /// The key of this seed. Push services may complain to whoever runs `public_url`; one without
    /// HTTPS serves no phones, and the field must say something.
    pub(super) fn new(seed: &[u8; 32], public_url: &str) -> Self {
        let secret = secret(seed);
        let point = secret.public_key().to_encoded_point(false);
        let contact = if public_url.starts_with("https://") {
            public_url.to_owned()
        } else {
            "https://localhost".to_owned()
        };
        Self {
            signing: SigningKey::from(&secret),
            public: URL_SAFE_NO_PAD.encode(point.as_bytes()),
            contact,
        }
    }
    /// The public half: an uncompressed point, URL-safe base64.
    pub(super) fn public(&self) -> &str {
        &self.public
    }
    /// The `Authorization` header for the push service at this origin.
    pub(super) fn authorization(&self, origin: &str, now: Timestamp) -> String {
        let part = |json: serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let head = part(serde_json::json!({ "typ": "JWT", "alg": "ES256" }));
        let claims = part(serde_json::json!({
            "aud": origin, "exp": now.0 / 1000 + GOOD_S, "sub": self.contact,
        }));
        let text = format!("{head}.{claims}");
        let signature: Signature = self.signing.sign(text.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        format!("vapid t={text}.{signature}, k={}", self.public)
    }
}

/// Nearly every 256 bits are a key on this curve; those that are not lead on to the next.
fn secret(seed: &[u8; 32]) -> SecretKey {
    let mut bytes = *seed;
    loop {
        bytes = Sha256::new()
            .chain_update(b"presso vapid v1")
            .chain_update(bytes)
            .finalize()
            .into();
        if let Ok(secret) = SecretKey::from_slice(&bytes) {
            return secret;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_gives_the_same_key_which_is_an_uncompressed_point() {
        let key = Vapid::new(&[1; 32], "https://coffee.example");
        assert_eq!(
            key.public(),
            Vapid::new(&[1; 32], "http://localhost").public()
        );
        assert_ne!(
            key.public(),
            Vapid::new(&[2; 32], "http://localhost").public()
        );
        let point = URL_SAFE_NO_PAD.decode(key.public()).unwrap();
        assert_eq!((point.len(), point[0]), (65, 4));
    }
}
