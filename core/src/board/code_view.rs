//! The code as the shop's screen shows it.

use crate::code::{Code, CodeSecret, Window};
use crate::shop::Shop;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The code as the shop's screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CodeView {
    /// What to scan or type.
    pub code: Code,
    /// The link that the QR carries, code in its fragment.
    pub link: String,
    /// How many places it had.
    pub places: u32,
    /// How many are left.
    pub places_left: u32,
    /// When the next one comes.
    pub rotates_at: Timestamp,
    /// Seconds from code to code, for a countdown that knows its whole.
    pub rotation_s: u32,
}

/// What the code's view needs of a shop, beside its secret and the time: it rotates by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeFacts {
    /// The shop's version of this.
    pub version: u64,
    /// Seconds from code to code.
    pub rotation_s: u32,
    /// Places of a code.
    pub places: u32,
    /// Places taken, by window.
    pub taken: Vec<(Window, u32)>,
}

impl CodeFacts {
    /// As the shop stands.
    #[must_use]
    pub fn of(shop: &Shop) -> Self {
        Self {
            version: shop.heads.code,
            rotation_s: shop.settings.rotation_s,
            places: shop.settings.code_places,
            taken: shop.places.iter().map(|(w, n)| (*w, *n)).collect(),
        }
    }
    /// The code at an instant. `public_url` has no slash at its end.
    #[must_use]
    pub fn view(
        &self,
        shop: &crate::id::ShopId,
        secret: &CodeSecret,
        public_url: &str,
        now: Timestamp,
    ) -> CodeView {
        let window = Window::at(now, self.rotation_s);
        let taken = self
            .taken
            .iter()
            .find(|(w, _)| *w == window)
            .map_or(0, |(_, n)| *n);
        let code = window.code(secret);
        CodeView {
            link: format!("{public_url}/s/{shop}#c={code}"),
            code,
            places: self.places,
            places_left: self.places.saturating_sub(taken),
            rotates_at: window.rotates_at(),
            rotation_s: self.rotation_s,
        }
    }
}
