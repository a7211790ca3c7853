//! Devices that wait to be let in (RFC 8628). They wait for ten minutes, so they wait in memory: a
//! device that the server forgot over a restart begins anew.

use super::secret::Hash;
use parking_lot::Mutex;
use presso_core::api::DeviceFor;
use presso_core::id::ShopId;
use presso_core::time::Timestamp;
use std::collections::HashMap;

/// How long a device waits, seconds.
pub const PAIRING_S: u32 = 600;
/// How long it waits between asking, seconds.
pub const INTERVAL_S: u32 = 5;
/// It may be that much early, since networks are not even, milliseconds.
const SLACK_MS: i64 = 1_000;
/// How many wait at the same time.
const MOST: usize = 1_000;
/// Consonants that are not taken for each other or for digits; no vowels, no words.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const LENGTH: usize = 8;

/// What a device shows: eight letters, 34 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UserCode([u8; LENGTH]);

impl UserCode {
    /// From random bytes: as many as are even over the letters are used, the rest is thrown away.
    /// None when they were too few.
    #[must_use]
    pub fn draw(random: &[u8]) -> Option<Self> {
        let even = random.iter().filter(|byte| **byte < 240);
        let letters = even.map(|byte| LETTERS[usize::from(*byte) % LETTERS.len()]);
        let drawn: Vec<u8> = letters.take(LENGTH).collect();
        drawn.try_into().ok().map(Self)
    }
    /// Reads what somebody typed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 4 * LENGTH {
            return None;
        }
        let plain = text.bytes().filter(|byte| !b" -".contains(byte));
        let letters: Vec<u8> = plain.map(|byte| byte.to_ascii_uppercase()).collect();
        let known = letters.iter().all(|letter| LETTERS.contains(letter));
        letters.try_into().ok().filter(|_| known).map(Self)
    }
    /// As it is shown: in two halves.
    #[must_use]
    pub fn text(&self) -> String {
        let (first, second) = self.0.split_at(LENGTH / 2);
        let text = |half: &[u8]| String::from_utf8_lossy(half).into_owned();
        format!("{}-{}", text(first), text(second))
    }
}

/// As whom a device is let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// Where.
    pub shop: ShopId,
    /// As what it asked to be.
    pub device: DeviceFor,
    /// A barista's name.
    pub name: Option<String>,
}

/// What a device is told that asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// There is no such pairing, any more perhaps.
    Unknown,
    /// Nobody has said yes yet.
    Pending,
    /// It asks too often.
    TooSoon,
    /// It is let in, and waits no more: if its answer is lost, it begins anew.
    Approved(Approved),
}

struct Waiting {
    user_code: UserCode,
    device: DeviceFor,
    expires_at: Timestamp,
    asked_at: Option<Timestamp>,
    approved: Option<Approved>,
}

/// Those that wait, by the hash of their own code.
#[derive(Default)]
pub struct Pairings(Mutex<HashMap<Hash, Waiting>>);

