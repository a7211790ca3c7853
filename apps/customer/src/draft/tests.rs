//! Choosing, step by step.

use super::*;
use crate::examples::{drink, menu, option};

#[test]
fn a_single_group_keeps_one_option_and_a_multiple_one_all() {
    let (mut draft, menu) = (Draft::default(), menu());
    draft.pick(&menu, &drink("latte"));
    for id in ["whole", "oat", "syrup", "cocoa"] {
        draft.set_option(&menu, &option(id), true);
    }
    assert_eq!(draft.options, ["oat", "syrup", "cocoa"].map(option));
    draft.set_option(&menu, &option("syrup"), false);
    assert_eq!(draft.options, ["oat", "cocoa"].map(option));
}

#[test]
fn a_required_group_without_a_choice_is_what_is_wrong() {
    let (mut draft, menu) = (Draft::default(), menu());
    draft.pick(&menu, &drink("latte"));
    let wrong = draft.wrong(&menu).expect("milk is required");
    assert_eq!(
        group_of(&wrong, &menu).map(|g| g.to_string()),
        Some("milk".into())
    );
    draft.set_option(&menu, &option("oat"), true);
    assert_eq!(draft.wrong(&menu), None);
}

#[test]
fn an_option_that_sells_out_meanwhile_is_what_is_wrong() {
    let (mut draft, mut menu) = (Draft::default(), menu());
    draft.pick(&menu, &drink("latte"));
    draft.set_option(&menu, &option("oat"), true);
    menu.switch_option(&option("oat"), false);
    let wrong = draft.wrong(&menu);
    assert_eq!(
        wrong,
        Some(OffMenu::OptionOff {
            option: option("oat")
        })
    );
}

#[test]
fn a_drink_without_questions_goes_straight_to_the_review_and_back_to_the_menu() {
    let (mut draft, menu) = (Draft::default(), menu());
    draft.pick(&menu, &drink("espresso"));
    assert!(draft.reviewing);
    draft.back(&menu);
    assert_eq!((draft.drink, draft.reviewing), (None, false));
}

#[test]
fn back_from_the_review_keeps_the_options_and_back_from_the_options_drops_them() {
    let (mut draft, menu) = (Draft::default(), menu());
    draft.pick(&menu, &drink("latte"));
    draft.set_option(&menu, &option("oat"), true);
    draft.reviewing = true;
    draft.back(&menu);
    assert_eq!(draft.options, [option("oat")]);
    draft.back(&menu);
    assert_eq!((draft.drink, draft.options.len()), (None, 0));
}
