//! `/v1/shops/{shop}/staff` and `/v1/organisers`: who works here, said by who runs it.

use super::body::{Answer, Json};
use super::leave::Leave;
use super::name::checked;
use super::refusal::Refusal;
use super::roles::{Leads, Operators};
use super::who::{At, By, in_path};
use crate::app::App;
use crate::identity::{Member, Secret, Write, Written, staff_of};
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use presso_core::api::{
    ChangeStaffBody, InviteOrganiserBody, InviteStaffBody, InvitedAnswer, LinkAnswer, Nothing,
    StaffAnswer, StaffView,
};
use presso_core::id::{ShopId, StaffId};
use presso_core::order::{Actor, StaffRole};
use presso_core::time::Timestamp;
use serde::Serialize;

/// How long a link waits to be opened, seconds.
const LINK_S: u32 = 86_400;

pub(super) async fn list(
    State(app): State<App>,
    at: At<Leads>,
) -> Result<Answer<StaffAnswer>, Refusal> {
    listed(&app, Some(at.shop), oneself(&at.actor)).await
}

pub(super) async fn list_organisers(
    State(app): State<App>,
    By(..): By<Operators>,
) -> Result<Answer<StaffAnswer>, Refusal> {
    listed(&app, None, None).await
}

async fn listed(
    app: &App,
    shop: Option<ShopId>,
    asks: Option<StaffId>,
) -> Result<Answer<StaffAnswer>, Refusal> {
    let now = app.clock.now();
    let read = move |db: &rusqlite::Connection| staff_of(db, shop.as_ref(), now);
    let found = app.reader.query(read).await?;
    let view = |member: Member| StaffView {
        current: asks == Some(member.staff),
        staff: member.staff,
        name: member.name,
        role: member.role,
        joined: member.joined,
        has_pin: member.has_pin,
        link_until: member.link_until,
    };
    let staff = found.into_iter().map(view).collect();
    Ok(Answer(StaffAnswer { staff }))
}

pub(super) async fn invite_one(
    State(app): State<App>,
    at: At<Leads>,
    Json(body): Json<InviteStaffBody>,
) -> Result<Response, Refusal> {
    let role = of_a_shop(body.role)?;
    let name = checked(&body.name)?;
    let invited = invite(&app, at.leave, Some(at.shop), (role, name)).await?;
    Ok(created(invited))
}

pub(super) async fn invite_organiser(
    State(app): State<App>,
    by: By<Operators>,
    Json(body): Json<InviteOrganiserBody>,
) -> Result<Response, Refusal> {
    let name = checked(&body.name)?;
    let InvitedAnswer {
        link, expires_at, ..
    } = invite(&app, by.leave(), None, (StaffRole::Organiser, name)).await?;
    Ok(created(LinkAnswer { link, expires_at }))
}

