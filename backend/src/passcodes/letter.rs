//! What is sent: the code, in the shop's language.

use presso_core::contact::Contact;
use presso_words::Words;

/// A code for somebody.
pub struct Letter {
    /// To whom.
    pub to: Contact,
    /// The shop's name.
    pub shop: String,
    /// Its languages, best first.
    pub languages: Vec<String>,
    /// The host of the customers' page: a phone offers the code there and nowhere else.
    pub host: String,
    /// The digits.
    pub code: String,
    /// When it is good no more: later it is not worth sending.
    pub until: tokio::time::Instant,
}

impl Letter {
    /// An SMS. Its last line is that of [WebOTP](https://wicg.github.io/sms-one-time-codes/), by
    /// which a phone's browser knows for which page the code is.
    #[must_use]
    pub fn sms(&self) -> String {
        let text = self.words().passcode(&self.shop, &self.code);
        format!("{text}\n\n@{} #{}", self.host, self.code)
    }
    /// The subject of an e-mail: without the code, which would be seen on a locked phone.
    #[must_use]
    pub fn subject(&self) -> String {
        self.words().passcode_subject(&self.shop)
    }
    /// The text of an e-mail.
    #[must_use]
    pub fn text(&self) -> String {
        let words = self.words();
        let text = words.passcode(&self.shop, &self.code);
        format!("{text}\r\n\r\n{}\r\n", words.passcode_not_yours())
    }
    fn words(&self) -> Words {
        let wanted: Vec<&str> = self.languages.iter().map(String::as_str).collect();
        Words::for_wanted(&wanted)
    }
}
