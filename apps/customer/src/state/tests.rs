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
fn an_order_that_the_server_lost_leads_back_to_the_door() {
    let mut phone = State::default();
    phone.follow(ORDER);
    phone.lost(ORDER);
    assert_eq!(phone.followed, None);
}
