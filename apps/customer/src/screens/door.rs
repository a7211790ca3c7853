//! At the door: open or closed, how busy, how to come in, what there is.

use crate::{phone::Phone, state::Place};
use leptos::prelude::*;
use presso_core::menu::Drink;
use presso_ui::{Button, ButtonKind, DrinkArt, Heading, Loading, Notice, t};

/// At the door.
#[component]
pub(crate) fn Door() -> impl IntoView {
    let phone = Phone::here();
    let facts = Memo::new(move |_| phone.board.with(|b| b.as_ref().map(|b| b.facts.clone())));
    let open = Memo::new(move |_| facts.with(|f| f.as_ref().map(|f| f.open)));
    let name = Signal::derive(move || {
        facts.with(|f| f.as_ref().map(|f| f.name.clone()).unwrap_or_default())
    });
    move || match open.get() {
        None => view! { <Loading/> }.into_any(),
        Some(false) => {
            let title = Signal::derive(move || t!("closed-title", shop = name.get()));
            view! { <Notice title=title text=t!("closed-text") icon="empty" class="closed"/> }
                .into_any()
        }
        Some(true) => view! { <Open name=name/> }.into_any(),
    }
}

/// The door of an open shop.
#[component]
fn Open(name: Signal<String>) -> impl IntoView {
    let phone = Phone::here();
    let full = Memo::new(move |_| {
        phone
            .board
            .with(|b| b.as_ref().is_some_and(|b| b.facts.full))
    });
    let wait = Memo::new(move |_| phone.board.with(|b| b.as_ref().and_then(|b| b.facts.wait)));
    let go = move |place| move |()| phone.state.update(|s| s.place = place);
    let wait_text = move || {
        wait.get()
            .map(|w| t!("wait-range", low = w.low_min, high = w.high_min))
    };
    view! {
        <section class="door-hero">
            <DrinkArt icon="cappuccino"/>
            <Heading text=name/>
            <div class="row door-facts">
                <Show
                    when=move || full.get()
                    fallback=|| view! { <span class="pill good">{t!("shop-open")}</span> }
                >
                    <span class="pill warn">{t!("shop-full")}</span>
                </Show>
                {move || wait_text().map(|text| view! { <span class="pill">{text}</span> })}
            </div>
            <p class="door-text">
                {move || if full.get() { t!("door-full") } else { t!("door-text") }}
            </p>
            <div class="door-actions">
                <Show
                    when=move || full.get()
                    fallback=move || view! {
                        <Button label=t!("scan-code") kind=ButtonKind::Accent class="wide large" on_press=go(Place::Camera) test="scan"/>
                        <Button label=t!("type-code") kind=ButtonKind::Quiet class="wide" on_press=go(Place::Typing) test="type"/>
                    }
                >
                    <Button label=t!("scan-anyway") kind=ButtonKind::Quiet class="wide" on_press=go(Place::Camera) test="scan"/>
                </Show>
            </div>
        </section>
        <section class="stack" aria-labelledby="on-the-menu">
            <h2 id="on-the-menu">{t!("on-the-menu")}</h2>
            <ul class="drinks">
                <For each=move || drinks(phone) key=|(drink, orderable)| (drink.clone().id, *orderable) let((drink, orderable))>
                    <li class="drink" class:off=!orderable>
                        <DrinkArt icon=drink.icon.clone()/>
                        <span class="drink-name">{drink.name.clone()}</span>
                        {(!orderable).then(|| view! { <span class="pill">{t!("sold-out")}</span> })}
                    </li>
                </For>
            </ul>
        </section>
    }
}

/// The drinks, and whether each can be ordered now.
pub(super) fn drinks(phone: Phone) -> Vec<(Drink, bool)> {
    phone.menu.with(|menu| {
        let Some(menu) = menu else { return Vec::new() };
        let all = menu.drinks.iter();
        all.map(|drink| (drink.clone(), menu.orderable(drink)))
            .collect()
    })
}
