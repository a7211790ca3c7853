//! `/v1/realtime`: the WebSocket. A connection holds a session, a cursor per topic, and no queue:
//! the hub wakes it, and it writes what it missed.

mod connection;
mod limits;
mod permit;

use super::caller::CameFrom;
use super::refusal::Refusal;
use crate::app::App;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use connection::Connection;
use presso_core::realtime::frame::SUBPROTOCOL;

/// The longest message that a client may send, bytes.
const LONGEST: usize = 16 * 1024;

pub(super) async fn open(
    State(app): State<App>,
    CameFrom(caller): CameFrom,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let upgrade = upgrade.map_err(|rejection| {
        let sentence = "this is a WebSocket: ask for an upgrade";
        Refusal::new(rejection.status(), "not_a_websocket", sentence)
    })?;
    if !from_here(&headers, &app.public_url) {
        let sentence = "pages of other sites may not listen here";
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "origin_not_allowed",
            sentence,
        ));
    }
    let Some(held) = app.hold_socket() else {
        return Err(super::failure::restarting());
    };
    let place = app.room.enter().ok_or_else(super::failure::no_room)?;
    let seat = app.seat(caller)?;
    let upgrade = upgrade
        .protocols([SUBPROTOCOL])
        .read_buffer_size(1024)
        .write_buffer_size(0)
        .max_message_size(LONGEST)
        .max_frame_size(LONGEST);
    Ok(upgrade.on_upgrade(|socket| async move {
        let open = app.metrics.socket();
        Connection::new(app, socket).run().await;
        drop((held, place, seat, open));
    }))
}

/// Browsers say which page asks; programs say nothing. A page must be ours: by the address that
/// links carry, or by the one that was dialled.
fn from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let origin = origin.to_str().unwrap_or_default();
    let Some((_, host)) = origin.split_once("://") else {
        return false;
    };
    origin.eq_ignore_ascii_case(public_url)
        || text(header::HOST).is_some_and(|dialled| dialled.eq_ignore_ascii_case(host))
}
