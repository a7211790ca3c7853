//! What came, and the browser that it came for.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::{PublicKey, SecretKey};
use presso_core::api::{PushMessage, SubscribeBody};
use serde_json::Value;
use sha2::Sha256;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A request to the push service.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// Its first line.
    pub request: String,
    /// Its headers, names in small letters.
    pub headers: BTreeMap<String, String>,
    /// What stands in it, encrypted.
    pub body: Vec<u8>,
}

impl Letter {
    /// A header; empty when it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The claims of its VAPID token.
    ///
    /// # Panics
    /// When it is not signed, with ES256, by the key that this server publishes.
    #[must_use]
    pub fn claims(&self, public_key: &str) -> Value {
        let header = self.header("authorization");
        let parts = header.strip_prefix("vapid t=").expect("it is signed");
        let (token, key) = parts.split_once(", k=").expect("it names its key");
        assert_eq!(key, public_key);
        let (signed, signature) = token.rsplit_once('.').expect("a token has three parts");
        let (head, claims) = signed.split_once('.').expect("a token has three parts");
        assert_eq!(json(head)["alg"], "ES256");
        let key = VerifyingKey::from_sec1_bytes(&bytes(key)).expect("a key");
        let signature = Signature::from_slice(&bytes(signature)).expect("a signature");
        key.verify(signed.as_bytes(), &signature)
            .expect("the signature is the key's");
        json(claims)
    }
}

/// A browser that letters are encrypted for.
pub struct Receiver {
    secret: SecretKey,
    auth: [u8; 16],
}

impl Receiver {
    /// With fresh keys.
    ///
    /// # Panics
    /// With a probability of 2^-32.
    #[must_use]
    pub fn new() -> Self {
        let (one, two, auth) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
        let random = [one.as_bytes().as_slice(), two.as_bytes()].concat();
        Self {
            secret: SecretKey::from_slice(&random).expect("nearly all numbers are keys"),
            auth: *auth.as_bytes(),
        }
    }

    /// What its page tells the server.
    #[must_use]
    pub fn subscription(&self, endpoint: &str) -> SubscribeBody {
        SubscribeBody {
            endpoint: endpoint.to_owned(),
            p256dh: URL_SAFE_NO_PAD.encode(point(&self.secret.public_key())),
            auth: URL_SAFE_NO_PAD.encode(self.auth),
        }
    }

    /// The message in a letter.
    ///
    /// # Panics
    /// When it is not encrypted for this browser as RFC 8291 says, or is no message.
    #[must_use]
    pub fn reads(&self, letter: &Letter) -> PushMessage {
        serde_json::from_str(&self.text(letter)).expect("a message")
    }

    /// The text in a letter.
    ///
    /// # Panics
    /// As [`Self::reads`].
    #[must_use]
    pub fn text(&self, letter: &Letter) -> String {
        assert_eq!(letter.header("content-encoding"), "aes128gcm");
        // RFC 8188, 2.1: salt, record size, length of the key's name, the key's name.
        let (salt, rest) = letter.body.split_at(16);
        let (size, rest) = rest.split_at(4);
        let size = u32::from_be_bytes(size.try_into().expect("four bytes"));
        let (sender, record) = rest[1..].split_at(usize::from(rest[0]));
        assert!(record.len() <= size as usize, "one record holds it all");
        let sender_key = PublicKey::from_sec1_bytes(sender).expect("the sender's key");
        let shared =
            p256::ecdh::diffie_hellman(self.secret.to_nonzero_scalar(), sender_key.as_affine());
        // RFC 8291, 3.4.
        let mut info = b"WebPush: info\0".to_vec();
        info.extend(point(&self.secret.public_key()));
        info.extend(sender);
        let material: [u8; 32] = expanded(&self.auth, shared.raw_secret_bytes(), &info);
        let key: [u8; 16] = expanded(salt, &material, b"Content-Encoding: aes128gcm\0");
        let nonce: [u8; 12] = expanded(salt, &material, b"Content-Encoding: nonce\0");
        let cipher = Aes128Gcm::new_from_slice(&key).expect("a key of 16 bytes");
        let padded = cipher.decrypt(Nonce::from_slice(&nonce), record);
        let padded = padded.expect("it is for this browser");
        // The last record ends with a 2 and zeros.
        let end = padded.iter().rposition(|byte| *byte != 0).unwrap_or(0);
        assert_eq!(padded[end], 2, "the last record");
        String::from_utf8(padded[..end].to_vec()).expect("a text")
    }
}

impl Default for Receiver {
    fn default() -> Self {
        Self::new()
    }
}

fn expanded<const N: usize>(salt: &[u8], material: &[u8], info: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    Hkdf::<Sha256>::new(Some(salt), material)
        .expand(info, &mut out)
        .expect("a short key");
    out
}

fn point(key: &PublicKey) -> Vec<u8> {
    key.to_encoded_point(false).as_bytes().to_vec()
}

fn bytes(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("URL-safe base64")
}

fn json(text: &str) -> Value {
    serde_json::from_slice(&bytes(text)).expect("JSON")
}
