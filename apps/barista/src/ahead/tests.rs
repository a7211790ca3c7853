//! What a barista without a network works on.

use super::*;
use crate::example::{actor, hand, making, queue, queued, ready, tap};
use crate::lanes::{Lane, in_lane};
use presso_core::order::CancelReason;

fn lane(view: &QueueView, outbox: &Outbox, lane: Lane) -> usize {
    in_lane(&ahead(view, outbox, &hand(7), &actor(7)), lane).len()
}

#[test]
fn an_order_started_and_finished_offline_moves_to_the_counter_and_is_offered_there() {
    let view = queue(vec![queued(1, 0, 900)]);
    let mut outbox = Outbox::default();
    outbox.tap(tap(1, Verb::Claim, 7, 10), false).unwrap();
    assert_eq!(lane(&view, &outbox, Lane::Making), 1);
    outbox.tap(tap(1, Verb::Complete, 7, 20), false).unwrap();
    assert_eq!(lane(&view, &outbox, Lane::Ready), 1);
    let there = ahead(&view, &outbox, &hand(7), &actor(7));
    let offers = offers(&there.orders[0], &there.facts, &actor(7), Timestamp(30_000));
    assert!(offers.iter().any(|o| o.verb == Verb::Collect));
    assert!(!offers.iter().any(|o| o.verb == Verb::Undo));
}

#[test]
fn taps_with_a_connection_move_nothing_before_the_server_does() {
    let view = queue(vec![queued(1, 0, 900)]);
    let mut outbox = Outbox::default();
    outbox.tap(tap(1, Verb::Claim, 7, 10), true).unwrap();
    assert_eq!(lane(&view, &outbox, Lane::ToMake), 1);
    outbox.lost();
    assert_eq!(lane(&view, &outbox, Lane::Making), 1);
}

#[test]
fn somebody_elses_waiting_taps_move_nothing() {
    let view = queue(vec![queued(1, 0, 900)]);
    let mut outbox = Outbox::default();
    outbox.tap(tap(1, Verb::Claim, 8, 10), false).unwrap();
    assert_eq!(lane(&view, &outbox, Lane::ToMake), 1);
}

#[test]
fn an_order_that_a_colleague_took_stays_the_colleagues_whatever_waits() {
    let mut order = making(1);
    order.claim = Some(ClaimView {
        staff: Some(hand(8).staff),
        name: None,
        since: Timestamp(0),
        takeable: false,
    });
    let view = queue(vec![order]);
    let mut outbox = Outbox::default();
    outbox.tap(tap(1, Verb::Claim, 7, 10), false).unwrap();
    outbox.tap(tap(1, Verb::Complete, 7, 20), false).unwrap();
    assert_eq!(lane(&view, &outbox, Lane::Making), 1);
    let there = ahead(&view, &outbox, &hand(7), &actor(7));
    assert_eq!(there, view);
}

#[test]
fn a_hand_over_that_waits_leaves_its_card_and_there_is_nothing_more_to_do_on_it() {
    let view = queue(vec![ready(1, 0)]);
    let mut outbox = Outbox::default();
    outbox.tap(tap(1, Verb::Collect, 7, 10), false).unwrap();
    assert_eq!(lane(&view, &outbox, Lane::Ready), 1);
    assert!(is_as_good_as_over(&outbox, &hand(7), &view.orders[0]));
    let mut cancelled = tap(2, Verb::Cancel, 7, 10);
    cancelled.deed = Deed::Cancel(CancelReason::NoShow);
    outbox.tap(cancelled, false).unwrap();
    assert!(is_as_good_as_over(&outbox, &hand(7), &ready(2, 0)));
    let other = is_as_good_as_over(&outbox, &hand(8), &view.orders[0]);
    assert!(!other, "a colleague goes on");
}

#[test]
fn a_claim_is_unsent_until_it_is_sent_and_unsure_after_two_minutes_of_silence() {
    let mut outbox = Outbox::default();
    let order = making(1);
    let at = |s: i64| Timestamp(s * 1000);
    let hold = |outbox: &Outbox, now| hold(outbox, &hand(7), &order, Some(at(100)), now);
    assert_eq!(hold(&outbox, at(219)), Hold::Sure);
    assert_eq!(hold(&outbox, at(220)), Hold::Unsure);
    assert_eq!(
        super::hold(&outbox, &hand(7), &order, None, at(9_999)),
        Hold::Sure
    );
    outbox.tap(tap(1, Verb::Claim, 7, 10), false).unwrap();
    assert_eq!(hold(&outbox, at(101)), Hold::Unsent);
}
