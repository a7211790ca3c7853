//! The native window's body of the seam: everything is asked of the shell, which drives core's
//! client and keeps the tokens. What came with the page's beginning is known without asking.

pub(crate) mod eye;
mod ipc;
mod kept;
mod unbegun;

use super::freshness::Freshness;
use super::watched::Taking;
use super::{App, Status, Watched};
use crate::page;
use futures_util::future::{abortable, pending};
use ipc::{Args, Channel, ask, tell};
pub(super) use kept::{keep, recall, remember, remembered, remembers};
use leptos::prelude::*;
use presso_core::api::{
    AskPasscodeBody, Endpoint, PasscodeAnswer, Problem, PutPinBody, VerifyPasscodeBody, Who,
};
use presso_core::board::{Topic, View};
use presso_core::client::seam::{Beginning, Hand, News, Signed, Way};
use presso_core::id::StaffId;
use presso_core::realtime::Behind;
use presso_core::time::Timestamp;
use std::cell::{Cell, OnceCell};
use uuid::Uuid;
// Not leptos's: its executor is there only once something is mounted.
use wasm_bindgen_futures::spawn_local;

struct Wired {
    freshness: Freshness,
    who: ArcRwSignal<Option<Who>>,
    name: ArcRwSignal<Option<String>>,
    session_is_kept: ArcRwSignal<bool>,
    server: OnceCell<String>,
    /// The server's time less this device's, milliseconds.
    offset_ms: Cell<i64>,
    watches: Cell<u32>,
}

thread_local! {
    static WIRED: OnceCell<Wired> = const { OnceCell::new() };
}

fn with<T>(then: impl FnOnce(&Wired) -> T) -> T {
    WIRED.with(|wired| then(wired.get().expect("`start` is called first in every main")))
}

/// Begins, and then mounts: the screens where the app belongs to a server, else what asks for one.
pub(super) fn start(app: App, screens: fn()) {
    let wired = Wired {
        freshness: Freshness::start(device_now()),
        who: ArcRwSignal::new(None),
        name: ArcRwSignal::new(None),
        session_is_kept: ArcRwSignal::new(true),
        server: OnceCell::new(),
        offset_ms: Cell::new(0),
        watches: Cell::new(0),
    };
    // Already set only when a page starts twice, and then the first stays.
    let _ = WIRED.with(|cell| cell.set(wired));
    nudge_when_seen();
    spawn_local(async move {
        let channel = Channel::new(take);
        let args = Args::default()
            .with("place", &page::path())
            .with_channel("news", &channel);
        channel.stays();
        let beginning = ask::<Beginning>("begin", args).await;
        match beginning {
            Ok(beginning) => begin(beginning, app, screens),
            Err(problem) => unbegun::mount(&problem),
        }
    });
}

fn begin(beginning: Beginning, app: App, screens: fn()) {
    let Beginning { server, place, .. } = beginning;
    kept::begin(beginning.kept);
    let known = with(|wired| {
        wired.who.set(beginning.who);
        wired.name.set(beginning.name);
        wired.session_is_kept.set(beginning.session_is_kept);
        server.is_some_and(|server| wired.server.set(server).is_ok())
    });
    if let Some(place) = place {
        page::stand_at(&place);
    }
    if known {
        super::show(app, screens);
    } else {
        crate::first_run::mount(app);
    }
}

/// Takes what the shell says.
fn take(news: News) {
    match news {
        News::Status { status, now } => with(|wired| {
            wired.offset_ms.set(now.ms_since(device_now()));
            wired.freshness.take(status, now);
        }),
        News::Who { who, name } => with(|wired| {
            wired.name.set(name);
            note_who(&wired.who, who);
        }),
        News::SessionIsKept { kept } => with(|wired| wired.session_is_kept.set(kept)),
        News::Go(way) => follow(&way),
        News::LostWay(problem) => crate::toast_problem(&problem),
    }
}

fn note_who(signal: &ArcRwSignal<Option<Who>>, who: Option<Who>) {
    if signal.get_untracked() != who {
        signal.set(who);
    }
}

/// Goes there. What is on this page belongs to its server: another one is begun anew.
fn follow(way: &Way) {
    let place = way.place.as_deref();
    if way.anew {
        page::stand_at(place.unwrap_or("/"));
        page::reload();
    } else if let Some(place) = place {
        page::go_to(place);
    }
}

/// The shell cannot tell when the network or the window is back; the page can.
fn nudge_when_seen() {
    for event in ["online", "focus"] {
        // A handle dropped on purpose: it listens as long as the page lives.
        let _ = window_event_listener_untyped(event, |_| tell("nudge", Args::default()));
    }
}

