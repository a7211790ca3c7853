//! Toasts: short messages that pass by themselves, read out by screen readers.

use super::{Button, ButtonKind};
use leptos::prelude::*;
use presso_core::api::Problem;
use presso_words::t;
use std::time::Duration;

/// How long one stays.
const STAYS: Duration = Duration::from_secs(7);

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    bad: bool,
    undo: Option<Callback<()>>,
}

thread_local! {
    // One page, one tray: it lives as long as the page and belongs to no component.
    static TRAY: (ArcRwSignal<Vec<Toast>>, std::cell::Cell<u32>) =
        (ArcRwSignal::new(Vec::new()), std::cell::Cell::new(0));
}

fn show(text: String, bad: bool, undo: Option<Callback<()>>, stays: Duration) {
    TRAY.with(|(tray, next)| {
        let id = next.get();
        next.set(id.wrapping_add(1));
        tray.update(|all| {
            all.retain(|t| t.text != text);
            all.push(Toast {
                id,
                text,
                bad,
                undo,
            });
        });
        set_timeout(move || gone(id), stays);
    });
}

fn gone(id: u32) {
    TRAY.with(|(tray, _)| tray.update(|all| all.retain(|t| t.id != id)));
}

/// Says something in passing.
pub fn toast(text: String) {
    show(text, false, None, STAYS);
}

/// Says what went wrong, in the problem's own sentence.
pub fn toast_problem(problem: &Problem) {
    show(presso_words::problem(problem), true, None, STAYS);
}

/// Says what was done, with a button that takes it back; passes after `stays`.
pub fn toast_undo(text: String, stays: Duration, undo: Callback<()>) {
    show(text, false, Some(undo), stays);
}

/// Where toasts appear: once a page, at its end.
#[component]
pub fn Toasts() -> impl IntoView {
    let tray = TRAY.with(|(tray, _)| tray.clone());
    view! {
        <div class="toasts" role="status">
            <For each=move || tray.get() key=|toast| toast.id let(toast)>
                <div class="toast" class:bad=toast.bad>
                    <span class="grow">{toast.text.clone()}</span>
                    {toast.undo.map(|undo| view! {
                        <Button label=t!("undo") kind=ButtonKind::Plain on_press=move |()| { gone(toast.id); undo.run(()); }/>
                    })}
                    <button type="button" class="button plain" aria-label=t!("dismiss") on:click=move |_| gone(toast.id)>
                        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
                            <path d="M5 5 19 19M19 5 5 19" stroke="currentColor" stroke-width="2.5" stroke-linecap="round"/>
                        </svg>
                    </button>
                </div>
            </For>
        </div>
    }
}
