//! `/v1/shops`: reading, creating, opening and closing, settings, ticket periods.

use super::answer::command;
use super::body::Answer;
use super::keyed::Keyed;
use super::refusal::Refusal;
use super::roles::{Counter, Founders, Leads};
use super::who::{Asks, At, By, Shop};
use crate::app::App;
use crate::engine::{Decided, Key, Request};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use presso_core::api::{CreateShopBody, Nothing, ShopAnswer, ShopsAnswer};
use presso_core::board::facts;
use presso_core::order::Actor;
use presso_core::settings::{BadSettings, Settings, SignIn};
use presso_core::workflow::{Command, Rejection};

type Done = Result<Response, Refusal>;

fn shown(decided: &Decided<'_>) -> ShopAnswer {
    ShopAnswer {
        version: decided.shop.version,
        facts: facts(decided.shop),
        sign_in_by: Vec::new(),
    }
}

/// The open ones; the command beside the server gets all.
pub(super) async fn list(
    State(app): State<App>,
    Asks(all, ..): Asks<Founders>,
) -> Answer<ShopsAnswer> {
    let shops = if all {
        let ids = app.hub.shops().into_iter();
        ids.filter_map(|shop| Some(app.hub.facts(&shop)?.1))
            .collect()
    } else {
        app.hub.open_shops()
    };
    Answer(ShopsAnswer { shops })
}

pub(super) async fn show(
    State(app): State<App>,
    Shop(shop): Shop,
) -> Result<Answer<ShopAnswer>, Refusal> {
    let (version, facts) = app.hub.facts(&shop).ok_or(Rejection::ShopUnknown)?;
    let sign_in_by = app.passcodes.ways();
    Ok(Answer(ShopAnswer {
        version,
        facts,
        sign_in_by,
    }))
}

pub(super) async fn create(
    State(app): State<App>,
    By(session, _): By<Founders>,
    Keyed { key, body }: Keyed<CreateShopBody>,
) -> Done {
    let CreateShopBody {
        shop,
        settings,
        menu,
    } = body;
    can_be_kept(&app, &settings)?;
    let creation = Command::CreateShop { settings, menu };
    // Whoever founds a shop is in its journal, under their identifier.
    let actor = session.who.actor().unwrap_or(Actor::Operator);
    let request = Request::new(shop, actor, creation);
    command(
        &app,
        StatusCode::CREATED,
        request.keyed(key).answering(shown),
    )
    .await
}

pub(super) async fn settings(
    State(app): State<App>,
    at: At<Leads>,
) -> Result<Answer<Settings>, Refusal> {
    let settings = app.hub.settings(&at.shop);
    Ok(Answer(settings.ok_or(Rejection::ShopUnknown)?))
}

pub(super) async fn change_settings(
    State(app): State<App>,
    at: At<Leads>,
    Keyed { key, body }: Keyed<Settings>,
) -> Done {
    can_be_kept(&app, &body)?;
    let change = Command::ChangeSettings { settings: body };
    let request = Request::new(at.shop, at.actor, change).keyed(key);
    let request = request.answering(|decided| decided.shop.settings.clone());
    command(&app, StatusCode::OK, request).await
}

/// Where nobody can sign in, nobody may have to.
fn can_be_kept(app: &App, settings: &Settings) -> Result<(), Refusal> {
    if settings.sign_in == SignIn::Guest || !app.passcodes.ways().is_empty() {
        return Ok(());
    }
    let bad = BadSettings {
        field: "sign_in".into(),
        rule: "this server sends no one-time codes yet: set [passcodes] first".into(),
    };
    Err(Rejection::BadSettings(bad).into())
}

pub(super) async fn open(
    State(app): State<App>,
    at: At<Counter>,
    Keyed {
        key,
        body: Nothing {},
    }: Keyed<Nothing>,
) -> Done {
    change(&app, at, Command::OpenShop, key).await
}

pub(super) async fn close(
    State(app): State<App>,
    at: At<Counter>,
    Keyed {
        key,
        body: Nothing {},
    }: Keyed<Nothing>,
) -> Done {
    change(&app, at, Command::CloseShop, key).await
}

pub(super) async fn start_period(
    State(app): State<App>,
    at: At<Leads>,
    Keyed {
        key,
        body: Nothing {},
    }: Keyed<Nothing>,
) -> Done {
    change(&app, at, Command::StartPeriod, key).await
}

async fn change<R>(app: &App, at: At<R>, change: Command, key: Key) -> Done {
    let request = Request::new(at.shop, at.actor, change).keyed(key);
    command(app, StatusCode::OK, request.answering(shown)).await
}
