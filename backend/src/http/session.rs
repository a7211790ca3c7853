//! `/v1/session` and links: how guests, staff and screens get in, stay in and get out.

use super::body::{Answer, Json};
use super::name::checked;
use super::refusal::Refusal;
use super::roles::Leads;
use super::staff::{Fresh, created, invite};
use super::who::{At, no_session};
use crate::app::App;
use crate::identity::{self, Hash, NewFamily, Secret, Write, Written};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use presso_core::api::{
    InvitedAnswer, LinkAnswer, LinkBody, LinkFor, Nothing, RedeemLinkBody, RefreshBody, Tokens, Who,
};
use presso_core::id::{StaffId, TabletId};
use presso_core::order::StaffRole;
use uuid::Uuid;

pub(super) async fn begin_guest(
    State(app): State<App>,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Answer<Tokens>, Refusal> {
    let account = app.fresh_id();
    let who = Who::guest(account);
    let (family, refresh) = app.fresh_family();
    let id = family.id;
    let written = app.write(Write::Begin { who, family }).await?;
    tokens(&app, id, &refresh, written)
}

/// A link lets in once. Whoever lost the answer asks for another link: letting in again for a
/// moment would let in whoever looked over one's shoulder, too.
pub(super) async fn redeem_link(
    State(app): State<App>,
    Json(body): Json<RedeemLinkBody>,
) -> Result<Answer<Tokens>, Refusal> {
    let secret = Secret::parse(&body.secret).ok_or_else(link_unknown)?.hash();
    let (family, refresh) = app.fresh_family();
    let id = family.id;
    let write = Write::RedeemLink {
        secret,
        staff: StaffId(app.fresh_id()),
        tablet: TabletId(app.fresh_id()),
        family,
    };
    let written = app.write(write).await?;
    tokens(&app, id, &refresh, written)
}

pub(super) async fn refresh(
    State(app): State<App>,
    Json(body): Json<RefreshBody>,
) -> Result<Answer<Tokens>, Refusal> {
    let Refresh { family, secret } = Refresh::parse(&body.refresh)?;
    let now = app.clock.now();
    let successors = app.sessions.successors(family, &secret, now);
    let write = Write::Rotate {
        family,
        presented: secret.hash(),
        successors: successors.iter().map(Secret::hash).collect(),
        made: app.sessions.made(family, &secret, now),
    };
    let written = app.write(write).await?;
    let nth = match &written {
        Written::Repeated { nth, .. } => *nth,
        _ => 0,
    };
    let successor = successors.get(nth).ok_or_else(session_over)?;
    tokens(&app, family, successor, written)
}

pub(super) async fn end(
    State(app): State<App>,
    Json(body): Json<RefreshBody>,
) -> Result<Answer<Nothing>, Refusal> {
    let Refresh { family, secret } = Refresh::parse(&body.refresh)?;
    let presented = secret.hash();
    match app.write(Write::End { family, presented }).await? {
        Written::EndedAll(_) => Ok(Answer(Nothing {})),
        _ => Err(session_over()),
    }
}

pub(super) async fn create_link(
    State(app): State<App>,
    at: At<Leads>,
    Json(body): Json<LinkBody>,
) -> Result<Response, Refusal> {
    let role = match body.link_for {
        LinkFor::Barista => StaffRole::Barista,
        LinkFor::Manager => StaffRole::Manager,
        LinkFor::Display => {
            let Fresh { secret, expires_at } = app.fresh_link();
            let write = Write::AddLink {
                secret: secret.hash(),
                shop: at.shop,
                expires_at,
            };
            app.write_as(at.leave, write).await?;
            let link = app.link("display", &secret);
            return Ok(created(LinkAnswer { link, expires_at }));
        }
    };
    let name = checked(&body.name.unwrap_or_default())?;
    let InvitedAnswer {
        link, expires_at, ..
    } = invite(&app, at.leave, Some(at.shop), (role, name)).await?;
    Ok(created(LinkAnswer { link, expires_at }))
}

/// What came of a write, as tokens where a session goes on.
pub(super) fn tokens(
    app: &App,
    family: Uuid,
    refresh: &Secret,
    written: Written,
) -> Result<Answer<Tokens>, Refusal> {
    let gone = |code, sentence: &str| Err(Refusal::new(StatusCode::GONE, code, sentence));
    match written {
        Written::Session { who, name } | Written::Repeated { who, name, .. } => {
            let now = app.clock.now();
            let (access, session) = app.sessions.issue(who, Some(family), now);
            // Somebody may have put them out since: then nothing is handed over.
            if !app.sessions.stands(&session) {
                return Err(session_over());
            }
            Ok(Answer(Tokens {
                access,
                access_expires_at: session.expires_at,
                refresh: Refresh::text(family, refresh),
                who: session.who,
                name,
            }))
        }
        Written::LinkUsed => gone("link_used", "somebody came in by this link already"),
        Written::LinkExpired => gone("link_expired", "this link has expired"),
        Written::LinkUnknown => Err(link_unknown()),
        Written::SessionOver
        | Written::Switched { .. }
        | Written::Reused(_)
        | Written::EndedAll(_)
        | Written::LinkAdded
        | Written::StaffUnknown
        | Written::Leads
        | Written::RoleChanged => Err(session_over()),
    }
}

fn link_unknown() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "link_unknown",
        "there is no such link",
    )
    .at("secret")
}
fn session_over() -> Refusal {
    no_session("this session is over; begin a new one")
}

/// A refresh token: which session, and its secret.
struct Refresh {
    family: Uuid,
    secret: Secret,
}

impl Refresh {
    fn text(family: Uuid, secret: &Secret) -> String {
        let bytes = [&family.as_bytes()[..], &secret.0].concat();
        URL_SAFE_NO_PAD.encode(bytes)
    }
    fn parse(text: &str) -> Result<Self, Refusal> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let bytes: Option<[u8; 48]> = bytes.and_then(|bytes| bytes.try_into().ok());
        let bytes = bytes.ok_or_else(session_over)?;
        let (mut family, mut secret) = ([0; 16], [0; 32]);
        family.copy_from_slice(&bytes[..16]);
        secret.copy_from_slice(&bytes[16..]);
        Ok(Self {
            family: Uuid::from_bytes(family),
            secret: Secret(secret),
        })
    }
}

impl App {
    pub(super) fn fresh_secret(&self) -> Secret {
        let mut bytes = [0; 32];
        self.secrets.lock().fill(&mut bytes);
        Secret(bytes)
    }
    pub(super) fn fresh_id(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.secrets.lock().fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
    pub(super) fn fresh_family(&self) -> (NewFamily, Secret) {
        let id = self.fresh_id();
        let mut random = [0; 16];
        self.secrets.lock().fill(&mut random);
        let secret = self.sessions.first_refresh(id, random);
        let refresh: Hash = secret.hash();
        (NewFamily { id, refresh }, secret)
    }
    /// As [`crate::identity::Sessions::rotate_keys`].
    pub(super) fn rotate_keys(&self, at_once: bool) -> Result<Vec<String>, identity::KeyError> {
        let Secret(seed) = self.fresh_secret();
        let now = self.clock.now();
        self.sessions.rotate_keys(&self.data, &seed, now, at_once)
    }
}
