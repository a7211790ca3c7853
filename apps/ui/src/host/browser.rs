//! The browser's body of the seam: core's client in wasm, its session kept in the local storage.

mod device;

use super::freshness::Freshness;
use super::watched::Taking;
use super::{App, NotKept, Status, Watched};
use crate::page;
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use presso_core::api::{
    AskPasscodeBody, Endpoint, PasscodeAnswer, Problem, PutPinBody, VerifyPasscodeBody, Who,
};
use presso_core::board::{Topic, View};
use presso_core::client::seam::Hand;
use presso_core::client::{Client, Config, TokenStore};
use presso_core::id::StaffId;
use presso_core::realtime::Behind;
use presso_core::time::Timestamp;
use std::cell::OnceCell;
use std::sync::Arc;
use uuid::Uuid;
// Not leptos's: its executor is there only once something is mounted.
use wasm_bindgen_futures::spawn_local;

struct Wired {
    app: App,
    client: Client,
    freshness: Freshness,
    who: ArcRwSignal<Option<Who>>,
}

thread_local! {
    static WIRED: OnceCell<Wired> = const { OnceCell::new() };
}

fn with<T>(then: impl FnOnce(&Wired) -> T) -> T {
    WIRED.with(|wired| then(wired.get().expect("`start` is called first in every main")))
}

/// The session of one kind of app, under a key of its own: one browser may be all three.
struct Stored {
    key: String,
}

impl TokenStore for Stored {
    fn load(&self) -> Option<String> {
        remembered(&self.key)
    }
    fn save(&self, session: &str) {
        remember(&self.key, Some(session));
    }
    fn clear(&self) {
        remember(&self.key, None);
    }
}

pub(super) fn start(app: App) {
    let client = Client::new(Config {
        base_url: window().location().origin().unwrap_or_default(),
        app: format!("{}/{}", app.name(), env!("CARGO_PKG_VERSION")),
        tokens: Arc::new(Stored {
            key: format!("presso.{}.session", app.name()),
        }),
    });
    let wired = Wired {
        app,
        freshness: Freshness::start(client.server_now()),
        who: ArcRwSignal::new(client.who()),
        client,
    };
    follow_status(&wired);
    // Already set only when a page starts twice, and then the first client stays.
    let _ = WIRED.with(|cell| cell.set(wired));
}

fn follow_status(wired: &Wired) {
    let (client, freshness) = (wired.client.clone(), wired.freshness.clone());
    let mut statuses = client.status();
    spawn_local(async move {
        while let Some(status) = statuses.next().await {
            freshness.take(status, client.server_now());
        }
    });
}

fn client() -> Client {
    with(|wired| wired.client.clone())
}

/// Tells the screens when somebody signed in or out.
fn note_who() {
    with(|wired| {
        let who = wired.client.who();
        if wired.who.get_untracked() != who {
            wired.who.set(who);
        }
    });
}

pub(super) async fn call<E: Endpoint>(
    endpoint: E,
    key: Uuid,
    by: Option<StaffId>,
) -> Result<E::Answer, Problem> {
    let answer = client().send_keyed(&endpoint, key, by).await;
    note_who();
    answer.map_err(Problem::from)
}

/// One browser may be all three apps.
fn place(key: &str) -> String {
    with(|wired| format!("presso.{}.{key}", wired.app.name()))
}

pub(super) fn recall(key: &str) -> Option<String> {
    remembered(&place(key))
}

pub(super) async fn keep(key: &str, value: Option<&str>) -> Result<(), NotKept> {
    let place = place(key);
    remember(&place, value);
    let kept = remembered(&place);
    (kept.as_deref() == value).then_some(()).ok_or(NotKept)
}

pub(super) fn stay_awake(awake: bool) {
    device::stay_awake(awake);
}

pub(super) fn badge(count: u32) {
    device::badge(count);
}

pub(super) fn status() -> Signal<Status> {
    with(|wired| wired.freshness.signal())
}

pub(super) fn recalled_from(at: Timestamp) {
    with(|wired| wired.freshness.recall(at));
}

pub(super) fn behind() -> Signal<Option<Behind>> {
    with(|wired| wired.freshness.behind())
}

pub(super) fn now() -> Timestamp {
    with(|wired| wired.client.server_now())
}

pub(super) fn who() -> Signal<Option<Who>> {
    with(|wired| wired.who.clone().into())
}

pub(super) fn name() -> Option<String> {
    with(|wired| wired.client.name())
}

pub(super) async fn ensure_guest() -> Result<Who, Problem> {
    let who = client().begin_guest().await;
    note_who();
    who.map_err(Problem::from)
}

pub(super) async fn ask_passcode(body: AskPasscodeBody) -> Result<PasscodeAnswer, Problem> {
    let answer = client().ask_passcode(body).await;
    note_who();
    answer.map_err(Problem::from)
}

pub(super) async fn verify_passcode(body: VerifyPasscodeBody) -> Result<Who, Problem> {
    let who = client().verify_passcode(body).await;
    note_who();
    who.map_err(Problem::from)
}

pub(super) async fn redeem(secret: String) -> Result<Who, Problem> {
    let who = client().redeem_link(&secret).await;
    note_who();
    who.map_err(Problem::from)
}

pub(super) async fn pair(device_code: String) -> Result<Who, Problem> {
    let who = client().claim_pairing(&device_code).await;
    note_who();
    who.map_err(Problem::from)
}

pub(super) async fn hands() -> Vec<Hand> {
    client().hands()
}

pub(super) async fn switch(staff: StaffId, pin: String) -> Result<Who, Problem> {
    let who = client().switch(staff, &pin).await;
    note_who();
    who.map_err(Problem::from)
}

pub(super) async fn set_pin(body: PutPinBody) -> Result<(), Problem> {
    let set = client().set_pin(body).await;
    note_who();
    set.map_err(Problem::from)
}

pub(super) async fn sign_out() {
    // On this device it holds at once, whether or not the server can be told.
    with(|wired| wired.who.set(None));
    let _ = client().end_session().await;
    note_who();
}

pub(super) fn watch(topic: Topic) -> Watched<View> {
    let taking = Taking::default();
    let watched = taking.watched();
    let mut watch = client().watch(topic);
    let follow = async move {
        while let Some(seen) = watch.next().await {
            taking.take(seen);
            // The session may have ended, or may do something else by now.
            note_who();
        }
    };
    let (follow, handle): (_, AbortHandle) = abortable(follow);
    on_cleanup(move || handle.abort());
    spawn_local(async move {
        // Ended by its owner, or because the app must be updated, which the status says.
        let _ = follow.await;
    });
    watched
}

/// Another address: of this site, or typed by somebody who means the site there.
pub(super) async fn go(text: &str) -> Result<(), Problem> {
    page::go_to(text);
    Ok(())
}

pub(super) fn open_link(link: &str) {
    // A browser that opens no other tab leaves the person where they are.
    let _ = window().open_with_url_and_target_and_features(link, "_blank", "noopener");
}

pub(super) fn remembered(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

pub(super) fn remembers() -> Vec<String> {
    let Ok(Some(storage)) = window().local_storage() else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or_default();
    let keys = (0..count).filter_map(|nth| storage.key(nth).ok()?);
    keys.collect()
}

pub(super) fn remember(key: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}
