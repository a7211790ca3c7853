//! Journeys that their customers share: made and ended by them, looked at by whoever has the link.

use super::body::{Answer, Json};
use super::refusal::Refusal;
use super::roles::Customers;
use super::staff::created;
use super::who::On;
use crate::app::App;
use crate::identity::{self, Secret, Share};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use presso_core::api::{Nothing, ReadSharedBody, SharedJourney, SharedLink};
use presso_core::board::Audience;
use presso_core::id::ShopId;
use presso_core::journey::journey;
use presso_core::time::Timestamp;
use presso_core::workflow::Rejection;
use rusqlite::Connection;

const DAY_MS: i64 = 86_400_000;

pub(super) async fn share(
    State(app): State<App>,
    on: On<Customers>,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Response, Refusal> {
    let (secret, at) = (app.fresh_secret(), app.clock.now());
    let ends_at = ends(&app, &on.shop, at).ok_or(Rejection::ShopUnknown)?;
    let (order, shop, hash) = (on.order, on.shop, secret.hash());
    let write = move |db: &Connection| identity::share(db, &Share { order, shop, at }, hash);
    app.rows_as(on.leave, write, |_, &()| ()).await?;
    // The secret stands in the fragment, which browsers do not send.
    let link = format!("{}/j#j={}", app.public_url, secret.text());
    Ok(created(SharedLink { link, ends_at }))
}

pub(super) async fn unshare(
    State(app): State<App>,
    on: On<Customers>,
) -> Result<Answer<Nothing>, Refusal> {
    let order = on.order;
    let write = move |db: &Connection| identity::unshare(db, order);
    app.rows_as(on.leave, write, |_, &()| ()).await?;
    Ok(Answer(Nothing {}))
}

pub(super) async fn read(
    State(app): State<App>,
    Json(body): Json<ReadSharedBody>,
) -> Result<Answer<SharedJourney>, Refusal> {
    let hash = Secret::parse(&body.secret).ok_or_else(unknown)?.hash();
    let find = move |db: &Connection| identity::shared(db, hash);
    let found = app.reader.query(find).await?.ok_or_else(unknown)?;
    let settings = app.hub.settings(&found.shop).ok_or_else(unknown)?;
    let ends_at = ends(&app, &found.shop, found.at).ok_or_else(unknown)?;
    // Rows that are too old go once a day; until then they are as good as gone.
    if ends_at <= app.clock.now() {
        return Err(unknown());
    }
    let events = app.reader.events_of(found.order).await?;
    // As its customer sees it, who sees nobody of the staff.
    let journey = journey(found.order, &events, Audience::Customer);
    Ok(Answer(SharedJourney {
        shop_name: settings.name,
        ticket: journey.ticket,
        steps: journey.steps,
        waiting: journey.waiting,
        ends_at,
    }))
}

/// A shared journey is kept as long as names are.
fn ends(app: &App, shop: &ShopId, at: Timestamp) -> Option<Timestamp> {
    let settings = app.hub.settings(shop)?;
    Some(at.plus_ms(DAY_MS * i64::from(settings.names_kept_days)))
}

/// The same for what never was, what ended and what was erased.
fn unknown() -> Refusal {
    let sentence = "this link leads to no journey (any more)";
    Refusal::new(StatusCode::NOT_FOUND, "share_unknown", sentence)
}
