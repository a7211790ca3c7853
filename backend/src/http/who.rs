//! Who asks, and whether they may: a handler states it in its arguments, and cannot forget it.
//!
//! [`At`] and [`Near`] are for routes below `/v1/shops/{shop}`, [`On`] for those below
//! `/v1/orders/{order}`; all take a [`Rule`]. Whoever may not know of an order is told that there is none.

use super::events::secret;
use super::leave::{Asking, Leave};
use super::refusal::Refusal;
use super::roles::{Leads, Operators, Rule};
use crate::app::App;
use crate::bus::{self, Source};
use crate::identity::{Session, pseudonym};
use crate::journal::StoredOrder;
use crate::limits::Kind;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use presso_core::api::{RuleScope, Who};
use presso_core::board::{Audience, OrderView};
use presso_core::id::{CustomerId, OrderId, ShopId};
use presso_core::order::Actor;
use presso_core::workflow::Rejection;
use std::convert::Infallible;
use std::marker::PhantomData;
use uuid::Uuid;

/// A session that a rule admits, on a route about no shop or order.
pub(super) struct By<R>(pub(super) Session, pub(super) PhantomData<R>);

impl<R: Rule> FromRequestParts<App> for By<R> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let session = session(parts, app)?;
        admitted::<R>(&session)?;
        Ok(Self(session, PhantomData))
    }
}

impl<R: Rule> By<R> {
    /// To be asked again where something is written.
    pub(super) fn leave(&self) -> Leave {
        Leave::of::<R>(self.0.family)
    }
}

/// Whether a session that a rule admits asks, on a route that anyone may ask.
pub(super) struct Asks<R>(pub(super) bool, pub(super) PhantomData<R>);

impl<R: Rule> FromRequestParts<App> for Asks<R> {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let session = session(parts, app).ok();
        let admitted = session.is_some_and(|session| R::admits(&session.who));
        Ok(Self(admitted, PhantomData))
    }
}

/// A session that a rule admits, at a shop, to look at it.
pub(super) struct Near<R> {
    /// The shop; it exists, and is the session's own where it has one.
    pub(super) shop: ShopId,
    /// The session; the operator's tokens have none.
    pub(super) family: Option<Uuid>,
    rule: PhantomData<R>,
}

impl<R: Rule> FromRequestParts<App> for Near<R> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let (session, shop) = session_at::<R>(parts, app).await?;
        let (family, rule) = (session.family, PhantomData);
        Ok(Self { shop, family, rule })
    }
}

/// A session that a rule admits, at a shop, to do something there.
pub(super) struct At<R> {
    /// The shop; it exists, and is the session's own where it has one.
    pub(super) shop: ShopId,
    /// In the workflow.
    pub(super) actor: Actor,
    /// The session; the operator's tokens have none.
    pub(super) family: Option<Uuid>,
    /// To be asked again where something is written.
    pub(super) leave: Leave,
    rule: PhantomData<R>,
}

impl<R: Rule> FromRequestParts<App> for At<R> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let (session, shop) = session_at::<R>(parts, app).await?;
        let actor = actor(app, &session.who, &shop).ok_or(Rejection::NotAllowed)?;
        let (family, rule) = (session.family, PhantomData);
        Ok(Self {
            shop,
            actor,
            family,
            leave: Leave::of::<R>(family),
            rule,
        })
    }
}

async fn session_at<R: Rule>(parts: &mut Parts, app: &App) -> Result<(Session, ShopId), Refusal> {
    let session = session(parts, app)?;
    let shop = shop_in_path(parts, app).await?;
    admitted::<R>(&session)?;
    match &session.who {
        Who::Staff { shop: own, .. } | Who::Display { shop: own } if *own != shop => {
            Err(Refusal::not_allowed())
        }
        _ => Ok((session, shop)),
    }
}

/// Who may change the rules of the bus that the path names: whoever runs the shop, and the command
/// beside the server, which alone has those for every shop.
pub(super) struct Ruling {
    /// Whose events the rules see.
    pub(super) scope: RuleScope,
    /// Is it the command?
    pub(super) is_operator: bool,
    /// To be asked again where something is written.
    pub(super) leave: Leave,
}

impl FromRequestParts<App> for Ruling {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let every = RuleScope::EveryShop;
        let named = in_path(parts, app, "shop").await.unwrap_or_default();
        let (session, scope) = if named == every.as_str() {
            let session = session(parts, app)?;
            admitted::<Operators>(&session)?;
            (session, every)
        } else {
            let (session, shop) = session_at::<Leads>(parts, app).await?;
            (session, RuleScope::Shop(shop))
        };
        let is_operator = Operators::admits(&session.who);
        let leave = Leave::of::<Leads>(session.family);
        Ok(Self {
            scope,
            is_operator,
            leave,
        })
    }
}

