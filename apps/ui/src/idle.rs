//! For how long nobody has touched the page.

use js_sys::Date;
use leptos::{ev, prelude::*};
use std::time::Duration;

/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(2);

/// Calls this once nobody has touched the page, or pressed a key, for so many milliseconds; and
/// again after as long. For as long as the current owner lives.
pub fn when_idle_for(ms: f64, then: impl Fn() + 'static) {
    let touched = StoredValue::new(Date::now());
    let touch = move || {
        // Nothing left of what has left the page.
        touched.try_set_value(Date::now());
    };
    let finger = window_event_listener(ev::pointerdown, move |_| touch());
    let key = window_event_listener(ev::keydown, move |_| touch());
    let look = move || {
        let at = touched.try_get_value();
        if at.is_some_and(|at| Date::now() - at >= ms) {
            touch();
            then();
        }
    };
    let timer = set_interval_with_handle(look, EVERY).ok();
    on_cleanup(move || {
        finger.remove();
        key.remove();
        if let Some(timer) = timer {
            timer.clear();
        }
    });
}
