//! People without a browser: they speak the server's API as the apps do.

mod web;

use presso_core::{
    api::{
        BeginGuest, Cancel, Endpoint, GetCode, GetOrder, OrderAnswer, Problem, RedeemLink, Refresh,
        Scan, ScanAnswer, StaffVerb, Submit, SubmitBody, Tokens,
    },
    board::OrderView,
    code::Code,
    id::{DrinkId, OptionId, OrderId, ShopId},
    order::CancelReason,
    workflow::Verb,
};
use std::cell::RefCell;
use web::Web;

/// Somebody with a session.
pub struct Person {
    /// For messages.
    pub name: String,
    shop: ShopId,
    web: Web,
    access: RefCell<String>,
    refresh: RefCell<Option<String>>,
}

impl Person {
    /// Somebody who has just come by.
    pub async fn guest(name: &str, address: &str, shop: &ShopId) -> Self {
        let person = Self::with_token(name, address, shop, String::new());
        let tokens = person.send(&BeginGuest).await;
        person.keep(tokens.expect("anybody may be a guest"));
        person
    }

    /// Somebody with a single-use link.
    pub async fn by_link(name: &str, address: &str, shop: &ShopId, link: &str) -> Self {
        let person = Self::with_token(name, address, shop, String::new());
        let (_, secret) = link.split_once("#k=").expect("a link carries a secret");
        let secret = secret.to_owned();
        let tokens = person.send(&RedeemLink { secret }).await;
        person.keep(tokens.expect("a fresh link works"));
        person
    }

    pub(crate) fn with_token(name: &str, address: &str, shop: &ShopId, token: String) -> Self {
        Self {
            name: name.to_owned(),
            shop: shop.clone(),
            web: Web::new(address),
            access: RefCell::new(token),
            refresh: RefCell::new(None),
        }
    }

    /// Their access token, for requests that no app would send.
    #[must_use]
    pub fn token(&self) -> String {
        self.access.borrow().clone()
    }

    /// Their refresh token; empty for the operator, who has none.
    #[must_use]
    pub fn refresh_token(&self) -> String {
        self.refresh.borrow().clone().unwrap_or_default()
    }

    /// Asks the server; a session that ran out is renewed on the way.
    ///
    /// # Errors
    /// The server's refusal.
    pub async fn call<E: Endpoint>(&self, endpoint: E) -> Result<E::Answer, Problem> {
        let answer = self.send(&endpoint).await;
        let refresh = self.refresh.borrow().clone();
        match (&answer, refresh) {
            (Err(problem), Some(refresh)) if problem.status == 401 => {
                let tokens = self.send(&Refresh { refresh }).await?;
                self.keep(tokens);
                self.send(&endpoint).await
            }
            _ => answer,
        }
    }

    /// Renews the session, as an app does once it has signed in.
    ///
    /// # Panics
    /// When the session is over.
    pub async fn renews(&self) {
        let refresh = self.refresh_token();
        let tokens = self.send(&Refresh { refresh }).await;
        self.keep(tokens.expect("the session goes on"));
    }

    /// Takes a place on a code.
    ///
    /// # Errors
    /// The server's refusal.
    pub async fn scans(&self, code: &Code) -> Result<ScanAnswer, Problem> {
        let (shop, code) = (self.shop.clone(), code.clone());
        self.call(Scan { shop, code }).await
    }

    /// Scans the current code and orders; the options are those that the drink cannot do without.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn orders(&self, code: &Code, drink: &str, options: &[&str]) -> OrderView {
        let scan = self.scans(code).await;
        let scan = scan.unwrap_or_else(|no| panic!("{} may not scan: {}", self.name, no.title));
        let option = |id: &&str| OptionId::parse(id).expect("a slug");
        let body = SubmitBody {
            drink: DrinkId::parse(drink).expect("a slug"),
            options: options.iter().map(option).collect(),
            name: Some(self.name.clone()),
        };
        let order = scan.order;
        self.done("order", self.call(Submit { order, body }).await)
    }

    /// Cancels.
    pub async fn cancels(&self, order: OrderId, reason: Option<CancelReason>) -> OrderView {
        self.done("cancel", self.call(Cancel { order, reason }).await)
    }

    /// Does what only staff do: claim, complete, collect, undo …
    pub async fn does(&self, verb: Verb, order: OrderId) -> OrderView {
        let answer = self.call(StaffVerb { order, verb }).await;
        self.done(verb.name(), answer)
    }

    /// What the journal says about an order.
    pub async fn reads(&self, order: OrderId) -> OrderView {
        self.done("read", self.call(GetOrder { order }).await)
    }

    /// The shop's current code, as staff may read it.
    pub async fn code(&self) -> Code {
        let shop = self.shop.clone();
        let code = self.call(GetCode { shop }).await;
        code.unwrap_or_else(|no| panic!("{} may not read the code: {}", self.name, no.title))
            .code
    }

    async fn send<E: Endpoint>(&self, endpoint: &E) -> Result<E::Answer, Problem> {
        let access = self.access.borrow().clone();
        self.web.send(&endpoint.call(), &access).await
    }

    fn keep(&self, tokens: Tokens) {
        self.access.replace(tokens.access);
        self.refresh.replace(Some(tokens.refresh));
    }

    fn done(&self, what: &str, answer: Result<OrderAnswer, Problem>) -> OrderView {
        match answer {
            Ok(answer) => answer.order,
            Err(no) => panic!("{} may not {what}: {} ({})", self.name, no.title, no.code),
        }
    }
}
