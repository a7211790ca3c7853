//! The service worker of the customers' pages: rings the phone, and keeps the page for when the
//! network is gone (`apps/customer/worker.js`). A native window has none.

use crate::host::in_window;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RegistrationOptions, ServiceWorkerContainer, ServiceWorkerRegistration};

/// Where the worker is, and how far it acts: the customers' pages.
const WORKER: &str = "/s/worker.js";
const SCOPE: &str = "/s/";

/// Does this browser have workers, for this page? Not without HTTPS.
pub(crate) fn possible() -> bool {
    let global = JsValue::from(window());
    let secure = js_sys::Reflect::get(&global, &"isSecureContext".into());
    let has = js_sys::Reflect::has(&window().navigator(), &"serviceWorker".into());
    !in_window() && secure.is_ok_and(|is| is.is_truthy()) && has.unwrap_or(false)
}

/// Installs the worker, or looks whether there is a newer one; waits until it works.
pub(crate) async fn register() -> Option<()> {
    let options = RegistrationOptions::new();
    options.set_scope(SCOPE);
    let registered = container().register_with_options(WORKER, &options);
    JsFuture::from(registered).await.ok()?;
    JsFuture::from(container().ready().ok()?).await.ok()?;
    Some(())
}

/// The one that is installed.
pub(crate) async fn registration() -> Option<ServiceWorkerRegistration> {
    let found = container().get_registration_with_document_url(SCOPE);
    JsFuture::from(found).await.ok()?.dyn_into().ok()
}

fn container() -> ServiceWorkerContainer {
    window().navigator().service_worker()
}

/// Sees to it that this page opens without a network from now on, where the browser can do that.
pub async fn keep_page() {
    if possible() {
        // Where it fails the page needs its network, as it did before.
        let _ = register().await;
    }
}
