//! What is asked of the browser for web push. Every answer may be missing somewhere.

use super::Standing;
use crate::host::in_window;
use crate::worker::{self, registration};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Cache, Notification, NotificationPermission, PushSubscription, PushSubscriptionOptionsInit,
    Response,
};

/// How long a browser may take to subscribe at its vendor, milliseconds.
const WITHIN_MS: i32 = 12_000;
/// Where the worker finds its words (see `apps/customer/worker.js`).
const CACHE: &str = "presso-alerts";
const WORDS: &str = "/s/alert-words.json";

fn has(of: &JsValue, name: &str) -> bool {
    js_sys::Reflect::has(of, &name.into()).unwrap_or(false)
}

/// What this browser lets the page do: `On` where permission is given.
pub(super) fn ability() -> Standing {
    let global = JsValue::from(window());
    let navigator = JsValue::from(window().navigator());
    if in_window() {
        return Standing::Native;
    }
    let workers = worker::possible();
    if !workers || !has(&global, "PushManager") || !has(&global, "Notification") {
        return if workers && is_apple_touch(&navigator) {
            Standing::NeedsHomeScreen
        } else {
            Standing::Unsupported
        };
    }
    match Notification::permission() {
        NotificationPermission::Denied => Standing::Blocked,
        NotificationPermission::Granted => Standing::On,
        _ => Standing::Off,
    }
}

/// The same where nothing is subscribed: permission alone rings nobody.
pub(super) fn ability_without_subscription() -> Standing {
    match ability() {
        Standing::On => Standing::Off,
        other => other,
    }
}

/// An iPhone or iPad, which has web push on the Home Screen only. Newer iPads say they are Macs.
fn is_apple_touch(navigator: &JsValue) -> bool {
    let agent = window().navigator().user_agent().unwrap_or_default();
    let touches = js_sys::Reflect::get(navigator, &"maxTouchPoints".into());
    let touches = touches.ok().and_then(|count| count.as_f64());
    ["iPhone", "iPad", "iPod"]
        .iter()
        .any(|name| agent.contains(name))
        || (agent.contains("Macintosh") && touches.unwrap_or_default() > 1.0)
}

/// Asks the person, unless they have answered before. Is it allowed?
pub(super) async fn ask() -> bool {
    if let Ok(asked) = Notification::request_permission() {
        // Refused or put off: what counts is how it stands then.
        let _ = JsFuture::from(asked).await;
    }
    Notification::permission() == NotificationPermission::Granted
}

/// The subscription there is.
pub(super) async fn subscription() -> Option<PushSubscription> {
    let found = registration().await?.push_manager().ok()?;
    let found = JsFuture::from(found.get_subscription().ok()?).await.ok()?;
    found.is_object().then(|| found.unchecked_into())
}

/// Subscribes for messages signed with this key, or finds the subscription again; as JSON.
pub(super) async fn subscribe(key: &str) -> Option<String> {
    let subscription: JsValue = match subscription().await {
        Some(found) => found.into(),
        None => {
            let options = PushSubscriptionOptionsInit::new();
            options.set_user_visible_only(true);
            options.set_application_server_key_opt_str(Some(key));
            let push = registration().await?.push_manager().ok()?;
            let made = push.subscribe_with_options(&options).ok()?;
            let made = JsFuture::from(within(&made)).await.ok()?;
            Some(made).filter(JsValue::is_object)?
        }
    };
    js_sys::JSON::stringify(&subscription).ok()?.as_string()
}

/// The promise's value, or nothing when it keeps one waiting: a browser that does not reach its
/// vendor may try for ever.
fn within(promise: &js_sys::Promise) -> js_sys::Promise {
    let patience = js_sys::Promise::new(&mut |give_up, _| {
        // Without a timer one waits longer, no more.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&give_up, WITHIN_MS);
    });
    js_sys::Promise::race(&js_sys::Array::of2(promise, &patience))
}

/// Takes the subscription away.
pub(super) async fn unsubscribe() {
    if let Some(found) = subscription().await
        && let Ok(undone) = found.unsubscribe()
    {
        // Offline it is forgotten here all the same.
        let _ = JsFuture::from(undone).await;
    }
}

/// Leaves the worker what it may have to say.
pub(super) async fn leave_words(json: &str) -> Option<()> {
    let cache = JsFuture::from(window().caches().ok()?.open(CACHE))
        .await
        .ok()?;
    let words = Response::new_with_opt_str(Some(json)).ok()?;
    let kept = cache.unchecked_into::<Cache>().put_with_str(WORDS, &words);
    JsFuture::from(kept).await.ok()?;
    Some(())
}
