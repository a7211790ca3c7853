//! Every screen has a way to it.

use super::*;
use crate::examples::{ORDER, drink, following};
use presso_core::id::ShopId;

fn at_the_door() -> State {
    State {
        shop: Some(ShopId::parse("demo").unwrap()),
        ..State::default()
    }
}

#[test]
fn without_a_shop_there_is_nothing_to_do_and_with_one_there_is_a_door() {
    assert_eq!(screen(&State::default()), Screen::NoShop);
    assert_eq!(screen(&at_the_door()), Screen::Door);
    let unknown = State {
        shop_unknown: true,
        ..at_the_door()
    };
    assert_eq!(screen(&unknown), Screen::NoShop);
}

#[test]
fn camera_typing_and_history_are_shown_where_their_user_went() {
    for (place, wanted) in [
        (Place::Camera, Screen::Camera),
        (Place::Typing, Screen::Typing),
        (Place::History, Screen::History),
    ] {
        let state = State {
            place,
            ..at_the_door()
        };
        assert_eq!(screen(&state), wanted);
    }
}

#[test]
fn a_request_to_come_in_is_shown_before_anything_else() {
    let mut state = at_the_door();
    state.place = Place::Camera;
    state.knock = Knock::Asking;
    assert_eq!(screen(&state), Screen::Starting);
    state.knock = Knock::Refused(Refusal::Full);
    assert_eq!(screen(&state), Screen::Refused(Refusal::Full));
}

#[test]
fn after_a_reload_the_followed_order_is_waited_for() {
    let mut state = at_the_door();
    state.follow(ORDER);
    assert_eq!(screen(&state), Screen::Loading);
}

#[test]
fn every_state_of_an_order_has_its_screen() {
    let of = |s| {
        let mut phone = following(s);
        phone.shop = at_the_door().shop;
        screen(&phone)
    };
    assert_eq!(of(OrderState::Choosing), Screen::Menu);
    assert_eq!(of(OrderState::Queued), Screen::Waiting);
    assert_eq!(of(OrderState::Making), Screen::Waiting);
    assert_eq!(of(OrderState::Ready), Screen::Ready);
    for ended in OrderState::ALL.into_iter().filter(|s| s.ended()) {
        assert_eq!(of(ended), Screen::Ended);
    }
}

#[test]
fn choosing_goes_from_the_menu_to_options_to_the_review() {
    let mut phone = following(OrderState::Choosing);
    phone.draft.drink = Some(drink("latte"));
    assert_eq!(screen(&phone), Screen::Options);
    phone.draft.reviewing = true;
    assert_eq!(screen(&phone), Screen::Review);
}
