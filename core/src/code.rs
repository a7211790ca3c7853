//! The rotating code: what the shop's screen shows, who may redeem it, and until when.
//!
//! A code is a truncated HMAC-SHA256 of the shop's secret and the window, so rotating writes
//! nothing. 10 characters of 32 symbols are 50 bits: guessing one of at most two live codes at a
//! thousand tries a second would take about 18,000 years.

use crate::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::cmp::Ordering;
use std::fmt;

/// Crockford's base 32: no I, L, O, U, which people mistake for 1, 1, 0, V.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many characters a code has.
pub const CODE_LEN: usize = 10;
/// How many past windows are searched, so that an old code is told apart from a wrong one.
pub const REMEMBERED_WINDOWS: i64 = 288;

/// A shop's secret, from which its codes are made. Never journaled, never shown, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeSecret(pub [u8; 32]);

impl fmt::Debug for CodeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeSecret(…)")
    }
}

/// A code as it was scanned or typed: 10 characters, upper case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

/// Not a code at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a code is 10 letters and digits")]
pub struct BadCode;

impl Code {
    /// Accepts lower case, spaces and dashes, and reads I and L as 1, O as 0: people type it.
    ///
    /// # Errors
    /// [`BadCode`] unless ten characters of the alphabet are left.
    pub fn parse(text: &str) -> Result<Self, BadCode> {
        if text.len() > 64 {
            return Err(BadCode);
        }
        let clean: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                other => other,
            })
            .collect();
        let ok = clean.len() == CODE_LEN && clean.bytes().all(|b| ALPHABET.contains(&b));
        if ok { Ok(Self(clean)) } else { Err(BadCode) }
    }
    /// The ten characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl TryFrom<String> for Code {
    type Error = BadCode;
    fn try_from(text: String) -> Result<Self, BadCode> {
        Self::parse(&text)
    }
}
impl From<Code> for String {
    fn from(code: Code) -> String {
        code.0
    }
}
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The span in which one code is shown: `index = floor(unix_ms / rotation_ms)`.
///
/// Ordered by when the code rotates, whatever its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Window {
    /// Its number, counted from 1970.
    pub index: i64,
    /// Its length, seconds. Part of its identity: a changed setting makes new codes.
    pub rotation_s: u32,
}

impl Ord for Window {
    fn cmp(&self, other: &Self) -> Ordering {
        let by = |w: &Self| (w.rotates_at(), w.rotation_s, w.index);
        by(self).cmp(&by(other))
    }
}

impl PartialOrd for Window {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Window {
    /// The window that `now` falls in. A rotation of 0 counts as 1 s.
    #[must_use]
    pub fn at(now: Timestamp, rotation_s: u32) -> Self {
        let rotation_s = rotation_s.max(1);
        Self {
            index: now.0.div_euclid(i64::from(rotation_s) * 1000),
            rotation_s,
        }
    }
    /// Its first instant.
    #[must_use]
    pub const fn starts_at(self) -> Timestamp {
        Timestamp(self.index.saturating_mul(self.rotation_s as i64 * 1000))
    }
    /// When the next code takes its place.
    #[must_use]
    pub const fn rotates_at(self) -> Timestamp {
        self.starts_at().plus_s(self.rotation_s)
    }
    /// The instant from which it is redeemed no more.
    #[must_use]
    pub const fn dies_at(self, grace_s: u32) -> Timestamp {
        self.rotates_at().plus_s(grace_s)
    }
    /// The code shown in this window.
    #[must_use]
    pub fn code(self, secret: &CodeSecret) -> Code {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&secret.0).expect("HMAC takes keys of any length");
        mac.update(b"presso code v1");
        mac.update(&self.index.to_be_bytes());
        mac.update(&self.rotation_s.to_be_bytes());
        let tag = mac.finalize().into_bytes();
        let text = (0..CODE_LEN)
            .map(|i| char::from(ALPHABET[five_bits(&tag, i)]))
            .collect();
        Code(text)
    }
}

fn five_bits(tag: &[u8], i: usize) -> usize {
    let bit = i * 5;
    let pair = u16::from_be_bytes([tag[bit / 8], tag[bit / 8 + 1]]);
    usize::from(pair >> (11 - bit % 8)) & 31
}

/// Which window this code was shown in, looking back [`REMEMBERED_WINDOWS`]; none: never a code of
/// this shop (or too long ago). Whether it is still alive is for [`crate::workflow::decide`] to say.
#[must_use]
pub fn find_window(
    secret: &CodeSecret,
    rotation_s: u32,
    code: &Code,
    now: Timestamp,
) -> Option<Window> {
    let current = Window::at(now, rotation_s);
    (0..=REMEMBERED_WINDOWS)
        .map(|back| Window {
            index: current.index - back,
            ..current
        })
        .find(|window| same(window.code(secret).as_str(), code.as_str()))
}

/// Compares without stopping at the first difference, so that time tells nothing.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |d, (x, y)| d | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: CodeSecret = CodeSecret([7; 32]);

    #[test]
    fn a_code_is_found_while_remembered_and_only_with_its_own_secret_and_rotation() {
        let now = Timestamp(1_800_000_123_456);
        let window = Window::at(now, 300);
        let code = window.code(&SECRET);
        assert_eq!(find_window(&SECRET, 300, &code, now), Some(window));
        assert_eq!(
            find_window(&SECRET, 300, &code, now.plus_s(3600)),
            Some(window)
        );
        assert_eq!(
            find_window(&SECRET, 300, &code, now.plus_s(300 * 290)),
            None
        );
        assert_eq!(find_window(&CodeSecret([8; 32]), 300, &code, now), None);
        assert_eq!(find_window(&SECRET, 60, &code, now), None);
        assert_eq!(
            find_window(&SECRET, 300, &code, now.plus_s(0).plus_ms(-300_000)),
            None,
            "not yet shown"
        );
    }

    #[test]
    fn a_code_changes_with_every_window_and_dies_after_its_grace() {
        let window = Window::at(Timestamp(600_000), 300);
        assert_eq!(window.rotates_at(), Timestamp(900_000));
        assert_eq!(window.dies_at(60), Timestamp(960_000));
        let next = Window {
            index: window.index + 1,
            ..window
        };
        assert_ne!(window.code(&SECRET), next.code(&SECRET));
    }

    #[test]
    fn typed_codes_forgive_case_spaces_and_dashes_and_nothing_else() {
        let code = Window::at(Timestamp(0), 300).code(&SECRET);
        let (a, b) = code.as_str().split_at(5);
        assert_eq!(
            Code::parse(&format!(" {}-{b} ", a.to_lowercase())),
            Ok(code)
        );
        for bad in ["", "ABC", "ABCDEFGHJU", "ABCDEFGHJKM", &"A".repeat(65)] {
            assert_eq!(Code::parse(bad), Err(BadCode), "{bad:?}");
        }
    }

    #[test]
    fn the_secret_does_not_print() {
        assert!(!format!("{SECRET:?}").contains('7'));
    }
}