/// A source whose key the request carries, at the shop that the path names. No session stands in for
/// a key, and a key for no session.
pub(super) struct Outside(pub(super) Source);

impl FromRequestParts<App> for Outside {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let hash = secret(bearer(parts)).map(|secret| secret.hash().0);
        let none = || no_session("this needs a source's key");
        let hash = hash.ok_or_else(none)?;
        let found = app.reader.query(move |db| bus::source(db, &hash)).await?;
        let source = found.ok_or_else(none)?;
        app.count(Kind::Events, app.limiter.account(source.id))?;
        if shop_in_path(parts, app).await? != source.shop {
            return Err(Refusal::not_allowed());
        }
        parts.extensions.insert(Principal(source.id));
        Ok(Self(source))
    }
}

/// A session that a rule admits, and an order that it may know of.
pub(super) struct On<R> {
    /// The order's shop.
    pub(super) shop: ShopId,
    /// The order.
    pub(super) order: OrderId,
    /// In the workflow.
    pub(super) actor: Actor,
    /// As whom the session sees it.
    pub(super) audience: Audience,
    /// To be asked again where something is written.
    pub(super) leave: Leave,
    known: Known,
    rule: PhantomData<R>,
}

impl<R> On<R> {
    /// The order as the session sees it.
    pub(super) async fn view(self, app: &App) -> Result<OrderView, Refusal> {
        self.known.seen_by(app, self.audience).await
    }
}

impl<R: Rule> FromRequestParts<App> for On<R> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let session = session(parts, app)?;
        let order = in_path(parts, app, "order").await;
        let order = order.and_then(|text| text.parse::<OrderId>().ok());
        let order = order.ok_or(Rejection::OrderUnknown)?;
        let known = Known::find(app, order)
            .await?
            .ok_or(Rejection::OrderUnknown)?;
        let audience = known
            .audience(app, &session.who)
            .ok_or(Rejection::OrderUnknown)?;
        admitted::<R>(&session)?;
        let actor = actor(app, &session.who, &known.shop).ok_or(Rejection::NotAllowed)?;
        Ok(Self {
            shop: known.shop.clone(),
            order,
            actor,
            audience,
            leave: Leave::of::<R>(session.family),
            known,
            rule: PhantomData,
        })
    }
}

/// An order, alive or long over.
pub(super) struct Known {
    /// Its shop.
    pub(super) shop: ShopId,
    order: OrderId,
    customer: CustomerId,
    /// As staff see it, where it was read from disk.
    over: Option<OrderView>,
}

impl Known {
    /// Finds it, in memory or on disk.
    pub(super) async fn find(app: &App, order: OrderId) -> Result<Option<Self>, Refusal> {
        if let Some((shop, customer)) = app.hub.whose(order) {
            return Ok(Some(Self {
                shop,
                order,
                customer,
                over: None,
            }));
        }
        Ok(app.reader.order(order).await?.map(Self::from))
    }
    /// As whom this session sees it; none when it may not know of it.
    pub(super) fn audience(&self, app: &App, who: &Who) -> Option<Audience> {
        match who {
            Who::Guest { .. } => {
                let own = pseudonyms(app, who, &self.shop).any(|own| own == self.customer);
                own.then_some(Audience::Customer)
            }
            Who::Staff { shop, .. } => (*shop == self.shop).then_some(Audience::Staff),
            Who::Organiser { .. } | Who::Operator => Some(Audience::Staff),
            Who::Display { .. } => None,
        }
    }
    /// As this audience sees it.
    pub(super) async fn seen_by(self, app: &App, audience: Audience) -> Result<OrderView, Refusal> {
        let for_staff = match self.over {
            Some(view) => view,
            None => match app.hub.order_seen_by(self.order, audience) {
                Some(view) => return Ok(view),
                // Its shop forgot it just now: it is on disk.
                None => match app.reader.order(self.order).await? {
                    Some(stored) => stored.view,
                    None => return Err(Rejection::OrderUnknown.into()),
                },
            },
        };
        Ok(match audience {
            Audience::Customer => for_staff.for_customer(),
            Audience::Staff => for_staff,
        })
    }
}

impl From<StoredOrder> for Known {
    fn from(stored: StoredOrder) -> Self {
        Self {
            shop: stored.shop,
            order: stored.view.order,
            customer: stored.customer,
            over: Some(stored.view),
        }
    }
}

