//! Over every screen of an app that does not understand its server: who must be updated.

use crate::host::App;
use crate::{Button, ButtonKind, DrinkArt, host, page};
use leptos::prelude::*;
use presso_core::realtime::Behind;
use presso_words::t;

/// Beside the app's screens, and over them when they are of no use.
pub(crate) fn mount(app: App) {
    leptos::mount::mount_to_body(move || view! { <UpdateScreen app=app/> });
}

/// Nothing, or the whole screen.
#[component]
fn UpdateScreen(app: App) -> impl IntoView {
    let behind = host::behind();
    say_when_not_kept();
    move || {
        behind
            .get()
            .map(|behind| view! { <Update app=app behind=behind/> })
    }
}

/// Whoever is signed in on a device without a keychain should know before the app is closed.
fn say_when_not_kept() {
    let (who, kept) = (host::who(), host::session_is_kept());
    let lost = Memo::new(move |_| who.with(Option::is_some) && !kept.get());
    Effect::new(move |_| {
        if lost.get() {
            crate::toast(t!("session-not-kept"));
        }
    });
}

/// What to do about it.
#[component]
fn Update(
    /// Whose screens are of no use.
    app: App,
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
                    {in_browser(app).map(|link| view! {
                        <Button label=t!("update-in-browser") kind=ButtonKind::Quiet on_press=move |()| host::open_link(&link) test="in-browser"/>
                    })}
                    <crate::ServerLine fixed=app == App::Display/>
                </div>
            </div>
        </div>
    }
}

/// In a window: the same place on the server's own pages, which are always of its version. A
/// kiosk stays one.
fn in_browser(app: App) -> Option<String> {
    let server = host::server().filter(|_| app != App::Display);
    server.map(|server| format!("{server}{}", page::path()))
}
