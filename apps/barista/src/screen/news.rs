//! New orders: the sound, its switch, the number in the page's title and on the app's icon, and
//! words for those who do not see.

use super::desk::Desk;
use leptos::prelude::*;
use presso_barista::arrivals::Arrivals;
use presso_barista::lanes::open_orders;
use presso_ui::attention::{Tune, call_out};
use presso_ui::{host, page, t};

/// Under which key this tablet remembers that it is mute.
const MUTE: &str = "presso-barista-mute";

/// Is there sound? Shared by the switch and the news.
#[derive(Clone, Copy)]
struct Sound(RwSignal<bool>);

/// The switch in the header.
#[component]
pub(super) fn SoundToggle() -> impl IntoView {
    let Sound(on) = sound();
    let label = move || {
        if on.get() {
            t!("barista-sound-on")
        } else {
            t!("barista-sound-off")
        }
    };
    let toggle = move |_| {
        on.update(|on| *on = !*on);
        let on = on.get_untracked();
        page::remember(MUTE, (!on).then_some("yes"));
        if on {
            call_out(Tune::New);
        }
    };
    let waves = move || {
        on.get().then(|| view! { <path class="waves" d="M15.5 8.5a5 5 0 0 1 0 7M18.4 5.6a9 9 0 0 1 0 12.8"/> })
    };
    let cross =
        move || (!on.get()).then(|| view! { <path class="waves" d="m16 9.5 5 5m0-5-5 5"/> });
    view! {
        <button
            type="button" class="button quiet icon-button" aria-pressed=move || on.get().to_string()
            aria-label=t!("barista-sound-toggle") title=label data-test="sound" on:click=toggle
        >
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
                <path class="horn" d="M3 9.5v5h3.6L12 19V5L6.6 9.5Z"/>
                {waves}
                {cross}
            </svg>
        </button>
    }
}

fn sound() -> Sound {
    use_context::<Sound>().unwrap_or_else(|| Sound(RwSignal::new(page::remembered(MUTE).is_none())))
}

/// Sounds, counts and says; draws nothing.
#[component]
pub(super) fn News() -> impl IntoView {
    let desk = Desk::here();
    let arrivals = StoredValue::new(Arrivals::default());
    let said = RwSignal::new(String::new());
    let facts = desk.facts();
    Effect::new(move |_| {
        let fresh = desk.real.with(|queue| {
            let queue = queue.as_ref()?;
            arrivals.try_update_value(|arrivals| arrivals.look(queue))
        });
        if let Some(count @ 1..) = fresh {
            said.set(t!("barista-news", count = count));
            if page::remembered(MUTE).is_none() {
                call_out(Tune::New);
            }
        }
    });
    Effect::new(move |_| {
        let shop = facts.with(|f| f.as_ref().map(|f| f.name.clone()).unwrap_or_default());
        let open = desk.queue.with(|q| q.as_ref().map_or(0, open_orders));
        host::badge(u32::try_from(open).unwrap_or(u32::MAX));
        page::set_title(&match open {
            0 => shop,
            count => t!("barista-title-orders", count = count, shop = shop),
        });
    });
    on_cleanup(|| host::badge(0));
    view! { <p class="sr-only" role="status">{move || said.get()}</p> }
}
