//! What a message with a one-time code says.

use crate::Words;

impl Words {
    /// The code and what it is for, short enough for one SMS.
    #[must_use]
    pub fn passcode(&self, shop: &str, code: &str) -> String {
        let args = [("shop", shop.into()), ("code", code.into())];
        self.t("passcode-text", &args)
    }
    /// The subject of an e-mail.
    #[must_use]
    pub fn passcode_subject(&self, shop: &str) -> String {
        self.t("passcode-subject", &[("shop", shop.into())])
    }
    /// For whoever gets one that they did not ask for.
    #[must_use]
    pub fn passcode_not_yours(&self) -> String {
        self.t("passcode-not-yours", &[])
    }
}
