//! `/v1/shops/{shop}/rules`: which events go where, what is still on its way, what was given up.

use super::body::{Answer, Json, invalid_field};
use super::refusal::Refusal;
use super::who::{Ruling, in_path};
use crate::app::App;
use crate::bus::book::pattern_text;
use crate::bus::{self, DEAD_PAGE, Fares, Put, Rule};
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use presso_core::api::{
    DeadAnswer, Nothing, RedriveAnswer, RedriveBody, ReplayAnswer, ReplayBody, RuleBody, RuleView,
    RulesAnswer, Target,
};
use presso_core::bus::Transform;
use presso_core::id::RuleName;
use presso_core::pattern::Pattern;
use rusqlite::Connection;
use serde::Deserialize;

pub(super) async fn list(
    State(app): State<App>,
    ruling: Ruling,
) -> Result<Answer<RulesAnswer>, Refusal> {
    let scope = ruling.scope;
    let found = app.reader.query(move |db| bus::of(db, &scope)).await?;
    let rules = found.into_iter().map(|(rule, fares)| view(rule, fares));
    let rules = rules.collect();
    Ok(Answer(RulesAnswer { rules }))
}

pub(super) async fn show(
    State(app): State<App>,
    ruling: Ruling,
    Named(name): Named,
) -> Result<Answer<RuleView>, Refusal> {
    shown(&app, ruling, name).await.map(Answer)
}

pub(super) async fn put(
    State(app): State<App>,
    ruling: Ruling,
    Named(name): Named,
    Json(body): Json<RuleBody>,
) -> Result<Answer<RuleView>, Refusal> {
    parsed(&pattern_text(&body.pattern))?;
    if let Some(transform) = &body.transform {
        Transform::parse(transform)
            .map_err(|bad| invalid_field(&format!("transform.{}", bad.field), bad.rule))?;
    }
    bus::check_target(&body.target, app.bus.reach(), ruling.is_operator)
        .map_err(|wrong| invalid_field(wrong.field(), wrong.to_string()))?;
    // Nothing else is signed, so nobody else needs the key.
    let is_signed = matches!(body.target, Target::Webhook { .. });
    let (id, secret) = (app.fresh_id(), app.fresh_secret().0);
    let (scope, rule) = (ruling.scope.clone(), name.clone());
    let write = move |db: &Connection| bus::put(db, &scope, &rule, &body, (id, &secret));
    let put = app.engine.write(write).await?;
    if put == Put::Full {
        let (status, most) = (StatusCode::CONFLICT, bus::RULES_A_SHOP);
        let sentence = format!("there are {most} rules here, or {} in all", bus::RULES);
        return Err(Refusal::new(status, "too_many_rules", sentence));
    }
    app.bus.somebody_changed_it();
    let mut view = shown(&app, ruling, name).await?;
    if put == Put::Made && is_signed {
        view.secret = Some(bus::secret_text(&secret));
    }
    Ok(Answer(view))
}

pub(super) async fn delete(
    State(app): State<App>,
    ruling: Ruling,
    Named(name): Named,
) -> Result<Answer<Nothing>, Refusal> {
    let write = move |db: &Connection| bus::delete(db, &ruling.scope, &name);
    if !app.engine.write(write).await? {
        return Err(unknown());
    }
    app.bus.somebody_changed_it();
    Ok(Answer(Nothing {}))
}

pub(super) async fn enable(
    State(app): State<App>,
    ruling: Ruling,
    named: Named,
    _: Json<Nothing>,
) -> Result<Answer<RuleView>, Refusal> {
    switch(&app, ruling, named, true).await
}

pub(super) async fn disable(
    State(app): State<App>,
    ruling: Ruling,
    named: Named,
    _: Json<Nothing>,
) -> Result<Answer<RuleView>, Refusal> {
    switch(&app, ruling, named, false).await
}

