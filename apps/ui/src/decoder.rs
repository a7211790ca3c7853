//! The page's end of the scanner, a worker that looks for codes in frames.

use crate::camera::{Frame, Seen};
use js_sys::{Array, Function, Promise, Uint8Array};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Worker, WorkerOptions, WorkerType};

/// A scanner that has not answered for this long is replaced, milliseconds. Loading it counts.
const PATIENCE_MS: i32 = 10_000;

/// Looks for codes. The scanner is started with the first frame, replaced when it breaks, and
/// ended with this.
#[derive(Default)]
pub(crate) struct Decoder {
    worker: RefCell<Option<Worker>>,
}

impl Decoder {
    /// The code in a frame; none when there is none to be read, or the scanner broke on it. One
    /// frame at a time.
    pub(crate) async fn decode(&self, frame: &Frame) -> Option<Seen> {
        let worker = self.running().await?;
        let mut asked = false;
        let answered = Promise::new(&mut |done, _| {
            listen(&worker, &done);
            asked = ask(&worker, frame);
        });
        if !asked {
            return None;
        }
        let answer = self.heard(&worker, answered).await?;
        seen(&answer.dyn_into().ok()?, frame)
    }

    /// The scanner, started when there is none. One that is still loading loses what it is sent,
    /// so its first word is waited for.
    async fn running(&self) -> Option<Worker> {
        let running = self.worker.borrow().clone();
        if running.is_some() {
            return running;
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address()?, &options).ok()?;
        self.worker.replace(Some(worker.clone()));
        let up = Promise::new(&mut |done, _| listen(&worker, &done));
        self.heard(&worker, up).await?;
        Some(worker)
    }

    /// What the scanner said; one that said nothing is ended.
    async fn heard(&self, worker: &Worker, answer: Promise) -> Option<JsValue> {
        let answer = JsFuture::from(answer).await.ok()?;
        worker.set_onmessage(None);
        if answer.is_undefined() {
            self.end();
            return None;
        }
        Some(answer)
    }

    fn end(&self) {
        if let Some(worker) = self.worker.borrow_mut().take() {
            worker.terminate();
        }
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        self.end();
    }
}

/// The page says where the scanner is, since its name carries a hash.
fn address() -> Option<String> {
    let link = document().query_selector("meta[name=scanner]").ok()??;
    link.get_attribute("content")
}

/// Calls `done` with the scanner's next word, or with undefined when there will be none.
fn listen(worker: &Worker, done: &Function) {
    let answer = {
        let done = done.clone();
        Closure::once_into_js(move |message: JsValue| {
            let data = js_sys::Reflect::get(&message, &"data".into());
            // Keeping a promise cannot fail; one kept already stays as it is.
            let _ = done.call1(&JsValue::UNDEFINED, &data.unwrap_or(JsValue::NULL));
        })
    };
    worker.set_onmessage(Some(answer.unchecked_ref()));
    worker.set_onerror(Some(done_with_nothing(done).unchecked_ref()));
    let late = done_with_nothing(done);
    // A page always has its timers.
    let _ = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(late.unchecked_ref(), PATIENCE_MS);
}

/// Sends a frame; false when it cannot be sent.
fn ask(worker: &Worker, frame: &Frame) -> bool {
    let pixels = Uint8Array::from(frame.luma.as_slice());
    let buffer = pixels.buffer();
    let message = Array::of3(
        &JsValue::from(frame.width),
        &JsValue::from(frame.height),
        &pixels,
    );
    worker
        .post_message_with_transfer(&message, &Array::of1(&buffer))
        .is_ok()
}

/// The text, and the corners' numbers.
fn seen(answer: &Array, frame: &Frame) -> Option<Seen> {
    let corner = |i: u32| {
        let number = |at: u32| answer.get(at).as_f64();
        Some((number(1 + 2 * i)?, number(2 + 2 * i)?))
    };
    #[expect(clippy::cast_precision_loss, reason = "sides of a picture")]
    let of = (frame.width as f64, frame.height as f64);
    Some(Seen {
        text: answer.get(0).as_string()?,
        corners: [corner(0)?, corner(1)?, corner(2)?, corner(3)?],
        of,
    })
}

fn done_with_nothing(done: &Function) -> JsValue {
    let done = done.clone();
    Closure::once_into_js(move || {
        let _ = done.call0(&JsValue::UNDEFINED); // as above
    })
}
