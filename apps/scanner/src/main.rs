//! The scanner: a worker that looks for QR codes in frames, beside the customer's page.
//!
//! Beside it for two reasons: looking takes longer than a frame of a smooth page lasts, and a
//! picture on which the reader breaks ends this program and not the page, which starts another.
//! It is loaded only when the camera is opened.
//!
//! It says `null` once when it listens; what it is sent before is lost. Then a message is
//! `[width, height, brightness]` (two numbers and a `Uint8Array`), and its answer `[text, x, y, x, y,
//! x, y, x, y]` with the corners of the code in pixels, or `null`. One answer a message, in order.

use js_sys::{Array, Uint8Array};
use presso_core::scan::{Found, Luma, decode};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let worker: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answering = worker.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let found = look(&message.data()).map_or(JsValue::NULL, |found| said(found).into());
        // A text, numbers and null can always be passed on.
        let _ = answering.post_message(&found);
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget(); // listens as long as the worker lives
    let _ = worker.post_message(&JsValue::NULL); // can always be passed on, as above
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides of a picture, sent by the page as whole numbers"
)]
fn look(message: &JsValue) -> Option<Found> {
    let parts: &Array = message.dyn_ref()?;
    let (width, height) = (
        parts.get(0).as_f64()? as usize,
        parts.get(1).as_f64()? as usize,
    );
    let pixels = parts.get(2).dyn_into::<Uint8Array>().ok()?.to_vec();
    let luma = Luma::new(width, height, width, &pixels)?;
    decode(&luma)
}

fn said(found: Found) -> Array {
    let numbers = found.corners.into_iter().flat_map(|(x, y)| [x, y]);
    let parts = std::iter::once(JsValue::from(found.text));
    parts.chain(numbers.map(JsValue::from)).collect()
}
