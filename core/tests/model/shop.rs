//! The shop of the model, and the people in it.

use presso_core::code::Window;
use presso_core::id::{CustomerId, DrinkId, ShopId, StaffId, TabletId};
use presso_core::menu::{Choice, Drink, Menu};
use presso_core::order::{Actor, StaffRole};
use presso_core::settings::Settings;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use uuid::Uuid;

/// How many customers, of whom each may begin one order.
pub const CUSTOMERS: u8 = 3;
/// How many baristas.
pub const BARISTAS: u8 = 1;
/// How many orders at once.
pub const CAPACITY: u32 = 2;
/// How many places the code has: fewer than customers, so that they run out.
pub const PLACES: u32 = 2;
/// Enough for all, so that all may have a ticket.
pub const AMPLE: u32 = 3;
/// The code does not change while the model runs.
pub const ROTATION_S: u32 = 86_400;
/// Time goes by this much.
pub const STRIDE_S: u32 = 10;
/// 2026-06-01T12:00:00Z: no day ends while the model runs.
pub const NOON: Timestamp = Timestamp(1_780_315_200_000);

pub fn settings(places: u32) -> Settings {
    Settings {
        capacity: CAPACITY,
        code_places: places,
        rotation_s: ROTATION_S,
        grace_s: 0,
        submit_within_s: STRIDE_S,
        make_within_s: 2 * STRIDE_S,
        collect_within_s: STRIDE_S,
        undo_within_s: STRIDE_S + STRIDE_S / 2,
        ..Settings::default()
    }
}

fn latte() -> DrinkId {
    DrinkId::parse("latte").expect("a slug")
}

pub fn menu() -> Menu {
    let drink = Drink {
        id: latte(),
        name: "Latte".into(),
        icon: "latte".into(),
        available: true,
        groups: vec![],
    };
    Menu {
        drinks: vec![drink],
        groups: vec![],
    }
}

pub fn choice() -> Choice {
    Choice {
        drink: latte(),
        options: vec![],
    }
}

pub fn empty() -> Shop {
    Shop::new(ShopId::parse("demo").expect("a slug"))
}

/// The code that is shown.
pub fn window(now: Timestamp) -> Window {
    Window::at(now, ROTATION_S)
}

pub fn customer(n: u8) -> Actor {
    let customer = CustomerId(Uuid::from_u128(0xC000 + u128::from(n)));
    Actor::guest(customer)
}

pub fn barista(n: u8) -> Actor {
    Actor::Staff {
        staff: StaffId(Uuid::from_u128(0x5000 + u128::from(n))),
        role: StaffRole::Barista,
        tablet: TabletId(Uuid::from_u128(0x7000 + u128::from(n))),
    }
}