async fn switch(
    app: &App,
    ruling: Ruling,
    Named(name): Named,
    enabled: bool,
) -> Result<Answer<RuleView>, Refusal> {
    let (scope, rule) = (ruling.scope.clone(), name.clone());
    let write = move |db: &Connection| bus::switch(db, &scope, &rule, enabled);
    app.engine.write(write).await?.ok_or_else(unknown)?;
    app.bus.somebody_changed_it();
    shown(app, ruling, name).await.map(Answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    after: Option<u64>,
}

pub(super) async fn dead(
    State(app): State<App>,
    ruling: Ruling,
    Named(name): Named,
    page: Result<Query<Page>, axum::extract::rejection::QueryRejection>,
) -> Result<Answer<DeadAnswer>, Refusal> {
    let Query(page) = page.map_err(|_| {
        let sentence = "`after` is the number of a dead letter";
        Refusal::new(StatusCode::BAD_REQUEST, "malformed", sentence).at("after")
    })?;
    let rule = found(&app, &ruling, &name).await?.0.id();
    let after = page.after.unwrap_or_default();
    let read = move |db: &Connection| bus::dead(db, rule, after);
    let mut dead = app.reader.query(read).await?;
    let most = usize::try_from(DEAD_PAGE).unwrap_or(usize::MAX);
    let more = dead.len() > most;
    dead.truncate(most);
    let next = dead.last().filter(|_| more).map(|last| last.dead);
    Ok(Answer(DeadAnswer { dead, next }))
}

pub(super) async fn redrive(
    State(app): State<App>,
    ruling: Ruling,
    Named(name): Named,
    Json(body): Json<RedriveBody>,
) -> Result<Answer<RedriveAnswer>, Refusal> {
    let rule = found(&app, &ruling, &name).await?.0.id();
    let now = app.clock.now();
    let write = move |db: &Connection| bus::redrive(db, rule, body.dead, now);
    let redriven = app.engine.write(write).await?;
    if redriven == 0 && body.dead.is_some() {
        let sentence = "there is no such dead letter of this rule";
        let status = StatusCode::NOT_FOUND;
        return Err(Refusal::new(status, "dead_letter_unknown", sentence).at("dead"));
    }
    app.bus.somebody_changed_it();
    Ok(Answer(RedriveAnswer { redriven }))
}

pub(super) async fn replay(
    State(app): State<App>,
    ruling: Ruling,
    Named(name): Named,
    Json(body): Json<ReplayBody>,
) -> Result<Answer<ReplayAnswer>, Refusal> {
    if body.from >= body.to {
        return Err(invalid_field("to", "is after `from`"));
    }
    if body
        .speed
        .is_some_and(|n| !(1..=bus::MAX_SPEED).contains(&n))
    {
        return Err(invalid_field("speed", "is 1 to 1,000,000"));
    }
    let pattern = body.pattern.as_ref().map(pattern_text);
    if let Some(pattern) = &pattern {
        parsed(pattern)?;
    }
    let (rule, _) = found(&app, &ruling, &name).await?;
    let replay = format!("replay-{}", app.fresh_id().simple());
    let span = bus::Span {
        name: replay.clone(),
        from: body.from,
        // What is still to come is not the past.
        to: body.to.min(app.clock.now().plus_ms(1)),
        speed: body.speed,
        pattern,
    };
    let now = app.clock.now();
    let write = move |db: &Connection| bus::begin_replay(db, &rule, &span, now);
    if !app.engine.write(write).await? {
        let sentence = "a span is being played again for this rule already";
        let status = StatusCode::CONFLICT;
        return Err(Refusal::new(status, "replay_running", sentence));
    }
    app.bus.somebody_changed_it();
    Ok(Answer(ReplayAnswer { replay }))
}

fn parsed(pattern: &str) -> Result<Pattern, Refusal> {
    Pattern::parse(pattern).map_err(|bad| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Refusal::new(status, "malformed_pattern", bad.to_string()).at("pattern")
    })
}

async fn shown(app: &App, ruling: Ruling, name: RuleName) -> Result<RuleView, Refusal> {
    let (rule, fares) = found(app, &ruling, &name).await?;
    Ok(view(rule, fares))
}

async fn found(app: &App, ruling: &Ruling, name: &RuleName) -> Result<(Rule, Fares), Refusal> {
    let (scope, name) = (ruling.scope.clone(), name.clone());
    let read = move |db: &Connection| {
        let rule = bus::find(db, &scope, &name)?;
        rule.map(|rule| bus::fares(db, &rule).map(|fares| (rule, fares)))
            .transpose()
    };
    app.reader.query(read).await?.ok_or_else(unknown)
}

fn view(rule: Rule, fares: Fares) -> RuleView {
    RuleView {
        rule: rule.name,
        body: rule.body,
        waiting: fares.waiting,
        dead: fares.dead,
        secret: None,
    }
}

fn unknown() -> Refusal {
    let sentence = "there is no such rule here";
    Refusal::new(StatusCode::NOT_FOUND, "rule_unknown", sentence)
}

/// The rule that the path names.
pub(super) struct Named(RuleName);

impl FromRequestParts<App> for Named {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let text = in_path(parts, app, "rule").await.unwrap_or_default();
        RuleName::parse(&text).map(Self).map_err(|_| unknown())
    }
}
