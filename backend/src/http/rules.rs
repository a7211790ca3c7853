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
    DeadAnswer, Nothing, RedriveAnswer, RedriveBody, ReplayAnswer, ReplayBody, RuleBody, RuleScope,
    RuleView, RulesAnswer, Target,
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
    let (rule, fares) = found(&app, ruling, name).await?;
    Ok(Answer(view(rule, fares)))
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
    let (scope, rule) = (ruling.scope, name);
    let write = move |db: &Connection| {
        if let Err(Not::Yours) = changeable(db, (&scope, &rule), ruling.is_operator)? {
            return Ok(Err(Not::Yours));
        }
        let put = bus::put(db, &scope, &rule, &body, (id, &secret))?;
        Ok(Ok((put, seen(db, &scope, &rule)?)))
    };
    let (put, seen) = app.rows_as(ruling.leave, write, changed).await??;
    if put == Put::Full {
        let (status, most) = (StatusCode::CONFLICT, bus::RULES_A_SHOP);
        let sentence = format!("there are {most} rules here, or {} in all", bus::RULES);
        return Err(Refusal::new(status, "too_many_rules", sentence));
    }
    // As it was in the transaction: nothing can come between it and its secret, told once.
    let (rule, fares) = seen.ok_or_else(unknown)?;
    let mut view = view(rule, fares);
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
    let (scope, is_operator) = (ruling.scope, ruling.is_operator);
    let write = move |db: &Connection| {
        let rule = changeable(db, (&scope, &name), is_operator)?;
        rule.map_or_else(
            |not| Ok(Err(not)),
            |_| bus::delete(db, &scope, &name).map(Ok),
        )
    };
    app.rows_as(ruling.leave, write, changed).await??;
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
    let (scope, is_operator) = (ruling.scope, ruling.is_operator);
    let write = move |db: &Connection| {
        if let Err(not) = changeable(db, (&scope, &name), is_operator)? {
            return Ok(Err(not));
        }
        bus::switch(db, &scope, &name, enabled)?;
        seen(db, &scope, &name).map(Ok)
    };
    let seen = app.rows_as(ruling.leave, write, changed).await??;
    let (rule, fares) = seen.ok_or_else(unknown)?;
    Ok(Answer(view(rule, fares)))
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
    let rule = found(&app, ruling, name).await?.0.id();
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
    let (scope, is_operator) = (ruling.scope, ruling.is_operator);
    let now = app.clock.now();
    let write = move |db: &Connection| {
        let rule = changeable(db, (&scope, &name), is_operator)?;
        rule.map_or_else(
            |not| Ok(Err(not)),
            |rule| bus::redrive(db, rule.id(), body.dead, now).map(Ok),
        )
    };
    let redriven = app.rows_as(ruling.leave, write, changed).await??;
    if redriven == 0 && body.dead.is_some() {
        let sentence = "there is no such dead letter of this rule";
        let status = StatusCode::NOT_FOUND;
        return Err(Refusal::new(status, "dead_letter_unknown", sentence).at("dead"));
    }
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
    let (scope, is_operator) = (ruling.scope, ruling.is_operator);
    let write = move |db: &Connection| {
        let rule = changeable(db, (&scope, &name), is_operator)?;
        rule.map_or_else(
            |not| Ok(Err(not)),
            |rule| bus::begin_replay(db, &rule, &span, now).map(Ok),
        )
    };
    if !app.rows_as(ruling.leave, write, changed).await?? {
        let sentence = "a span is being played again for this rule already";
        let status = StatusCode::CONFLICT;
        return Err(Refusal::new(status, "replay_running", sentence));
    }
    Ok(Answer(ReplayAnswer { replay }))
}

/// The bus looks again.
fn changed<T>(app: &App, _: &T) {
    app.bus.somebody_changed_it();
}

fn parsed(pattern: &str) -> Result<Pattern, Refusal> {
    Pattern::parse(pattern).map_err(|bad| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Refusal::new(status, "malformed_pattern", bad.to_string()).at("pattern")
    })
}

async fn found(app: &App, ruling: Ruling, name: RuleName) -> Result<(Rule, Fares), Refusal> {
    let read = move |db: &Connection| seen(db, &ruling.scope, &name);
    app.reader.query(read).await?.ok_or_else(unknown)
}

fn seen(
    db: &Connection,
    scope: &RuleScope,
    name: &RuleName,
) -> rusqlite::Result<Option<(Rule, Fares)>> {
    let rule = bus::find(db, scope, name)?;
    rule.map(|rule| bus::fares(db, &rule).map(|fares| (rule, fares)))
        .transpose()
}

/// Why a rule is not changed.
enum Not {
    /// There is none of this name.
    There,
    /// It writes where only the operator may.
    Yours,
}

impl From<Not> for Refusal {
    fn from(not: Not) -> Self {
        match not {
            Not::There => unknown(),
            Not::Yours => {
                let sentence = "this rule writes to the operator's machine: its command changes it";
                Self::new(StatusCode::FORBIDDEN, "operators_rule", sentence)
            }
        }
    }
}

/// The rule as it is in the transaction, if whoever asks may do something to it: what writes to the
/// operator's disk is the operator's, at whatever shop.
fn changeable(
    db: &Connection,
    (scope, name): (&RuleScope, &RuleName),
    is_operator: bool,
) -> rusqlite::Result<Result<Rule, Not>> {
    let Some(rule) = bus::find(db, scope, name)? else {
        return Ok(Err(Not::There));
    };
    let own = is_operator || matches!(rule.body.target, Target::Webhook { .. });
    Ok(own.then_some(rule).ok_or(Not::Yours))
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
