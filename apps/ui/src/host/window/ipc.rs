//! How a page speaks to its shell: Tauri's `invoke` and `Channel`, found by name, since only a
//! window has them. Everything travels as JSON.

use js_sys::{Array, Function, JSON, Object, Promise, Reflect, Uint8Array};
use presso_core::api::Problem;
use presso_core::json;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// The shell's commands are a plugin's of this name.
const PLUGIN: &str = "plugin:presso-shell|";

/// Arguments of a command.
#[derive(Clone, Default)]
pub(super) struct Args(Object);

impl Args {
    /// With one more.
    pub(super) fn with(self, name: &str, value: &impl Serialize) -> Self {
        let text = serde_json::to_string(value).unwrap_or_default();
        self.set(name, &JSON::parse(&text).unwrap_or(JsValue::NULL))
    }
    /// With a channel by which the shell answers more than once.
    pub(super) fn with_channel(self, name: &str, channel: &Channel) -> Self {
        self.set(name, &channel.channel)
    }
    fn set(self, name: &str, value: &JsValue) -> Self {
        // A fresh plain object takes every member.
        let _ = Reflect::set(&self.0, &name.into(), value);
        self
    }
}

/// Asks the shell, and waits for its answer.
pub(super) async fn ask<T: DeserializeOwned>(command: &str, args: Args) -> Result<T, Problem> {
    let answer = invoke(command, &args).ok_or_else(no_shell)?;
    match JsFuture::from(answer).await {
        Ok(answer) => read(&answer).ok_or_else(no_shell),
        Err(refused) => Err(read(&refused).unwrap_or_else(no_shell)),
    }
}

/// Asks the shell for bytes.
pub(super) async fn ask_bytes(command: &str, args: Args) -> Result<Vec<u8>, Problem> {
    let answer = invoke(command, &args).ok_or_else(no_shell)?;
    match JsFuture::from(answer).await {
        Ok(answer) => Ok(Uint8Array::new(&answer).to_vec()),
        Err(refused) => Err(read(&refused).unwrap_or_else(no_shell)),
    }
}

/// Tells the shell something whose answer says nothing.
pub(super) fn tell(command: &'static str, args: Args) {
    wasm_bindgen_futures::spawn_local(async move {
        // A shell that does not know the command does not have what it is about.
        let _ = ask::<()>(command, args).await;
    });
}

/// The shell's way to say more than one thing.
pub(super) struct Channel {
    channel: JsValue,
    hears: Closure<dyn FnMut(JsValue)>,
}

impl Channel {
    /// Calls `take` with everything that comes, as long as this lives.
    pub(super) fn new<T: DeserializeOwned>(mut take: impl FnMut(T) + 'static) -> Self {
        let hears = Closure::<dyn FnMut(JsValue)>::new(move |message: JsValue| {
            if let Some(message) = read(&message) {
                take(message);
            }
        });
        let class = tauri("Channel").unwrap_or_default();
        let channel = Reflect::construct(&class, &Array::new()).unwrap_or(JsValue::NULL);
        // A channel has this member, and what is no channel hears nothing.
        let _ = Reflect::set(&channel, &"onmessage".into(), hears.as_ref());
        Self { channel, hears }
    }

    /// Hears as long as the page lives.
    pub(super) fn stays(self) {
        self.hears.forget();
    }
}

fn invoke(command: &str, args: &Args) -> Option<Promise> {
    let invoke = tauri("invoke")?;
    let command = JsValue::from(format!("{PLUGIN}{command}"));
    let promise = invoke.call2(&JsValue::UNDEFINED, &command, &args.0).ok()?;
    promise.dyn_into().ok()
}

/// `__TAURI__.core.NAME`
fn tauri(name: &str) -> Option<Function> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let core = get(&get(&js_sys::global(), "__TAURI__")?, "core")?;
    get(&core, name)?.dyn_into().ok()
}

fn read<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    // Nothing has no JSON.
    let text = JSON::stringify(value)
        .ok()
        .and_then(|text| text.as_string());
    json::read(text.as_deref().unwrap_or("null").as_bytes()).ok()
}

/// The shell and its page are of one build: this is a command that no capability allows.
fn no_shell() -> Problem {
    Problem::new(502, "malformed_answer", "the shell gives no such answer")
}
