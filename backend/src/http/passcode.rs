//! `/v1/session/code` and `/v1/session/verify`: a customer shows that a number or an address is
//! theirs. Why it is so, and what it keeps from whom: docs/decisions/0011-one-time-codes.md.

use super::body::{Answer, Json};
use super::refusal::Refusal;
use super::roles::Customers;
use super::who::{By, no_session};
use crate::app::App;
use crate::engine::Request;
use crate::identity::passcode::{
    Asked, Asker, Checked, PASSCODE_S, RESEND_S, ask as note, check, sign_in,
};
use crate::identity::{Session, pseudonym};
use crate::passcodes::{Letter, NotServed};
use crate::{config, push};
use axum::extract::State;
use axum::http::StatusCode;
use presso_core::api::{
    AskPasscodeBody, Nothing, PASSCODE_DIGITS, PasscodeAnswer, Problem, VerifyPasscodeBody,
};
use presso_core::contact::Contact;
use presso_core::id::ShopId;
use presso_core::order::Actor;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Rejection};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// Asks for a code. Nothing here depends on whether the number is known, and sending it is nothing
/// that anybody waits for.
pub(super) async fn ask(
    State(app): State<App>,
    By(session, _): By<Customers>,
    Json(body): Json<AskPasscodeBody>,
) -> Result<Answer<PasscodeAnswer>, Refusal> {
    let (asker, to) = asker(&app, &session, body.shop, &body.to)?;
    let sender = app.passcodes.sender(&to).map_err(not_served)?;
    let settings = app.hub.settings(&asker.shop);
    let settings = settings.ok_or(Rejection::ShopUnknown)?;
    let now = app.clock.now();
    let code = app.fresh_passcode();
    let hash = app.passcodes.key.hash(asker.family, &asker.marks, &code);
    let caps = app.passcodes.caps;
    let noted = app
        .engine
        .write(move |db| note(db, &asker, hash, caps, now));
    let sent_at = match noted.await? {
        Asked::Send => {
            let letter = Letter {
                to,
                shop: settings.name,
                languages: settings.languages,
                host: config::domain(&app.public_url).to_owned(),
                code,
                until: Instant::now() + Duration::from_secs(u64::from(PASSCODE_S)),
            };
            app.passcodes.send(sender, letter);
            now
        }
        Asked::OnItsWay { sent_at } => sent_at,
        Asked::TooSoon { until } => {
            let sentence = "a code was sent there a moment ago; wait as long as Retry-After says";
            return Err(too_often("passcode_too_soon", sentence, until, now));
        }
        Asked::NumberSpent { until } => {
            let sentence = "no more codes are sent there today";
            return Err(too_often("passcode_number_spent", sentence, until, now));
        }
        Asked::DaySpent { until } => {
            tracing::warn!("no more one-time codes are sent today: see [passcodes]");
            let sentence = "no more codes are sent today";
            return Err(too_often("passcode_day_spent", sentence, until, now));
        }
        Asked::SessionOver => return Err(session_over()),
    };
    Ok(Answer(PasscodeAnswer {
        expires_at: sent_at.plus_s(PASSCODE_S),
        resend_at: sent_at.plus_s(RESEND_S),
    }))
}

/// Signs in. Either all of it is done or the session is as it was: what is alive of the guest's goes
/// along, within the shop's limits.
pub(super) async fn verify(
    State(app): State<App>,
    By(session, _): By<Customers>,
    Json(body): Json<VerifyPasscodeBody>,
) -> Result<Answer<Nothing>, Refusal> {
    let (asker, _) = asker(&app, &session, body.shop, &body.to)?;
    let digits: String = body.code.split_whitespace().collect();
    if digits.len() != PASSCODE_DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let sentence = "a one-time code has 6 digits";
        return Err(Refusal::new(status, "passcode_malformed", sentence).at("code"));
    }
    let now = app.clock.now();
    let hash = app.passcodes.key.hash(asker.family, &asker.marks, &digits);
    let (family, shop) = (asker.family, asker.shop.clone());
    let checked = app.engine.write(move |db| check(db, &asker, hash, now));
    let (guest, account) = match checked.await? {
        Checked::Right { guest, account } => (guest, account),
        refused => return Err(refusal(&refused, now)),
    };
    hand_over(&app, &shop, guest, account).await?;
    let secret = app.hub.secret(&shop).ok_or(Rejection::ShopUnknown)?;
    let customer = pseudonym(&secret, account);
    let signed_in = app.engine.write(move |db| {
        push::belongs_to(db, family, &shop, customer)?;
        sign_in(db, family, &shop, account, now)
    });
    match signed_in.await? {
        true => Ok(Answer(Nothing {})),
        false => Err(session_over()),
    }
}

