//! What stands in the code's place when there is nothing to scan, and why.

use leptos::prelude::*;
use presso_display::panel::Panel;
use presso_ui::{DrinkArt, clock, t};

/// Why there is no code. Short: somebody walks by.
#[component]
pub(super) fn Instead(
    /// What it is.
    panel: Memo<Panel>,
) -> impl IntoView {
    let icon = Signal::derive(move || {
        let icon = match panel.get() {
            Panel::Closed => "espresso",
            Panel::Full => "cappuccino",
            _ => "latte",
        };
        icon.to_owned()
    });
    view! {
        <div class="instead" role="status">
            <div class="instead-art"><DrinkArt icon=icon/></div>
            <h2 class="instead-title digits" data-test="instead">{move || title(panel.get())}</h2>
            <p class="instead-more">{move || more(panel.get())}</p>
        </div>
    }
}

fn title(panel: Panel) -> String {
    match panel {
        Panel::Closed => t!("display-closed"),
        Panel::Full => t!("display-full"),
        Panel::UsedUp { next_in_s } => {
            t!(
                "display-used-up",
                time = clock::minutes_and_seconds(next_in_s)
            )
        }
        Panel::Changing => t!("display-changing"),
        Panel::Stale { .. } => t!("display-stale"),
        Panel::Starting | Panel::Code => t!("display-starting"),
    }
}

fn more(panel: Panel) -> Option<String> {
    Some(match panel {
        Panel::Closed => t!("display-closed-more"),
        Panel::Full => t!("display-full-more"),
        Panel::UsedUp { .. } => t!("display-used-up-more"),
        Panel::Stale { .. } => t!("display-stale-more"),
        Panel::Changing | Panel::Starting | Panel::Code => return None,
    })
}
