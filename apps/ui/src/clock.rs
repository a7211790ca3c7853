//! The server's time as a signal, once a second, and how spans of it are written.

use crate::host;
use leptos::prelude::*;
use presso_core::time::Timestamp;
use std::cell::RefCell;
use std::time::Duration;

thread_local! {
    static NOW: RefCell<Option<ArcRwSignal<Timestamp>>> = const { RefCell::new(None) };
}

/// The server's time as this page reckons it; steps every second.
#[must_use]
pub fn now() -> Signal<Timestamp> {
    NOW.with(|now| {
        let mut now = now.borrow_mut();
        let signal = now.get_or_insert_with(|| {
            let signal = ArcRwSignal::new(reckoned());
            let step = signal.clone();
            set_interval(move || step.set(reckoned()), Duration::from_secs(1));
            signal
        });
        Signal::from(signal.clone())
    })
}

/// How long the server's greeting may have been under way, milliseconds. A deadline that shows a
/// little early is better than one second more than there are.
const TRAVEL_MS: i64 = 150;

fn reckoned() -> Timestamp {
    host::now().plus_ms(TRAVEL_MS)
}

/// To be called before news is shown: the first news brings the server's time, which this device's
/// own may be far from, and the next step may be a second away.
pub(crate) fn step_now() {
    let signal = NOW.with(|now| now.borrow().clone());
    if let Some(signal) = signal {
        signal.set(reckoned());
    }
}

/// Whole seconds until an instant, a part counting as one; 0 once it is over.
#[must_use]
pub fn seconds_until(until: Timestamp, now: Timestamp) -> u32 {
    let ms = until.ms_since(now).max(0);
    u32::try_from((ms + 999) / 1000).unwrap_or(u32::MAX)
}

/// `4:07`, and `1:00:07` from an hour on.
#[must_use]
pub fn minutes_and_seconds(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// The time of day at this device: `14:03`.
#[must_use]
pub fn time_of_day(at: Timestamp) -> String {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
    let date = js_sys::Date::new(&(at.0 as f64).into());
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// Waits.
pub async fn wait(span: Duration) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        set_timeout(
            move || {
                // Keeping a promise cannot fail.
                let _ = done.call0(&wasm_bindgen::JsValue::UNDEFINED);
            },
            span,
        );
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Day and time in this device's zone and the spoken language: `21 Nov, 14:05`.
#[must_use]
pub fn day_and_time(at: Timestamp) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from(at.0 as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // A fresh plain object takes every member.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    String::from(date.to_locale_string(presso_words::locale(), &options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_started_second_counts_and_the_past_is_zero() {
        assert_eq!(seconds_until(Timestamp(1_001), Timestamp(0)), 2);
        assert_eq!(seconds_until(Timestamp(0), Timestamp(1)), 0);
    }

    #[test]
    fn spans_are_written_with_two_digits_of_seconds() {
        assert_eq!(minutes_and_seconds(247), "4:07");
        assert_eq!(minutes_and_seconds(3607), "1:00:07");
    }
}
