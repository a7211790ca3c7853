//! The host seam: what a screen asks of the world. The only place that knows whether it runs in a
//! browser (core's client, in wasm) or in a native window (its shell drives the same client).

mod browser;
mod freshness;
mod watched;
mod window;

use leptos::prelude::*;
use presso_core::api::{
    AskPasscodeBody, Endpoint, PasscodeAnswer, Problem, PutPinBody, VerifyPasscodeBody, Who,
};
use presso_core::client::seam::Hand;
use presso_core::id::StaffId;
use presso_core::realtime::Behind;
use presso_core::time::Timestamp;
use uuid::Uuid;
pub use watched::{Watched, watch, watch_board, watch_code, watch_menu, watch_order, watch_queue};
pub(crate) use window::eye;

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
    /// The server speaks another protocol; [`behind`] says who must be updated.
    UpdateNeeded,
}

/// Starts everything: panic messages, language, client; then calls `screens`, which mounts the
/// app. In a window that belongs to no server yet, what asks for one is mounted instead.
pub fn start(app: App, screens: fn()) {
    console_error_panic_hook::set_once();
    crate::page::speak_browser_language();
    if in_window() {
        window::start(app, screens);
    } else {
        browser::start(app);
        show(app, screens);
    }
}

/// Mounts the app's screens, and over them what is shown where they are of no use.
fn show(app: App, screens: fn()) {
    screens();
    crate::update::mount(app);
}

/// Is this a native window, with a shell behind it? Known once, at the start.
#[must_use]
pub fn in_window() -> bool {
    thread_local! {
        static IN_WINDOW: bool = js_sys::Reflect::get(&js_sys::global(), &"isTauri".into())
            .is_ok_and(|is| is.is_truthy());
    }
    IN_WINDOW.with(|is| *is)
}

/// One of the two bodies, by where the page runs.
macro_rules! host {
    ($verb:ident($($arg:expr),*)) => {
        if in_window() { window::$verb($($arg),*) } else { browser::$verb($($arg),*) }
    };
    (await $verb:ident($($arg:expr),*)) => {
        if in_window() { window::$verb($($arg),*).await } else { browser::$verb($($arg),*).await }
    };
}
use host;

/// Sends a request and waits for its answer. Commands are repeated under one idempotency key until
/// they are answered or refused; without a network that ends in the problem `offline`.
///
/// # Errors
/// The server's [`Problem`], or one of the client's own.
pub async fn call<E: Endpoint>(endpoint: E) -> Result<E::Answer, Problem> {
    host!(await call(endpoint, new_key(), None))
}

/// The same under an idempotency key of the caller's, so that a command that was perhaps not done
/// can be sent again later, even after a restart, without being done twice; and only under
/// the session of this member of staff, who is signed in here.
///
/// # Errors
/// As [`call`]; `another_session` (401) when they are not.
pub async fn call_keyed<E: Endpoint>(
    endpoint: E,
    key: Uuid,
    by: StaffId,
) -> Result<E::Answer, Problem> {
    host!(await call(endpoint, key, Some(by)))
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
    host!(recall(key))
}

/// Keeps a value on this device until it is replaced, also over a restart; with none forgets it.
/// Callers wait for one to end before they keep the next under the same key.
///
/// # Errors
/// [`NotKept`], and then nothing has changed.
pub async fn keep(key: &str, value: Option<&str>) -> Result<(), NotKept> {
    host!(await keep(key, value))
}

/// Keeps the screen awake while it can be seen, or no longer; as far as the device lets it.
pub fn stay_awake(awake: bool) {
    host!(stay_awake(awake));
}

/// Opens a web page outside the app, in whatever this person uses for it.
pub fn open_link(link: &str) {
    host!(open_link(link));
}

/// Puts a number on the app's icon, where there is one to put it on; 0 takes it away.
pub fn badge(count: u32) {
    host!(badge(count));
}

/// Is what the screen shows true now?
#[must_use]
pub fn status() -> Signal<Status> {
    host!(status())
}

/// Something that the screen shows until the server's first word is recalled, and was true at that
/// time.
pub fn recalled_from(at: Timestamp) {
    host!(recalled_from(at));
}

