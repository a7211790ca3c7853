//! The limits, each met exactly.

use super::*;
use crate::identity::{Hash, NewFamily, Write, apply};
use presso_core::api::Who;
use presso_core::contact::Contact;
use presso_core::time::Timestamp;
use rusqlite::Connection;

const NOW: Timestamp = Timestamp(1_800_000_000_000);
const CAPS: Caps = Caps {
    number: 3,
    shop: 5,
    day: 6,
};
const NUMBER: &str = "+491701234567";

struct Desk {
    db: Connection,
    key: PasscodeKey,
}

impl Desk {
    fn open() -> Self {
        let db = Connection::open_in_memory().unwrap();
        for sql in [
            include_str!("../../../migrations/sqlite/0001_journal.sql"),
            include_str!("../../../migrations/sqlite/0002_identity.sql"),
            include_str!("../../../migrations/sqlite/0006_sessions.sql"),
            include_str!("../../../migrations/sqlite/0007_passcodes.sql"),
        ] {
            db.execute_batch(sql).unwrap();
        }
        let key = PasscodeKey::new([7; 32]);
        Self { db, key }
    }
    fn session(&self, n: u128) -> Uuid {
        let family = NewFamily {
            id: Uuid::from_u128(n),
            refresh: Hash([0; 32]),
        };
        let who = Who::guest(Uuid::from_u128(n + 1_000));
        let begin = Write::Begin { who, family };
        apply(&self.db, &begin, NOW).unwrap();
        Uuid::from_u128(n)
    }
    fn asker(&self, family: Uuid, shop: &str, to: &str) -> Asker {
        let shop = ShopId::parse(shop).unwrap();
        let marks = self.key.marks(&shop, &Contact::parse(to).unwrap());
        Asker {
            family,
            shop,
            marks,
        }
    }
    fn asks(&self, asker: &Asker, digits: &str, now: Timestamp) -> Asked {
        let hash = self.key.hash(asker.family, &asker.marks, digits);
        ask(&self.db, asker, hash, CAPS, now).unwrap()
    }
    fn tries(&self, asker: &Asker, digits: &str, now: Timestamp) -> Checked {
        let hash = self.key.hash(asker.family, &asker.marks, digits);
        check(&self.db, asker, hash, now).unwrap()
    }
}

#[test]
fn a_number_is_sent_one_in_half_a_minute_and_so_many_a_day_over_all_sessions_and_shops() {
    let desk = Desk::open();
    let (ada, eve) = (desk.session(1), desk.session(2));
    let here = desk.asker(ada, "demo", NUMBER);
    let there = desk.asker(eve, "other", NUMBER);
    assert_eq!(desk.asks(&here, "111111", NOW), Asked::Send);
    let sent_at = NOW;
    assert_eq!(
        desk.asks(&here, "222222", NOW.plus_s(29)),
        Asked::OnItsWay { sent_at },
        "her own, again: no second message"
    );
    let until = NOW.plus_s(30);
    assert_eq!(
        desk.asks(&there, "222222", NOW.plus_s(29)),
        Asked::TooSoon { until }
    );
    assert_eq!(desk.asks(&there, "222222", NOW.plus_s(30)), Asked::Send);
    assert_eq!(desk.asks(&here, "333333", NOW.plus_s(60)), Asked::Send);
    let until = NOW.plus_s(86_400);
    assert_eq!(
        desk.asks(&here, "444444", NOW.plus_s(90)),
        Asked::NumberSpent { until }
    );
    assert_eq!(desk.asks(&here, "444444", until), Asked::Send);
}

#[test]
fn a_shop_and_the_server_send_so_many_a_day_and_then_none() {
    let desk = Desk::open();
    let ada = desk.session(1);
    let to = |shop: &str, n: u32| desk.asker(ada, shop, &format!("+4917012345{n:02}"));
    for n in 0..5 {
        assert_eq!(desk.asks(&to("demo", n), "111111", NOW), Asked::Send);
    }
    let until = NOW.plus_s(86_400);
    let spent = Asked::DaySpent { until };
    assert_eq!(
        desk.asks(&to("demo", 5), "111111", NOW),
        spent,
        "the shop's"
    );
    assert_eq!(desk.asks(&to("other", 5), "111111", NOW), Asked::Send);
    assert_eq!(desk.asks(&to("other", 6), "111111", NOW), spent, "in all");
}

