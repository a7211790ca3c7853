//! The host seam: what a screen asks of the world. The only place that will know whether it runs
//! in a browser (core's client, in wasm) or in a native window (its shell); today: a browser.

mod browser;
mod watched;

use leptos::prelude::*;
use presso_core::api::{Endpoint, Problem, Who};
use presso_core::time::Timestamp;
use uuid::Uuid;
pub use watched::{Watched, watch, watch_board, watch_code, watch_menu, watch_order, watch_queue};

/// Which app this is: each keeps its own session, and names itself to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum App {
    /// The customer's phone.
    Customer,
    /// The barista's tablet.
    Barista,
    /// The shop's screen.
    Display,
}

impl App {
    /// Its name in the server's log, and where its session is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Barista => "barista",
            Self::Display => "display",
        }
    }
}

/// Is what the screen shows true now?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The first connection is being made.
    Connecting,
    /// What is shown is true now.
    Live,
    /// What is shown was true then.
    Stale {
        /// Since when it may be wrong, by the server's clock.
        since: Timestamp,
    },
    /// The server speaks a newer protocol: the page must be reloaded.
    UpdateNeeded,
}

/// Starts everything: panic messages, language, client. Call first in `main`.
pub fn start(app: App) {
    console_error_panic_hook::set_once();
    crate::page::speak_browser_language();
    browser::start(app);
}

/// Sends a request and waits for its answer. Commands are repeated under one idempotency key until
/// they are answered or refused; without a network that ends in the problem `offline`.
///
/// # Errors
/// The server's [`Problem`], or one of the client's own.
pub async fn call<E: Endpoint>(endpoint: E) -> Result<E::Answer, Problem> {
    call_keyed(endpoint, new_key()).await
}

/// The same under an idempotency key of the caller's, so that a command that was perhaps not done
/// can be sent again later, even after a restart, without being done twice.
///
/// # Errors
/// As [`call`].
pub async fn call_keyed<E: Endpoint>(endpoint: E, key: Uuid) -> Result<E::Answer, Problem> {
    browser::call(endpoint, key).await
}

/// A new idempotency key.
#[must_use]
pub fn new_key() -> Uuid {
    Uuid::new_v4()
}

/// This device would not keep something: its storage is full, or forbidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKept;

/// What this app keeps on this device under a key; none when it kept nothing, or may not keep.
/// Small things only: it is read as a whole.
pub async fn recall(key: &str) -> Option<String> {
    browser::recall(key)
}

/// Keeps a value on this device until it is replaced, also over a restart; with none forgets it.
/// Callers wait for one to end before they keep the next under the same key.
///
/// # Errors
/// [`NotKept`], and then nothing has changed.
pub async fn keep(key: &str, value: Option<&str>) -> Result<(), NotKept> {
    browser::keep(key, value)
}

/// Keeps the screen awake while it can be seen, or no longer; as far as the device lets it.
pub fn stay_awake(awake: bool) {
    browser::stay_awake(awake);
}

/// Puts a number on the app's icon, where there is one to put it on; 0 takes it away.
pub fn badge(count: u32) {
    browser::badge(count);
}

/// Is what the screen shows true now?
#[must_use]
pub fn status() -> Signal<Status> {
    browser::status()
}

/// The server's time, as reckoned from its last greeting and this device's steady clock.
#[must_use]
pub fn now() -> Timestamp {
    browser::now()
}

/// Who is signed in on this device; none before a session.
#[must_use]
pub fn who() -> Signal<Option<Who>> {
    browser::who()
}

/// The name of who is signed in, where they have one (staff).
#[must_use]
pub fn name() -> Option<String> {
    browser::name()
}

/// Makes sure of a session: keeps the one there is, else begins a guest's.
///
/// # Errors
/// What kept the server from giving one.
pub async fn ensure_guest() -> Result<Who, Problem> {
    browser::ensure_guest().await
}

/// Redeems a single-use link's secret: signs this device in as staff or display.
///
/// # Errors
/// The link's problem (used, expired, unknown), or the network's.
pub async fn redeem(secret: String) -> Result<Who, Problem> {
    browser::redeem(secret).await
}

/// Ends the session on this device, and at the server as far as it can be reached.
pub async fn sign_out() {
    browser::sign_out().await;
}
