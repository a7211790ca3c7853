//! Which server a window's app belongs to, and the way to another. In a browser that is the
//! address bar's business, and this is nothing.

use super::{Button, ButtonKind};
use crate::host;
use leptos::{prelude::*, task::spawn_local};
use presso_words::t;

/// "Server: coffee.example", and a button that asks for another. Says as well when this device
/// cannot keep the session.
#[component]
pub fn ServerLine(
    /// Without the button: the display's shell leaves its server for no page.
    #[prop(optional)]
    fixed: bool,
) -> impl IntoView {
    let kept = host::session_is_kept();
    host::server().map(|server| {
        let name = server.split_once("://").map_or(server.clone(), |(_, name)| name.to_owned());
        view! {
            <footer class="server-line" data-test="server-line">
                <p class="soft small">{t!("server-is", server = name)}</p>
                {(!fixed).then(|| view! {
                    <Button
                        label=t!("server-change") kind=ButtonKind::Plain test="change-server"
                        on_press=|()| spawn_local(host::forget_server())
                    />
                })}
                <Show when=move || !kept.get()>
                    <p class="soft small" role="status" data-test="no-keychain">{t!("session-not-kept")}</p>
                </Show>
            </footer>
        }
    })
}
