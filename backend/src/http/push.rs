//! `/v1/push`: which browsers are told of their orders while their page is closed.

use super::body::{Answer, Json, invalid_field};
use super::refusal::Refusal;
use super::roles::Customers;
use super::who::{At, By, no_session};
use crate::app::App;
use crate::push::{self, Subscription};
use axum::extract::State;
use presso_core::api::{Nothing, PushKeyAnswer, SubscribeBody};
use presso_core::order::Actor;

pub(super) async fn key(State(app): State<App>) -> Answer<PushKeyAnswer> {
    let key = app.push.public_key();
    Answer(PushKeyAnswer { key })
}

pub(super) async fn subscribe(
    State(app): State<App>,
    at: At<Customers>,
    Json(body): Json<SubscribeBody>,
) -> Result<Answer<Nothing>, Refusal> {
    let (Actor::Customer { customer, .. }, Some(family)) = (at.actor, at.family) else {
        return Err(Refusal::not_allowed());
    };
    let rules = app.push.rules();
    let subscription = Subscription::parse(&body, rules)
        .map_err(|wrong| invalid_field(wrong.field(), wrong.to_string()))?;
    let (shop, now) = (at.shop, app.clock.now());
    let write = move |db: &rusqlite::Connection| {
        push::subscribe(db, family, &shop, customer, &subscription, now)
    };
    let told = app.clone();
    let tell = move |kept: &bool| {
        if *kept {
            told.push.somebody_listens();
        }
    };
    if !app.engine.write_and_tell(write, tell).await? {
        return Err(no_session("this session is over; begin a new one"));
    }
    Ok(Answer(Nothing {}))
}

pub(super) async fn unsubscribe(
    State(app): State<App>,
    by: By<Customers>,
) -> Result<Answer<Nothing>, Refusal> {
    if let Some(family) = by.0.family {
        let write = move |db: &rusqlite::Connection| push::unsubscribe(db, family);
        app.engine.write(write).await?;
    }
    Ok(Answer(Nothing {}))
}
