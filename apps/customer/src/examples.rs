//! Values for tests: a menu, an order in any state, a board.

use crate::state::State;
use presso_core::board::{BoardRow, BoardView, OrderView, ShopFacts, WaitRange};
use presso_core::code::Window;
use presso_core::id::{DrinkId, GroupId, OptionId, OrderId, ShopId};
use presso_core::menu::{Choose, Drink, Menu, MenuOption, OptionGroup};
use presso_core::order::{OrderState, Ticket};
use presso_core::settings::SignIn;
use presso_core::time::Timestamp;

pub(crate) const ORDER: OrderId = OrderId(uuid::Uuid::from_u128(7));

pub(crate) fn drink(id: &str) -> DrinkId {
    DrinkId::parse(id).unwrap()
}
pub(crate) fn option(id: &str) -> OptionId {
    OptionId::parse(id).unwrap()
}

/// Espresso without questions; latte with milk (single, required) and extras (multiple).
pub(crate) fn menu() -> Menu {
    let of = |id: &str, groups: &[&str]| Drink {
        id: drink(id),
        name: id.into(),
        icon: id.into(),
        available: true,
        groups: groups.iter().map(|g| GroupId::parse(g).unwrap()).collect(),
    };
    let group = |id: &str, choose, required, options: &[&str]| OptionGroup {
        id: GroupId::parse(id).unwrap(),
        name: id.into(),
        choose,
        required,
        options: options
            .iter()
            .map(|id| MenuOption {
                id: option(id),
                name: (*id).into(),
                available: true,
            })
            .collect(),
    };
    Menu {
        drinks: vec![of("espresso", &[]), of("latte", &["milk", "extras"])],
        groups: vec![
            group("milk", Choose::Single, true, &["whole", "oat"]),
            group("extras", Choose::Multiple, false, &["syrup", "cocoa"]),
        ],
    }
}

pub(crate) fn order(state: OrderState, version: u64) -> OrderView {
    OrderView {
        order: ORDER,
        version,
        state,
        ticket: (state != OrderState::Choosing).then_some(Ticket(4)),
        choice: None,
        name: None,
        window: Window::at(Timestamp(0), 300),
        started_at: Timestamp(0),
        submit_by: Timestamp(300_000),
        submitted_at: None,
        make_by: None,
        claim: None,
        ready_at: None,
        sweep_at: None,
        ended_at: None,
        ending: None,
        undo: None,
        place_returned: false,
        customer_has_other: false,
    }
}

/// A phone that follows [`ORDER`] in this state.
pub(crate) fn following(state: OrderState) -> State {
    let mut phone = State {
        shop: Some(ShopId::parse("demo").unwrap()),
        ..State::default()
    };
    phone.follow(ORDER);
    phone.take(order(state, 1));
    phone
}

pub(crate) fn board(tickets: &[u32], wait: Option<(u32, u32)>) -> BoardView {
    let row = |ticket: &u32| BoardRow {
        ticket: Ticket(*ticket),
        state: OrderState::Queued,
        submitted_at: Timestamp(0),
        ready_at: None,
    };
    BoardView {
        facts: ShopFacts {
            shop: ShopId::parse("demo").unwrap(),
            name: "Demo".into(),
            open: true,
            full: false,
            spent_codes: vec![],
            undo_within_s: 10,
            collect_within_s: 600,
            wait: wait.map(|(low_min, high_min)| WaitRange { low_min, high_min }),
            languages: vec!["en".into()],
            sign_in: SignIn::Guest,
        },
        rows: tickets.iter().map(row).collect(),
    }
}
