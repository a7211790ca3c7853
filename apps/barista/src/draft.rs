//! The menu while a manager edits it: drinks and options come, go and change places. What it is
//! called and whether it may be is the server's to check.

use presso_core::id::{DrinkId, GroupId, OptionId};
use presso_core::menu::{Drink, Menu, MenuOption};

/// One line up or down.
pub fn step<T>(list: &mut [T], at: usize, up: bool) {
    let to = if up {
        at.checked_sub(1)
    } else {
        at.checked_add(1)
    };
    if let Some(to) = to.filter(|to| *to < list.len() && at < list.len()) {
        list.swap(at, to);
    }
}

/// One more drink, at the end.
pub fn add_drink(menu: &mut Menu, name: &str) {
    let taken = |id: &str| menu.drinks.iter().any(|drink| drink.id.as_str() == id);
    let Ok(id) = DrinkId::parse(&fresh(name, "drink", taken)) else {
        return;
    };
    menu.drinks.push(Drink {
        id,
        name: name.to_owned(),
        icon: String::new(),
        available: true,
        groups: vec![],
    });
}

/// One more option, at the group's end.
pub fn add_option(menu: &mut Menu, group: usize, name: &str) {
    let all = menu.groups.iter().flat_map(|group| &group.options);
    let ids: Vec<String> = all.map(|option| option.id.as_str().to_owned()).collect();
    let taken = |id: &str| ids.iter().any(|known| known == id);
    let Ok(id) = OptionId::parse(&fresh(name, "option", taken)) else {
        return;
    };
    if let Some(group) = menu.groups.get_mut(group) {
        let name = name.to_owned();
        let available = true;
        group.options.push(MenuOption {
            id,
            name,
            available,
        });
    }
}

/// Asks this group with the drink, or not any more. Groups stay in the menu's order.
pub fn ask(menu: &mut Menu, drink: usize, group: &GroupId, yes: bool) {
    let order: Vec<GroupId> = menu.groups.iter().map(|group| group.id.clone()).collect();
    if let Some(drink) = menu.drinks.get_mut(drink) {
        let asked = |id: &GroupId| {
            if id == group {
                yes
            } else {
                drink.groups.contains(id)
            }
        };
        drink.groups = order.into_iter().filter(asked).collect();
    }
}

/// Whatever was switched on or off meanwhile stays so: that is another's business.
pub fn carry_switches(draft: &mut Menu, live: &Menu) {
    for drink in &mut draft.drinks {
        if let Some(now) = live.drink(&drink.id) {
            drink.available = now.available;
        }
    }
    for option in draft.groups.iter_mut().flat_map(|g| &mut g.options) {
        if let Some((_, now)) = live.option(&option.id) {
            option.available = now.available;
        }
    }
}

/// An identifier made from a name, that is not taken yet.
fn fresh(name: &str, otherwise: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_end_matches('-').chars().take(24).collect();
    let slug = if slug.is_empty() {
        otherwise.to_owned()
    } else {
        slug.trim_end_matches('-').to_owned()
    };
    if !taken(&slug) {
        return slug;
    }
    let numbered = (2_u32..).map(|number| format!("{slug}-{number}"));
    let mut free = numbered.filter(|id| !taken(id));
    free.next().unwrap_or(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu() -> Menu {
        serde_json::from_str(
            r#"{"drinks": [{"id": "latte", "name": "Latte", "groups": ["milk"]}, {"id": "tea", "name": "Tea"}],
                "groups": [{"id": "milk", "name": "Milk", "choose": "single",
                            "options": [{"id": "oat", "name": "Oat"}]},
                           {"id": "size", "name": "Size", "choose": "single",
                            "options": [{"id": "big", "name": "Big"}]}]}"#,
        )
        .unwrap()
    }
    fn ids(menu: &Menu) -> Vec<&str> {
        menu.drinks.iter().map(|d| d.id.as_str()).collect()
    }

    #[test]
    fn what_is_added_gets_an_identifier_of_its_own_and_the_menu_stays_good() {
        let mut menu = menu();
        for name in ["Latte", "Flat  White!", "抹茶", "抹茶", &"long ".repeat(12)] {
            add_drink(&mut menu, name.trim());
        }
        let long = "long-long-long-long-long";
        assert_eq!(
            ids(&menu),
            [
                "latte",
                "tea",
                "latte-2",
                "flat-white",
                "drink",
                "drink-2",
                long
            ]
        );
        add_option(&mut menu, 1, "Oat");
        assert_eq!(menu.groups[1].options[1].id.as_str(), "oat-2");
        assert_eq!(menu.validate(), Ok(()));
    }

    #[test]
    fn a_line_moves_by_one_and_not_over_the_ends() {
        let mut menu = menu();
        step(&mut menu.drinks, 1, true);
        assert_eq!(ids(&menu), ["tea", "latte"]);
        for (at, up) in [(0, true), (1, false), (9, true)] {
            step(&mut menu.drinks, at, up);
            assert_eq!(ids(&menu), ["tea", "latte"]);
        }
    }

    #[test]
    fn a_drink_asks_its_groups_in_the_menus_order() {
        let mut menu = menu();
        let group = |id: &str| GroupId::parse(id).unwrap();
        ask(&mut menu, 1, &group("size"), true);
        ask(&mut menu, 1, &group("milk"), true);
        assert_eq!(menu.drinks[1].groups, [group("milk"), group("size")]);
        ask(&mut menu, 1, &group("milk"), false);
        assert_eq!(menu.drinks[1].groups, [group("size")]);
    }

    #[test]
    fn what_a_colleague_switched_off_meanwhile_stays_off() {
        let (mut draft, mut live) = (menu(), menu());
        draft.drinks[0].name = "Caffè latte".into();
        live.switch_drink(&DrinkId::parse("latte").unwrap(), false);
        live.switch_option(&OptionId::parse("oat").unwrap(), false);
        carry_switches(&mut draft, &live);
        assert!(!draft.drinks[0].available && !draft.groups[0].options[0].available);
        assert_eq!(draft.drinks[0].name, "Caffè latte");
    }
}
