//! What happens to a tap between the finger and the screen.

use super::*;
use crate::example::{actor, hand, making, queue, queued, tap};
use presso_core::api::Problem;
use presso_core::board::{ClaimView, OrderView};
use presso_core::order::{CancelReason, Ending, OrderState, Role};
use presso_core::workflow::Verb;

const LATER: Timestamp = Timestamp(60_000);

fn no() -> Why {
    Why::Refused {
        code: "wrong_state".into(),
    }
}

#[test]
fn a_second_tap_sends_nothing_until_the_screen_shows_the_first_ones_result() {
    let mut outbox = Outbox::default();
    let (order, claim) = (queued(1, 0, 900), tap(1, Verb::Claim, 7, 0));
    assert_eq!(outbox.tap(claim.clone(), true), Ok(()));
    let again = tap(1, Verb::Complete, 7, 1);
    assert_eq!(outbox.tap(again.clone(), true), Err(NotTaken::Busy));
    outbox.send_next(&[hand(7)]).unwrap();
    outbox.done(claim.key, 5);
    outbox.look(&queue(vec![order.clone()]));
    let answered = outbox.tap(again.clone(), true);
    assert_eq!(answered, Err(NotTaken::Busy), "answered, not shown");
    let mut shown = order;
    shown.version = 5;
    outbox.look(&queue(vec![shown]));
    assert_eq!(outbox.tap(again, true), Ok(()));
}

#[test]
fn taps_without_a_network_go_out_once_and_in_order_each_under_its_own_key() {
    let mut outbox = Outbox::default();
    let taps = [
        tap(1, Verb::Claim, 7, 1),
        tap(2, Verb::Claim, 7, 2),
        tap(1, Verb::Complete, 7, 3),
    ];
    for tap in &taps {
        outbox.tap(tap.clone(), false).unwrap();
    }
    let mut sent = Vec::new();
    while let Some(tap) = outbox.send_next(&[hand(7)]) {
        assert_eq!(outbox.send_next(&[hand(7)]), None, "one after the other");
        sent.push(tap.key);
        if sent.len() == 1 {
            outbox.unanswered(tap.key);
        } else {
            outbox.done(tap.key, 9);
        }
    }
    let keys = taps.map(|tap| tap.key);
    assert_eq!(sent, [keys[0], keys[0], keys[1], keys[2]]);
}

#[test]
fn waiting_taps_survive_a_restart_with_their_keys_and_done_ones_do_not_come_back() {
    let mut outbox = Outbox::default();
    for verb in [Verb::Claim, Verb::Complete] {
        outbox.tap(tap(1, verb, 7, 1), false).unwrap();
    }
    let first = outbox.send_next(&[hand(7)]).unwrap();
    outbox.done(first.key, 5);
    let mut after = Outbox::default();
    after.restore(&outbox.written().unwrap());
    let next = after.send_next(&[hand(7)]).unwrap();
    assert_eq!(next.key, tap(1, Verb::Complete, 7, 1).key);
    after.done(next.key, 6);
    assert_eq!(after.written(), None);
    assert!(!after.damaged);
}

#[test]
fn what_is_tapped_before_the_kept_ones_are_read_goes_out_after_them() {
    let mut before = Outbox::default();
    before.tap(tap(1, Verb::Claim, 7, 1), false).unwrap();
    let mut outbox = Outbox::default();
    outbox.tap(tap(2, Verb::Claim, 7, 2), false).unwrap();
    let text = before.written().unwrap();
    outbox.restore(&text);
    outbox.restore(&text);
    let order = |tap: Tap| tap.ticket.map(|t| t.0);
    assert_eq!(outbox.send_next(&[hand(7)]).and_then(order), Some(1));
    assert_eq!(outbox.taps.len(), 2, "read twice, kept once");
}

