//! The browser's body of the seam: core's client in wasm, its session kept in the local storage.

mod device;

use super::{App, NotKept, Status, Watched};
use crate::page;
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use presso_core::api::{Endpoint, Problem, Who};
use presso_core::board::{Topic, View};
use presso_core::client::{self, Client, Config, Error, Seen, TokenStore};
use presso_core::time::Timestamp;
use std::cell::OnceCell;
use std::sync::Arc;
use uuid::Uuid;
// Not leptos's: its executor is there only once something is mounted.
use wasm_bindgen_futures::spawn_local;

struct Wired {
    app: App,
    client: Client,
    status: ArcRwSignal<Status>,
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
        page::remembered(&self.key)
    }
    fn save(&self, session: &str) {
        page::remember(&self.key, Some(session));
    }
    fn clear(&self) {
        page::remember(&self.key, None);
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
        status: ArcRwSignal::new(Status::Connecting),
        who: ArcRwSignal::new(client.who()),
        client,
    };
    follow_status(&wired);
    // Already set only when a page starts twice, and then the first client stays.
    let _ = WIRED.with(|cell| cell.set(wired));
}

fn follow_status(wired: &Wired) {
    let (mut statuses, status) = (wired.client.status(), wired.status.clone());
    spawn_local(async move {
        while let Some(now) = statuses.next().await {
            let first = status.get_untracked() == Status::Connecting;
            match now {
                client::Status::Live => {
                    crate::clock::step_now();
                    status.set(Status::Live);
                }
                client::Status::UpdateNeeded => status.set(Status::UpdateNeeded),
                // Not stale before anything was shown: unless the first attempt failed.
                client::Status::Stale { since } if first && recent(since) => {}
                client::Status::Stale { since } => status.set(Status::Stale { since }),
            }
        }
    });
    let (patience, since) = (wired.status.clone(), now_of(&wired.client));
    let give_up = move || {
        if patience.get_untracked() == Status::Connecting {
            patience.set(Status::Stale { since });
        }
    };
    set_timeout(
        give_up,
        std::time::Duration::from_millis(PATIENCE_MS.unsigned_abs()),
    );
}

/// A first connection may take this long before the screen calls itself stale, milliseconds.
const PATIENCE_MS: i64 = 8_000;

fn recent(since: Timestamp) -> bool {
    let now = WIRED.with(|wired| wired.get().map(|w| now_of(&w.client)));
    now.is_none_or(|now| now.ms_since(since) < PATIENCE_MS)
}

fn now_of(client: &Client) -> Timestamp {
    client.server_now()
}

fn problem(error: Error) -> Problem {
    match error {
        Error::Problem(problem) => *problem,
        Error::Offline => Problem::new(503, "offline", "the server cannot be reached"),
        Error::UpdateNeeded => Problem::new(426, "protocol", "this page is too old"),
        Error::Malformed(what) => Problem::new(502, "malformed_answer", what),
    }
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

pub(super) async fn call<E: Endpoint>(endpoint: E, key: Uuid) -> Result<E::Answer, Problem> {
    let answer = client().send_keyed(&endpoint, key).await;
    note_who();
    answer.map_err(problem)
}

/// One browser may be all three apps.
fn place(key: &str) -> String {
    with(|wired| format!("presso.{}.{key}", wired.app.name()))
}

pub(super) fn recall(key: &str) -> Option<String> {
    page::remembered(&place(key))
}

pub(super) fn keep(key: &str, value: Option<&str>) -> Result<(), NotKept> {
    let place = place(key);
    page::remember(&place, value);
    let kept = page::remembered(&place);
    (kept.as_deref() == value).then_some(()).ok_or(NotKept)
}

pub(super) fn stay_awake(awake: bool) {
    device::stay_awake(awake);
}

pub(super) fn badge(count: u32) {
    device::badge(count);
}

pub(super) fn status() -> Signal<Status> {
    with(|wired| wired.status.clone().into())
}

pub(super) fn now() -> Timestamp {
    with(|wired| now_of(&wired.client))
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
    who.map_err(problem)
}

pub(super) async fn redeem(secret: String) -> Result<Who, Problem> {
    let who = client().redeem_link(&secret).await;
    note_who();
    who.map_err(problem)
}

pub(super) async fn sign_out() {
    // On this device it holds at once, whether or not the server could be told.
    let _ = client().end_session().await;
    note_who();
}

pub(super) fn watch(topic: Topic) -> Watched<View> {
    let (view, refused) = (ArcRwSignal::new(None), ArcRwSignal::new(None));
    let watched = Watched {
        view: view.clone().into(),
        refused: refused.clone().into(),
    };
    let mut watch = client().watch(topic);
    let follow = async move {
        while let Some(seen) = watch.next().await {
            match seen {
                Seen::View { view: news, .. } => {
                    refused.set(None);
                    crate::clock::step_now();
                    view.set(Some(news));
                }
                Seen::Refused(problem) => refused.set(Some(problem)),
            }
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
