//! One lane: its name, how many, its cards or why there are none.

use super::{card::Card, desk::Desk};
use leptos::prelude::*;
use presso_barista::lanes::{Lane, choosing, in_lane};
use presso_ui::{DrinkArt, t};

/// A lane's name.
pub(super) fn title(lane: Lane) -> String {
    match lane {
        Lane::ToMake => t!("barista-lane-to-make"),
        Lane::Making => t!("barista-lane-making"),
        Lane::Ready => t!("barista-lane-ready"),
    }
}

/// One lane.
#[component]
pub(super) fn LaneColumn(
    /// Which.
    lane: Lane,
) -> impl IntoView {
    let desk = Desk::here();
    let orders = Memo::new(move |_| {
        desk.queue
            .with(|q| q.as_ref().map(|q| in_lane(q, lane)).unwrap_or_default())
    });
    let count = move || orders.with(Vec::len);
    let heading = format!("lane-{}", lane.name());
    let (labelled_by, test) = (heading.clone(), heading.clone());
    view! {
        <section class=format!("lane {}", lane.name()) aria-labelledby=labelled_by data-test=test>
            <div class="lane-head">
                <h2 id=heading>{title(lane)}</h2>
                <span class="count digits" aria-hidden="true">{count}</span>
                <span class="sr-only">{move || t!("barista-orders", count = count())}</span>
                {(lane == Lane::ToMake).then(|| view! { <Choosing/> })}
            </div>
            <Show when=move || { count() > 0 } fallback=move || view! { <Empty lane=lane/> }>
                <ol class="orders">
                    <For each=move || orders.get() key=|id| *id let(id)>
                        <Card id=id/>
                    </For>
                </ol>
            </Show>
        </section>
    }
}

/// How many have scanned and are still choosing: what is about to come.
#[component]
fn Choosing() -> impl IntoView {
    let desk = Desk::here();
    let count = Memo::new(move |_| desk.queue.with(|q| q.as_ref().map_or(0, choosing)));
    view! {
        <Show when=move || { count.get() > 0 }>
            <span class="pill choosing" data-test="choosing">
                <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
                {move || t!("barista-choosing", count = count.get())}
            </span>
        </Show>
    }
}

#[component]
fn Empty(lane: Lane) -> impl IntoView {
    let facts = Desk::here().facts();
    let open = Memo::new(move |_| facts.with(|f| f.as_ref().is_some_and(|f| f.open)));
    let text = move || match lane {
        Lane::ToMake if !open.get() => t!("barista-empty-closed"),
        Lane::ToMake => t!("barista-empty-to-make"),
        Lane::Making => t!("barista-empty-making"),
        Lane::Ready => t!("barista-empty-ready"),
    };
    let icon = match lane {
        Lane::ToMake => "cappuccino",
        Lane::Making => "latte",
        Lane::Ready => "espresso",
    };
    view! {
        <div class="empty">
            <div class="empty-art"><DrinkArt icon=icon/></div>
            <p>{text}</p>
        </div>
    }
}
