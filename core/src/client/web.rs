//! The client's body in a browser: `fetch` by reqwest, and the browser's WebSocket and timers.

use super::feed::Event;
use crate::realtime::frame::SUBPROTOCOL;
use crate::time::Timestamp;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, VisibilityState, WebSocket};

/// The device's time when the page was opened, and steady from there: setting the clock moves no
/// deadline.
pub(super) fn now() -> Timestamp {
    let performance = web_sys::window().and_then(|window| window.performance());
    let ms = performance.map_or_else(js_sys::Date::now, |p| p.time_origin() + p.now());
    Timestamp(ms as i64)
}

/// Clears its timer when dropped.
struct Timer {
    id: i32,
    _wake: Closure<dyn FnMut()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.id);
        }
    }
}

/// Waits.
pub(super) async fn sleep(ms: i64) {
    let (tell, told) = oneshot::channel::<()>();
    let mut tell = Some(tell);
    let wake = Closure::<dyn FnMut()>::new(move || drop(tell.take()));
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    let Some(Ok(id)) = web_sys::window().map(|window| {
        let wake = wake.as_ref().unchecked_ref();
        window.set_timeout_with_callback_and_timeout_and_arguments_0(wake, ms)
    }) else {
        return;
    };
    let _timer = Timer { id, _wake: wake };
    // The sender is dropped when time is up: that is the signal.
    let _ = told.await;
}

/// Runs it beside everything else, to its end.
pub(super) fn spawn(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}

pub(super) fn http_client() -> reqwest::Client {
    reqwest::Client::new()
}

/// Tells the session when the network or the page comes back: a phone's timers sleep with it.
pub(super) struct Nudges {
    notice: Closure<dyn FnMut()>,
}

impl Nudges {
    pub(super) fn new(tell: &UnboundedSender<Event>) -> Self {
        let tell = tell.clone();
        let notice = Closure::<dyn FnMut()>::new(move || {
            let document = web_sys::window().and_then(|window| window.document());
            if document.is_some_and(|d| d.visibility_state() == VisibilityState::Visible) {
                let _ = tell.send(Event::Nudge);
            }
        });
        let listen = notice.as_ref().unchecked_ref();
        if let Some(window) = web_sys::window() {
            // A browser that refuses a listener leaves the session to its timers.
            let _ = window.add_event_listener_with_callback("online", listen);
            if let Some(document) = window.document() {
                let _ = document.add_event_listener_with_callback("visibilitychange", listen);
            }
        }
        Self { notice }
    }
}

impl Drop for Nudges {
    fn drop(&mut self) {
        let listen = self.notice.as_ref().unchecked_ref();
        if let Some(window) = web_sys::window() {
            let _ = window.remove_event_listener_with_callback("online", listen);
            if let Some(document) = window.document() {
                let _ = document.remove_event_listener_with_callback("visibilitychange", listen);
            }
        }
    }
}

/// A connection; closed when dropped.
pub(super) struct Socket {
    socket: Option<WebSocket>,
    _opened: Closure<dyn FnMut()>,
    _closed: Closure<dyn FnMut()>,
    _message: Closure<dyn FnMut(MessageEvent)>,
}

impl Socket {
    pub(super) fn open(url: &str, number: u64, tell: UnboundedSender<Event>) -> Self {
        let (open, message) = (tell.clone(), tell.clone());
        // If nobody listens any more, nobody needs to know.
        let opened = Closure::<dyn FnMut()>::new(move || {
            let _ = open.send(Event::Opened(number));
        });
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                let _ = message.send(Event::Text(number, text));
            }
        });
        let close = tell.clone();
        let closed = Closure::<dyn FnMut()>::new(move || {
            let _ = close.send(Event::Closed(number));
        });
        let socket = WebSocket::new_with_str(url, SUBPROTOCOL).ok();
        match &socket {
            Some(socket) => {
                socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
                socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
                // An error is always followed by this.
                socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
            }
            None => {
                let _ = tell.send(Event::Closed(number));
            }
        }
        Self {
            socket,
            _opened: opened,
            _closed: closed,
            _message: message,
        }
    }
    pub(super) fn send(&self, text: String) {
        if let Some(socket) = &self.socket {
            // A connection that has ended says so by itself.
            let _ = socket.send_with_str(&text);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if let Some(socket) = &self.socket {
            socket.set_onopen(None);
            socket.set_onmessage(None);
            socket.set_onclose(None);
            let _ = socket.close();
        }
    }
}
