//! The menu as a table, to be copied into a spreadsheet and back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_core::api::{GetMenuTable, MenuTable, ReadMenuTable};
use presso_core::id::ShopId;
use presso_core::menu::Menu;
use presso_ui::{Button, ButtonKind, host, t, toast, words};

/// The table: shown when asked for, and taken back.
#[component]
pub(super) fn Table(
    /// Whose menu.
    shop: StoredValue<ShopId>,
    /// Takes the menu that was read from it.
    take: Callback<Menu>,
) -> impl IntoView {
    let text = RwSignal::new(None::<String>);
    let wrong = RwSignal::new(None::<String>);
    let show = move |()| {
        spawn_local(async move {
            let shop = shop.get_value();
            match host::call(GetMenuTable { shop }).await {
                Ok(MenuTable { csv }) => text.set(Some(csv)),
                Err(problem) => wrong.set(Some(words::problem(&problem))),
            }
        });
    };
    let use_it = move |()| {
        let csv = text.get_untracked().unwrap_or_default();
        wrong.set(None);
        spawn_local(async move {
            let (shop, table) = (shop.get_value(), MenuTable { csv });
            match host::call(ReadMenuTable { shop, table }).await {
                Ok(menu) => {
                    take.run(menu);
                    toast(t!("manage-table-used"));
                }
                Err(problem) => {
                    let why = words::problem(&problem);
                    wrong.set(Some(match problem.field {
                        Some(place) => t!("manage-table-wrong", why = why, place = place),
                        None => why,
                    }));
                }
            }
        });
    };
    let there = Memo::new(move |_| text.with(Option::is_some));
    view! {
        <section class="panel" aria-labelledby="table-title">
            <h2 id="table-title">{t!("manage-table")}</h2>
            <p class="soft small">{t!("manage-table-hint")}</p>
            <Show
                when=move || there.get()
                fallback=move || view! { <div><Button label=t!("manage-table-show") kind=ButtonKind::Quiet on_press=show test="show-table"/></div> }
            >
                <textarea
                    class="input table-text" rows="10" spellcheck="false" autocomplete="off" dir="ltr" data-test="table"
                    aria-label=t!("manage-table-text") aria-describedby="table-wrong" aria-invalid=move || wrong.get().map(|_| "true")
                    prop:value=move || text.get().unwrap_or_default()
                    on:input=move |event| text.set(Some(event_target_value(&event)))
                ></textarea>
                <div><Button label=t!("manage-table-use") kind=ButtonKind::Quiet on_press=use_it test="use-table"/></div>
            </Show>
            <p id="table-wrong" class="wrong-text" role="alert">{move || wrong.get()}</p>
        </section>
    }
}
