//! What to make: the drink, and its options with those that differ from a plain one marked.

use presso_core::menu::{Choice, Choose, Menu, MenuOption, OptionGroup};

/// A choice, in words for a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The drink's name; its identifier when the menu no longer has it.
    pub drink: String,
    /// Which drawing shows it.
    pub icon: String,
    /// In the menu's order.
    pub chips: Vec<Chip>,
}

/// One option on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// Its name; its identifier when the menu no longer has it.
    pub name: String,
    /// Not what one would make without looking: it stands out.
    pub special: bool,
}

/// Reads a choice by the menu. The plain choice of a required group that allows one is its first
/// option, as menus list the usual one first; everything else is special.
#[must_use]
pub fn recipe(choice: &Choice, menu: &Menu) -> Recipe {
    let drink = menu.drink(&choice.drink);
    let chosen = |o: &&MenuOption| choice.options.contains(&o.id);
    let mut chips: Vec<Chip> = menu
        .groups
        .iter()
        .flat_map(|group| group.options.iter().filter(chosen).map(move |o| (group, o)))
        .map(|(group, option)| Chip {
            name: option.name.clone(),
            special: !is_plain(group, option),
        })
        .collect();
    let unknown = choice.options.iter().filter(|o| menu.option(o).is_none());
    chips.extend(unknown.map(|id| Chip {
        name: id.to_string(),
        special: true,
    }));
    Recipe {
        drink: drink.map_or_else(|| choice.drink.to_string(), |d| d.name.clone()),
        icon: drink.map_or_else(|| choice.drink.to_string(), |d| d.icon.clone()),
        chips,
    }
}

fn is_plain(group: &OptionGroup, option: &MenuOption) -> bool {
    let usual = group.options.first().is_some_and(|o| o.id == option.id);
    group.required && group.choose == Choose::Single && usual
}

#[cfg(test)]
mod tests {
    use super::*;
    use presso_core::id::{DrinkId, GroupId, OptionId};
    use presso_core::menu::Drink;

    fn group(id: &str, required: bool, choose: Choose, options: &[&str]) -> OptionGroup {
        OptionGroup {
            id: GroupId::parse(id).unwrap(),
            name: id.into(),
            choose,
            required,
            options: options
                .iter()
                .map(|o| MenuOption {
                    id: OptionId::parse(o).unwrap(),
                    name: o.to_uppercase(),
                    available: true,
                })
                .collect(),
        }
    }

    fn menu() -> Menu {
        Menu {
            drinks: vec![Drink {
                id: DrinkId::parse("latte").unwrap(),
                name: "Latte".into(),
                icon: "latte".into(),
                available: true,
                groups: vec![GroupId::parse("milk").unwrap()],
            }],
            groups: vec![
                group("milk", true, Choose::Single, &["whole", "oat"]),
                group("extras", false, Choose::Multiple, &["sugar", "shot"]),
            ],
        }
    }

    fn chips(options: &[&str]) -> Vec<(String, bool)> {
        let choice = Choice {
            drink: DrinkId::parse("latte").unwrap(),
            options: options
                .iter()
                .map(|o| OptionId::parse(o).unwrap())
                .collect(),
        };
        let chips = recipe(&choice, &menu()).chips;
        chips.into_iter().map(|c| (c.name, c.special)).collect()
    }

    #[test]
    fn oat_milk_stands_out_and_the_usual_milk_does_not() {
        assert_eq!(chips(&["whole"]), [("WHOLE".into(), false)]);
        assert_eq!(chips(&["oat"]), [("OAT".into(), true)]);
    }

    #[test]
    fn whatever_one_may_leave_out_stands_out_and_the_menus_order_rules() {
        let both = [("OAT".into(), true), ("SUGAR".into(), true)];
        assert_eq!(chips(&["sugar", "oat"]), both);
    }

    #[test]
    fn what_the_menu_no_longer_has_is_shown_by_its_identifier() {
        assert_eq!(chips(&["cinnamon"]), [("cinnamon".into(), true)]);
        let choice = Choice {
            drink: DrinkId::parse("mocha").unwrap(),
            options: vec![],
        };
        assert_eq!(recipe(&choice, &menu()).drink, "mocha");
    }
}
