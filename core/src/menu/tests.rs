//! What the menu allows and refuses.

use super::*;

fn menu() -> Menu {
    let json = r#"{"drinks":[
        {"id":"latte","name":"Latte","icon":"latte","groups":["milk","extra"]},
        {"id":"espresso","name":"Espresso","icon":"espresso"}],
      "groups":[
        {"id":"milk","name":"Milk","choose":"single","required":true,
         "options":[{"id":"whole","name":"Whole"},{"id":"oat","name":"Oat"}]},
        {"id":"extra","name":"Extras","choose":"multiple",
         "options":[{"id":"shot","name":"Shot"},{"id":"vanilla","name":"Vanilla"}]}]}"#;
    serde_json::from_str(json).unwrap()
}

fn choice(drink: &str, options: &[&str]) -> Choice {
    Choice {
        drink: DrinkId::parse(drink).unwrap(),
        options: options
            .iter()
            .map(|o| OptionId::parse(o).unwrap())
            .collect(),
    }
}

fn option(id: &str) -> OptionId {
    OptionId::parse(id).unwrap()
}
fn group(id: &str) -> GroupId {
    GroupId::parse(id).unwrap()
}

#[test]
fn a_latte_with_oat_and_two_extras_is_on_the_menu() {
    assert_eq!(
        menu().check(&choice("latte", &["oat", "shot", "vanilla"])),
        Ok(())
    );
    assert_eq!(menu().check(&choice("espresso", &[])), Ok(()));
}

#[test]
fn each_broken_rule_is_named() {
    let check = |drink, options: &[&str]| menu().check(&choice(drink, options));
    assert_eq!(check("tea", &[]), Err(OffMenu::UnknownDrink));
    assert_eq!(
        check("latte", &[]),
        Err(OffMenu::MissingOption {
            group: group("milk")
        })
    );
    assert_eq!(
        check("latte", &["oat", "whole"]),
        Err(OffMenu::TooManyOptions {
            group: group("milk")
        })
    );
    assert_eq!(
        check("latte", &["oat", "oat"]),
        Err(OffMenu::OptionTwice {
            option: option("oat")
        })
    );
    assert_eq!(
        check("latte", &["soy"]),
        Err(OffMenu::UnknownOption {
            option: option("soy")
        })
    );
    assert_eq!(
        check("espresso", &["oat"]),
        Err(OffMenu::UnknownOption {
            option: option("oat")
        }),
        "an option of a group that this drink does not have"
    );
}

#[test]
fn what_is_switched_off_cannot_be_ordered_until_it_is_on_again() {
    let mut menu = menu();
    assert!(menu.switch_option(&option("oat"), false));
    let latte = choice("latte", &["oat"]);
    assert_eq!(
        menu.check(&latte),
        Err(OffMenu::OptionOff {
            option: option("oat")
        })
    );
    assert!(menu.switch_option(&option("oat"), true));
    assert!(menu.switch_drink(&latte.drink, false));
    assert_eq!(menu.check(&latte), Err(OffMenu::DrinkOff));
    assert!(menu.switch_drink(&latte.drink, true));
    assert_eq!(menu.check(&latte), Ok(()));
    assert!(!menu.switch_option(&option("soy"), false), "no such option");
}

#[test]
fn a_drink_whose_required_group_is_all_off_is_not_orderable() {
    let mut menu = menu();
    menu.switch_option(&option("oat"), false);
    assert!(menu.orderable(&menu.drinks[0]));
    menu.switch_option(&option("whole"), false);
    assert!(!menu.orderable(&menu.drinks[0]));
}

#[test]
fn a_bad_menu_says_where() {
    let where_of = |break_it: fn(&mut Menu)| {
        let mut menu = menu();
        break_it(&mut menu);
        menu.validate().unwrap_err().field
    };
    assert_eq!(menu().validate(), Ok(()));
    assert_eq!(
        where_of(|m| m.drinks[1].id = m.drinks[0].id.clone()),
        "drinks[1].id"
    );
    assert_eq!(
        where_of(|m| m.drinks[0].name = " ".into()),
        "drinks[0].name"
    );
    assert_eq!(
        where_of(|m| m.groups[0].options[1].name = "Oat ".into()),
        "groups[0].options[1].name"
    );
    assert_eq!(
        where_of(|m| m.drinks[1].icon = "\u{2003}cup".into()),
        "drinks[1].icon"
    );
    assert_eq!(
        where_of(|m| m.drinks[0].name = "x".repeat(61)),
        "drinks[0].name"
    );
    assert_eq!(
        where_of(|m| m.drinks[0].groups.push(group("ice"))),
        "drinks[0].groups[2]"
    );
    assert_eq!(
        where_of(|m| m.groups[1].options.clear()),
        "groups[1].options"
    );
    assert_eq!(
        where_of(|m| m.groups[1].options[0].id = option("oat")),
        "groups[1].options[0].id"
    );
}
