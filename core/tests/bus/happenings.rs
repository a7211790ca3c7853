//! One event of every kind, and the shop in which they happen.

use presso_core::bus::Facts;
use presso_core::code::Window;
use presso_core::id::{CustomerId, EventId, OrderId, ShopId, StaffId, TabletId};
use presso_core::menu::Menu;
use presso_core::order::{Actor, CancelReason, Claim, StaffRole, Ticket, TimeOutCause};
use presso_core::settings::Settings;
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, EventKind, Verb};
use serde_json::json;
use uuid::Uuid;

pub(crate) const AT: Timestamp = Timestamp(1_800_000_000_123);

pub(crate) fn order() -> OrderId {
    OrderId(Uuid::from_u128(0x0a))
}
pub(crate) fn customer() -> CustomerId {
    CustomerId(Uuid::from_u128(0x0c))
}
fn claim(staff: u128) -> Claim {
    Claim {
        staff: StaffId(Uuid::from_u128(staff)),
        tablet: TabletId(Uuid::from_u128(0x0f)),
        since: AT,
    }
}

pub(crate) struct Stall {
    pub(crate) shop: ShopId,
    pub(crate) settings: Settings,
    pub(crate) menu: Menu,
}

pub(crate) fn stall() -> Stall {
    let menu = json!({
        "drinks": [{"id": "latte", "name": "Latte", "icon": "latte", "groups": ["milk"]}],
        "groups": [{"id": "milk", "name": "Milk", "choose": "single",
            "options": [{"id": "oat", "name": "Oat"}]}],
    });
    Stall {
        shop: ShopId::parse("demo").unwrap(),
        settings: Settings::default(),
        menu: serde_json::from_value(menu).unwrap(),
    }
}

impl Stall {
    pub(crate) fn facts(&self, event: &Event) -> Facts<'_> {
        Facts {
            shop: &self.shop,
            settings: &self.settings,
            menu: &self.menu,
            open: true,
            customer: event.kind.order().map(|_| customer()),
        }
    }
}

pub(crate) fn event(kind: EventKind) -> Event {
    let staff = Actor::Staff {
        staff: StaffId(Uuid::from_u128(0x0e)),
        role: StaffRole::Barista,
        tablet: TabletId(Uuid::from_u128(0x0f)),
    };
    let actor = match kind {
        EventKind::OrderStarted { .. } | EventKind::OrderSubmitted { .. } => {
            Actor::guest(customer())
        }
        EventKind::OrderTimedOut { .. } => Actor::Clock,
        _ => staff,
    };
    Event {
        id: EventId(Uuid::from_u128(0x0b)),
        version: 12,
        at: AT,
        actor,
        kind,
    }
}

/// Every kind there is. `place` does not compile any more when there is a new one.
pub(crate) fn every() -> Vec<EventKind> {
    let Stall { settings, menu, .. } = stall();
    let order = order();
    let all = vec![
        EventKind::ShopCreated {
            settings: settings.clone(),
            menu: menu.clone(),
        },
        EventKind::SettingsChanged { settings },
        EventKind::MenuReplaced { menu },
        EventKind::DrinkSwitched {
            drink: "latte".parse().unwrap(),
            available: false,
        },
        EventKind::OptionSwitched {
            option: "oat".parse().unwrap(),
            available: true,
        },
        EventKind::ShopOpened,
        EventKind::ShopClosed,
        EventKind::PeriodStarted {
            period: 2,
            day: 20_833,
        },
        EventKind::OrderStarted {
            order,
            customer: customer(),
            window: Window::at(AT, 300),
            place: 3,
            submit_by: AT.plus_s(300),
        },
        EventKind::OrderSubmitted {
            order,
            choice: serde_json::from_value(json!({"drink": "latte", "options": ["oat"]})).unwrap(),
            ticket: Ticket(7),
            make_by: AT.plus_s(900),
        },
        EventKind::OrderClaimed {
            order,
            claim: claim(0x0e),
        },
        EventKind::OrderUnclaimed { order },
        EventKind::OrderTakenOver {
            order,
            from: claim(0x0e),
            claim: claim(0x1e),
        },
        EventKind::OrderCompleted {
            order,
            sweep_at: AT.plus_s(600),
        },
        EventKind::OrderCollected { order },
        EventKind::OrderCancelled {
            order,
            reason: CancelReason::NoShow,
            place_returned: false,
        },
        EventKind::OrderTimedOut {
            order,
            cause: TimeOutCause::Barista,
            place_returned: false,
        },
        EventKind::OrderSwept { order },
        EventKind::OrderUndone {
            order,
            verb: Verb::Complete,
            place_retaken: false,
        },
        EventKind::TabletSilent {
            tablet: TabletId(Uuid::from_u128(0x0f)),
        },
        EventKind::TabletBack {
            tablet: TabletId(Uuid::from_u128(0x0f)),
        },
        EventKind::OrderHandedOver {
            order,
            customer: CustomerId(Uuid::from_u128(0x1c)),
        },
    ];
    assert!(all.iter().enumerate().all(|(nth, kind)| place(kind) == nth));
    all
}

/// Where a kind stands in the list above.
fn place(kind: &EventKind) -> usize {
    match kind {
        EventKind::ShopCreated { .. } => 0,
        EventKind::SettingsChanged { .. } => 1,
        EventKind::MenuReplaced { .. } => 2,
        EventKind::DrinkSwitched { .. } => 3,
        EventKind::OptionSwitched { .. } => 4,
        EventKind::ShopOpened => 5,
        EventKind::ShopClosed => 6,
        EventKind::PeriodStarted { .. } => 7,
        EventKind::OrderStarted { .. } => 8,
        EventKind::OrderSubmitted { .. } => 9,
        EventKind::OrderClaimed { .. } => 10,
        EventKind::OrderUnclaimed { .. } => 11,
        EventKind::OrderTakenOver { .. } => 12,
        EventKind::OrderCompleted { .. } => 13,
        EventKind::OrderCollected { .. } => 14,
        EventKind::OrderCancelled { .. } => 15,
        EventKind::OrderTimedOut { .. } => 16,
        EventKind::OrderSwept { .. } => 17,
        EventKind::OrderUndone { .. } => 18,
        EventKind::TabletSilent { .. } => 19,
        EventKind::TabletBack { .. } => 20,
        EventKind::OrderHandedOver { .. } => 21,
    }
}
