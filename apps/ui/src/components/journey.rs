//! One order's journey: the state graph with the path it took, and what happened when, by whom, why,
//! and after what wait. Drawn from core's table of transitions.

mod drawing;
mod timeline;

use super::Loading;
use crate::host;
use crate::words;
use drawing::Drawing;
pub use drawing::state_name;
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_core::api::{GetJourney, Problem};
use presso_core::id::OrderId;
use presso_core::journey::Journey;
use timeline::Timeline;

/// A journey that goes on while one looks.
#[derive(Clone, Copy)]
pub struct Followed {
    /// As far as it has come; none before the first answer.
    pub journey: RwSignal<Option<Journey>>,
    /// Why it could not be read the last time.
    pub refused: RwSignal<Option<Problem>>,
}

impl Followed {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            journey: RwSignal::new(None),
            refused: RwSignal::new(None),
        }
    }
    /// Takes what the server said. Steps only grow: an answer that was overtaken changes nothing.
    pub fn take(self, answer: Result<Journey, Problem>) {
        match answer {
            Ok(news) => {
                let _ = self.refused.try_set(None);
                let _ = self.journey.try_update(|known| {
                    let newer = known
                        .as_ref()
                        .is_none_or(|k| k.steps.len() <= news.steps.len());
                    if newer && known.as_ref() != Some(&news) {
                        *known = Some(news);
                    }
                });
            }
            Err(problem) => drop(self.refused.try_set(Some(problem))),
        }
    }
}

impl Default for Followed {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads an order's journey, and again whenever something happens to the order, for as long as the
/// current owner lives. One that is long over is watched no more, and read all the same.
#[must_use]
pub fn follow_journey(order: OrderId) -> Followed {
    let followed = Followed::new();
    let watched = host::watch_order(order);
    let version = Memo::new(move |_| watched.view.with(|v| v.as_ref().map(|o| o.version)));
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody reads notices nothing.
        version.get();
        spawn_local(async move {
            followed.take(host::call(GetJourney { order }).await);
        });
    });
    followed
}

/// The graph and the timeline.
#[component]
pub fn JourneyView(
    /// What is shown.
    followed: Followed,
    /// Does its own customer look?
    #[prop(optional)]
    own: bool,
) -> impl IntoView {
    let journey = followed.journey;
    let there = Memo::new(move |_| journey.with(Option::is_some));
    let refused = move || {
        let problem = followed.refused.get()?;
        Some(view! { <p class="banner bad" role="alert">{words::problem(&problem)}</p> })
    };
    view! {
        {refused}
        <Show when=move || there.get() fallback=move || followed.refused.with(Option::is_none).then(|| view! { <Loading/> })>
            <div class="journey" data-test="journey">
                <Drawing journey=journey/>
                <Timeline journey=journey own=own/>
            </div>
        </Show>
    }
}
