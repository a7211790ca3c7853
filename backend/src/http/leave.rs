//! Whether somebody who was let in still may: asked again where a body was read, and where
//! something is written.

use super::refusal::Refusal;
use super::roles::Rule;
use super::who::renew;
use crate::app::App;
use crate::identity::{Session, whose};
use axum::http::Extensions;
use presso_core::api::Who;
use presso_core::time::Timestamp;
use rusqlite::Connection;
use uuid::Uuid;

/// By what somebody was let in, to be asked again where something is written: what they may can
/// have been taken from them since, while their request came slowly, say.
#[derive(Clone, Copy)]
pub(super) struct Leave {
    family: Option<Uuid>,
    admits: fn(&Who) -> bool,
}

impl Leave {
    pub(super) fn of<R: Rule>(family: Option<Uuid>) -> Self {
        let admits = R::admits;
        Self { family, admits }
    }
    /// Does what is on disk still let them in?
    pub(super) fn stands(self, db: &Connection, now: Timestamp) -> rusqlite::Result<bool> {
        let Some(family) = self.family else {
            return Ok(true); // the command, which has no session that could end
        };
        let who = whose(db, family, now)?;
        Ok(who.is_some_and(|who| (self.admits)(&who)))
    }
}

/// The session of a request whose body is still to be read: it may be over when that is there.
#[derive(Clone)]
pub(super) struct Asking(pub(super) Session);

impl Asking {
    /// Is it still as it was? To be asked when the body was read.
    pub(super) fn still(extensions: &Extensions, app: &App) -> Result<(), Refusal> {
        match extensions.get::<Self>() {
            Some(Self(session)) if !app.sessions.stands(session) => Err(renew()),
            _ => Ok(()),
        }
    }
}
