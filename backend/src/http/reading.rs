//! Reading orders: one, its journey, one's own, a shop's.

use super::body::{Answer, invalid_field};
use super::refusal::Refusal;
use super::roles::{Counter, Customers, People, Witnesses};
use super::who::{At, By, On, pseudonyms};
use crate::app::App;
use crate::journal::{Page, Search};
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use presso_core::api::{EndedHow, OrderAnswer, OrderPage};
use presso_core::board::Audience;
use presso_core::id::{OrderId, ShopId};
use presso_core::journey::{Journey, journey};
use presso_core::order::OrderState;
use serde::Deserialize;

pub(super) async fn show(
    State(app): State<App>,
    on: On<People>,
) -> Result<Answer<OrderAnswer>, Refusal> {
    let shop = on.shop.clone();
    let order = on.view(&app).await?;
    Ok(Answer(OrderAnswer { shop, order }))
}

pub(super) async fn show_journey(
    State(app): State<App>,
    on: On<Witnesses>,
) -> Result<Answer<Journey>, Refusal> {
    let events = app.reader.events_of(on.order).await?;
    let journey = journey(on.order, &events, on.audience);
    // Nobody's cup is named in a journey.
    Ok(Answer(journey.named(&*app.hub.names_for(Vec::new()))))
}

/// What a list may be narrowed by.
#[derive(Deserialize)]
pub(super) struct Narrowed {
    state: Option<String>,
    ending: Option<String>,
    search: Option<String>,
    after: Option<String>,
}

impl FromRequestParts<App> for Narrowed {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let read = Query::from_request_parts(parts, app).await;
        let Query(narrowed) = read.map_err(|_| {
            let sentence = "the query cannot be read; each of its names is said once";
            Refusal::new(StatusCode::BAD_REQUEST, "malformed", sentence)
        })?;
        Ok(narrowed)
    }
}

impl Narrowed {
    fn state(&self) -> Result<Option<OrderState>, Refusal> {
        let Some(name) = self.state.as_deref() else {
            return Ok(None);
        };
        let found = OrderState::ALL
            .into_iter()
            .find(|state| state.name() == name);
        found.map(Some).ok_or_else(|| {
            let names: Vec<&str> = OrderState::ALL.iter().map(|state| state.name()).collect();
            invalid_field("state", format!("one of {}", names.join(", ")))
        })
    }
    fn ending(&self) -> Result<Option<EndedHow>, Refusal> {
        let Some(name) = self.ending.as_deref() else {
            return Ok(None);
        };
        let found = EndedHow::ALL.into_iter().find(|how| how.name() == name);
        found.map(Some).ok_or_else(|| {
            let names: Vec<&str> = EndedHow::ALL.iter().map(|how| how.name()).collect();
            invalid_field("ending", format!("one of {}", names.join(", ")))
        })
    }
    fn search(&self) -> Result<Option<Search>, Refusal> {
        let Some(text) = self.search.as_deref().map(str::trim) else {
            return Ok(None);
        };
        let order = || text.parse().map(Search::Order);
        let search = text.parse().map(Search::Ticket).or_else(|_| order());
        search
            .map(Some)
            .map_err(|_| invalid_field("search", "a ticket's number, or an order's identifier"))
    }
    fn after(&self) -> Result<Option<OrderId>, Refusal> {
        let after = self.after.as_deref().map(str::parse).transpose();
        after.map_err(|_| invalid_field("after", "not a cursor: take `next` of the page before"))
    }
}

pub(super) async fn own(
    State(app): State<App>,
    By(session, ..): By<Customers>,
    narrowed: Narrowed,
) -> Result<Answer<OrderPage>, Refusal> {
    let shops = app.hub.shops().into_iter();
    let own = |shop: ShopId| {
        let own: Vec<_> = pseudonyms(&app, &session.who, &shop).collect();
        own.into_iter().map(move |own| (shop.clone(), own))
    };
    let pseudonyms = shops.flat_map(own).collect();
    let page = app.reader.orders_of(pseudonyms, narrowed.after()?).await?;
    Ok(Answer(shown(&app, page, None)))
}

pub(super) async fn of_shop(
    State(app): State<App>,
    at: At<Counter>,
    narrowed: Narrowed,
) -> Result<Answer<OrderPage>, Refusal> {
    let (state, after) = (narrowed.state()?, narrowed.after()?);
    let (ending, search) = (narrowed.ending()?, narrowed.search()?);
    if ending.is_some() || search.is_some() {
        let how = ending.unwrap_or(EndedHow::Any);
        let page = app.reader.orders_over(at.shop, how, search, after).await?;
        return Ok(Answer(shown(&app, page, Some(state.or(how.state())))));
    }
    if let Some(state) = state.filter(|state| !state.ended()) {
        return Ok(Answer(alive(&app, &at.shop, state, after)));
    }
    let page = app.reader.orders_at(at.shop, state, after).await?;
    Ok(Answer(shown(&app, page, Some(state))))
}

/// A page of rows, with what memory knows better: a living order's row is that of its beginning.
/// `of_state` is none for customers, who see their own orders; staff may ask for one state.
fn shown(app: &App, page: Page, of_state: Option<Option<OrderState>>) -> OrderPage {
    let orders = page.orders.into_iter().map(|stored| {
        let audience = match of_state {
            None => Audience::Customer,
            Some(_) => Audience::Staff,
        };
        let live = app.hub.order_seen_by(stored.view.order, audience);
        let order = live.unwrap_or_else(|| match audience {
            Audience::Customer => stored.view.for_customer(),
            Audience::Staff => stored.view,
        });
        let shop = stored.shop;
        OrderAnswer { shop, order }
    });
    let wanted = of_state.flatten();
    OrderPage {
        orders: orders
            .filter(|o| wanted.is_none_or(|state| o.order.state == state))
            .collect(),
        next: page.next.map(|order| order.to_string()),
    }
}

/// How many orders are on a page of living ones, as on every other.
const PAGE: usize = 50;

fn alive(app: &App, shop: &ShopId, state: OrderState, after: Option<OrderId>) -> OrderPage {
    let mut orders = app.hub.orders_in(shop, state);
    orders.retain(|live| after.is_none_or(|after| live.for_staff.order < after));
    let more = orders.len() > PAGE;
    orders.truncate(PAGE);
    let next = orders.last().filter(|_| more);
    let next = next.map(|live| live.for_staff.order.to_string());
    let orders = orders.into_iter().map(|live| OrderAnswer {
        shop: live.shop,
        order: live.for_staff,
    });
    OrderPage {
        orders: orders.collect(),
        next,
    }
}
