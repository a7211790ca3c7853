//! Problems: the error body, and the code and status of every rejection.

use super::{ORDER, is};
use presso_core::api::{PROBLEM_TYPE, Problem};
use presso_core::menu::{BadMenu, OffMenu};
use presso_core::order::OrderState;
use presso_core::settings::BadSettings;
use presso_core::workflow::{Rejection, Verb};
use serde_json::json;

#[test]
fn a_problem_says_what_where_and_when_to_try_again() {
    assert_eq!(PROBLEM_TYPE, "application/problem+json");
    is(
        &Problem::new(429, "too_often", "too often")
            .at("code")
            .retry_after(3),
        json!({"type": "/problems/too_often", "title": "too often", "status": 429,
               "code": "too_often", "field": "code", "retry_after_s": 3}),
    );
    is(
        &Problem::from(Rejection::ShopFull { capacity: 20 }),
        json!({"type": "/problems/shop_full", "status": 409, "code": "shop_full",
               "title": "the shop has 20 orders in progress and takes no more at the moment",
               "rejection": {"rejection": "shop_full", "capacity": 20}}),
    );
}

#[test]
fn every_rejection_keeps_its_code_status_and_field() {
    let off = |why| Rejection::NotOnMenu { why };
    let oat = || "oat".parse().unwrap();
    let milk = || "milk".parse().unwrap();
    let field = || ("drinks[0].id".to_owned(), "twice".to_owned());
    let bad_settings = BadSettings {
        field: field().0,
        rule: field().1,
    };
    let bad_menu = BadMenu {
        field: field().0,
        rule: field().1,
    };
    for (rejection, code, status, at) in [
        (Rejection::ShopUnknown, "shop_unknown", 404, None),
        (Rejection::ShopExists, "shop_exists", 409, None),
        (Rejection::ShopClosed, "shop_closed", 409, None),
        (Rejection::ShopFull { capacity: 1 }, "shop_full", 409, None),
        (
            Rejection::CodeUsedUp { places: 1 },
            "code_used_up",
            409,
            Some("code"),
        ),
        (Rejection::CodeExpired, "code_expired", 410, Some("code")),
        (Rejection::CodeUnknown, "code_unknown", 404, Some("code")),
        (
            Rejection::AlreadyOrdered {
                order: ORDER.parse().unwrap(),
            },
            "already_ordered",
            409,
            None,
        ),
        (Rejection::DailyLimit { limit: 1 }, "daily_limit", 409, None),
        (Rejection::SignInNeeded, "sign_in_needed", 403, None),
        (Rejection::OrderUnknown, "order_unknown", 404, None),
        (Rejection::NotAllowed, "not_allowed", 403, None),
        (
            off(OffMenu::UnknownDrink),
            "drink_not_on_menu",
            422,
            Some("drink"),
        ),
        (off(OffMenu::DrinkOff), "drink_off", 422, Some("drink")),
        (
            off(OffMenu::UnknownOption { option: oat() }),
            "option_not_on_menu",
            422,
            Some("options"),
        ),
        (
            off(OffMenu::OptionOff { option: oat() }),
            "option_off",
            422,
            Some("options"),
        ),
        (
            off(OffMenu::OptionTwice { option: oat() }),
            "option_twice",
            422,
            Some("options"),
        ),
        (
            off(OffMenu::TooManyOptions { group: milk() }),
            "too_many_options",
            422,
            Some("options"),
        ),
        (
            off(OffMenu::MissingOption { group: milk() }),
            "missing_option",
            422,
            Some("options"),
        ),
        (
            Rejection::OrderAlreadyClaimed {
                by: ORDER.parse().unwrap(),
            },
            "order_already_claimed",
            409,
            None,
        ),
        (Rejection::NotYourClaim, "not_your_claim", 409, None),
        (Rejection::NotTakeable, "not_takeable", 409, None),
        (Rejection::OrderBeingMade, "order_being_made", 409, None),
        (
            Rejection::OrderEnded {
                state: OrderState::Swept,
            },
            "order_ended",
            409,
            None,
        ),
        (
            Rejection::WrongState {
                state: OrderState::Queued,
                verb: Verb::Collect,
            },
            "wrong_state",
            409,
            None,
        ),
        (Rejection::DeadlinePassed, "deadline_passed", 409, None),
        (
            Rejection::ReasonNotYours,
            "reason_not_yours",
            422,
            Some("reason"),
        ),
        (Rejection::NothingToUndo, "nothing_to_undo", 409, None),
        (
            Rejection::UndoTooLate { within_s: 10 },
            "undo_too_late",
            409,
            None,
        ),
        (Rejection::CustomerHasOther, "customer_has_other", 409, None),
        (Rejection::OrdersAlive, "orders_alive", 409, None),
        (Rejection::MenuEmpty, "menu_empty", 409, None),
        (
            Rejection::DrinkUnknown {
                drink: "x".parse().unwrap(),
            },
            "drink_unknown",
            404,
            Some("drink"),
        ),
        (
            Rejection::OptionUnknown { option: oat() },
            "option_unknown",
            404,
            Some("option"),
        ),
        (
            Rejection::BadSettings(bad_settings),
            "bad_settings",
            422,
            Some("drinks[0].id"),
        ),
        (
            Rejection::BadMenu(bad_menu),
            "bad_menu",
            422,
            Some("drinks[0].id"),
        ),
    ] {
        let problem = Problem::from(rejection.clone());
        let told = (
            problem.code.as_str(),
            problem.status,
            problem.field.as_deref(),
        );
        assert_eq!(told, (code, status, at));
        // The rejection travels whole, whatever it carries.
        let text = serde_json::to_string(&problem).unwrap();
        let read: Problem = serde_json::from_str(&text).unwrap();
        assert_eq!(read.rejection, Some(rejection), "{text}");
    }
}
