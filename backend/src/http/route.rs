//! One line of the table of contents.

use super::caller::limited;
use crate::app::App;
use crate::limits::Kind;
use axum::middleware::from_fn_with_state;
use axum::routing::MethodRouter;

/// One line of the table of contents: the router is built from it, and `/openapi.json` too.
pub(super) struct Route {
    /// The method, in small letters.
    pub(super) method: &'static str,
    /// The path, with its variables in braces.
    pub(super) path: &'static str,
    /// Who may ask.
    pub(super) who: &'static str,
    /// What it does.
    pub(super) what: &'static str,
    /// Does it take an idempotency key?
    pub(super) keyed: bool,
    /// Its body, by the name of its schema.
    pub(super) takes: Option<&'static str>,
    /// Its answer, by the name of its schema.
    pub(super) gives: Option<&'static str>,
    /// The status of that answer.
    pub(super) status: u16,
    /// What its query may narrow it by.
    pub(super) narrowed_by: &'static [&'static str],
    /// The limit of its own for each address, beside the one that every request counts for.
    pub(super) limit: Option<Kind>,
    /// What serves it.
    serve: fn() -> MethodRouter<App>,
}

impl Route {
    pub(super) const fn new(
        method: &'static str,
        path: &'static str,
        who: &'static str,
        what: &'static str,
        serve: fn() -> MethodRouter<App>,
    ) -> Self {
        Self {
            method,
            path,
            who,
            what,
            keyed: false,
            takes: None,
            gives: None,
            status: 200,
            narrowed_by: &[],
            limit: None,
            serve,
        }
    }
    pub(super) const fn keyed(mut self) -> Self {
        self.keyed = true;
        self
    }
    pub(super) const fn takes(mut self, schema: &'static str) -> Self {
        self.takes = Some(schema);
        self
    }
    pub(super) const fn gives(mut self, schema: &'static str) -> Self {
        self.gives = Some(schema);
        self
    }
    pub(super) const fn narrowed_by(mut self, names: &'static [&'static str]) -> Self {
        self.narrowed_by = names;
        self
    }
    pub(super) const fn limited(mut self, kind: Kind) -> Self {
        self.limit = Some(kind);
        self
    }
    /// What serves it, within its limit.
    pub(super) fn within_limit(&self, app: &App) -> MethodRouter<App> {
        let serve = (self.serve)();
        match self.limit {
            Some(kind) => serve.layer(from_fn_with_state((app.clone(), kind), limited)),
            None => serve,
        }
    }
    pub(super) fn needs_session(&self) -> bool {
        self.who != super::ANYONE && !self.who.starts_with("who has")
    }
    pub(super) const fn creates(mut self, schema: &'static str) -> Self {
        self.status = 201;
        self.gives(schema)
    }
}
