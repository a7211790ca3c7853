//! The browser's own reader of one-time codes in SMS ([WebOTP]), where there is one: it asks the
//! person, and hands over the code of a message whose last line names this page.
//!
//! [WebOTP]: https://wicg.github.io/web-otp/

use futures_util::future::abortable;
use js_sys::{Array, Function, JSON, Promise, Reflect, global};
use leptos::prelude::on_cleanup;
use leptos::task::spawn_local;
use std::future::pending;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Calls back with the code of the SMS that comes next, until whoever asked is gone. Where the
/// browser cannot, or the person says no, they type it.
pub fn next_code(then: impl Fn(String) + 'static) {
    let Some((promise, abort)) = ask() else {
        return;
    };
    let (left, leave) = abortable(pending::<()>());
    on_cleanup(move || leave.abort());
    spawn_local(async move {
        let _ = left.await;
        // Of one that has come already nothing is left to be called off.
        let _ = call(&abort, "abort", &[]);
    });
    spawn_local(async move {
        let code = JsFuture::from(promise).await.ok();
        let code = code.and_then(|found| get(&found, "code")?.as_string());
        if let Some(code) = code {
            then(code);
        }
    });
}

fn ask() -> Option<(Promise, JsValue)> {
    let global = global();
    get(&global, "OTPCredential")?;
    let class: Function = get(&global, "AbortController")?.dyn_into().ok()?;
    let abort = Reflect::construct(&class, &Array::new()).ok()?;
    let options = JSON::parse(r#"{"otp":{"transport":["sms"]}}"#).ok()?;
    Reflect::set(&options, &"signal".into(), &get(&abort, "signal")?).ok()?;
    let credentials = get(&get(&global, "navigator")?, "credentials")?;
    let promise = call(&credentials, "get", &[&options])?.dyn_into().ok()?;
    Some((promise, abort))
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(of, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

fn call(of: &JsValue, name: &str, args: &[&JsValue]) -> Option<JsValue> {
    let method: Function = get(of, name)?.dyn_into().ok()?;
    let args: Array = args.iter().copied().collect();
    method.apply(of, &args).ok()
}
