//! The menu: drinks, groups of options, and what is switched off. Knows whether a choice is on it.

use crate::id::{DrinkId, GroupId, OptionId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a shop offers. Groups are shared by drinks, so "no oat milk" is one switch for all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Menu {
    /// In the order in which screens list them.
    pub drinks: Vec<Drink>,
    /// Every group that a drink names, in the order in which screens ask.
    #[serde(default)]
    pub groups: Vec<OptionGroup>,
}

/// One drink.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drink {
    /// Unique within the menu.
    pub id: DrinkId,
    /// As customers read it; 1 to 60 characters.
    pub name: String,
    /// Which drawing shows it; a screen that has none of this name draws a plain cup.
    #[serde(default)]
    pub icon: String,
    /// False while it is switched off ("sold out").
    #[serde(default = "yes")]
    pub available: bool,
    /// The groups asked for this drink.
    #[serde(default)]
    pub groups: Vec<GroupId>,
}

/// A group of options, as milk: whole, oat, soy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionGroup {
    /// Unique within the menu.
    pub id: GroupId,
    /// As customers read it; 1 to 60 characters.
    pub name: String,
    /// How many of its options one may choose.
    pub choose: Choose,
    /// True when the order is refused without a choice from it.
    #[serde(default)]
    pub required: bool,
    /// At least one.
    pub options: Vec<MenuOption>,
}

/// How many options of a group may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choose {
    /// At most one.
    Single,
    /// Any number.
    Multiple,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MenuOption {
    /// Unique within the whole menu, so that an order names options without their groups.
    pub id: OptionId,
    /// As customers read it; 1 to 60 characters.
    pub name: String,
    /// False while it is switched off.
    #[serde(default = "yes")]
    pub available: bool,
}

const fn yes() -> bool {
    true
}

/// What a customer chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// The drink.
    pub drink: DrinkId,
    /// Chosen options, each at most once.
    #[serde(default)]
    pub options: Vec<OptionId>,
}

/// A choice that the menu does not allow. `field` of the problem is `drink` or `options`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum OffMenu {
    /// No such drink.
    UnknownDrink,
    /// The drink is switched off.
    DrinkOff,
    /// No such option, or not one of this drink's groups.
    UnknownOption {
        /// The option.
        option: OptionId,
    },
    /// The option is switched off.
    OptionOff {
        /// The option.
        option: OptionId,
    },
    /// The same option twice.
    OptionTwice {
        /// The option.
        option: OptionId,
    },
    /// More than one option of a group that allows one.
    TooManyOptions {
        /// The group.
        group: GroupId,
    },
    /// A required group without a choice.
    MissingOption {
        /// The group.
        group: GroupId,
    },
}

/// A menu that cannot be used: where, and which rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, JsonSchema)]
#[error("{field}: {rule}")]
pub struct BadMenu {
    /// Path of the offending field, as `drinks[2].groups[0]`.
    pub field: String,
    /// The rule that it breaks.
    pub rule: String,
}

/// Most drinks, groups, or options of a group.
pub const MAX_ENTRIES: usize = 100;
/// Most characters of a name on the menu.
pub const MAX_NAME: usize = 60;

impl Menu {
    /// Finds a drink.
    #[must_use]
    pub fn drink(&self, id: &DrinkId) -> Option<&Drink> {
        self.drinks.iter().find(|d| d.id == *id)
    }
    /// Finds a group.
    #[must_use]
    pub fn group(&self, id: &GroupId) -> Option<&OptionGroup> {
        self.groups.iter().find(|g| g.id == *id)
    }
    /// Finds an option and its group.
    #[must_use]
    pub fn option(&self, id: &OptionId) -> Option<(&OptionGroup, &MenuOption)> {
        self.groups
            .iter()
            .find_map(|g| g.options.iter().find(|o| o.id == *id).map(|o| (g, o)))
    }
    /// Switches a drink on or off; false when there is none of that name.
    pub fn switch_drink(&mut self, id: &DrinkId, available: bool) -> bool {
        let found = self.drinks.iter_mut().find(|d| d.id == *id);
        found.map(|d| d.available = available).is_some()
    }
    /// Switches an option on or off; false when there is none of that name.
    pub fn switch_option(&mut self, id: &OptionId, available: bool) -> bool {
        let found = self
            .groups
            .iter_mut()
            .flat_map(|g| &mut g.options)
            .find(|o| o.id == *id);
        found.map(|o| o.available = available).is_some()
    }
    /// Whether a drink can be ordered at all: on, and each required group has an option that is on.
    #[must_use]
    pub fn orderable(&self, drink: &Drink) -> bool {
        let group_ok = |g: &GroupId| {
            self.group(g)
                .is_some_and(|g| !g.required || g.options.iter().any(|o| o.available))
        };
        drink.available && drink.groups.iter().all(group_ok)
    }

