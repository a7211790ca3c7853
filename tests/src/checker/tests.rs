//! The checker is checked: a good day passes, and a day bent in one place is objected to, by the
//! invariant's name and the place's.

mod day;

use super::{Answer, Came, History, Objection, Span, Told, check};
use day::{a_good_day, order};
use presso_core::board::{Change, View};
use presso_core::order::{OrderState, Ticket};
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, EventKind};

/// Bends a day; then `invariant at place: …why…` must be among the objections.
type Bend = (&'static str, fn(&mut History), &'static str, &'static str);

/// The event of this kind, the nth of them from 0.
fn event<'h>(history: &'h mut History, name: &str, n: usize) -> &'h mut Event {
    let mut found = history.journal.iter_mut();
    let mut found = found.by_ref().filter(|event| event.kind.name() == name);
    found.nth(n).expect("the day has one")
}

/// Puts a copy of an event behind the journal's end.
fn again(history: &mut History, name: &str, n: usize) {
    let mut copy = event(history, name, n).clone();
    let last = history.journal.last().expect("a day");
    (copy.version, copy.at) = (last.version + 1, last.at);
    copy.id.0 = uuid::Uuid::from_u128(0xBAD);
    history.journal.push(copy);
}

fn settings(history: &mut History) -> &mut presso_core::settings::Settings {
    match &mut history.journal[0].kind {
        EventKind::ShopCreated { settings, .. } => settings,
        _ => panic!("a day begins with its shop"),
    }
}

fn row(history: &mut History, n: u128) -> &mut presso_backend::verify::OrderRow {
    let rows = history.rows.as_mut().expect("the day has rows");
    rows.orders.get_mut(&order(n)).expect("a row")
}

