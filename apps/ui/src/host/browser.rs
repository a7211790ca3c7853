//! The browser's body of the seam.

use super::{App, Status, Watched};
use leptos::prelude::*;
use presso_core::api::{Endpoint, Problem, Who};
use presso_core::board::{Topic, View};
use presso_core::time::Timestamp;

fn offline() -> Problem {
    Problem::new(503, "offline", "no connection")
}

pub(super) fn start(_app: App) {}

pub(super) async fn call<E: Endpoint>(_endpoint: E) -> Result<E::Answer, Problem> {
    Err(offline())
}

pub(super) fn status() -> Signal<Status> {
    Signal::from(Status::Connecting)
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 fit"
)]
pub(super) fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

pub(super) fn who() -> Signal<Option<Who>> {
    Signal::from(None)
}

pub(super) async fn ensure_guest() -> Result<Who, Problem> {
    Err(offline())
}

pub(super) async fn redeem(_secret: String) -> Result<Who, Problem> {
    Err(offline())
}

pub(super) async fn sign_out() {}

pub(super) fn watch(_topic: Topic) -> Watched<View> {
    Watched {
        view: Signal::from(None),
        refused: Signal::from(None),
    }
}
