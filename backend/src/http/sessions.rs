//! Sessions to be looked at and ended by those who have them, or who run the shop.

use super::body::{Answer, Json};
use super::refusal::Refusal;
use super::roles::{Leads, People, Selves};
use super::who::{At, By, Near, in_path};
use crate::app::App;
use crate::identity::{Listed, Write, Written, sessions_at, sessions_of};
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use presso_core::api::{Nothing, SessionView, SessionsAnswer, Who};
use uuid::Uuid;

pub(super) async fn list_own(
    State(app): State<App>,
    by: By<People>,
) -> Result<Answer<SessionsAnswer>, Refusal> {
    let (account, now) = (account(&by.0.who)?, app.clock.now());
    let found = app.reader.query(move |db| sessions_of(db, account, now));
    Ok(shown(found.await?, by.0.family))
}

pub(super) async fn list_of_shop(
    State(app): State<App>,
    near: Near<Leads>,
) -> Result<Answer<SessionsAnswer>, Refusal> {
    let (shop, now) = (near.shop, app.clock.now());
    let found = app.reader.query(move |db| sessions_at(db, &shop, now));
    Ok(shown(found.await?, near.family))
}

pub(super) async fn end_of_shop(
    State(app): State<App>,
    at: At<Leads>,
    Named(session): Named,
) -> Result<Answer<Nothing>, Refusal> {
    let shop = at.shop;
    let write = Write::EndAtShop { shop, session };
    match app.write_as(at.leave, write).await? {
        Written::EndedAll(families) if !families.is_empty() => Ok(Answer(Nothing {})),
        _ => Err(unknown()),
    }
}

pub(super) async fn end_all(
    State(app): State<App>,
    by: By<Selves>,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Answer<Nothing>, Refusal> {
    let account = account(&by.0.who)?;
    app.write(Write::EndAll { account }).await?;
    Ok(Answer(Nothing {}))
}

/// Whose sessions are theirs together.
fn account(who: &Who) -> Result<Uuid, Refusal> {
    match who {
        Who::Guest { account, .. } => Ok(*account),
        Who::Staff { staff, .. } | Who::Organiser { staff, .. } => Ok(staff.0),
        Who::Display { .. } | Who::Operator => Err(Refusal::not_allowed()),
    }
}

fn shown(found: Vec<Listed>, asks: Option<Uuid>) -> Answer<SessionsAnswer> {
    let view = |listed: Listed| SessionView {
        session: listed.id,
        current: asks == Some(listed.id),
        who: listed.who,
        name: listed.name,
        began_at: listed.began_at,
        used_at: listed.used_at,
    };
    let sessions = found.into_iter().map(view).collect();
    Answer(SessionsAnswer { sessions })
}

fn unknown() -> Refusal {
    let sentence = "there is no such session at this shop";
    Refusal::new(StatusCode::NOT_FOUND, "session_unknown", sentence)
}

/// The session that the path names.
pub(super) struct Named(Uuid);

impl FromRequestParts<App> for Named {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let text = in_path(parts, app, "session").await;
        let id = text.and_then(|text| Uuid::try_parse(&text).ok());
        id.map(Self).ok_or_else(unknown)
    }
}
