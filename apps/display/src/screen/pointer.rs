//! The pointer: nobody points at a television, so it is hidden until it moves.

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// It rests for this long before it is hidden.
const RESTS: Duration = Duration::from_secs(3);

/// Is the pointer hidden? Follows it for as long as the current owner lives.
pub(super) fn hidden() -> Signal<bool> {
    let hidden = RwSignal::new(true);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let listener = window_event_listener(ev::pointermove, move |_| {
        if hidden.get_untracked() {
            hidden.set(false);
        }
        let rests = move || {
            hidden.try_set(true);
        };
        let next = set_timeout_with_handle(rests, RESTS).ok();
        let last = timer.try_update_value(|timer| std::mem::replace(timer, next));
        if let Some(last) = last.flatten() {
            last.clear();
        }
    });
    on_cleanup(move || listener.remove());
    hidden.into()
}