const BENDS: &[Bend] = &[
    (
        "an answered order is not there",
        |h| {
            let Some(Came::Answered(Answer::Started(scan))) =
                h.asked.first_mut().map(|a| &mut a.came)
            else {
                panic!("the day begins with a scan")
            };
            scan.order = order(77);
        },
        "I1 at Ada",
        "is not in the journal",
    ),
    (
        "an answered verb is not there",
        |h| {
            let last = h.journal.pop().expect("a day");
            assert_eq!(last.kind.name(), "order_completed");
        },
        "I1 at Bo",
        "nothing of it",
    ),
    (
        "an answer says another ticket",
        |h| {
            for asked in &mut h.asked {
                if let Came::Answered(Answer::Order(view)) = &mut asked.came {
                    view.ticket = view.ticket.map(|ticket| Ticket(ticket.0 + 1));
                }
            }
        },
        "I1 at Ada",
        "was answered as queued with ticket Some(2), the journal says queued with ticket Some(1)",
    ),
    (
        "a repeat is answered otherwise",
        |h| {
            let mut repeat = h.asked[1].clone();
            if let Came::Answered(Answer::Order(view)) = &mut repeat.came {
                view.state = OrderState::Making;
            }
            h.asked.push(repeat);
        },
        "I1 at Ada",
        "another time otherwise",
    ),
    (
        "a repeat is refused",
        |h| {
            let mut repeat = h.asked[1].clone();
            repeat.came = Came::Refused(409);
            h.asked.push(repeat);
        },
        "I1 at Ada",
        "its repeat refused with 409",
    ),
    (
        "a copy of what was refused is done",
        |h| {
            let mut copy = h.asked[0].clone();
            copy.came = Came::Refused(409);
            h.asked.insert(0, copy);
        },
        "I1 at Ada",
        "was refused with Some(409), and a copy of it done",
    ),
    (
        "a scan without an answer is done twice",
        |h| again(h, "order_started", 0),
        "I1 at version 20",
        "done 5",
    ),
    (
        "an event is lost in the middle",
        |h| drop(h.journal.remove(6)),
        "I1 at version 8",
        "version 7 is missing",
    ),
    (
        "time runs backwards",
        |h| h.journal[5].at = Timestamp(0),
        "I1 at version 6",
        "before what stands in front",
    ),
    (
        "an event is there twice",
        |h| h.journal[5].id = h.journal[4].id,
        "I1 at version 6",
        "stands here twice",
    ),
    (
        "a ticket is skipped",
        |h| {
            if let EventKind::OrderSubmitted { ticket, .. } =
                &mut event(h, "order_submitted", 1).kind
            {
                ticket.0 = 3;
            }
        },
        "I2 at version 10",
        "ticket 3 where 2 was due",
    ),
    (
        "a ticket is drawn twice",
        |h| {
            if let EventKind::OrderSubmitted { ticket, .. } =
                &mut event(h, "order_submitted", 2).kind
            {
                ticket.0 = 1;
            }
        },
        "I2 at version 15",
        "ticket 1 where 3 was due",
    ),
    (
        "a deadline fires early",
        |h| event(h, "order_timed_out", 0).at.0 -= 5_000,
        "I3 at version 13",
        "5000 ms before",
    ),
    (
        "a deadline fires late",
        |h| h.journal[12..].iter_mut().for_each(|e| e.at.0 += 5_000),
        "I3 at version 13",
        "5000 ms of running time after",
    ),
    (
        "a verb after its deadline",
        |h| event(h, "order_collected", 0).at.0 += 700_000,
        "I3 at version 9",
        "order_collected 100000 ms after",
    ),
    (
        "an order is stuck",
        |h| {
            let Some(Span(_, end)) = h.running.last_mut() else {
                panic!("it ran")
            };
            end.0 += 4_000_000;
        },
        "I3 at order 00000000-0000-0000-0000-000000000004",
        "still ready",
    ),
    (
        "an order ends twice",
        |h| again(h, "order_collected", 0),
        "I4 at version 20",
        "has ended: collected",
    ),
    (
        "an illegal transition",
        |h| drop(h.journal.remove(6)),
        "I4 at version 8",
        "order_completed of an order that is queued",
    ),
    (
        "what was not its last verb is undone",
        |h| {
            if let EventKind::OrderUndone { verb, .. } = &mut event(h, "order_undone", 0).kind {
                *verb = presso_core::workflow::Verb::Cancel;
            }
        },
        "I4 at version 18",
        "was not its last verb",
    ),
    (
        "more in progress than the shop takes",
        |h| settings(h).capacity = 1,
        "I5 at version 6",
        "2 orders in progress, where the shop takes 1",
    ),
    (
        "more places than the code has",
        |h| settings(h).code_places = 1,
        "I6 at version 6",
        "2 places of a code that has 1",
    ),
    (
        "a place is left out",
        |h| {
            if let EventKind::OrderStarted { place, .. } = &mut event(h, "order_started", 2).kind {
                *place = 9;
            }
        },
        "I6 at version 12",
        "place 9 where",
    ),
    (
        "a subscriber misses a step",
        |h| drop(h.screens[0].told.remove(3)),
        "I7 at the board on shop/demo/board",
        "was left out",
    ),
    (
        "a subscriber misses the last step",
        |h| drop(h.screens[0].told.pop()),
        "I7 at the board on shop/demo/board",
        "live at version",
    ),
    (
        "steps come out of order",
        |h| h.screens[1].told.swap(3, 4),
        "I7 at Bo's tablet on shop/demo/queue",
        "was left out",
    ),
    (
        "a subscriber is told what never happened",
        |h| {
            let mut told = h.screens[0].told[2].clone();
            if let Told::Step(update) = &mut told {
                update.version = 99;
            }
            h.screens[0].told.push(told);
        },
        "I7 at the board on shop/demo/board",
        "version 99, which the topic never had",
    ),
    (
        "a subscriber is told it wrongly",
        |h| {
            for told in &mut h.screens[0].told {
                if let Told::Step(update) = told
                    && let Change::Board { put, .. } = &mut update.change
                {
                    put.clear();
                }
            }
        },
        "I7 at the board on shop/demo/board",
        "not as the journal has it",
    ),
    (
        "a subscriber is shown all of it wrongly",
        |h| {
            if let Some(Told::Whole(_, View::Board(board))) = h.screens[0].told.first_mut() {
                board.facts.open = !board.facts.open;
            }
        },
        "I7 at the board on shop/demo/board",
        "told all of version 3, and not",
    ),
    (
        "an order's row says otherwise",
        |h| row(h, 1).view.ticket = None,
        "I8 at order 00000000-0000-0000-0000-000000000001",
        "as it was not",
    ),
    (
        "an order's row is old",
        |h| row(h, 2).state = "queued".into(),
        "I8 at order 00000000-0000-0000-0000-000000000002",
        "says state",
    ),
    (
        "an order has no row",
        |h| {
            h.rows.as_mut().expect("rows").orders.remove(&order(3));
        },
        "I8 at order 00000000-0000-0000-0000-000000000003",
        "no row",
    ),
    (
        "the shop's row is behind",
        |h| {
            let rows = h.rows.as_mut().expect("rows");
            rows.shop.as_mut().expect("a shop").version -= 1;
        },
        "I8 at its row",
        "says version",
    ),
    (
        "the snapshot is another shop",
        |h| {
            let rows = h.rows.as_mut().expect("rows");
            rows.snapshot.as_mut().expect("a snapshot").in_progress += 1;
        },
        "I8 at snapshot",
        "not the shop",
    ),
];

#[test]
fn a_good_day_is_not_objected_to() {
    assert_eq!(check(&a_good_day()), []);
}

#[test]
fn each_bent_day_is_objected_to_by_name_and_place() {
    for (what, bend, place, why) in BENDS {
        let mut day = a_good_day();
        bend(&mut day);
        let objections = check(&day);
        let named = |objection: &Objection| {
            let told = objection.to_string();
            told.starts_with(&format!("{place}: ")) && told.contains(why)
        };
        let told: Vec<String> = objections.iter().map(ToString::to_string).collect();
        assert!(objections.iter().any(named), "{what}: {told:#?}");
    }
    let named: std::collections::BTreeSet<&str> = BENDS.iter().map(|bend| &bend.2[..2]).collect();
    assert_eq!(named.len(), 8, "each invariant has been objected with");
}
