//! One column of tickets: a heading, the page that is up, dots for the pages.

use super::{fit::fitting, shop::Shop};
use leptos::{html, prelude::*};
use presso_core::time::Timestamp;
use presso_display::paging::page_at;
use presso_display::ready::Called;
use presso_ui::t;

/// One column of tickets.
#[component]
pub(super) fn Column(
    /// Its name in the style sheet.
    class: &'static str,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// What it says when it is empty.
    #[prop(into)]
    empty: Signal<String>,
    /// All tickets, in pages of so many places.
    pages: impl Fn(usize) -> Vec<Vec<Called>> + Send + Sync + 'static,
    /// How many tickets there are in all.
    #[prop(into)]
    count: Signal<usize>,
    /// When the first page came up.
    #[prop(into)]
    since: Signal<Timestamp>,
) -> impl IntoView {
    let shop = Shop::here();
    let (area, sample) = (NodeRef::<html::Div>::new(), NodeRef::<html::Span>::new());
    let grid = fitting(area, sample, shop.now);
    let pages = Memo::new(move |_| pages(grid.get().places()));
    let up = Memo::new(move |_| page_at(since.get(), shop.now.get(), pages.with(Vec::len)));
    let page =
        Memo::new(move |_| pages.with(|pages| pages.get(up.get()).cloned().unwrap_or_default()));
    let dots = move || dots(up.get(), pages.with(Vec::len));
    // As wide as the widest number, so that the grid does not jump as numbers grow.
    let digits = Memo::new(move |_| {
        pages.with(|pages| {
            let tickets = pages.iter().flatten().map(|c| c.ticket.to_string().len());
            tickets.max().unwrap_or(2).max(2)
        })
    });
    let heading = format!("column-{class}");
    let labelled_by = heading.clone();
    view! {
        <section class=format!("column {class}") aria-labelledby=labelled_by data-test=class>
            <div class="column-head">
                <h2 id=heading>{move || title.get()}</h2>
            </div>
            <div class="tickets-area" node_ref=area>
                <span class="ticket digits sample" aria-hidden="true" node_ref=sample>{move || "0".repeat(digits.get())}</span>
                <Show when=move || { count.get() > 0 } fallback=move || view! { <p class="empty">{move || empty.get()}</p> }>
                    <ul class="tickets" style:grid-template-columns=move || format!("repeat({}, minmax(0, 1fr))", grid.get().columns)>
                        <For each=move || page.get() key=|called| *called let(called)>
                            <li class="ticket digits" class:fresh=called.fresh data-test="ticket">{called.ticket.to_string()}</li>
                        </For>
                    </ul>
                </Show>
            </div>
            <div class="dots digits">{dots}</div>
        </section>
    }
}

/// A dot for each page; where they are too many to count, figures.
fn dots(up: usize, all: usize) -> Option<AnyView> {
    let dot = move |n: usize| view! { <i class:up=n == up></i> };
    let label = t!("display-page", page = up + 1, pages = all);
    match all {
        0 | 1 => None,
        2..=6 => Some(
            view! { <p class="dots" role="img" aria-label=label>{(0..all).map(dot).collect_view()}</p> }
                .into_any(),
        ),
        _ => Some(view! { <p>{label}</p> }.into_any()),
    }
}
