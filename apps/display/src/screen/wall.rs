//! The screen.

use super::{
    before::Before, code_panel::CodePanel, head::Head, instead::Instead, pointer,
    preparing::Preparing, ready_column::ReadyColumn, shop::Shop,
};
use leptos::prelude::*;
use presso_core::id::ShopId;
use presso_display::panel::Panel;
use presso_ui::{Notice, t, words};

/// The screen of a shop.
#[component]
pub(super) fn Wall(
    /// Which.
    id: ShopId,
) -> impl IntoView {
    let shop = Shop::watch(id);
    provide_context(shop);
    let panel = shop.panel();
    let refused = move || {
        let text = shop.refused.get().map(|problem| words::problem(&problem))?;
        Some(
            view! { <div class="enter locked"><Notice title=t!("display-locked-title") text=text/></div> },
        )
    };
    let code_is_up = Memo::new(move |_| panel.get() == Panel::Code);
    let name = move || panel_name(panel.get());
    let known = Memo::new(move |_| shop.board.with(Option::is_some));
    let unpointed = pointer::hidden();
    view! {
        <div class="wall" class:unpointed=unpointed data-test="wall" data-panel=name>
            {refused}
            <Show when=move || known.get() fallback=|| view! { <Before/> }>
                <Head/>
                <main class="wall-main">
                    <section class="code-side">
                        <Show when=move || code_is_up.get() fallback=move || view! { <Instead panel=panel/> }>
                            <CodePanel/>
                        </Show>
                    </section>
                    <Preparing/>
                    <ReadyColumn/>
                </main>
            </Show>
        </div>
    }
}

/// For tests and the style sheet.
const fn panel_name(panel: Panel) -> &'static str {
    match panel {
        Panel::Starting => "starting",
        Panel::Stale { .. } => "stale",
        Panel::Closed => "closed",
        Panel::Full => "full",
        Panel::UsedUp { .. } => "used-up",
        Panel::Changing => "changing",
        Panel::Code => "code",
    }
}
