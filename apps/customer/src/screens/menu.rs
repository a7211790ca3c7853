//! Pick a drink.

use super::{choosing_bar::ChoosingBar, door::drinks};
use crate::phone::Phone;
use leptos::prelude::*;
use presso_core::id::DrinkId;
use presso_ui::{DrinkArt, Heading, Loading, t};

/// The menu: a card a drink, live.
#[component]
pub(crate) fn MenuScreen() -> impl IntoView {
    let phone = Phone::here();
    let loaded = Memo::new(move |_| phone.menu.with(Option::is_some));
    let pick = move |drink: DrinkId| {
        if let Some(menu) = phone.menu.get_untracked() {
            phone.state.update(|s| s.draft.pick(&menu, &drink));
        }
    };
    view! {
        <ChoosingBar/>
        <Heading text=t!("menu-title")/>
        <Show when=move || loaded.get() fallback=|| view! { <Loading/> }>
            <ul class="drinks">
                <For each=move || drinks(phone) key=|(drink, orderable)| (drink.clone().id, *orderable, drink.name.clone()) let((drink, orderable))>
                    <li>
                        <button
                            type="button" class="drink" class:off=!orderable data-test=format!("drink-{}", drink.id)
                            aria-disabled=(!orderable).then_some("true")
                            on:click={
                                let id = drink.id.clone();
                                move |_| if orderable { pick(id.clone()) }
                            }
                        >
                            <DrinkArt icon=drink.icon.clone()/>
                            <span class="drink-name">{drink.name.clone()}</span>
                            {(!orderable).then(|| view! { <span class="pill">{t!("sold-out")}</span> })}
                        </button>
                    </li>
                </For>
            </ul>
        </Show>
    }
}