#[test]
fn three_tries_a_code_and_five_guesses_a_number_in_ten_minutes() {
    let desk = Desk::open();
    let (ada, eve) = (desk.session(1), desk.session(2));
    let (mine, hers) = (
        desk.asker(eve, "demo", NUMBER),
        desk.asker(ada, "demo", NUMBER),
    );
    assert_eq!(
        desk.tries(&mine, "111111", NOW),
        Checked::Wrong,
        "none asked"
    );
    desk.asks(&mine, "111111", NOW);
    assert_eq!(desk.tries(&mine, "000000", NOW), Checked::Wrong);
    assert_eq!(desk.tries(&mine, "000001", NOW), Checked::Wrong);
    assert_eq!(desk.tries(&mine, "000002", NOW), Checked::Spent);
    assert_eq!(desk.tries(&mine, "111111", NOW), Checked::Spent, "too late");
    let later = NOW.plus_s(30);
    desk.asks(&hers, "222222", later);
    assert_eq!(desk.tries(&hers, "000003", later), Checked::Wrong);
    assert_eq!(desk.tries(&hers, "000004", later), Checked::Wrong);
    let until = NOW.plus_s(600);
    assert_eq!(
        desk.tries(&hers, "222222", later),
        Checked::TooOften { until },
        "the sixth, and it would have been right"
    );
    // A new code, ten minutes after the first guess.
    desk.asks(&hers, "333333", until);
    assert!(matches!(
        desk.tries(&hers, "333333", until),
        Checked::Right { .. }
    ));
}

#[test]
fn a_code_is_good_for_five_minutes_for_its_own_session_shop_and_number() {
    let desk = Desk::open();
    let (ada, eve) = (desk.session(1), desk.session(2));
    let asker = desk.asker(ada, "demo", NUMBER);
    desk.asks(&asker, "123456", NOW);
    for stranger in [
        desk.asker(eve, "demo", NUMBER),
        desk.asker(ada, "other", NUMBER),
        desk.asker(ada, "demo", "+491701234568"),
    ] {
        assert_eq!(desk.tries(&stranger, "123456", NOW), Checked::Wrong);
    }
    assert_eq!(
        desk.tries(&asker, "123456", NOW.plus_s(300)),
        Checked::Expired
    );
    let just = Timestamp(NOW.plus_s(300).0 - 1);
    let right = desk.tries(&asker, "123456", just);
    let own = Uuid::from_u128(1_001);
    let expected = Checked::Right {
        guest: own,
        account: own,
    };
    assert_eq!(
        right, expected,
        "the first with this number stays who she was"
    );
    assert_eq!(desk.tries(&asker, "123456", just), expected, "asked again");
    assert_eq!(desk.tries(&asker, "123457", just), Checked::Wrong);
}

#[test]
fn another_phone_with_the_number_is_the_same_customer_and_nobody_is_two() {
    let desk = Desk::open();
    let (ada, phone) = (desk.session(1), desk.session(2));
    let shop = ShopId::parse("demo").unwrap();
    let first = desk.asker(ada, "demo", NUMBER);
    desk.asks(&first, "111111", NOW);
    let account = Uuid::from_u128(1_001);
    assert!(matches!(
        desk.tries(&first, "111111", NOW),
        Checked::Right { .. }
    ));
    assert!(sign_in(&desk.db, ada, &shop, account, NOW).unwrap());
    let later = NOW.plus_s(60);
    let second = desk.asker(phone, "demo", NUMBER);
    desk.asks(&second, "222222", later);
    let guest = Uuid::from_u128(1_002);
    assert_eq!(
        desk.tries(&second, "222222", later),
        Checked::Right { guest, account }
    );
    // Signed in already, as somebody else.
    let other = desk.asker(ada, "demo", "bo@example.org");
    desk.asks(&other, "333333", later);
    assert_eq!(desk.tries(&other, "333333", later), Checked::SomebodyElse);
}
