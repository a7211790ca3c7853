//! Writing for somebody who asks: whether they still may is looked up in the transaction itself,
//! and what is kept in memory is told when it is on disk, whether or not anybody waits.

use super::leave::Leave;
use super::refusal::Refusal;
use super::who::renew;
use crate::app::App;
use crate::identity::{self, Write, Written};
use rusqlite::Connection;

impl App {
    /// One of identity's writes, and all that follows from it.
    pub(super) async fn write(&self, write: Write) -> Result<Written, Refusal> {
        self.write_by(None, write).await
    }
    /// The same, if whoever asks still may.
    pub(super) async fn write_as(&self, leave: Leave, write: Write) -> Result<Written, Refusal> {
        self.write_by(Some(leave), write).await
    }
    async fn write_by(&self, leave: Option<Leave>, write: Write) -> Result<Written, Refusal> {
        let now = self.clock.now();
        // What is over goes with a write that happens anyway.
        let prune = self.broom.is_due(now);
        let what = write.clone();
        let apply = move |db: &Connection| {
            if prune {
                identity::prune(db, now)?;
            }
            identity::apply(db, &write, now)
        };
        let tell = move |app: &Self, written: &Written| app.tell(&what, written);
        self.rows(leave, apply, tell).await
    }

    /// Writes rows if whoever asks still may, and tells memory what came of it.
    pub(super) async fn rows_as<T: Send + 'static>(
        &self,
        leave: Leave,
        write: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
        tell: impl FnOnce(&Self, &T) + Send + 'static,
    ) -> Result<T, Refusal> {
        self.rows(Some(leave), write, tell).await
    }
    async fn rows<T: Send + 'static>(
        &self,
        leave: Option<Leave>,
        write: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
        tell: impl FnOnce(&Self, &T) + Send + 'static,
    ) -> Result<T, Refusal> {
        let (app, now) = (self.clone(), self.clock.now());
        let asked = move |db: &Connection| {
            let may = leave.map_or(Ok(true), |leave| leave.stands(db, now))?;
            may.then(|| write(db)).transpose()
        };
        let told = move |written: &Option<T>| {
            if let Some(written) = written {
                tell(&app, written);
            }
        };
        let written = self.engine.write_and_tell(asked, told).await?;
        written.ok_or_else(renew)
    }

    /// What memory has to know of it.
    fn tell(&self, write: &Write, written: &Written) {
        // By now, and not by when it was asked for: no token is older than what is kept of this.
        let now = self.clock.now();
        match (write, written) {
            (Write::ChangeRole { staff, role, .. }, Written::RoleChanged) => {
                self.sessions.change(*staff, Some(*role), now);
            }
            (Write::Remove { staff, shop }, Written::EndedAll(families)) => {
                self.sessions.change(*staff, None, now);
                if shop.is_none() {
                    self.hub.name_staff(*staff, None);
                }
                self.are_over(families);
            }
            (_, Written::EndedAll(families) | Written::Reused(families)) => {
                self.are_over(families);
            }
            (_, Written::Switched { who, name, ended }) => {
                self.are_over(ended);
                if let Some((staff, _)) = who.member() {
                    self.hub.name_staff(staff, name.clone());
                }
            }
            (_, Written::Session { who, name } | Written::Repeated { who, name, .. }) => {
                if let Some((staff, _)) = who.member() {
                    self.hub.name_staff(staff, name.clone());
                }
            }
            _ => {}
        }
    }
    /// These sessions have ended.
    pub(super) fn are_over(&self, families: &[uuid::Uuid]) {
        let now = self.clock.now();
        for family in families {
            self.sessions.end(*family, now);
        }
    }
}
