//! The tickets on the counter: called when they come, the newest first.

use super::{column::Column, shop::Shop};
use leptos::prelude::*;
use presso_core::order::OrderState;
use presso_display::calls::Calls;
use presso_display::ready::ready_pages;
use presso_ui::attention::{Tune, call_out};
use presso_ui::t;

/// The column of those on the counter.
#[component]
pub(super) fn ReadyColumn() -> impl IntoView {
    let shop = Shop::here();
    let calls = StoredValue::new(Calls::default());
    let said = RwSignal::new(String::new());
    let since = RwSignal::new(shop.now.get_untracked());
    Effect::new(move |_| {
        let called = shop.board.with(|board| {
            let board = board.as_ref()?;
            calls.try_update_value(|calls| calls.look(board))
        });
        let called = called.unwrap_or_default();
        if called.is_empty() {
            return;
        }
        // The page with the news comes up at once.
        since.set(shop.now.get_untracked());
        let tickets: Vec<String> = called.iter().map(ToString::to_string).collect();
        said.set(t!("display-called", tickets = tickets.join(", ")));
        if shop.chimes.get_untracked() {
            call_out(Tune::Ready);
        }
    });
    let count = Memo::new(move |_| {
        shop.board.with(|board| {
            let rows = board.iter().flat_map(|b| &b.rows);
            rows.filter(|r| r.state == OrderState::Ready).count()
        })
    });
    let pages = move |places| {
        let now = shop.now.get();
        shop.board.with(|board| {
            let rows = board
                .as_ref()
                .map(|b| b.rows.as_slice())
                .unwrap_or_default();
            ready_pages(rows, places, now)
        })
    };
    view! {
        <Column class="ready" title=t!("display-ready") empty=t!("display-ready-none") pages=pages count=count since=since/>
        <p class="sr-only" role="status">{move || said.get()}</p>
    }
}
