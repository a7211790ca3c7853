//! `/v1/shops/{shop}/menu`: read by anyone, switched by staff, replaced by who runs the shop.

use super::answer::command;
use super::body::{Answer, Json};
use super::keyed::Keyed;
use super::refusal::Refusal;
use super::roles::{Counter, Leads};
use super::who::{At, Near, Shop, in_path};
use crate::app::App;
use crate::engine::{Decided, Request};
use crate::menu_file::Format;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use presso_core::api::{Availability, MenuAnswer, MenuTable};
use presso_core::id::{BadSlug, DrinkId, OptionId};
use presso_core::menu::Menu;
use presso_core::workflow::{Command, Rejection};
use std::str::FromStr;

type Done = Result<Response, Refusal>;

fn shown(decided: &Decided<'_>) -> MenuAnswer {
    MenuAnswer {
        version: decided.shop.heads.menu,
        menu: decided.shop.menu.clone(),
    }
}

/// The version is the whole validator: a shop's menu changes with it only.
fn etag(version: u64) -> String {
    format!("\"menu-{version}\"")
}

pub(super) async fn show(State(app): State<App>, Shop(shop): Shop, headers: HeaderMap) -> Done {
    let version = app.hub.menu_version(&shop).ok_or(Rejection::ShopUnknown)?;
    if super::cache::has(&headers, &etag(version)) {
        let head = [
            (header::ETAG, etag(version)),
            (header::CACHE_CONTROL, "no-cache".into()),
        ];
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let (version, menu) = app.hub.menu(&shop).ok_or(Rejection::ShopUnknown)?;
    let head = [
        (header::ETAG, etag(version)),
        (header::CACHE_CONTROL, "no-cache".into()),
    ];
    Ok((head, Answer(MenuAnswer { version, menu })).into_response())
}

pub(super) async fn replace(
    State(app): State<App>,
    at: At<Leads>,
    Keyed { key, body }: Keyed<Menu>,
) -> Done {
    let replacement = Command::ReplaceMenu { menu: body };
    let request = Request::new(at.shop, at.actor, replacement).keyed(key);
    command(&app, StatusCode::OK, request.answering(shown)).await
}

pub(super) async fn table(
    State(app): State<App>,
    near: Near<Leads>,
) -> Result<Answer<MenuTable>, Refusal> {
    let (_, menu) = app.hub.menu(&near.shop).ok_or(Rejection::ShopUnknown)?;
    let csv = Format::Csv.write(&menu);
    Ok(Answer(MenuTable { csv }))
}

/// The menu in a table; it is put elsewhere, once somebody has looked at it.
pub(super) async fn read_table(
    _near: Near<Leads>,
    Json(MenuTable { csv }): Json<MenuTable>,
) -> Result<Answer<Menu>, Refusal> {
    let menu = Format::Csv.read(&csv).map_err(|bad| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Refusal::new(status, "bad_table", bad.rule).at(bad.place.to_string())
    })?;
    Ok(Answer(menu))
}

/// A drink or an option named in the path. One that cannot be on any menu is not on this one.
pub(super) struct Named<T>(T);

impl<T: FromStr<Err = BadSlug> + OnMenu> FromRequestParts<App> for Named<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let text = in_path(parts, app, T::FIELD).await.unwrap_or_default();
        text.parse().map(Self).map_err(|_: BadSlug| {
            let sentence = format!("there is no such {} on the menu", T::FIELD);
            Refusal::new(StatusCode::NOT_FOUND, T::UNKNOWN, sentence).at(T::FIELD)
        })
    }
}

/// What can be named in a path.
pub(super) trait OnMenu {
    const FIELD: &'static str;
    const UNKNOWN: &'static str;
}
impl OnMenu for DrinkId {
    const FIELD: &'static str = "drink";
    const UNKNOWN: &'static str = "drink_unknown";
}
impl OnMenu for OptionId {
    const FIELD: &'static str = "option";
    const UNKNOWN: &'static str = "option_unknown";
}

pub(super) async fn switch_drink(
    State(app): State<App>,
    at: At<Counter>,
    Named(drink): Named<DrinkId>,
    Keyed {
        key,
        body: Availability { available },
    }: Keyed<Availability>,
) -> Done {
    let switch = Command::SwitchDrink { drink, available };
    let request = Request::new(at.shop, at.actor, switch).keyed(key);
    command(&app, StatusCode::OK, request.answering(shown)).await
}

pub(super) async fn switch_option(
    State(app): State<App>,
    at: At<Counter>,
    Named(option): Named<OptionId>,
    Keyed {
        key,
        body: Availability { available },
    }: Keyed<Availability>,
) -> Done {
    let switch = Command::SwitchOption { option, available };
    let request = Request::new(at.shop, at.actor, switch).keyed(key);
    command(&app, StatusCode::OK, request.answering(shown)).await
}
