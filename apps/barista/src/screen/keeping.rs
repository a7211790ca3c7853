//! Keeping the outbox on this device: one write after the other, the newest last, whoever is
//! signed in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_ui::host;
use std::cell::RefCell;

/// Under which key.
const OUTBOX: &str = "outbox";

#[derive(Default)]
struct Drawer {
    /// What is in it, or is being put there.
    last: Option<Option<String>>,
    /// What is to be put there next.
    next: Option<Option<String>>,
    busy: bool,
}

thread_local! {
    // As long as the page lives: what was tapped is written although its screen is gone.
    static DRAWER: RefCell<Drawer> = RefCell::default();
}

/// What was kept, or is about to be: whoever comes to the tablet next finds what the one before
/// tapped last.
pub(super) async fn recall() -> Option<String> {
    let newest = DRAWER.with_borrow(|drawer| {
        let newest = drawer.next.as_ref().or(drawer.last.as_ref());
        newest.filter(|_| drawer.busy).cloned()
    });
    match newest {
        Some(newest) => newest,
        None => host::recall(OUTBOX).await,
    }
}

/// Keeps this in place of what was kept, soon; `keeps` is told whether the device does.
pub(super) fn keep(text: Option<String>, keeps: RwSignal<bool>) {
    let starts = DRAWER.with_borrow_mut(|drawer| {
        let newest = drawer.next.as_ref().or(drawer.last.as_ref());
        if newest == Some(&text) {
            return false;
        }
        drawer.next = Some(text);
        !std::mem::replace(&mut drawer.busy, true)
    });
    if starts {
        spawn_local(write(keeps));
    }
}

async fn write(keeps: RwSignal<bool>) {
    loop {
        let next = DRAWER.with_borrow_mut(|drawer| {
            let next = drawer.next.take();
            drawer.busy = next.is_some();
            if next.is_some() {
                drawer.last.clone_from(&next);
            }
            next
        });
        let Some(text) = next else {
            return;
        };
        let kept = host::keep(OUTBOX, text.as_deref()).await;
        // Nobody to tell once the screen is gone.
        let _ = keeps.try_set(kept.is_ok());
    }
}