/// This device's time when the page was opened, and steady from there.
fn device_now() -> Timestamp {
    let performance = window().performance();
    let ms = performance.map_or_else(js_sys::Date::now, |p| p.time_origin() + p.now());
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit"
    )]
    Timestamp(ms as i64)
}

pub(super) async fn call<E: Endpoint>(
    endpoint: E,
    key: Uuid,
    by: Option<StaffId>,
) -> Result<E::Answer, Problem> {
    let args = Args::default()
        .with("call", &endpoint.call())
        .with("key", &key)
        .with("by", &by);
    ask("call", args).await
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
    with(|wired| device_now().plus_ms(wired.offset_ms.get()))
}

pub(super) fn who() -> Signal<Option<Who>> {
    with(|wired| wired.who.clone().into())
}

pub(super) fn name() -> Option<String> {
    with(|wired| wired.name.get_untracked())
}

pub(super) async fn ensure_guest() -> Result<Who, Problem> {
    signed("guest", Args::default()).await
}

pub(super) async fn ask_passcode(body: AskPasscodeBody) -> Result<PasscodeAnswer, Problem> {
    ask("ask_passcode", Args::default().with("body", &body)).await
}

pub(super) async fn verify_passcode(body: VerifyPasscodeBody) -> Result<Who, Problem> {
    signed("verify_passcode", Args::default().with("body", &body)).await
}

pub(super) async fn redeem(secret: String) -> Result<Who, Problem> {
    signed("redeem", Args::default().with("secret", &secret)).await
}

pub(super) async fn pair(device_code: String) -> Result<Who, Problem> {
    let args = Args::default().with("deviceCode", &device_code);
    signed("pair", args).await
}

pub(super) async fn hands() -> Vec<Hand> {
    ask("hands", Args::default()).await.unwrap_or_default()
}

pub(super) async fn switch(staff: StaffId, pin: String) -> Result<Who, Problem> {
    let args = Args::default().with("staff", &staff).with("pin", &pin);
    signed("switch", args).await
}

pub(super) async fn set_pin(body: PutPinBody) -> Result<(), Problem> {
    ask("set_pin", Args::default().with("body", &body)).await
}

async fn signed(command: &str, args: Args) -> Result<Who, Problem> {
    let Signed { who, name } = ask(command, args).await?;
    with(|wired| {
        wired.name.set(name);
        note_who(&wired.who, Some(who.clone()));
    });
    Ok(who)
}

pub(super) async fn sign_out() {
    // On this device it holds at once, whether or not the server can be told.
    with(|wired| note_who(&wired.who, None));
    let _ = ask::<()>("sign_out", Args::default()).await;
}

pub(super) fn stay_awake(awake: bool) {
    tell("stay_awake", Args::default().with("awake", &awake));
}

pub(super) fn badge(count: u32) {
    tell("badge", Args::default().with("count", &count));
}

pub(super) fn open_link(link: &str) {
    tell("open_link", Args::default().with("link", &link));
}

/// Goes where a link or a typed address leads.
pub(super) async fn go(text: &str) -> Result<(), Problem> {
    let way = ask("go", Args::default().with("text", &text)).await?;
    follow(&way);
    Ok(())
}

pub(super) async fn forget_server() {
    // Where nothing can be kept it is not forgotten either, and everything stays as it was.
    if let Ok(true) = ask("forget_server", Args::default()).await {
        page::stand_at("/");
        page::reload();
    }
}

pub(super) fn server() -> Option<String> {
    with(|wired| wired.server.get().cloned())
}

pub(super) fn session_is_kept() -> Signal<bool> {
    with(|wired| wired.session_is_kept.clone().into())
}

pub(super) fn watch(topic: Topic) -> Watched<View> {
    let taking = Taking::default();
    let watched = taking.watched();
    let number = with(|wired| {
        let number = wired.watches.get();
        wired.watches.set(number.wrapping_add(1));
        number
    });
    let (left, leave) = abortable(pending::<()>());
    on_cleanup(move || leave.abort());
    spawn_local(async move {
        let channel = Channel::new(move |seen| taking.take(seen));
        let args = Args::default().with("number", &number);
        let watch = args
            .clone()
            .with("topic", &topic)
            .with_channel("seen", &channel);
        // Whatever there is to be seen comes by the channel, refusals too.
        let _ = ask::<()>("watch", watch).await;
        // Ends when whoever watched is gone.
        let _ = left.await;
        let _ = ask::<()>("unwatch", Args::default().with("number", &number)).await;
    });
    watched
}
