//! The page around the screens: bar, banner, the one screen that matters now, toasts.

use crate::phone::Phone;
use crate::screen::Screen;
use crate::screens;
use crate::shared;
use crate::state::Place;
use leptos::{prelude::*, task::spawn_local};
use presso_ui::host::Status;
use presso_ui::{LiveBadge, Logo, OfflineBanner, Toasts, host, page, t};

/// The customer's page; a journey that somebody shared has one without a phone's memory.
#[component]
pub fn App() -> impl IntoView {
    if page::path().trim_end_matches('/') == shared::PATH {
        view! { <shared::SharedPage/> }.into_any()
    } else {
        view! { <Own/> }.into_any()
    }
}

/// The page of this phone.
#[component]
fn Own() -> impl IntoView {
    let phone = Phone::start();
    provide_context(phone);
    keep_page_once_live();
    let screen = phone.screen();
    let ready = move || screen.get() == Screen::Ready;
    // Without a shop nothing is watched, and nothing can be live or stale.
    let watches = Memo::new(move |_| phone.state.with(|s| s.shop.is_some()));
    view! {
        <div class="page customer" class:celebrate=ready>
            <header class="page-bar">
                <Logo/>
                <div class="row">
                    <Show when=move || watches.get()><LiveBadge/></Show>
                    <HistoryButton/>
                </div>
            </header>
            <Show when=move || watches.get()><OfflineBanner/></Show>
            <main class="page-main" data-screen=move || screens::name(&screen.get())>
                {move || screens::draw(screen.get())}
            </main>
            <Show when=move || screen.get() == Screen::Door><presso_ui::ServerLine/></Show>
        </div>
        <Toasts/>
    }
}

/// Not while it starts: whatever is loaded then keeps somebody waiting.
fn keep_page_once_live() {
    let status = host::status();
    let live = Memo::new(move |_| status.get() == Status::Live);
    Effect::new(move |kept: Option<bool>| {
        let kept = kept.unwrap_or_default();
        if live.get() && !kept {
            spawn_local(presso_ui::keep_page());
        }
        kept || live.get()
    });
}

/// Leads to earlier orders; there for whoever has a session.
#[component]
fn HistoryButton() -> impl IntoView {
    let phone = Phone::here();
    let who = host::who();
    let shown = move || {
        let there = phone.state.with(|s| s.place == Place::History);
        who.get().is_some() && !there
    };
    view! {
        <Show when=shown>
            <button
                type="button" class="button plain history-button" aria-label=t!("history-open") data-test="history"
                on:click=move |_| phone.state.update(|s| s.place = Place::History)
            >
                <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
                    <path
                        d="M5 3h14v18l-2.5-1.8L14 21l-2-1.8L10 21l-2.5-1.8L5 21ZM9 8h6M9 12h6"
                        fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"
                    />
                </svg>
            </button>
        </Show>
    }
}
