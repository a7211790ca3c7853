//! `/v1/shops/{shop}/events` and `/v1/shops/{shop}/sources`: what others put on the bus, and who may.

use super::body::{Answer, Json, invalid_field};
use super::keyed::Keyed;
use super::refusal::Refusal;
use super::roles::Leads;
use super::who::{At, Outside, in_path, no_session};
use crate::app::App;
use crate::bus::{self, Accepted, Source};
use crate::identity::Secret;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use presso_core::api::{
    AddSourceBody, MAX_DETAIL, Nothing, PutEventAnswer, PutEventBody, SourceKey, SourceView,
    SourcesAnswer,
};
use presso_core::bus::{OutsideEvent, check_detail_type, check_source};
use rusqlite::Connection;
use serde_json::Value;
use uuid::Uuid;

/// What a source's key begins with, so that one that leaked is recognised.
pub(super) const KEY: &str = "psk_";

pub(super) async fn put(
    State(app): State<App>,
    Outside(source): Outside,
    Keyed { key, body }: Keyed<PutEventBody>,
) -> Result<Response, Refusal> {
    if body.source != source.name {
        let sentence = format!("this key is for the source {}", source.name);
        let status = StatusCode::FORBIDDEN;
        return Err(Refusal::new(status, "source_not_yours", sentence).at("source"));
    }
    check_detail_type(&body.detail_type)
        .map_err(|bad| invalid_field("detail-type", bad.to_string()))?;
    let detail = Value::Object(body.detail);
    if detail.to_string().len() > MAX_DETAIL {
        let sentence = format!("the detail is longer than {MAX_DETAIL} bytes");
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        return Err(Refusal::new(status, "body_too_big", sentence).at("detail"));
    }
    let event = OutsideEvent {
        // A repeat under the same key is the same event.
        id: Uuid::new_v5(&source.id, key.key.as_bytes()),
        at: app.clock.now(),
        shop: source.shop,
        source: source.name,
        detail_type: body.detail_type,
        detail,
    };
    let (id, shop) = (event.id, event.shop.clone());
    let write = move |db: &Connection| {
        // Its key may have been taken away while the body came.
        if !bus::is_source(db, source.id)? {
            return Ok(None);
        }
        bus::put_event(db, &event, &key.body_digest).map(Some)
    };
    let bus = app.clone();
    let tell = move |accepted: &Option<Accepted>| {
        if let Some(Accepted::New(seq) | Accepted::Again(seq)) = accepted {
            bus.bus.somebody_put(shop, *seq);
        }
    };
    match app.engine.write_and_tell(write, tell).await? {
        None => return Err(no_session("this needs a source's key")),
        Some(Accepted::New(_) | Accepted::Again(_)) => {}
        Some(Accepted::Reused) => return Err(crate::engine::Error::KeyReused.into()),
    }
    Ok((StatusCode::CREATED, Answer(PutEventAnswer { id })).into_response())
}

pub(super) async fn list(
    State(app): State<App>,
    at: At<Leads>,
) -> Result<Answer<SourcesAnswer>, Refusal> {
    let shop = at.shop;
    let found = app.reader.query(move |db| bus::sources(db, &shop)).await?;
    let view = |source: Source| SourceView {
        source: source.name,
        added_at: source.added_at,
    };
    let sources = found.into_iter().map(view).collect();
    Ok(Answer(SourcesAnswer { sources }))
}

pub(super) async fn add(
    State(app): State<App>,
    at: At<Leads>,
    Json(AddSourceBody { source: name }): Json<AddSourceBody>,
) -> Result<Response, Refusal> {
    check_source(&name).map_err(|bad| invalid_field("source", bad.to_string()))?;
    let key = app.fresh_secret();
    let source = Source {
        id: app.fresh_id(),
        shop: at.shop,
        name: name.clone(),
        added_at: app.clock.now(),
    };
    let hash = key.hash().0;
    let write = move |db: &Connection| bus::add_source(db, &source, &hash);
    if !app.rows_as(at.leave, write, |_, _| ()).await? {
        let most = bus::SOURCES_A_SHOP;
        let sentence = format!("there is a source of this name, or there are {most} already");
        let status = StatusCode::CONFLICT;
        return Err(Refusal::new(status, "source_exists", sentence).at("source"));
    }
    let key = format!("{KEY}{}", key.text());
    let answer = SourceKey { source: name, key };
    Ok((StatusCode::CREATED, Answer(answer)).into_response())
}

pub(super) async fn remove(
    State(app): State<App>,
    at: At<Leads>,
    Named(name): Named,
) -> Result<Answer<Nothing>, Refusal> {
    let write = move |db: &Connection| bus::remove_source(db, &at.shop, &name);
    if app.rows_as(at.leave, write, |_, _| ()).await? {
        return Ok(Answer(Nothing {}));
    }
    let sentence = "there is no such source here";
    Err(Refusal::new(
        StatusCode::NOT_FOUND,
        "source_unknown",
        sentence,
    ))
}

/// A key's secret; none of anything else.
pub(super) fn secret(key: &str) -> Option<Secret> {
    Secret::parse(key.strip_prefix(KEY)?)
}

/// The source that the path names.
pub(super) struct Named(String);

impl FromRequestParts<App> for Named {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        Ok(Self(
            in_path(parts, app, "source").await.unwrap_or_default(),
        ))
    }
}
