//! What a browser lets a page do to the device around it: keep its screen awake, mark its icon.
//! Asked of the navigator by name, since not every browser has these members.

use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};

thread_local! {
    /// Is the screen to stay awake?
    static WANTED: Cell<bool> = const { Cell::new(false) };
    /// Somebody listens already for the page to be seen again.
    static LISTENS: Cell<bool> = const { Cell::new(false) };
    /// The lock, while there is one; it is lost whenever the page is hidden.
    static LOCK: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Keeps the screen awake while the page can be seen, or no longer.
pub(super) fn stay_awake(awake: bool) {
    WANTED.set(awake);
    if !awake {
        if let Some(lock) = LOCK.with_borrow_mut(Option::take) {
            // A promise that nobody waits for: the lock is gone either way.
            let _ = call(&lock, "release", &[]);
        }
        return;
    }
    request();
    if LISTENS.replace(true) {
        return;
    }
    let again = Closure::<dyn Fn()>::new(|| {
        if WANTED.get() && document().visibility_state() == web_sys::VisibilityState::Visible {
            request();
        }
    });
    // Fails for no known event name.
    let _ = document()
        .add_event_listener_with_callback("visibilitychange", again.as_ref().unchecked_ref());
    again.forget(); // listens as long as the page lives
}

fn request() {
    let Some(locks) = member(&navigator(), "wakeLock").filter(JsValue::is_object) else {
        return;
    };
    let Some(promise) = call(&locks, "request", &["screen".into()]) else {
        return;
    };
    spawn_local(async move {
        // Refused on low battery: the screen just goes dark as usual.
        let Ok(lock) = JsFuture::from(promise).await else {
            return;
        };
        if WANTED.get() {
            LOCK.set(Some(lock));
        } else {
            let _ = call(&lock, "release", &[]);
        }
    });
}

/// Puts a number on the app's icon, where the page was installed as an app; 0 takes it away.
pub(super) fn badge(count: u32) {
    let (name, args) = match count {
        0 => ("clearAppBadge", vec![]),
        count => ("setAppBadge", vec![JsValue::from(count)]),
    };
    if let Some(promise) = call(&navigator(), name, &args) {
        spawn_local(async move {
            // Refused where there is no icon to mark.
            let _ = JsFuture::from(promise).await;
        });
    }
}

fn navigator() -> JsValue {
    window().navigator().into()
}

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(of, &name.into()).ok()
}

/// Calls a method that answers with a promise; none where the browser has no such method.
fn call(of: &JsValue, name: &str, args: &[JsValue]) -> Option<js_sys::Promise> {
    let method = member(of, name)?.dyn_into::<js_sys::Function>().ok()?;
    let args: js_sys::Array = args.iter().collect();
    method.apply(of, &args).ok()?.dyn_into().ok()
}
