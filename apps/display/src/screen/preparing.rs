//! The tickets that are waited for, in the order of the queue.

use super::{column::Column, shop::Shop};
use leptos::prelude::*;
use presso_display::paging::pages;
use presso_display::ready::Called;
use presso_ui::t;

/// The column of those being made or waiting for it.
#[component]
pub(super) fn Preparing() -> impl IntoView {
    let shop = Shop::here();
    let tickets = Memo::new(move |_| {
        shop.board.with(|board| {
            let rows = board.iter().flat_map(|b| b.preparing());
            rows.map(|row| Called {
                ticket: row.ticket,
                fresh: false,
            })
            .collect::<Vec<_>>()
        })
    });
    let since = shop.now.get_untracked();
    view! {
        <Column
            class="preparing"
            title=t!("display-preparing")
            empty=t!("display-preparing-none")
            pages=move |places| tickets.with(|tickets| pages(tickets, places))
            count=Signal::derive(move || tickets.with(Vec::len))
            since=since
        />
    }
}
