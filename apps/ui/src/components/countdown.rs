//! A countdown to an instant of the server's clock.

use crate::clock;
use leptos::prelude::*;
use presso_core::time::Timestamp;
use presso_words::t;

/// Minutes and seconds until an instant, by the server's clock; turns urgent in the last minute,
/// and says aloud when a minute and when ten seconds are left.
#[component]
pub fn Countdown(
    /// Until when; shows nothing without.
    #[prop(into)]
    until: Signal<Option<Timestamp>>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// Also says "left" behind the figures.
    #[prop(optional)]
    worded: bool,
    /// Says nothing aloud: where several run at once.
    #[prop(optional)]
    silent: bool,
) -> impl IntoView {
    let now = clock::now();
    let left = Memo::new(move |_| {
        until
            .get()
            .map(|until| clock::seconds_until(until, now.get()))
    });
    let text = move || {
        left.get().map(|seconds| {
            let time = clock::minutes_and_seconds(seconds);
            if worded {
                t!("time-left", time = time)
            } else {
                time
            }
        })
    };
    let spoken = Memo::new(move |_| {
        let seconds = left.get().filter(|_| !silent)?;
        match seconds {
            0 => Some(t!("time-over")),
            1..=10 => Some(t!("time-left-seconds", count = 10)),
            11..=60 => Some(t!("time-left-minutes", count = 1)),
            _ => None,
        }
    });
    let urgent = move || left.get().is_some_and(|seconds| seconds < 60);
    view! {
        <span class=format!("countdown {class}") class:urgent=urgent role="timer">{text}</span>
        <span class="sr-only" role="status">{move || spoken.get()}</span>
    }
}