impl Pairings {
    /// One more waits. False when too many do, or when the code is taken: then draw another.
    #[must_use]
    pub fn begin(&self, own: Hash, user_code: UserCode, device: DeviceFor, now: Timestamp) -> bool {
        let mut waiting = self.0.lock();
        waiting.retain(|_, one| now < one.expires_at);
        let taken = waiting.values().any(|one| one.user_code == user_code);
        if taken || waiting.len() >= MOST {
            return false;
        }
        let one = Waiting {
            user_code,
            device,
            expires_at: now.plus_s(PAIRING_S),
            asked_at: None,
            approved: None,
        };
        waiting.insert(own, one);
        true
    }
    /// The device that shows this code may come in, once its barista's name is as `name` says: none
    /// where that is refused. As what it asked to be; none when no device shows the code.
    pub fn approve<E>(
        &self,
        user_code: UserCode,
        shop: ShopId,
        now: Timestamp,
        name: impl FnOnce(DeviceFor) -> Result<Option<String>, E>,
    ) -> Result<Option<DeviceFor>, E> {
        let mut waiting = self.0.lock();
        let shows = |one: &&mut Waiting| {
            now < one.expires_at && one.user_code == user_code && one.approved.is_none()
        };
        let Some(one) = waiting.values_mut().find(shows) else {
            return Ok(None);
        };
        let (device, name) = (one.device, name(one.device)?);
        one.approved = Some(Approved { shop, device, name });
        Ok(Some(device))
    }
    /// The device asks.
    #[must_use]
    pub fn ask(&self, own: &Hash, now: Timestamp) -> Asked {
        let mut waiting = self.0.lock();
        let Some(one) = waiting.get_mut(own).filter(|one| now < one.expires_at) else {
            return Asked::Unknown;
        };
        let last = one.asked_at.replace(now);
        let due = last.map(|last| last.plus_ms(i64::from(INTERVAL_S) * 1000 - SLACK_MS));
        if due.is_some_and(|due| now < due) {
            return Asked::TooSoon;
        }
        if one.approved.is_none() {
            return Asked::Pending;
        }
        match waiting.remove(own).and_then(|one| one.approved) {
            Some(approved) => Asked::Approved(approved),
            None => Asked::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);
    const OWN: Hash = Hash([1; 32]);

    fn code(byte: u8) -> UserCode {
        UserCode::draw(&[byte; 8]).unwrap()
    }
    fn shop() -> ShopId {
        ShopId::parse("demo").unwrap()
    }
    fn approve(pairings: &Pairings, code: UserCode, now: Timestamp) -> Option<DeviceFor> {
        let name = |_| Ok::<_, ()>(None);
        pairings.approve(code, shop(), now, name).unwrap()
    }

    #[test]
    fn a_code_is_read_however_it_was_typed_and_has_no_other_letters() {
        let code = UserCode::draw(&[0, 1, 2, 3, 255, 240, 4, 5, 6, 19]).unwrap();
        assert_eq!(code.text(), "BCDF-GHJZ");
        for typed in ["BCDF-GHJZ", "bcdfghjz", " bcdf ghjz ", "B-C-D-F-G-H-J-Z"] {
            assert_eq!(UserCode::parse(typed), Some(code), "{typed}");
        }
        for odd in [
            "",
            "BCDF-GHJ",
            "BCDF-GHJZZ",
            "ACDF-GHJZ",
            "0CDF-GHJZ",
            &"-".repeat(99),
        ] {
            assert_eq!(UserCode::parse(odd), None, "{odd}");
        }
        assert_eq!(UserCode::draw(&[255; 64]), None);
    }

    #[test]
    fn a_device_is_let_in_once_somebody_said_yes_and_only_once() {
        let pairings = Pairings::default();
        assert!(pairings.begin(OWN, code(1), DeviceFor::Display, NOW));
        assert_eq!(pairings.ask(&OWN, NOW), Asked::Pending);
        assert_eq!(approve(&pairings, code(2), NOW), None);
        assert_eq!(approve(&pairings, code(1), NOW), Some(DeviceFor::Display));
        assert_eq!(approve(&pairings, code(1), NOW), None, "it is spoken for");
        assert!(matches!(
            pairings.ask(&OWN, NOW.plus_s(5)),
            Asked::Approved(_)
        ));
        assert_eq!(pairings.ask(&OWN, NOW.plus_s(10)), Asked::Unknown);
    }

    #[test]
    fn who_asks_too_often_is_told_so_and_waits_again() {
        let pairings = Pairings::default();
        assert!(pairings.begin(OWN, code(1), DeviceFor::Display, NOW));
        assert_eq!(pairings.ask(&OWN, NOW), Asked::Pending);
        approve(&pairings, code(1), NOW);
        assert_eq!(pairings.ask(&OWN, NOW.plus_ms(3_999)), Asked::TooSoon);
        assert_eq!(pairings.ask(&OWN, NOW.plus_ms(7_998)), Asked::TooSoon);
        assert!(matches!(
            pairings.ask(&OWN, NOW.plus_ms(11_998)),
            Asked::Approved(_)
        ));
    }

    #[test]
    fn a_pairing_is_over_after_ten_minutes_whether_anybody_said_yes_or_not() {
        let pairings = Pairings::default();
        assert!(pairings.begin(OWN, code(1), DeviceFor::Barista, NOW));
        assert_eq!(approve(&pairings, code(1), NOW.plus_s(600)), None);
        assert!(approve(&pairings, code(1), NOW.plus_s(599)).is_some());
        assert_eq!(pairings.ask(&OWN, NOW.plus_s(600)), Asked::Unknown);
    }

    #[test]
    fn only_so_many_wait_and_no_two_show_the_same_code() {
        let pairings = Pairings::default();
        assert!(pairings.begin(OWN, code(1), DeviceFor::Display, NOW));
        assert!(!pairings.begin(Hash([2; 32]), code(1), DeviceFor::Display, NOW));
        let many = (0..2 * MOST as u32).filter(|number| {
            let mut own = [9; 32];
            own[..4].copy_from_slice(&number.to_be_bytes());
            let letters: Vec<u8> = (0..8).map(|at| (number >> (at * 3)) as u8 & 7).collect();
            let code = UserCode::draw(&letters).unwrap();
            pairings.begin(Hash(own), code, DeviceFor::Display, NOW)
        });
        assert!(many.count() < MOST);
        assert_eq!(pairings.0.lock().len(), MOST);
        assert!(pairings.begin(OWN, code(1), DeviceFor::Display, NOW.plus_s(600)));
        assert_eq!(
            pairings.0.lock().len(),
            1,
            "those whose time is over are gone"
        );
    }
}
