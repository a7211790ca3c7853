//! `/v1/me/pin`, `/v1/session/switch` and `/v1/shops/{shop}/colleagues`: the staff change hands at
//! one tablet. Why it is so, and what a stolen tablet gives: docs/decisions/0013-pins.md.

use super::body::{Answer, Json};
use super::refusal::Refusal;
use super::roles::{Baristas, Leads, Members, Owners};
use super::session::tokens;
use super::staff::{self, Named};
use super::who::{At, By};
use crate::app::App;
use crate::identity::pin::{self, PinHash, Tried};
use crate::identity::{Session, Switch, Write, Written};
use axum::extract::State;
use axum::http::StatusCode;
use presso_core::api::{
    CheckPinBody, ColleagueView, ColleaguesAnswer, Nothing, PinFault, PutPinBody, SwitchBody,
    Tokens, Who, is_pin, pin_fault,
};
use presso_core::id::{ShopId, StaffId, TabletId};
use presso_core::order::Actor;
use rusqlite::Connection;
use uuid::Uuid;

pub(super) async fn colleagues(
    State(app): State<App>,
    at: At<Baristas>,
) -> Result<Answer<ColleaguesAnswer>, Refusal> {
    let asks = match at.actor {
        Actor::Staff { staff, .. } => Some(staff),
        Actor::Customer { .. } | Actor::Clock | Actor::Operator => None,
    };
    let shop = at.shop;
    let found = app.reader.query(move |db| pin::colleagues(db, &shop));
    let view = |(staff, name)| ColleagueView {
        staff,
        name,
        current: asks == Some(staff),
    };
    let colleagues = found.await?.into_iter().map(view).collect();
    Ok(Answer(ColleaguesAnswer { colleagues }))
}

/// Sets one's own. Whoever stands at somebody's tablet must know the one before.
pub(super) async fn set(
    State(app): State<App>,
    by: By<Members>,
    Json(body): Json<PutPinBody>,
) -> Result<Answer<Nothing>, Refusal> {
    let leave = by.leave();
    let By(session, _) = by;
    let own = Seat::of(&session)?;
    match pin_fault(&body.pin) {
        Some(PinFault::Malformed) => return Err(malformed("pin")),
        Some(PinFault::Easy) => {
            let sentence =
                "one digit over and over, or digits in a row, is what anybody tries first";
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Refusal::new(status, "pin_easy", sentence).at("pin"));
        }
        None => {}
    }
    let staff = own.staff;
    let known = app.reader.query(move |db| pin::find(db, staff)).await?;
    let before = match known {
        None => None,
        Some(_) => {
            let current = body.current.ok_or_else(|| wrong("current"))?;
            Some(own.proves(&app, staff, current, "current").await?)
        }
    };
    let hash = hashed(&app, body.pin, app.fresh_id().into_bytes()).await?;
    let shop = own.shop.clone();
    let asks = (session.family, app.clock.now());
    let set = move |db: &Connection| pin::set(db, (&shop, staff), (before, hash), asks);
    let set = app.rows_as(leave, set, tell_ended).await?;
    // Set or taken away at the same moment, by somebody else.
    set.map(|_| Answer(Nothing {}))
        .ok_or_else(|| wrong("current"))
}

/// Goes on at a tablet that was locked.
pub(super) async fn check(
    State(app): State<App>,
    By(session, _): By<Members>,
    Json(body): Json<CheckPinBody>,
) -> Result<Answer<Nothing>, Refusal> {
    let own = Seat::of(&session)?;
    let (staff, tablet) = (own.staff, own.tablet);
    let compared = own.proves(&app, staff, body.pin, "pin").await?;
    let right = app
        .engine
        .write(move |db| pin::was_right(db, staff, tablet, compared));
    right.await?.then_some(()).ok_or_else(|| wrong("pin"))?;
    Ok(Answer(Nothing {}))
}

