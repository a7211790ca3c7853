//! Alerts while the page is closed: web push, as far as this browser has it. A native window has
//! notifications of its own and registers nothing.

mod browser;

use crate::{host, page, worker};
use presso_core::api::{GetPushKey, Subscribe, SubscribeBody, Unsubscribe};
use presso_core::id::ShopId;
use serde::{Deserialize, Serialize};

/// How it stands with alerts on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A native window, which alerts by itself.
    Native,
    /// This browser, or a page without HTTPS, cannot.
    Unsupported,
    /// It can, once the page is on the Home Screen: iPhones and iPads.
    NeedsHomeScreen,
    /// The person, or the browser, has refused.
    Blocked,
    /// Not asked for.
    Off,
    /// This device is rung.
    On,
    /// It could not be set up just now.
    Failed,
}

/// The key that this browser's subscription was made for.
const KEY: &str = "presso.push.key";

/// What a `PushSubscription` is as JSON.
#[derive(Deserialize)]
struct Subscribed {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

/// What the service worker finds its words in.
#[derive(Serialize)]
struct Words {
    lang: &'static str,
    dir: &'static str,
    alerts: std::collections::BTreeMap<String, presso_words::AlertWords>,
}

/// How it stands; where alerts are on they are renewed, for this shop too. Asks nobody anything.
pub async fn resume(shop: ShopId) -> Standing {
    match browser::ability() {
        Standing::On => {}
        other => return other,
    }
    if browser::subscription().await.is_none() {
        return Standing::Off;
    }
    // Without an answer it stays as it was: on.
    let _ = set_up(shop).await;
    Standing::On
}

/// Asks for permission, which the browser allows only on a tap, and sets everything up.
pub async fn switch_on(shop: ShopId) -> Standing {
    match browser::ability() {
        Standing::Off | Standing::On => {}
        other => return other,
    }
    if !browser::ask().await {
        return browser::ability();
    }
    match set_up(shop).await {
        Some(()) => Standing::On,
        None => {
            switch_off().await;
            Standing::Failed
        }
    }
}

/// No alerts on this device any more.
pub async fn switch_off() -> Standing {
    browser::unsubscribe().await;
    page::remember(KEY, None);
    // A server that is not told finds out by itself: the push service knows this browser no more.
    let _ = host::call(Unsubscribe).await;
    browser::ability_without_subscription()
}

/// Words first: once the server knows, an alert may come at any moment.
async fn set_up(shop: ShopId) -> Option<()> {
    worker::register().await?;
    let words = Words {
        lang: presso_words::locale(),
        dir: presso_words::direction().attribute(),
        alerts: presso_words::alert_templates(),
    };
    browser::leave_words(&serde_json::to_string(&words).ok()?).await?;
    let key = host::call(GetPushKey).await.ok()?.key;
    if page::remembered(KEY).as_deref() != Some(&key) {
        // Made for a server with another key, it would refuse this one's messages.
        browser::unsubscribe().await;
    }
    let subscribed = browser::subscribe(&key).await?;
    let subscribed: Subscribed = presso_core::json::read(subscribed.as_bytes()).ok()?;
    page::remember(KEY, Some(&key));
    let body = SubscribeBody {
        endpoint: subscribed.endpoint,
        p256dh: subscribed.keys.p256dh,
        auth: subscribed.keys.auth,
    };
    host::call(Subscribe { shop, body }).await.ok()?;
    Some(())
}
