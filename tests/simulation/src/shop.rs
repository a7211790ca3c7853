//! The shop of one seed, small and in a hurry so that its limits are met, and who is in it.

use crate::chance::Chance;
use presso_core::id::{CustomerId, ShopId, StaffId, TabletId};
use presso_core::menu::{Choice, Drink, Menu};
use presso_core::order::{Actor, StaffRole};
use presso_core::settings::Settings;
use uuid::Uuid;

pub(crate) fn id() -> ShopId {
    ShopId::parse("demo").expect("a slug")
}

pub(crate) fn settings(chance: &mut Chance) -> Settings {
    let mut pick = |of: &[u32]| chance.pick(of).copied().unwrap_or(1);
    Settings {
        capacity: pick(&[1, 2, 3, 5, 20]),
        code_places: pick(&[1, 2, 4, 10]),
        orders_per_customer: pick(&[1, 1, 1, 2]),
        rotation_s: pick(&[15, 30, 60, 300]),
        grace_s: pick(&[0, 5, 60]),
        submit_within_s: pick(&[10, 30, 60, 300]),
        make_within_s: pick(&[20, 60, 120, 400]),
        collect_within_s: pick(&[10, 30, 120, 300]),
        undo_within_s: pick(&[0, 5, 10, 60]),
        tablet_silent_s: pick(&[15, 30, 60, 120]),
        ..Settings::default()
    }
}

fn drink(id: &str) -> Drink {
    Drink {
        id: id.parse().expect("a slug"),
        name: id.into(),
        icon: id.into(),
        available: true,
        groups: vec![],
    }
}

pub(crate) fn menu() -> Menu {
    Menu {
        drinks: vec![drink("latte"), drink("tea")],
        groups: vec![],
    }
}

pub(crate) fn choice(chance: &mut Chance) -> Choice {
    let name = if chance.in_1000(700) { "latte" } else { "tea" };
    Choice {
        drink: name.parse().expect("a slug"),
        options: vec![],
    }
}

pub(crate) fn customer(n: usize) -> Actor {
    let customer = CustomerId(Uuid::from_u128(0xC000 + n as u128));
    Actor::Customer {
        customer,
        verified: false,
    }
}

pub(crate) fn tablet(n: usize) -> TabletId {
    TabletId(Uuid::from_u128(0x7000 + n as u128))
}

pub(crate) fn barista(n: usize) -> Actor {
    Actor::Staff {
        staff: StaffId(Uuid::from_u128(0x5000 + n as u128)),
        role: StaffRole::Barista,
        tablet: tablet(n),
    }
}