#[test]
fn nothing_is_sent_under_another_persons_name() {
    let mut outbox = Outbox::default();
    outbox.tap(tap(1, Verb::Claim, 7, 1), false).unwrap();
    outbox.tap(tap(2, Verb::Claim, 8, 2), false).unwrap();
    let sent = outbox.send_next(&[hand(8)]).unwrap();
    assert!(sent.by.is(&hand(8)));
    outbox.done(sent.key, 5);
    assert_eq!(outbox.send_next(&[hand(8)]), None);
    let waits = outbox.strangers(Some(&hand(8)));
    assert_eq!(waits, [(hand(7), 1)]);
    assert!(
        outbox.send_next(&[hand(7)]).is_some(),
        "until they are back"
    );
}

#[test]
fn another_persons_taps_can_be_given_up() {
    let mut outbox = Outbox::default();
    outbox.tap(tap(1, Verb::Claim, 7, 1), false).unwrap();
    outbox.tap(tap(2, Verb::Claim, 8, 2), false).unwrap();
    outbox.take_back(queued(1, 0, 900).order, &hand(8));
    assert_eq!(outbox.strangers(Some(&hand(8))).len(), 1, "not one's own");
    outbox.give_up(&hand(7));
    assert_eq!(outbox.strangers(None), [(hand(8), 1)]);
}

#[test]
fn a_refused_tap_takes_along_what_rested_on_it_and_is_told_until_it_was_read() {
    let mut outbox = Outbox::default();
    for (ticket, verb) in [(1, Verb::Claim), (2, Verb::Claim), (1, Verb::Complete)] {
        outbox.tap(tap(ticket, verb, 7, 1), false).unwrap();
    }
    let first = outbox.send_next(&[hand(7)]).unwrap();
    outbox.refused(first.key, None, no(), LATER);
    let gone = queue(vec![]);
    outbox.look(&gone);
    let notes = outbox.homeless(&gone, LATER.plus_s(3_600));
    let deeds = [Deed::Verb(Verb::Claim), Deed::Verb(Verb::Complete)];
    assert_eq!(notes[0].deeds, deeds);
    assert_eq!(
        outbox.send_next(&[hand(7)]).unwrap().ticket,
        Some(Ticket(2))
    );
    let mut after = Outbox::default();
    after.restore(&outbox.written().unwrap());
    assert_eq!(after.note(first.order).unwrap().deeds, deeds, "kept, too");
    after.dismiss(first.order);
    assert_eq!(after.note(first.order), None);
}

#[test]
fn a_refusal_that_one_waited_for_passes_by_itself_or_when_the_order_moves() {
    let mut outbox = Outbox::default();
    let mut order = queued(1, 0, 900);
    let view = queue(vec![order.clone()]);
    let claim = tap(1, Verb::Claim, 7, 1);
    outbox.tap(claim.clone(), true).unwrap();
    outbox.send_next(&[hand(7)]).unwrap();
    outbox.refused(claim.key, Some(&view), no(), Timestamp(0));
    outbox.look(&view);
    assert!(outbox.note(order.order).is_some());
    assert_eq!(outbox.homeless(&view, Timestamp(1)), [], "on its card");
    let gone = queue(vec![]);
    assert_eq!(outbox.homeless(&gone, Timestamp(1)).len(), 1);
    assert_eq!(outbox.homeless(&gone, Timestamp(NOTE_MS)), []);
    order.version += 1;
    outbox.look(&queue(vec![order.clone()]));
    assert_eq!(outbox.note(order.order), None);
}

#[test]
fn a_tap_that_was_never_sent_can_be_taken_back_and_one_that_was_cannot() {
    let mut outbox = Outbox::default();
    let order = queued(1, 0, 900).order;
    outbox.tap(tap(1, Verb::Claim, 7, 1), false).unwrap();
    outbox.tap(tap(1, Verb::Complete, 7, 2), false).unwrap();
    outbox.take_back(order, &hand(7));
    assert_eq!(outbox.waiting(order, &hand(7)).len(), 1);
    let sent = outbox.send_next(&[hand(7)]).unwrap();
    outbox.unanswered(sent.key);
    outbox.take_back(order, &hand(7));
    assert_eq!(
        outbox.waiting(order, &hand(7)).len(),
        1,
        "it may have been done"
    );
}

