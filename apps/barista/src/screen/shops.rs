//! An organiser works in every shop: which one now, or a new one.

use super::alone::Alone;
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use presso_core::api::{CreateShop, CreateShopBody, ListShops, ShopsAnswer};
use presso_core::id::ShopId;
use presso_core::menu::Menu;
use presso_core::order::Actor;
use presso_core::settings::Settings;
use presso_ui::{Button, ButtonKind, Heading, Loading, Logo, host, t, words};

/// Which shop this tab is in.
#[derive(Clone, Copy)]
pub(super) struct Chosen(RwSignal<Option<ShopId>>);

/// The list, or the shop that was chosen of it.
#[component]
pub(super) fn Shops(
    /// Who.
    actor: Actor,
) -> impl IntoView {
    let chosen = RwSignal::new(None::<ShopId>);
    provide_context(Chosen(chosen));
    move || match chosen.get() {
        Some(shop) => view! { <Alone shop=shop actor=actor/> }.into_any(),
        None => view! { <Choose chosen=chosen/> }.into_any(),
    }
}

/// Back to the list; only of who came from it.
#[component]
pub(super) fn OtherShop() -> impl IntoView {
    use_context::<Chosen>().map(|Chosen(chosen)| {
        view! { <Button label=t!("organiser-other") kind=ButtonKind::Quiet on_press=move |()| chosen.set(None) test="other-shop"/> }
    })
}

#[component]
fn Choose(chosen: RwSignal<Option<ShopId>>) -> impl IntoView {
    let shops = RwSignal::new(None::<ShopsAnswer>);
    let refused = RwSignal::new(None::<String>);
    spawn_local(async move {
        match host::call(ListShops).await {
            Ok(answer) => shops.set(Some(answer)),
            Err(problem) => refused.set(Some(words::problem(&problem))),
        }
    });
    let list = move || match shops.get() {
        None => view! { <Loading/> }.into_any(),
        Some(answer) if answer.shops.is_empty() => {
            view! { <p class="soft">{t!("organiser-none")}</p> }.into_any()
        }
        Some(answer) => {
            let one = |facts: presso_core::board::ShopFacts| {
                let id = facts.shop.clone();
                let state = if facts.open {
                    t!("barista-open")
                } else {
                    t!("barista-closed")
                };
                view! {
                    <li>
                        <button type="button" class="shop-choice" data-test="shop" on:click=move |_| chosen.set(Some(id.clone()))>
                            <span class="row-name grow">{facts.name.clone()}</span>
                            <span class="pill" class:good=facts.open>{state}</span>
                        </button>
                    </li>
                }
            };
            let all = answer.shops.into_iter().map(one).collect_view();
            view! { <ul class="rows">{all}</ul> }.into_any()
        }
    };
    view! {
        <main class="manage organiser" data-test="organiser">
            <div class="manage-main">
                <Logo/>
                <Heading text=t!("organiser-title")/>
                {move || refused.get().map(|s| view! { <p class="refused" role="alert">{s}</p> })}
                <section class="panel" aria-label=t!("organiser-title")>{list}</section>
                <section class="panel" aria-labelledby="new-shop">
                    <h2 id="new-shop">{t!("organiser-new")}</h2>
                    <NewShop chosen=chosen/>
                </section>
                <div><Button label=t!("barista-leave") kind=ButtonKind::Quiet on_press=|()| spawn_local(host::sign_out()) test="leave"/></div>
            </div>
        </main>
    }
}

#[component]
fn NewShop(chosen: RwSignal<Option<ShopId>>) -> impl IntoView {
    let (name, address) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let refused = RwSignal::new(None::<String>);
    let make = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Ok(shop) = ShopId::parse(address.get_untracked().trim()) else {
            refused.set(Some(t!("organiser-new-address-wrong")));
            return;
        };
        let settings = Settings {
            name: name.get_untracked().trim().to_owned(),
            ..Settings::default()
        };
        let body = CreateShopBody {
            shop: shop.clone(),
            settings,
            menu: Menu::default(),
        };
        refused.set(None);
        spawn_local(async move {
            match host::call(CreateShop { body }).await {
                Ok(_) => chosen.set(Some(shop)),
                Err(problem) => refused.set(Some(words::problem(&problem))),
            }
        });
    };
    view! {
        <form class="line-form" on:submit=make>
            <div class="field grow">
                <label for="shop-name">{t!("manage-setting-name")}</label>
                <input
                    id="shop-name" class="input" type="text" maxlength="60" autocomplete="off" data-test="shop-name"
                    prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event))
                />
            </div>
            <div class="field">
                <label for="shop-address">{t!("organiser-new-address")}</label>
                <input
                    id="shop-address" class="input" type="text" maxlength="32" autocomplete="off" autocapitalize="none"
                    spellcheck="false" dir="ltr" data-test="shop-address" aria-describedby="shop-refused"
                    aria-invalid=move || refused.get().map(|_| "true")
                    prop:value=move || address.get() on:input=move |event| address.set(event_target_value(&event))
                />
            </div>
            <button type="submit" class="button" data-test="make-shop">{t!("organiser-new-do")}</button>
        </form>
        <p id="shop-refused" class="wrong-text" role="alert">{move || refused.get()}</p>
        <p class="soft small">{t!("organiser-new-hint")}</p>
    }
}
