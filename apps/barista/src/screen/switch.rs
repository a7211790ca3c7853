//! One switch: a drink or an option, on or off.

use super::desk::Desk;
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_core::api::{SwitchDrink, SwitchOption};
use presso_core::id::{DrinkId, OptionId};
use presso_ui::t;

/// What is switched.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Wire {
    /// A drink.
    Drink(DrinkId),
    /// An option, for all drinks.
    Option(OptionId),
}

impl Wire {
    fn is_on(&self, desk: Desk) -> bool {
        desk.menu.with(|menu| {
            menu.as_ref().is_some_and(|menu| match self {
                Self::Drink(id) => menu.drink(id).is_some_and(|d| d.available),
                Self::Option(id) => menu.option(id).is_some_and(|(_, o)| o.available),
            })
        })
    }
    async fn turn(self, desk: Desk, available: bool) -> Result<(), String> {
        let shop = desk.shop.get_value();
        let answer = match self {
            Self::Drink(drink) => {
                let request = SwitchDrink {
                    shop,
                    drink,
                    available,
                };
                desk.ask(request).await
            }
            Self::Option(option) => {
                let request = SwitchOption {
                    shop,
                    option,
                    available,
                };
                desk.ask(request).await
            }
        };
        answer.map(|_| ())
    }
}

/// One switch. It shows what the server says, not what was tapped.
#[component]
pub(super) fn Switch(
    /// What it switches.
    wire: Wire,
    /// What it is called.
    name: String,
    /// Where it says why it could not.
    refused: RwSignal<Option<String>>,
) -> impl IntoView {
    let desk = Desk::here();
    let wire = StoredValue::new(wire);
    let on = Memo::new(move |_| wire.with_value(|wire| wire.is_on(desk)));
    let busy = RwSignal::new(false);
    let turn = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let wanted = !on.get_untracked();
            if let Err(sentence) = wire.get_value().turn(desk, wanted).await {
                refused.set(Some(sentence));
            }
            busy.set(false);
        });
    };
    let state = move || on_or_off(on.get());
    view! {
        <button
            type="button" role="switch" class="switch" aria-checked=move || on.get().to_string()
            aria-busy=move || busy.get().then_some("true") data-test="switch" on:click=turn
        >
            <span class="grow">{name}</span>
            <span class="switch-state" aria-hidden="true">{state}</span>
            <span class="switch-track" aria-hidden="true"></span>
        </button>
    }
}

/// How a switch stands, in words.
pub(super) fn on_or_off(on: bool) -> String {
    if on {
        t!("barista-menu-on")
    } else {
        t!("barista-menu-off")
    }
}
