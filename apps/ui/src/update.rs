//! Over every screen of an app that does not understand its server: who must be updated.

use crate::{Button, DrinkArt, host, page};
use leptos::prelude::*;
use presso_core::realtime::Behind;
use presso_words::t;

/// Beside the app's screens, and over them when they are of no use.
pub(crate) fn mount() {
    leptos::mount::mount_to_body(|| view! { <UpdateScreen/> });
}

/// Nothing, or the whole screen.
#[component]
fn UpdateScreen() -> impl IntoView {
    let behind = host::behind();
    move || behind.get().map(|behind| view! { <Update behind=behind/> })
}

/// What to do about it.
#[component]
fn Update(
    /// Who must be updated.
    behind: Behind,
) -> impl IntoView {
    let (title, text, press) = match (behind, host::in_window()) {
        (Behind::App, false) => (
            t!("update-page-title"),
            t!("update-page-text"),
            t!("update-page-go"),
        ),
        (Behind::App, true) => (
            t!("update-app-title"),
            t!("update-app-text"),
            t!("try-again"),
        ),
        (Behind::Server, _) => (
            t!("update-server-title"),
            t!("update-server-text"),
            t!("try-again"),
        ),
    };
    let side = match behind {
        Behind::App => "app",
        Behind::Server => "server",
    };
    view! {
        <div class="over-all" role="alertdialog" aria-modal="true" aria-labelledby="update-title" data-test="update" data-behind=side>
            <div class="notice">
                <DrinkArt icon="espresso"/>
                <h1 id="update-title">{title}</h1>
                <p class="notice-text">{text}</p>
                <div class="notice-actions">
                    <Button label=press on_press=|()| page::reload() test="update-go"/>
                    <crate::ServerLine/>
                </div>
            </div>
        </div>
    }
}
