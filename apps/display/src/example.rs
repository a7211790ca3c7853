//! Facts, codes and boards for the tests of this crate.

use presso_core::board::{BoardRow, BoardView, CodeView, ShopFacts};
use presso_core::code::Code;
use presso_core::id::ShopId;
use presso_core::order::{OrderState, Ticket};
use presso_core::settings::SignIn;
use presso_core::time::Timestamp;

pub(crate) fn facts() -> ShopFacts {
    ShopFacts {
        shop: ShopId::parse("demo").unwrap(),
        name: "Demo".into(),
        open: true,
        full: false,
        spent_codes: Vec::new(),
        undo_within_s: 10,
        collect_within_s: 600,
        wait: None,
        languages: vec!["en".into()],
        sign_in: SignIn::Guest,
    }
}

/// Rotates at 300 s.
pub(crate) fn code() -> CodeView {
    CodeView {
        code: Code::parse("ABCDE12345").unwrap(),
        link: "https://coffee.example/s/demo#c=ABCDE12345".into(),
        places: 10,
        places_left: 4,
        rotates_at: Timestamp(300_000),
        rotation_s: 300,
    }
}

pub(crate) fn ready(ticket: u32, at_s: i64) -> BoardRow {
    BoardRow {
        ticket: Ticket(ticket),
        state: OrderState::Ready,
        submitted_at: Timestamp(0),
        ready_at: Some(Timestamp(at_s * 1000)),
    }
}

pub(crate) fn queued(ticket: u32) -> BoardRow {
    BoardRow {
        state: OrderState::Queued,
        ready_at: None,
        ..ready(ticket, 0)
    }
}

pub(crate) fn board(rows: Vec<BoardRow>) -> BoardView {
    BoardView {
        facts: facts(),
        rows,
    }
}
