//! Where a person can be reached: a telephone number or an e-mail address, parsed strictly, so that
//! one person has one spelling. Numbers are E.164.

use std::fmt;

/// A number or an address. Personal: it is neither journaled nor printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Contact {
    /// A telephone number, as `+491701234567`.
    Phone(String),
    /// An e-mail address, in small letters.
    Mail(String),
}

/// Why this is neither a number nor an address: the rule it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadContact {
    /// Nothing is there.
    #[error("give a telephone number or an e-mail address")]
    Empty,
    /// A number without its country.
    #[error("a number begins with + and the country's digits, as +49 170 1234567")]
    NoCountry,
    /// `+0…`
    #[error("no country's digits begin with 0: leave out zeros after the +")]
    CountryZero,
    /// Something between the digits.
    #[error("a number has digits only; blanks, dots, dashes and brackets between them are fine")]
    NotADigit,
    /// Too few or too many.
    #[error("a number has 8 to 15 digits, its country's included")]
    Length,
    /// Not `name@host.example`.
    #[error("an address has one @, a name before it and a host with a dot after it")]
    Address,
    /// Something that addresses cannot have, or that this server does not send to.
    #[error("an address has letters, digits and the usual signs only")]
    AddressSign,
    /// Too long.
    #[error("an address has at most 254 characters, 64 of them before the @")]
    AddressLength,
}

impl Contact {
    /// Reads what somebody typed: with an @ it is an address, else a number.
    ///
    /// # Errors
    /// [`BadContact`]: the first rule that it breaks.
    pub fn parse(text: &str) -> Result<Self, BadContact> {
        let text = text.trim();
        match text {
            "" => Err(BadContact::Empty),
            _ if text.contains('@') => mail(text).map(Self::Mail),
            _ => phone(text).map(Self::Phone),
        }
    }
    /// As it is sent to.
    #[must_use]
    pub fn address(&self) -> &str {
        match self {
            Self::Phone(text) | Self::Mail(text) => text,
        }
    }
    /// By what its owner is told from others: of an address without what stands after a `+`, since
    /// one mailbox has as many of those as it likes.
    #[must_use]
    pub fn owner(&self) -> String {
        match self {
            Self::Phone(number) => number.clone(),
            Self::Mail(address) => match address.split_once('@') {
                Some((name, host)) => {
                    let plain = name.split('+').next().filter(|plain| !plain.is_empty());
                    format!("{}@{host}", plain.unwrap_or(name))
                }
                None => address.clone(),
            },
        }
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phone(_) => "Phone(…)",
            Self::Mail(_) => "Mail(…)",
        })
    }
}

fn phone(text: &str) -> Result<String, BadContact> {
    let rest = text.strip_prefix('+').ok_or(BadContact::NoCountry)?;
    let between = |c: char| matches!(c, ' ' | '\u{a0}' | '.' | '-' | '/' | '(' | ')');
    // As it is printed for whoever dials from within the country; with the country it is not dialled.
    let rest = rest.replacen("(0)", "", 1);
    let digits: String = rest.chars().filter(|c| !between(*c)).collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(BadContact::NotADigit);
    }
    if digits.starts_with('0') {
        return Err(BadContact::CountryZero);
    }
    if !(8..=15).contains(&digits.len()) {
        return Err(BadContact::Length);
    }
    Ok(format!("+{digits}"))
}

fn mail(text: &str) -> Result<String, BadContact> {
    let (name, host) = text.split_once('@').ok_or(BadContact::Address)?;
    if name.is_empty() || host.contains('@') {
        return Err(BadContact::Address);
    }
    if name.len() > 64 || text.len() > 254 {
        return Err(BadContact::AddressLength);
    }
    let sign = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
    let dots = name.starts_with('.') || name.ends_with('.') || name.contains("..");
    let label = |label: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if !name.bytes().all(sign) || dots || !host.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(BadContact::AddressSign);
    }
    if !host.contains('.') || !host.split('.').all(label) {
        return Err(BadContact::Address);
    }
    Ok(text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, BadContact> {
        Contact::parse(text).map(|contact| contact.address().to_owned())
    }

    #[test]
    fn a_number_is_read_however_it_is_grouped_and_kept_in_one_spelling() {
        for text in [
            "+491701234567",
            " +49 170 1234567 ",
            "+49 (170) 123-45.67",
            "+49\u{a0}170/1234567",
            "+49 (0)170 1234567",
            "+49(0)1701234567",
        ] {
            assert_eq!(read(text).as_deref(), Ok("+491701234567"), "{text}");
        }
    }

    #[test]
    fn each_wrong_number_names_its_rule() {
        for (text, rule) in [
            ("", BadContact::Empty),
            ("   ", BadContact::Empty),
            ("0170 1234567", BadContact::NoCountry),
            ("0049 170 1234567", BadContact::NoCountry),
            ("+0170 1234567", BadContact::CountryZero),
            ("+49 170 CALL ME", BadContact::NotADigit),
            ("+49170+1234567", BadContact::NotADigit),
            ("+٤٩١٧٠١٢٣٤٥٦٧", BadContact::NotADigit),
            ("+4917012", BadContact::Length),
            ("+", BadContact::Length),
            ("+1234567890123456", BadContact::Length),
        ] {
            assert_eq!(read(text), Err(rule), "{text}");
        }
        assert!(read("+49170123").is_ok());
    }

    #[test]
    fn an_address_is_read_in_small_letters_and_each_wrong_one_names_its_rule() {
        assert_eq!(read(" Ada@Example.ORG").as_deref(), Ok("ada@example.org"));
        for (text, rule) in [
            ("@example.org", BadContact::Address),
            ("ada@", BadContact::Address),
            ("ada@example", BadContact::Address),
            ("ada@b@example.org", BadContact::Address),
            ("ada@-x.org", BadContact::Address),
            ("ada@x..org", BadContact::Address),
            ("ada bo@example.org", BadContact::AddressSign),
            ("ada\r\nbcc:bo@example.org", BadContact::AddressSign),
            ("ada@example.org\r\nbcc: x", BadContact::AddressSign),
            (".ada@example.org", BadContact::AddressSign),
            ("\"a\"@example.org", BadContact::AddressSign),
            ("ädä@example.org", BadContact::AddressSign),
        ] {
            assert_eq!(read(text), Err(rule), "{text:?}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        assert_eq!(read(&long), Err(BadContact::AddressLength));
    }

    #[test]
    fn one_mailbox_has_one_owner_and_nobody_is_printed() {
        let plus = Contact::parse("ada+coffee@example.org").unwrap();
        assert_eq!(plus.address(), "ada+coffee@example.org");
        assert_eq!(plus.owner(), "ada@example.org");
        assert_eq!(
            Contact::parse("+x@example.org").unwrap().owner(),
            "+x@example.org"
        );
        assert!(!format!("{plus:?}").contains("ada"));
    }
}
