//! The address leads to no shop, or a window was just opened: the shops that are open now.

use leptos::{prelude::*, task::spawn_local};
use presso_core::api::{ListShops, ShopsAnswer};
use presso_ui::{Button, ButtonKind, Notice, clock, host, page, t};
use std::time::Duration;

/// Without an answer it is asked again after this long.
const AGAIN: Duration = Duration::from_secs(5);

/// No shop here; which are there?
#[component]
pub(crate) fn NoShop() -> impl IntoView {
    let shops = RwSignal::new(Vec::<(String, String)>::new());
    spawn_local(async move {
        let ShopsAnswer { shops: open } = loop {
            match host::call(ListShops).await {
                Ok(answer) => break answer,
                Err(problem) if problem.retry() => clock::wait(AGAIN).await,
                Err(_) => return,
            }
        };
        let named = open.into_iter().map(|s| (s.shop.to_string(), s.name));
        // The screen may be gone by then.
        let _ = shops.try_set(named.collect());
    });
    // A window was opened without a link: there was no address that could be wrong.
    let lost = page::path().len() > 1;
    let (title, text) = if lost {
        (t!("no-shop-title"), t!("no-shop-text"))
    } else {
        (t!("which-shop-title"), t!("which-shop-text"))
    };
    let button = |(id, name): (String, String)| {
        view! { <Button label=name kind=ButtonKind::Quiet class="wide" on_press=move |()| page::go_to(&format!("/s/{id}")) test="shop"/> }
    };
    view! {
        <Notice title=title text=text icon="empty">
            {move || shops.get().into_iter().map(button).collect_view()}
        </Notice>
        <presso_ui::ServerLine/>
    }
}
