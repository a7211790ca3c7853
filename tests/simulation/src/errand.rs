//! What somebody asks of the server under one key, and how it is put to the real engine.

use crate::shop;
use presso_backend::engine::{Answer as Answered, Error, Key, Request};
use presso_core::api::ScanAnswer;
use presso_core::board::{Audience, OrderView};
use presso_core::code::Code;
use presso_core::order::{Actor, Role};
use presso_core::workflow::{Command, Rejection};
use uuid::Uuid;

use crate::checker::{Answer, Came, What};

/// One wish, with the key that it keeps however often it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Errand {
    pub(crate) key: Uuid,
    pub(crate) actor: Actor,
    pub(crate) wish: Wish,
    /// In the order in which its device asked.
    pub(crate) nth: u64,
}

#[derive(Debug, Clone)]
pub(crate) enum Wish {
    Scan(Code),
    Do(Command),
}

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) came: Came,
    pub(crate) rejection: Option<Rejection>,
}

impl Errand {
    /// As the checker follows it; none for what is about no order.
    pub(crate) fn what(&self) -> Option<What> {
        match &self.wish {
            Wish::Scan(_) => Some(What::Scan),
            Wish::Do(command) => command.verb().map(|(verb, order)| What::Verb(verb, order)),
        }
    }

    pub(crate) fn name(&self) -> String {
        match &self.wish {
            Wish::Scan(code) => format!("scan {}", code.as_str()),
            Wish::Do(command) => match command.verb() {
                Some((verb, order)) => format!("{} {}", verb.name(), short(order.0)),
                None => format!("{command:?}").chars().take(24).collect(),
            },
        }
    }

    pub(crate) fn request(&self) -> Request {
        let principal = match self.actor {
            Actor::Customer { customer, .. } => customer.0,
            Actor::Staff { staff, .. } => staff.0,
            Actor::Clock | Actor::Operator => Uuid::nil(),
        };
        let key = Key {
            principal,
            route: "POST".into(),
            key: self.key,
            body_digest: [0; 32],
        };
        let audience = match self.actor.role() {
            Role::Customer => Audience::Customer,
            _ => Audience::Staff,
        };
        match &self.wish {
            Wish::Scan(code) => {
                let request = Request::scan(shop::id(), self.actor, code.clone());
                request.keyed(key).answering(|decided| {
                    let order = decided.order?;
                    let expires_at = decided.shop.orders.get(&order)?.submit_by;
                    Some(ScanAnswer { order, expires_at })
                })
            }
            Wish::Do(command) => {
                let request = Request::new(shop::id(), self.actor, command.clone());
                let request = request.keyed(key);
                request.answering(move |decided| decided.order_view(audience))
            }
        }
    }

    /// As its client reads it.
    pub(crate) fn read(&self, answer: Result<Answered, Error>) -> Reply {
        let mut rejection = None;
        let came = match answer {
            Ok(answer) => match &self.wish {
                Wish::Scan(_) => read::<ScanAnswer>(&answer.body).map(Answer::Started),
                Wish::Do(_) => read::<OrderView>(&answer.body)
                    .map(Box::new)
                    .map(Answer::Order),
            }
            .map_or(Came::Nothing, Came::Answered),
            Err(Error::Rejected(why)) => {
                let status = why.status();
                rejection = Some(why);
                Came::Refused(status)
            }
            Err(Error::KeyReused) => Came::Refused(422),
            Err(error) => {
                assert!(error.retry(), "{error}");
                Came::Refused(503)
            }
        };
        Reply { came, rejection }
    }
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice::<Option<T>>(body).expect("the answer that was asked for")
}

/// The part of an identifier by which a reader tells it from others.
pub(crate) fn short(id: Uuid) -> String {
    let text = id.simple().to_string();
    text[text.len() - 6..].to_owned()
}
