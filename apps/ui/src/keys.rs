//! Single keys as shortcuts, where they are not meant for something else.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// What takes keys for itself.
const TAKES_KEYS: &str = "input, textarea, select, [contenteditable]";

/// Hands each key that is pressed alone to `then`, for as long as the current owner lives; true
/// means that it was meant for it. Keys typed into a field, pressed with Ctrl, Alt or Meta, held
/// down, or pressed while a dialog is open are none of its business.
pub fn on_key(then: impl Fn(&str) -> bool + 'static) {
    let listener = window_event_listener(ev::keydown, move |event| {
        let chord = event.ctrl_key() || event.alt_key() || event.meta_key();
        if chord || event.repeat() || event.default_prevented() || typing(&event) || in_dialog() {
            return;
        }
        if then(&event.key()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

fn typing(event: &ev::KeyboardEvent) -> bool {
    let target = event.target();
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest(TAKES_KEYS).ok().flatten().is_some())
}

fn in_dialog() -> bool {
    let dialog = document().query_selector("dialog[open]");
    dialog.ok().flatten().is_some()
}
