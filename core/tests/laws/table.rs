//! The transition table once more, written out by hand: state × verb × who. `decide` must agree, so
//! that a slip in the table itself is found too.

use crate::history::{StaffVerb, Step};
use crate::world::{World, choices, customer, staff};
use presso_core::id::OrderId;
use presso_core::order::{CancelReason, OrderState};
use presso_core::workflow::{Command, decide};

const VERBS: [&str; 8] = [
    "submit", "cancel", "claim", "unclaim", "takeover", "complete", "collect", "undo",
];

/// Rows: state. Columns: the verbs above. A cell: what comes of it for the customer whose order it
/// is / for the barista who holds it (or any, where nobody does). `.` is a refusal, `<` goes back.
const TABLE: &str = "
choosing   queued/.  cancelled/cancelled  ./.       ./.      ./.      ./.      ./.          ./.
queued     ./.       cancelled/cancelled  ./making  ./.      ./.      ./ready  ./.          ./.
making     ./.       ./cancelled          ./.       ./queued ./.      ./ready  ./.          ./queued
ready      ./.       ./cancelled          ./.       ./.      ./.      ./.      ./collected  ./making
collected  ./.       ./.                  ./.       ./.      ./.      ./.      ./.          ./ready
swept      ./.       ./.                  ./.       ./.      ./.      ./.      ./.          ./.
cancelled  ./.       ./.                  ./.       ./.      ./.      ./.      ./.          ./queued
timed_out  ./.       ./.                  ./.       ./.      ./.      ./.      ./.          ./.
";

/// A world whose newest order is in this state, every undo window still open.
fn world_in(state: &str) -> World {
    let mut world = World::new();
    let act = |verb| Step::Staff {
        staff: 0,
        order: 0,
        verb,
    };
    let mut path = vec![
        Step::Open { staff: 0 },
        Step::Scan {
            customer: 0,
            back: 0,
        },
    ];
    let submit = Step::Submit {
        customer: 0,
        order: 0,
        choice: 0,
    };
    path.extend(match state {
        "choosing" => vec![],
        "queued" => vec![submit],
        "making" => vec![submit, act(StaffVerb::Claim)],
        "ready" => vec![submit, act(StaffVerb::Complete)],
        "collected" => vec![submit, act(StaffVerb::Complete), act(StaffVerb::Collect)],
        "swept" => vec![
            submit,
            act(StaffVerb::Complete),
            Step::WaitUntilNextDeadline { short_by_ms: 0 },
            Step::PassDeadlines,
        ],
        "cancelled" => vec![submit, act(StaffVerb::Cancel)],
        "timed_out" => vec![
            Step::WaitUntilNextDeadline { short_by_ms: 0 },
            Step::PassDeadlines,
        ],
        other => panic!("no path to {other}"),
    });
    path.iter().for_each(|step| world.take(step));
    world
}

fn command(verb: &str, order: OrderId) -> Command {
    match verb {
        "submit" => Command::Submit {
            order,
            choice: choices()[0].clone(),
        },
        "cancel" => Command::Cancel {
            order,
            reason: CancelReason::Mistake,
        },
        "claim" => Command::Claim { order },
        "unclaim" => Command::Unclaim { order },
        "takeover" => Command::TakeOver { order },
        "complete" => Command::Complete { order },
        "collect" => Command::Collect { order },
        "undo" => Command::Undo { order },
        other => panic!("no verb {other}"),
    }
}

pub fn compare() {
    let mut compared = 0;
    for row in TABLE.lines().filter(|l| !l.is_empty()) {
        let mut cells = row.split_whitespace();
        let state = cells.next().expect("a state");
        for (verb, cell) in VERBS.iter().zip(cells) {
            let (for_customer, for_barista) = cell.split_once('/').expect("two halves");
            for (actor, expected) in [(customer(0), for_customer), (staff(0), for_barista)] {
                let mut world = world_in(state);
                let order = world.order(0).expect("an order");
                assert_eq!(world.shop.orders[&order].state.name(), state);
                let decision = decide(&world.shop, &actor, &command(verb, order), world.now);
                let got = decision.map_or_else(
                    |_| ".".to_owned(),
                    |_| {
                        world.put(actor, &command(verb, order));
                        world.shop.orders[&order].state.name().to_owned()
                    },
                );
                assert_eq!(got, expected, "{state} × {verb} × {:?}", actor.role());
                // Somebody else's customer learns not even that the order is there.
                let stranger = decide(&world.shop, &customer(1), &command(verb, order), world.now);
                assert!(stranger.is_err(), "a stranger may {verb} in {state}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, OrderState::ALL.len() * VERBS.len() * 2);
}