    /// Is this choice on the menu, now?
    ///
    /// # Errors
    /// The first rule it breaks: the drink first, then the options as given, then missing groups.
    pub fn check(&self, choice: &Choice) -> Result<(), OffMenu> {
        let drink = self.drink(&choice.drink).ok_or(OffMenu::UnknownDrink)?;
        if !drink.available {
            return Err(OffMenu::DrinkOff);
        }
        let mut seen = BTreeSet::new();
        let mut per_group: BTreeMap<&GroupId, u32> = BTreeMap::new();
        for option in &choice.options {
            if !seen.insert(option) {
                return Err(OffMenu::OptionTwice {
                    option: option.clone(),
                });
            }
            let (group, found) = self
                .option(option)
                .filter(|(g, _)| drink.groups.contains(&g.id))
                .ok_or_else(|| OffMenu::UnknownOption {
                    option: option.clone(),
                })?;
            if !found.available {
                return Err(OffMenu::OptionOff {
                    option: option.clone(),
                });
            }
            let count = per_group.entry(&group.id).or_default();
            *count += 1;
            if *count > 1 && group.choose == Choose::Single {
                return Err(OffMenu::TooManyOptions {
                    group: group.id.clone(),
                });
            }
        }
        let missing = drink
            .groups
            .iter()
            .find(|id| self.group(id).is_some_and(|g| g.required) && !per_group.contains_key(*id));
        missing.map_or(Ok(()), |group| {
            Err(OffMenu::MissingOption {
                group: group.clone(),
            })
        })
    }

    /// Can a shop work with this menu?
    ///
    /// # Errors
    /// [`BadMenu`] with the first field that breaks a rule: unique identifiers, known groups,
    /// names of 1 to [`MAX_NAME`] characters without control characters and spaces around them, at
    /// most [`MAX_ENTRIES`].
    pub fn validate(&self) -> Result<(), BadMenu> {
        at_most(self.drinks.len(), "drinks")?;
        at_most(self.groups.len(), "groups")?;
        let (mut groups, mut options) = (BTreeSet::new(), BTreeSet::new());
        for (i, group) in self.groups.iter().enumerate() {
            let at = |f: &str| format!("groups[{i}].{f}");
            unique(groups.insert(&group.id), at("id"))?;
            named(&group.name, at("name"))?;
            at_most(group.options.len(), &at("options"))?;
            if group.options.is_empty() {
                return Err(bad(at("options"), "a group has at least one option"));
            }
            for (j, option) in group.options.iter().enumerate() {
                unique(options.insert(&option.id), at(&format!("options[{j}].id")))?;
                named(&option.name, at(&format!("options[{j}].name")))?;
            }
        }
        let mut drinks = BTreeSet::new();
        for (i, drink) in self.drinks.iter().enumerate() {
            unique(drinks.insert(&drink.id), format!("drinks[{i}].id"))?;
            named(&drink.name, format!("drinks[{i}].name"))?;
            if drink.icon.chars().count() > MAX_NAME || !is_trimmed(&drink.icon) {
                let rule = "at most 60 characters, no spaces around them";
                return Err(bad(format!("drinks[{i}].icon"), rule));
            }
            let mut seen = BTreeSet::new();
            for (j, group) in drink.groups.iter().enumerate() {
                let at = format!("drinks[{i}].groups[{j}]");
                if !groups.contains(group) {
                    return Err(bad(at, "names a group that is not in `groups`"));
                }
                unique(seen.insert(group), at)?;
            }
        }
        Ok(())
    }
}

fn bad(field: impl Into<String>, rule: &str) -> BadMenu {
    BadMenu {
        field: field.into(),
        rule: rule.into(),
    }
}
fn at_most(len: usize, field: &str) -> Result<(), BadMenu> {
    if len > MAX_ENTRIES {
        Err(bad(field, "at most 100 entries"))
    } else {
        Ok(())
    }
}
fn unique(new: bool, field: String) -> Result<(), BadMenu> {
    if new {
        Ok(())
    } else {
        Err(bad(field, "is there already"))
    }
}
/// Spaces around it are nothing in a table's cell, and would be lost there.
fn is_trimmed(text: &str) -> bool {
    text.trim().len() == text.len()
}
fn named(name: &str, field: String) -> Result<(), BadMenu> {
    let ok = (1..=MAX_NAME).contains(&name.chars().count())
        && !name.chars().any(char::is_control)
        && is_trimmed(name);
    if ok {
        Ok(())
    } else {
        let rule = "1 to 60 characters, no control characters, no spaces around it";
        Err(bad(field, rule))
    }
}

#[cfg(test)]
mod tests;
