//! How an order stands with its deadline: a bar, a shape and words; never colour alone.

use leptos::prelude::*;
use presso_barista::urgency::{Clock, Urgency};
use presso_core::board::OrderView;
use presso_core::order::OrderState;
use presso_ui::t;

/// The bar and what it means.
#[component]
pub(super) fn Meter(
    /// Where the order stands.
    clock: Memo<Option<Clock>>,
    /// The order.
    order: Memo<Option<OrderView>>,
) -> impl IntoView {
    let ready = Memo::new(move |_| {
        order.with(|o| o.as_ref().is_some_and(|o| o.state == OrderState::Ready))
    });
    let waited = Memo::new(move |_| clock.get().map(|c| waited_words(&c, ready.get())));
    let left = Memo::new(move |_| clock.get().map(|c| left_words(&c, ready.get())));
    let width = move || format!("{}%", clock.get().map_or(0, |c| c.percent));
    let shape = move || clock.get().and_then(|c| shape(c.urgency));
    view! {
        <div class="meter">
            <div class="meter-bar" aria-hidden="true"><span style:inline-size=width></span></div>
            <p class="meter-words digits">
                <span>{move || waited.get()}</span>
                <span class="meter-left">
                    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=shape/></svg>
                    {move || left.get()}
                </span>
            </p>
        </div>
    }
}

fn waited_words(clock: &Clock, ready: bool) -> String {
    let minutes = clock.waited_ms / 60_000;
    match (ready, minutes) {
        (true, _) => t!("barista-on-counter", minutes = minutes),
        (false, 0) => t!("barista-waited-now"),
        (false, _) => t!("barista-waited", minutes = minutes),
    }
}

fn left_words(clock: &Clock, ready: bool) -> String {
    let time = time(clock.left_ms);
    if clock.left_ms == 0 {
        return t!("barista-overdue");
    }
    match (ready, clock.urgency) {
        (true, _) => t!("barista-swept-in", time = time),
        (false, Urgency::Calm) => t!("barista-left", time = time),
        (false, Urgency::Soon) => t!("barista-due-soon", time = time),
        (false, Urgency::Pressing) => t!("barista-due-now", time = time),
    }
}

/// Whole minutes; in the last minute and a half seconds.
fn time(left_ms: i64) -> String {
    let seconds = (left_ms + 999) / 1000;
    if seconds > 90 {
        t!("barista-time-minutes", count = (seconds + 30) / 60)
    } else {
        t!("barista-time-seconds", count = seconds)
    }
}

/// A triangle when it is due soon, a square with a stroke when it presses.
const fn shape(urgency: Urgency) -> Option<&'static str> {
    match urgency {
        Urgency::Calm => None,
        Urgency::Soon => Some("M8 1 15.5 15H.5Z"),
        Urgency::Pressing => Some("M1 1h14v14H1ZM7 3v6h2V3ZM7 11v2h2v-2Z"),
    }
}
