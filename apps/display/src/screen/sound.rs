//! The chime: wanted or not, by the address (`/display?sound=off`) or a button that shows when
//! the pointer comes near; remembered.

use leptos::prelude::*;
use presso_ui::attention::{Tune, call_out};
use presso_ui::{page, t};

/// Under which key this screen remembers that it is mute.
const MUTE: &str = "presso-display-mute";

/// Does this screen chime?
pub(super) fn is_wanted() -> bool {
    match page::query("sound").as_deref() {
        Some("off") => false,
        Some("on") => true,
        _ => page::remembered(MUTE).is_none(),
    }
}

/// The button.
#[component]
pub(super) fn SoundToggle() -> impl IntoView {
    let on = RwSignal::new(is_wanted());
    let toggle = move |_| {
        on.update(|on| *on = !*on);
        page::remember(MUTE, (!on.get_untracked()).then_some("yes"));
        if is_wanted() {
            call_out(Tune::Ready);
        }
    };
    let label = move || {
        if on.get() {
            t!("display-sound-on")
        } else {
            t!("display-sound-off")
        }
    };
    view! { <button type="button" class="button quiet sound" data-test="sound" on:click=toggle>{label}</button> }
}