#[test]
fn the_outbox_is_bounded_and_gives_up_what_is_half_a_day_old() {
    let mut outbox = Outbox::default();
    for ticket in 0..200 {
        outbox.tap(tap(ticket, Verb::Claim, 7, 1), false).unwrap();
    }
    let one_more = tap(200, Verb::Claim, 7, 1);
    assert_eq!(outbox.tap(one_more, false), Err(NotTaken::Full));
    outbox.expire(Timestamp(1_000).plus_ms(KEPT_MS - 1));
    assert_eq!(outbox.waiting_of(&hand(7)), MOST_TAPS);
    let now = Timestamp(1_000).plus_ms(KEPT_MS);
    outbox.expire(now);
    assert_eq!(outbox.waiting_of(&hand(7)), 0);
    let told = outbox.homeless(&queue(vec![]), now);
    assert_eq!(told.len(), MOST_NOTES);
    assert!(told.iter().all(|note| note.why == Why::TooOld));
    let mut outbox = Outbox::default();
    for verb in [Verb::Claim, Verb::Complete] {
        outbox.tap(tap(1, verb, 7, 1), false).unwrap();
    }
    outbox.expire(now);
    let told = outbox.homeless(&queue(vec![]), now);
    assert_eq!(told[0].deeds.len(), 2, "both in one note");
}

#[test]
fn a_kept_outbox_that_cannot_be_read_is_said_and_costs_only_what_is_broken() {
    let mut outbox = Outbox::default();
    outbox.tap(tap(1, Verb::Claim, 7, 1), false).unwrap();
    let text = outbox.written().unwrap();
    for broken in ["", "{", "[]", r#"{"form":2,"taps":[]}"#, "\u{0}"] {
        let mut after = Outbox::default();
        after.restore(broken);
        assert!(after.damaged, "{broken:?}");
        assert!(!after.has_any());
    }
    let half = text.replacen("\"taps\":[", "\"taps\":[{\"key\":1},", 1);
    let mut after = Outbox::default();
    after.restore(&half);
    assert!(after.damaged);
    assert!(after.has_any(), "the readable one is sent");
}

#[test]
fn a_conflict_is_read_by_what_the_order_has_become() {
    let problem = Problem::new(409, "order_ended", "over");
    let why = |order: &OrderView| Why::of(&problem, Some(order), &actor(7));
    let mut order = queued(1, 0, 900);
    order.state = OrderState::Cancelled;
    order.ending = Some(Ending::Cancelled {
        by: Role::Customer,
        reason: CancelReason::TooLong,
    });
    assert_eq!(why(&order), Why::Cancelled { by_customer: true });
    let mut taken = making(1);
    taken.claim = Some(ClaimView {
        staff: Some(hand(8).staff),
        name: Some("Cy".into()),
        since: Timestamp(0),
        takeable: false,
    });
    let by = Some("Cy".to_owned());
    assert_eq!(why(&taken), Why::TakenOver { by });
    let code = "order_ended".to_owned();
    assert_eq!(Why::of(&problem, None, &actor(7)), Why::Refused { code });
}

#[test]
fn taps_of_all_who_are_here_go_out_in_the_order_in_which_they_were_made() {
    let mut outbox = Outbox::default();
    for tap in [
        tap(1, Verb::Claim, 7, 1),
        tap(2, Verb::Claim, 8, 2),
        tap(3, Verb::Claim, 9, 3),
        tap(1, Verb::Complete, 7, 4),
    ] {
        outbox.tap(tap, false).unwrap();
    }
    let here = [hand(8), hand(7)];
    let mut sent = Vec::new();
    while let Some(tap) = outbox.send_next(&here) {
        sent.push((tap.by, tap.deed.verb()));
        outbox.done(tap.key, 5);
    }
    let wanted = [
        (hand(7), Verb::Claim),
        (hand(8), Verb::Claim),
        (hand(7), Verb::Complete),
    ];
    assert_eq!(sent, wanted);
    assert_eq!(
        outbox.strangers(Some(&hand(9))).len(),
        2,
        "shown until the screen shows them"
    );
    assert!(outbox.has_any(), "nobody is here for the third");
}