/// Comes in at a tablet that its own session vouches for: one that began by PIN lets nobody else in.
pub(super) async fn switch(
    State(app): State<App>,
    By(session, _): By<Owners>,
    Json(body): Json<SwitchBody>,
) -> Result<Answer<Tokens>, Refusal> {
    let own = Seat::of(&session)?;
    let under = session.family.ok_or_else(Refusal::not_allowed)?;
    let compared = own.proves(&app, body.staff, body.pin, "pin").await?;
    let (family, refresh) = app.fresh_family();
    let id = family.id;
    let write = Write::Switch(Switch {
        under,
        shop: own.shop,
        staff: body.staff,
        tablet: own.tablet,
        compared,
        family,
    });
    match app.write(write).await? {
        Written::Switched { who, name, .. } => {
            tokens(&app, id, &refresh, Written::Session { who, name })
        }
        Written::StaffUnknown => Err(wrong("pin")),
        over => tokens(&app, id, &refresh, over),
    }
}

/// Takes somebody's away: they have forgotten it, or it was tried too often.
pub(super) async fn clear(
    State(app): State<App>,
    at: At<Leads>,
    Named(staff): Named,
) -> Result<Answer<Nothing>, Refusal> {
    let (shop, now) = (at.shop, app.clock.now());
    let clear = move |db: &Connection| pin::clear(db, &shop, staff, now);
    let cleared = app.rows_as(at.leave, clear, tell_ended).await?;
    cleared
        .map(|_| Answer(Nothing {}))
        .ok_or_else(staff::unknown)
}

/// Sessions that began by a PIN go with it.
fn tell_ended(app: &App, ended: &Option<Vec<Uuid>>) {
    app.are_over(ended.as_deref().unwrap_or_default());
}

/// Who is at which tablet.
struct Seat {
    shop: ShopId,
    staff: StaffId,
    tablet: TabletId,
}

impl Seat {
    fn of(session: &Session) -> Result<Self, Refusal> {
        match &session.who {
            Who::Staff {
                shop,
                staff,
                tablet,
                ..
            } => Ok(Self {
                shop: shop.clone(),
                staff: *staff,
                tablet: *tablet,
            }),
            _ => Err(Refusal::not_allowed()),
        }
    }
    /// A try at somebody's PIN; what it was compared with, when it is right. It counts as wrong
    /// until somebody says otherwise.
    async fn proves(
        &self,
        app: &App,
        staff: StaffId,
        typed: String,
        field: &'static str,
    ) -> Result<PinHash, Refusal> {
        if !is_pin(&typed) {
            return Err(malformed(field));
        }
        let (shop, tablet) = (self.shop.clone(), self.tablet);
        let tried = app
            .engine
            .write(move |db| pin::count(db, &shop, staff, tablet));
        match tried.await? {
            Tried::Compare(kept) => {
                let typed = hashed(app, typed, kept.salt()).await?;
                (typed == kept).then_some(kept).ok_or_else(|| wrong(field))
            }
            Tried::Locked => {
                let sentence = "this PIN was tried too often; its owner signs in by a link, or a manager takes it away";
                Err(Refusal::new(StatusCode::FORBIDDEN, "pin_locked", sentence).at(field))
            }
            Tried::Unset => {
                let sentence = "there is no PIN to come in by";
                Err(Refusal::new(StatusCode::CONFLICT, "pin_unset", sentence).at(field))
            }
            Tried::Unknown => Err(staff::unknown()),
        }
    }
}

async fn hashed(app: &App, typed: String, salt: [u8; 16]) -> Result<PinHash, Refusal> {
    app.pins
        .hash(typed, salt)
        .await
        .ok_or_else(super::failure::no_room)
}

fn wrong(field: &'static str) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, "pin_wrong", "this is not the PIN").at(field)
}

fn malformed(field: &'static str) -> Refusal {
    let sentence = "a PIN has four to six digits";
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Refusal::new(status, "pin_malformed", sentence).at(field)
}