/// Who must be updated, the app or the server; none while they understand each other.
#[must_use]
pub fn behind() -> Signal<Option<Behind>> {
    host!(behind())
}

/// The server's time, as reckoned from its last greeting and this device's steady clock.
#[must_use]
pub fn now() -> Timestamp {
    host!(now())
}

/// Who is signed in on this device; none before a session.
#[must_use]
pub fn who() -> Signal<Option<Who>> {
    host!(who())
}

/// The name of who is signed in, where they have one (staff).
#[must_use]
pub fn name() -> Option<String> {
    host!(name())
}

/// Makes sure of a session: keeps the one there is, else begins a guest's.
///
/// # Errors
/// What kept the server from giving one.
pub async fn ensure_guest() -> Result<Who, Problem> {
    host!(await ensure_guest())
}

/// Asks for a one-time code, to sign in with at a shop.
///
/// # Errors
/// Why none is sent there.
pub async fn ask_passcode(body: AskPasscodeBody) -> Result<PasscodeAnswer, Problem> {
    host!(await ask_passcode(body))
}

/// Signs in with a one-time code: whoever was a guest is a customer whom the shop knows.
///
/// # Errors
/// Why not, as `passcode_wrong`; the session is then as it was.
pub async fn verify_passcode(body: VerifyPasscodeBody) -> Result<Who, Problem> {
    host!(await verify_passcode(body))
}

/// Redeems a single-use link's secret: signs this device in as staff or display.
///
/// # Errors
/// The link's problem (used, expired, unknown), or the network's.
pub async fn redeem(secret: String) -> Result<Who, Problem> {
    host!(await redeem(secret))
}

/// Asks whether somebody let this device in that waits under this code of its own, and signs in.
///
/// # Errors
/// `authorization_pending` while nobody has, `expired_token` when it waited too long, or the network's.
pub async fn pair(device_code: String) -> Result<Who, Problem> {
    host!(await pair(device_code))
}

/// Whose sessions this device holds, who is at it first.
pub async fn hands() -> Vec<Hand> {
    host!(await hands())
}

/// Somebody is at this device from now on, by their PIN.
///
/// # Errors
/// `pin_wrong`, `pin_locked` and the like; `offline` where only the server could tell.
pub async fn switch(staff: StaffId, pin: String) -> Result<Who, Problem> {
    host!(await switch(staff, pin))
}

/// Sets the PIN of who is at this device.
///
/// # Errors
/// Why not.
pub async fn set_pin(body: PutPinBody) -> Result<(), Problem> {
    host!(await set_pin(body))
}

/// Ends the session on this device, and at the server as far as it can be reached.
pub async fn sign_out() {
    host!(await sign_out());
}

/// The server that a window's app belongs to, as `https://coffee.example`. None in a browser: there
/// it is where the page came from.
#[must_use]
pub fn server() -> Option<String> {
    in_window().then(window::server).flatten()
}

/// Goes where a link leads, or to a server that somebody typed: `presso://`, `https://`, or just
/// `coffee.example`. Another server is first asked who it is, and the page begins anew there.
///
/// # Errors
/// `no_address`: not to be understood; `server_unreachable`: nobody answers there;
/// `server_stranger`: what answers is not Presso.
pub async fn go(text: &str) -> Result<(), Problem> {
    host!(await go(text))
}

/// In a window: belongs to no server any more, and asks for one, if the person says yes to the
/// system's own question. Its session there stays, for when it comes back.
pub async fn forget_server() {
    if in_window() {
        window::forget_server().await;
    }
}

/// Does the session outlive the app? Not in a window on a device without a keychain.
#[must_use]
pub fn session_is_kept() -> Signal<bool> {
    if in_window() {
        window::session_is_kept()
    } else {
        Signal::from(true)
    }
}

/// What this device remembers under a key, without waiting; see [`crate::page::remembered`].
pub(crate) fn remembered(key: &str) -> Option<String> {
    host!(remembered(key))
}

/// The keys under which this device remembers something.
pub(crate) fn remembers() -> Vec<String> {
    host!(remembers())
}

/// Remembers it, as far as it can; see [`crate::page::remember`].
pub(crate) fn remember(key: &str, value: Option<&str>) {
    host!(remember(key, value));
}
