//! `/v1/devices`: how a device gets in that cannot open a link.

use super::body::{Answer, Json};
use super::failure::{no_room, pending};
use super::name::checked;
use super::refusal::Refusal;
use super::roles::Leads;
use super::session::tokens;
use super::who::At;
use crate::app::App;
use crate::identity::{Approved, Asked, INTERVAL_S, PAIRING_S, Secret, UserCode, Write};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use presso_core::api::{
    ApprovePairingBody, BeginPairingBody, ClaimPairingBody, DeviceFor, LinkFor, PairedAnswer,
    PairingAnswer, Tokens,
};
use presso_core::id::{StaffId, TabletId};

/// How many codes are drawn before it is said that too many wait: with the most that may wait, one
/// in 25 million is taken.
const DRAWS: usize = 4;

pub(super) async fn begin(
    State(app): State<App>,
    Json(BeginPairingBody { wants }): Json<BeginPairingBody>,
) -> Result<Response, Refusal> {
    let (own, now) = (app.fresh_secret(), app.clock.now());
    for _ in 0..DRAWS {
        let Some(code) = UserCode::draw(&app.fresh_secret().0) else {
            continue;
        };
        if app.pairings.begin(own.hash(), code, wants, now) {
            let answer = PairingAnswer {
                device_code: own.text(),
                user_code: code.text(),
                expires_at: now.plus_s(PAIRING_S),
                interval_s: INTERVAL_S,
            };
            return Ok((StatusCode::CREATED, Answer(answer)).into_response());
        }
    }
    Err(no_room())
}

pub(super) async fn approve(
    State(app): State<App>,
    at: At<Leads>,
    Json(body): Json<ApprovePairingBody>,
) -> Result<Answer<PairedAnswer>, Refusal> {
    let code = UserCode::parse(&body.user_code).ok_or_else(unknown)?;
    let name = |device| match device {
        DeviceFor::Display => Ok(None),
        DeviceFor::Barista => checked(&body.name.unwrap_or_default()).map(Some),
    };
    let approved = app.pairings.approve(code, at.shop, app.clock.now(), name)?;
    let paired = approved.ok_or_else(unknown)?;
    Ok(Answer(PairedAnswer { paired }))
}

pub(super) async fn claim(
    State(app): State<App>,
    Json(body): Json<ClaimPairingBody>,
) -> Result<Answer<Tokens>, Refusal> {
    let own = Secret::parse(&body.device_code).ok_or_else(expired)?.hash();
    match app.pairings.ask(&own, app.clock.now()) {
        Asked::Unknown => Err(expired()),
        Asked::Pending => Err(pending("authorization_pending", "nobody has said yes yet")),
        Asked::TooSoon => Err(pending("slow_down", "this asks too often")),
        Asked::Approved(approved) => admit(&app, approved).await,
    }
}

async fn admit(app: &App, approved: Approved) -> Result<Answer<Tokens>, Refusal> {
    let (family, refresh) = app.fresh_family();
    let id = family.id;
    let write = Write::Admit {
        shop: approved.shop,
        admit_as: match approved.device {
            DeviceFor::Display => LinkFor::Display,
            DeviceFor::Barista => LinkFor::Barista,
        },
        name: approved.name,
        staff: StaffId(app.fresh_id()),
        tablet: TabletId(app.fresh_id()),
        family,
    };
    let written = app.write(write).await?;
    tokens(app, id, &refresh, written)
}

fn unknown() -> Refusal {
    let sentence = "no device shows this code";
    Refusal::new(StatusCode::NOT_FOUND, "device_unknown", sentence).at("user_code")
}

fn expired() -> Refusal {
    let sentence = "this pairing is over; begin another";
    Refusal::new(StatusCode::BAD_REQUEST, "expired_token", sentence).at("device_code")
}
