//! The keys that sign sessions.

use super::{Call, Endpoint};
use serde::{Deserialize, Serialize};

/// `POST /v1/keys`: sign with a new key from now on.
#[derive(Debug, Clone, Copy)]
pub struct RotateKeys {
    /// As in [`RotateKeysBody`].
    pub at_once: bool,
}

/// How to change keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RotateKeysBody {
    /// Believe nothing that an earlier key signed, instead of as long as it lives.
    #[serde(default)]
    pub at_once: bool,
}

/// The names of the keys that are believed, as `kid` in tokens and in the key set; the first signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotatedKeys {
    /// At least one.
    pub keys: Vec<String>,
}

impl Endpoint for RotateKeys {
    type Answer = RotatedKeys;
    fn call(&self) -> Call {
        let at_once = self.at_once;
        Call::post("/v1/keys".into(), &RotateKeysBody { at_once }).unkeyed()
    }
}