/// Whom an idempotency key belongs to.
#[derive(Clone, Copy)]
pub(super) struct Principal(pub(super) Uuid);

impl Principal {
    fn of(who: &Who) -> Self {
        Self(match who {
            Who::Guest { account, .. } => *account,
            Who::Staff { staff, .. } | Who::Organiser { staff, .. } => staff.0,
            // Neither has commands that another of its kind may not repeat.
            Who::Display { .. } | Who::Operator => Uuid::nil(),
        })
    }
}

/// The session of a request: its token must be good.
fn session(parts: &mut Parts, app: &App) -> Result<Session, Refusal> {
    let token = bearer(parts);
    if token.is_empty() {
        return Err(no_session("this needs a session: send its access token"));
    }
    let verified = app.sessions.verify(token, app.clock.now());
    let session = verified.map_err(|_| renew())?;
    if let Some(account) = account(&session) {
        app.count(Kind::Account, app.limiter.account(account))?;
    }
    parts.extensions.insert(Principal::of(&session.who));
    parts.extensions.insert(Asking(session.clone()));
    // A tablet whose socket is held up by the network is not silent while it asks.
    if let Some((_, tablet)) = session.who.member() {
        app.engine.heard(tablet);
    }
    Ok(session)
}

/// What the request brings as its bearer; empty where it brings nothing.
fn bearer(parts: &Parts) -> &str {
    let header = parts.headers.get(header::AUTHORIZATION);
    let text = header.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (scheme, token) = text.split_once(' ').unwrap_or_default();
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    if is_bearer { token.trim() } else { "" }
}

/// Whose requests are counted together. The command's are not: who holds the server's key need not
/// be kept from anything.
fn account(session: &Session) -> Option<Uuid> {
    match &session.who {
        Who::Guest { account, .. } => Some(*account),
        Who::Staff { staff, .. } | Who::Organiser { staff, .. } => Some(staff.0),
        Who::Display { .. } => session.family,
        Who::Operator => None,
    }
}

/// 401: there is no session, or it is over.
pub(super) fn no_session(sentence: &str) -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, "session", sentence)
}

/// 401: their token says what is not so any more.
pub(super) fn renew() -> Refusal {
    no_session("the access token is not good (any more)")
}

fn admitted<R: Rule>(session: &Session) -> Result<(), Refusal> {
    if R::admits(&session.who) {
        Ok(())
    } else {
        Err(Refusal::not_allowed())
    }
}

fn actor(app: &App, who: &Who, shop: &ShopId) -> Option<Actor> {
    match who {
        Who::Guest { .. } => Some(Actor::Customer {
            customer: pseudonyms(app, who, shop).next()?,
            verified: who.verified_at(shop).is_some(),
        }),
        _ => who.actor(),
    }
}

/// Under which pseudonyms a shop knows a customer: as whom they act first. What they did before they
/// signed in stays theirs to see.
pub(super) fn pseudonyms(
    app: &App,
    who: &Who,
    shop: &ShopId,
) -> impl Iterator<Item = CustomerId> + use<> {
    known_as(app, who, shop).map(|(_, customer)| customer)
}

/// The same, each with the account that it is of.
pub(super) fn known_as(
    app: &App,
    who: &Who,
    shop: &ShopId,
) -> impl Iterator<Item = (Uuid, CustomerId)> + use<> {
    let guest = match who {
        Who::Guest { account, .. } => Some(*account),
        _ => None,
    };
    let signed_in = who.verified_at(shop);
    let guest = guest.filter(|guest| Some(*guest) != signed_in);
    let accounts = [signed_in, guest].into_iter().flatten();
    let secret = app.hub.secret(shop);
    accounts.filter_map(move |account| Some((account, pseudonym(secret.as_ref()?, account))))
}

/// A piece of the path, by its name in the route.
pub(super) async fn in_path(parts: &mut Parts, app: &App, name: &str) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, app).await.ok()?;
    params
        .iter()
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

async fn shop_in_path(parts: &mut Parts, app: &App) -> Result<ShopId, Refusal> {
    let text = in_path(parts, app, "shop").await.unwrap_or_default();
    let shop = ShopId::parse(&text).map_err(|_| Rejection::ShopUnknown)?;
    if app.hub.secret(&shop).is_none() {
        return Err(Rejection::ShopUnknown.into());
    }
    Ok(shop)
}

/// A shop that exists, for routes that anyone may ask.
pub(super) struct Shop(pub(super) ShopId);

impl FromRequestParts<App> for Shop {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        shop_in_path(parts, app).await.map(Self)
    }
}
