//! What was ordered, in words.

use leptos::prelude::*;
use presso_core::id::DrinkId;
use presso_core::menu::{Choice, Menu};
use presso_ui::DrinkArt;

/// A drink's name; one that has left the menu is called by its identifier.
pub(crate) fn drink_name(menu: Option<&Menu>, id: &DrinkId) -> String {
    let found = menu.and_then(|menu| menu.drink(id));
    found.map_or_else(|| spelt(id.as_str()), |drink| drink.name.clone())
}

/// The icon of a drink.
pub(crate) fn drink_icon(menu: Option<&Menu>, id: &DrinkId) -> String {
    let found = menu.and_then(|menu| menu.drink(id));
    found.map_or_else(|| id.to_string(), |drink| drink.icon.clone())
}

/// The names of the options, as the menu has them.
pub(crate) fn option_names(menu: Option<&Menu>, choice: &Choice) -> Vec<String> {
    let name = |id: &presso_core::id::OptionId| {
        let found = menu.and_then(|menu| menu.option(id));
        found.map_or_else(|| spelt(id.as_str()), |(_, option)| option.name.clone())
    };
    choice.options.iter().map(name).collect()
}

/// `flat-white` → `Flat white`.
fn spelt(id: &str) -> String {
    let mut letters = id.replace('-', " ");
    if let Some(first) = letters.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    letters
}

/// A choice with its drawing.
#[component]
pub(crate) fn Summary(
    /// What was chosen.
    choice: Choice,
    /// The menu, for the names.
    menu: Option<Menu>,
    /// The name on the cup.
    #[prop(optional_no_strip)]
    name: Option<String>,
) -> impl IntoView {
    let options = option_names(menu.as_ref(), &choice);
    view! {
        <div class="summary card">
            <DrinkArt icon=drink_icon(menu.as_ref(), &choice.drink)/>
            <div class="grow">
                <p class="summary-drink">{drink_name(menu.as_ref(), &choice.drink)}</p>
                <ul class="summary-options">
                    {options.into_iter().map(|option| view! { <li>{option}</li> }).collect_view()}
                </ul>
                {name.map(|name| view! { <p class="soft small">{presso_ui::t!("order-for", name = name)}</p> })}
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{drink, menu, option};

    #[test]
    fn names_come_from_the_menu_and_else_from_the_identifier() {
        assert_eq!(drink_name(Some(&menu()), &drink("latte")), "latte");
        assert_eq!(drink_name(None, &drink("flat-white")), "Flat white");
        let choice = Choice {
            drink: drink("latte"),
            options: vec![option("oat-milk")],
        };
        assert_eq!(option_names(Some(&menu()), &choice), ["Oat milk"]);
    }
}
