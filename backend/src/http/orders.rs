//! The verbs: the scan, the customer's and the staff's.

use super::answer::{command, respond};
use super::body::Answer;
use super::keyed::Keyed;
use super::name::checked;
use super::refusal::Refusal;
use super::roles::{Baristas, Customers, People};
use super::who::{At, Known, On};
use crate::app::App;
use crate::engine::{Key, Request};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use presso_core::api::{CancelBody, Nothing, OrderAnswer, ScanAnswer, ScanBody, SubmitBody};
use presso_core::code::Code;
use presso_core::menu::Choice;
use presso_core::order::CancelReason;
use presso_core::workflow::{Command, Rejection};

type Done = Result<Response, Refusal>;

pub(super) async fn scan(
    State(app): State<App>,
    at: At<Customers>,
    Keyed { key, body }: Keyed<ScanBody>,
) -> Done {
    let code = Code::parse(&body.code).map_err(|bad| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Refusal::new(status, "code_malformed", bad.to_string()).at("code")
    })?;
    let request = Request::scan(at.shop, at.actor, code).keyed(key);
    let request = request.answering(|decided| {
        let order = decided.order?;
        let expires_at = decided.shop.orders.get(&order)?.submit_by;
        Some(ScanAnswer { order, expires_at })
    });
    command(&app, StatusCode::CREATED, request).await
}

pub(super) async fn submit(
    State(app): State<App>,
    on: On<Customers>,
    Keyed { key, body }: Keyed<SubmitBody>,
) -> Done {
    let name = body.name.map(|name| checked(&name)).transpose()?;
    let choice = Choice {
        drink: body.drink,
        options: body.options,
    };
    let submit = Command::Submit {
        order: on.order,
        choice,
    };
    verb_named(&app, on, submit, key, name).await
}

pub(super) async fn cancel(
    State(app): State<App>,
    on: On<People>,
    Keyed { key, body }: Keyed<CancelBody>,
) -> Done {
    let reason = body.reason.unwrap_or(CancelReason::Other);
    let cancel = Command::Cancel {
        order: on.order,
        reason,
    };
    verb(&app, on, cancel, key).await
}

pub(super) async fn undo(
    State(app): State<App>,
    on: On<People>,
    Keyed {
        key,
        body: Nothing {},
    }: Keyed<Nothing>,
) -> Done {
    let undo = Command::Undo { order: on.order };
    verb(&app, on, undo, key).await
}

/// The verbs that only staff have, and that say nothing but the order.
macro_rules! staff_verb {
    ($name:ident, $command:ident) => {
        pub(super) async fn $name(
            State(app): State<App>,
            on: On<Baristas>,
            Keyed {
                key,
                body: Nothing {},
            }: Keyed<Nothing>,
        ) -> Done {
            let command = Command::$command { order: on.order };
            verb(&app, on, command, key).await
        }
    };
}
staff_verb!(claim, Claim);
staff_verb!(unclaim, Unclaim);
staff_verb!(take_over, TakeOver);
staff_verb!(complete, Complete);
staff_verb!(collect, Collect);

async fn verb<R>(app: &App, on: On<R>, verb: Command, key: Key) -> Done {
    verb_named(app, on, verb, key, None).await
}

async fn verb_named<R>(
    app: &App,
    on: On<R>,
    verb: Command,
    key: Key,
    name: Option<String>,
) -> Done {
    let On {
        shop,
        order,
        actor,
        audience,
        ..
    } = on;
    let at = shop.clone();
    let request = Request::new(shop, actor, verb).keyed(key).named(name);
    let request = request.answering(move |decided| {
        let order = decided.order_view(audience)?;
        Some(OrderAnswer { shop: at, order })
    });
    let answer = app.engine.command(request).await?;
    // An order that is over and past undoing has left its shop: it is read from disk.
    if answer.body == b"null" {
        let known = Known::find(app, order)
            .await?
            .ok_or(Rejection::OrderUnknown)?;
        let shop = known.shop.clone();
        let order = known.seen_by(app, audience).await?;
        return Ok(Answer(OrderAnswer { shop, order }).into_response());
    }
    Ok(respond(StatusCode::OK, answer))
}
