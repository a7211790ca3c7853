//! The chime's button: shows when the pointer comes near; remembered. Before it was ever pressed,
//! the address says how the screen starts (`/display?sound=off`).

use super::shop::Shop;
use leptos::prelude::*;
use presso_display::chime;
use presso_ui::attention::{Tune, call_out};
use presso_ui::{page, t};

/// Under which key this screen remembers what its button was set to.
const CHIME: &str = "presso-display-chime";

/// Does this screen chime when it starts?
pub(super) fn at_the_start() -> bool {
    let (remembered, in_address) = (page::remembered(CHIME), page::query("sound"));
    chime::is_on(remembered.as_deref(), in_address.as_deref())
}

/// The button.
#[component]
pub(super) fn SoundToggle() -> impl IntoView {
    let on = Shop::here().chimes;
    let toggle = move |_| {
        on.update(|on| *on = !*on);
        page::remember(CHIME, Some(chime::as_written(on.get_untracked())));
        if on.get_untracked() {
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