/// What the guest has in hand at the shop is the account's from now on.
async fn hand_over(app: &App, shop: &ShopId, guest: Uuid, account: Uuid) -> Result<(), Refusal> {
    if guest == account {
        return Ok(());
    }
    let secret = app.hub.secret(shop).ok_or(Rejection::ShopUnknown)?;
    let actor = Actor::guest(pseudonym(&secret, guest));
    let to = pseudonym(&secret, account);
    let request = Request::new(shop.clone(), actor, Command::HandOver { to });
    app.engine.command(request).await?;
    Ok(())
}

fn asker(
    app: &App,
    session: &Session,
    shop: ShopId,
    to: &str,
) -> Result<(Asker, Contact), Refusal> {
    let family = session.family.ok_or_else(session_over)?;
    app.hub.secret(&shop).ok_or(Rejection::ShopUnknown)?;
    let contact = Contact::parse(to).map_err(|bad| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Refusal::new(status, "bad_contact", bad.to_string()).at("to")
    })?;
    let marks = app.passcodes.key.marks(&shop, &contact);
    let asker = Asker {
        family,
        shop,
        marks,
    };
    Ok((asker, contact))
}

fn session_over() -> Refusal {
    no_session("this session is over; begin a new one")
}

fn not_served(why: NotServed) -> Refusal {
    let of = |status, code, sentence| Refusal::new(status, code, sentence).at("to");
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    match why {
        NotServed::Off => {
            let sentence = "this server sends no one-time codes";
            Refusal::new(StatusCode::CONFLICT, "passcodes_off", sentence)
        }
        NotServed::Numbers => of(bad, "numbers_not_served", "codes come by e-mail alone here"),
        NotServed::Addresses => of(bad, "addresses_not_served", "codes come by SMS alone here"),
        NotServed::Country => of(
            bad,
            "country_not_served",
            "no codes are sent to this country",
        ),
    }
}

fn too_often(code: &str, sentence: &str, until: Timestamp, now: Timestamp) -> Refusal {
    let wait_s = until.ms_since(now).max(1).unsigned_abs().div_ceil(1000);
    let wait_s = u32::try_from(wait_s).unwrap_or(u32::MAX);
    Problem::new(429, code, sentence).retry_after(wait_s).into()
}

fn refusal(checked: &Checked, now: Timestamp) -> Refusal {
    let of = |status, code, sentence| Refusal::new(status, code, sentence).at("code");
    match checked {
        Checked::Expired => of(
            StatusCode::GONE,
            "passcode_expired",
            "this code has expired; ask for another",
        ),
        Checked::Spent => of(
            StatusCode::GONE,
            "passcode_spent",
            "this code was tried too often; ask for another",
        ),
        Checked::TooOften { until } => {
            let sentence = "codes were guessed too often; wait as long as Retry-After says";
            too_often("passcode_guessed", sentence, *until, now)
        }
        Checked::SomebodyElse => {
            let sentence = "somebody else is signed in; sign out first";
            Refusal::new(StatusCode::CONFLICT, "signed_in_already", sentence)
        }
        Checked::SessionOver => session_over(),
        Checked::Wrong | Checked::Right { .. } => of(
            StatusCode::FORBIDDEN,
            "passcode_wrong",
            "this is not the code that was sent",
        ),
    }
}

impl App {
    fn fresh_passcode(&self) -> String {
        let mut bytes = [0; 8];
        self.secrets.lock().fill(&mut bytes);
        // Of 2^64 numbers: none of the million is likelier by more than one in 10^13.
        format!("{:06}", u64::from_le_bytes(bytes) % 1_000_000)
    }
}
