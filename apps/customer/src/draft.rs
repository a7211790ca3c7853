//! What is being chosen: a drink, its options, a name. Kept over a reload.

use presso_core::id::{DrinkId, GroupId, OptionId, OrderId};
use presso_core::menu::{Choice, Choose, Menu, OffMenu};
use serde::{Deserialize, Serialize};

/// What is being chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// For which order: a draft for another one is void.
    pub order: Option<OrderId>,
    /// Which drink.
    pub drink: Option<DrinkId>,
    /// Which options.
    pub options: Vec<OptionId>,
    /// All chosen: looking at it once more.
    pub reviewing: bool,
}

impl Draft {
    /// Picks a drink. Another one than before starts without options; one without anything to
    /// choose goes straight to the review.
    pub fn pick(&mut self, menu: &Menu, drink: &DrinkId) {
        if self.drink.as_ref() != Some(drink) {
            self.options.clear();
        }
        self.drink = Some(drink.clone());
        let asks = menu.drink(drink).is_some_and(|d| !d.groups.is_empty());
        self.reviewing = !asks;
    }

    /// Chooses an option, or with `on` false gives it up. In a single group it replaces the other.
    pub fn set_option(&mut self, menu: &Menu, option: &OptionId, on: bool) {
        let Some((group, _)) = menu.option(option) else {
            return;
        };
        let single = group.choose == Choose::Single;
        let sibling = |o: &OptionId| group.options.iter().any(|other| other.id == *o);
        self.options
            .retain(|o| o != option && !(on && single && sibling(o)));
        if on {
            self.options.push(option.clone());
        }
    }

    /// One step back: from the review to the options, from there to the menu.
    pub fn back(&mut self, menu: &Menu) {
        let asks = self
            .drink
            .as_ref()
            .and_then(|d| menu.drink(d))
            .is_some_and(|d| !d.groups.is_empty());
        if self.reviewing && asks {
            self.reviewing = false;
        } else {
            self.drink = None;
            self.options.clear();
            self.reviewing = false;
        }
    }

    /// The choice, once there is a drink.
    #[must_use]
    pub fn choice(&self) -> Option<Choice> {
        Some(Choice {
            drink: self.drink.clone()?,
            options: self.options.clone(),
        })
    }

    /// What the menu has against it, now; none when it can be ordered.
    #[must_use]
    pub fn wrong(&self, menu: &Menu) -> Option<OffMenu> {
        menu.check(&self.choice()?).err()
    }
}

/// The group that a mistake is about.
#[must_use]
pub fn group_of(wrong: &OffMenu, menu: &Menu) -> Option<GroupId> {
    match wrong {
        OffMenu::MissingOption { group } | OffMenu::TooManyOptions { group } => Some(group.clone()),
        OffMenu::OptionOff { option }
        | OffMenu::OptionTwice { option }
        | OffMenu::UnknownOption { option } => menu.option(option).map(|(g, _)| g.id.clone()),
        OffMenu::UnknownDrink | OffMenu::DrinkOff => None,
    }
}

#[cfg(test)]
mod tests;