pub(super) async fn link_again(
    State(app): State<App>,
    at: At<Leads>,
    Named(staff): Named,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Response, Refusal> {
    let by = match at.actor {
        Actor::Staff {
            staff,
            role: StaffRole::Manager,
            ..
        } => Some(staff),
        _ => None,
    };
    another_link(&app, at.leave, Some(at.shop), (by, staff)).await
}

pub(super) async fn link_organiser_again(
    State(app): State<App>,
    by: By<Operators>,
    Named(staff): Named,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Response, Refusal> {
    another_link(&app, by.leave(), None, (None, staff)).await
}

async fn another_link(
    app: &App,
    leave: Leave,
    shop: Option<ShopId>,
    (by, staff): (Option<StaffId>, StaffId),
) -> Result<Response, Refusal> {
    let Fresh { secret, expires_at } = app.fresh_link();
    let write = Write::LinkAgain {
        shop,
        by,
        staff,
        secret: secret.hash(),
        expires_at,
    };
    match app.write_as(leave, write).await? {
        Written::LinkAdded => {
            let link = app.link("barista", &secret);
            Ok(created(LinkAnswer { link, expires_at }))
        }
        Written::Leads => {
            let sentence = "whoever opens a manager's link is that manager: \
                an organiser or the presso command makes them another";
            Err(Refusal::new(
                StatusCode::CONFLICT,
                "manager_joined",
                sentence,
            ))
        }
        _ => Err(unknown()),
    }
}

pub(super) async fn change(
    State(app): State<App>,
    at: At<Leads>,
    Named(staff): Named,
    Json(body): Json<ChangeStaffBody>,
) -> Result<Answer<Nothing>, Refusal> {
    let role = of_a_shop(body.role)?;
    somebody_else(&at.actor, staff)?;
    let shop = at.shop;
    let write = Write::ChangeRole { shop, staff, role };
    match app.write_as(at.leave, write).await? {
        Written::RoleChanged => Ok(Answer(Nothing {})),
        _ => Err(unknown()),
    }
}

pub(super) async fn remove(
    State(app): State<App>,
    at: At<Leads>,
    Named(staff): Named,
) -> Result<Answer<Nothing>, Refusal> {
    somebody_else(&at.actor, staff)?;
    put_out(&app, at.leave, Some(at.shop), staff).await
}

pub(super) async fn remove_organiser(
    State(app): State<App>,
    by: By<Operators>,
    Named(staff): Named,
) -> Result<Answer<Nothing>, Refusal> {
    put_out(&app, by.leave(), None, staff).await
}

async fn put_out(
    app: &App,
    leave: Leave,
    shop: Option<ShopId>,
    staff: StaffId,
) -> Result<Answer<Nothing>, Refusal> {
    let write = Write::Remove { shop, staff };
    match app.write_as(leave, write).await? {
        Written::EndedAll(_) => Ok(Answer(Nothing {})),
        _ => Err(unknown()),
    }
}

/// One more of the staff, and the link that lets them in.
pub(super) async fn invite(
    app: &App,
    leave: Leave,
    shop: Option<ShopId>,
    (role, name): (StaffRole, String),
) -> Result<InvitedAnswer, Refusal> {
    let (staff, Fresh { secret, expires_at }) = (StaffId(app.fresh_id()), app.fresh_link());
    let write = Write::Invite {
        shop,
        staff,
        role,
        name,
        secret: secret.hash(),
        expires_at,
    };
    app.write_as(leave, write).await?;
    let link = app.link("barista", &secret);
    Ok(InvitedAnswer {
        staff,
        link,
        expires_at,
    })
}

pub(super) fn created(answer: impl Serialize) -> Response {
    (StatusCode::CREATED, Answer(answer)).into_response()
}

/// A link's secret, and until when it lets in.
pub(super) struct Fresh {
    pub(super) secret: Secret,
    pub(super) expires_at: Timestamp,
}

impl App {
    pub(super) fn fresh_link(&self) -> Fresh {
        Fresh {
            secret: self.fresh_secret(),
            expires_at: self.clock.now().plus_s(LINK_S),
        }
    }
    /// The secret stands in the fragment, which browsers do not send.
    pub(super) fn link(&self, page: &str, secret: &Secret) -> String {
        format!("{}/{page}#k={}", self.public_url, secret.text())
    }
}

/// Nobody becomes an organiser by way of a shop.
fn of_a_shop(role: StaffRole) -> Result<StaffRole, Refusal> {
    match role {
        StaffRole::Barista | StaffRole::Manager => Ok(role),
        StaffRole::Organiser => {
            let sentence = "a shop has baristas and managers";
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Err(Refusal::new(status, "invalid_field", sentence).at("role"))
        }
    }
}

/// So that a shop is never without a manager by mistake: another one says so.
fn somebody_else(actor: &Actor, staff: StaffId) -> Result<(), Refusal> {
    if oneself(actor) == Some(staff) {
        let sentence = "one does not remove oneself, or take one's own role; another manager does";
        return Err(Refusal::new(StatusCode::CONFLICT, "oneself", sentence));
    }
    Ok(())
}

const fn oneself(actor: &Actor) -> Option<StaffId> {
    match actor {
        Actor::Staff { staff, .. } => Some(*staff),
        Actor::Customer { .. } | Actor::Clock | Actor::Operator => None,
    }
}

pub(super) fn unknown() -> Refusal {
    let sentence = "there is no such member of staff here";
    Refusal::new(StatusCode::NOT_FOUND, "staff_unknown", sentence)
}

/// The member of staff that the path names.
pub(super) struct Named(pub(super) StaffId);

impl FromRequestParts<App> for Named {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let text = in_path(parts, app, "staff").await;
        let id = text.and_then(|text| text.parse().ok());
        id.map(Self).ok_or_else(unknown)
    }
}
