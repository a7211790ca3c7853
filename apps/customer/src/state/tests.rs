//! What the phone does with news, and in which order.

use super::*;
use crate::examples::{ORDER, drink, following, order};
use crate::screen::{Screen, screen};
use presso_core::order::{OrderState, Ticket};

#[test]
fn older_news_and_news_of_other_orders_change_nothing() {
    let mut phone = following(OrderState::Queued);
    phone.take(order(OrderState::Making, 5));
    assert_eq!(phone.take(order(OrderState::Queued, 4)), None);
    assert_eq!(phone.order.as_ref().map(|o| o.version), Some(5));
    let mut other = order(OrderState::Ready, 9);
    other.order = OrderId(uuid::Uuid::from_u128(8));
    assert_eq!(phone.take(other), None);
    assert_eq!(phone.order.map(|o| o.state), Some(OrderState::Making));
}

#[test]
fn ready_alerts_once_and_brings_its_user_back_from_the_history() {
    let mut phone = following(OrderState::Making);
    phone.place = Place::History;
    let alert = phone.take(order(OrderState::Ready, 2));
    assert_eq!(alert, Some(Alert::Ready { ticket: Ticket(4) }));
    assert_eq!(phone.place, Place::Here);
    assert_eq!(phone.take(order(OrderState::Ready, 2)), None);
}

#[test]
fn ready_is_shown_in_place_of_a_refusal_that_was_left_on_the_screen() {
    let mut phone = following(OrderState::Making);
    phone.knock = Knock::Refused(Refusal::AlreadyOrdered(ORDER));
    phone.take(order(OrderState::Ready, 2));
    assert_eq!(screen(&phone), Screen::Ready);
}

#[test]
fn news_that_call_for_nobody_leave_a_refusal_to_be_read() {
    let mut phone = following(OrderState::Queued);
    phone.knock = Knock::Refused(Refusal::Full);
    assert_eq!(phone.take(order(OrderState::Making, 2)), None);
    assert_eq!(phone.knock, Knock::Refused(Refusal::Full));
}

#[test]
fn a_ready_order_seen_first_after_a_reload_does_not_ring() {
    let mut phone = State::default();
    phone.follow(ORDER);
    assert_eq!(phone.take(order(OrderState::Ready, 3)), None);
}

#[test]
fn what_is_recalled_is_shown_until_there_is_news_and_rings_by_what_is_new() {
    let mut phone = State {
        shop: following(OrderState::Making).shop,
        ..State::default()
    };
    phone.follow(ORDER);
    phone.recall(order(OrderState::Making, 5));
    assert_eq!(screen(&phone), Screen::Waiting);
    let alert = phone.take(order(OrderState::Ready, 6));
    assert_eq!(alert, Some(Alert::Ready { ticket: Ticket(4) }));
}

#[test]
fn a_server_that_was_put_back_is_believed_once_the_page_is_opened_anew() {
    let mut phone = following(OrderState::Queued);
    phone.recall(order(OrderState::Making, 5));
    phone.take(order(OrderState::Queued, 3));
    assert_eq!(phone.order.as_ref().map(|o| o.version), Some(3));
    assert_eq!(phone.take(order(OrderState::Queued, 2)), None);
    assert_eq!(phone.order.map(|o| o.version), Some(3));
}

#[test]
fn what_is_recalled_of_another_order_is_not_shown() {
    let mut phone = State::default();
    phone.follow(OrderId(uuid::Uuid::from_u128(8)));
    phone.recall(order(OrderState::Making, 5));
    assert_eq!(phone.order, None);
}

#[test]
fn a_correction_is_remembered_until_it_is_ready_again() {
    let mut phone = following(OrderState::Ready);
    phone.take(order(OrderState::Making, 2));
    assert!(phone.corrected);
    phone.take(order(OrderState::Ready, 3));
    assert!(!phone.corrected);
}

#[test]
fn a_draft_is_void_for_another_order_and_kept_for_the_same() {
    let mut phone = following(OrderState::Choosing);
    phone.draft.drink = Some(drink("latte"));
    phone.follow(ORDER);
    assert_eq!(phone.draft.drink, Some(drink("latte")));
    phone.follow(OrderId(uuid::Uuid::from_u128(8)));
    assert_eq!(phone.draft.drink, None);
}

#[test]
fn an_order_that_the_server_lost_is_said_to_be_lost_and_calls_whoever_waited_for_it() {
    let waiting = [
        OrderState::Choosing,
        OrderState::Queued,
        OrderState::Making,
        OrderState::Ready,
    ];
    for state in waiting {
        let mut phone = following(state);
        phone.place = Place::History;
        phone.knock = Knock::Refused(Refusal::AlreadyOrdered(ORDER));
        assert!(phone.lose(ORDER), "{state:?}");
        assert_eq!(screen(&phone), Screen::Lost);
        assert!(!phone.lose(ORDER), "it calls once");
    }
}

#[test]
fn an_order_lost_before_anything_was_heard_of_it_is_said_to_be_lost_and_calls_nobody() {
    let mut phone = State {
        shop: following(OrderState::Queued).shop,
        ..State::default()
    };
    phone.follow(ORDER);
    assert!(!phone.lose(ORDER));
    assert_eq!(screen(&phone), Screen::Lost);
}

#[test]
fn an_order_that_was_over_before_the_server_forgot_it_stays_as_it_ended() {
    let mut phone = following(OrderState::Collected);
    assert!(!phone.lose(ORDER));
    assert_eq!(screen(&phone), Screen::Ended);
}

#[test]
fn another_order_than_the_followed_one_cannot_be_lost() {
    let mut phone = following(OrderState::Queued);
    assert!(!phone.lose(OrderId(uuid::Uuid::from_u128(8))));
    assert_eq!(screen(&phone), Screen::Waiting);
}

#[test]
fn from_a_lost_order_one_can_look_again_or_leave() {
    let mut phone = following(OrderState::Queued);
    phone.lose(ORDER);
    assert_eq!(phone.watched(), None);
    phone.follow(ORDER);
    assert_eq!(phone.watched(), Some(ORDER));
    assert_eq!(screen(&phone), Screen::Loading);
    phone.take(order(OrderState::Making, 3));
    assert_eq!(screen(&phone), Screen::Waiting);
    phone.lose(ORDER);
    phone.leave();
    assert_eq!((screen(&phone), phone.followed), (Screen::Door, None));
}

#[test]
fn news_of_a_lost_order_find_it_again_however_old() {
    let mut phone = following(OrderState::Queued);
    phone.lose(ORDER);
    phone.take(order(OrderState::Queued, 1));
    assert_eq!(screen(&phone), Screen::Waiting);
}
