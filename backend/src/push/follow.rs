//! Reading on in the journal: what happened since, whom it concerns, and what they are to be told.

use super::letter::Due;
use super::rows::{self, Behind, Concerned};
use crate::app::App;
use crate::{engine, journal};
use presso_core::board::{alert, steps};
use presso_core::id::ShopId;
use presso_core::workflow::Event;
use std::collections::HashMap;

/// So many events may be read without a word about it on disk; after a crash they are read again.
const UNWRITTEN: u64 = 1_000;

/// How far each shop's stream has been read; ahead of what is on disk where there was nothing to tell.
#[derive(Default)]
pub(super) struct Follower {
    read: HashMap<ShopId, u64>,
}

/// Why reading on failed; it is tried again.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error(transparent)]
    Reading(#[from] journal::Error),
    #[error(transparent)]
    Writing(#[from] engine::Error),
}

impl Follower {
    /// Reads every shop that somebody listens to up to its head. Answers what is now queued.
    pub(super) async fn read_on(&mut self, app: &App) -> Result<Vec<Due>, Error> {
        if !app.push.is_listened_to() {
            return Ok(Vec::new());
        }
        // Said before looking: who subscribes meanwhile says the contrary after it.
        app.push.nobody_listens();
        let listened = app.reader.query(rows::listened).await;
        if !listened.as_ref().is_ok_and(Vec::is_empty) {
            app.push.somebody_listens();
        }
        let mut queued = Vec::new();
        for behind in listened? {
            queued.extend(self.read_shop(app, behind).await?);
        }
        Ok(queued)
    }

    async fn read_shop(&mut self, app: &App, behind: Behind) -> Result<Vec<Due>, Error> {
        let Behind { shop, read, head } = behind;
        let from = self.read.get(&shop).copied().unwrap_or_default().max(read);
        if head <= from {
            return Ok(Vec::new());
        }
        let at = shop.clone();
        let find = move |db: &rusqlite::Connection| rows::concerned(db, &at, from, head);
        let concerned = app.reader.query(find).await?;
        let dues = weigh(app, &shop, concerned, from, head).await?;
        let mut queued = Vec::new();
        if !dues.is_empty() || head - read >= UNWRITTEN {
            let at = shop.clone();
            let write = move |db: &rusqlite::Connection| rows::move_on(db, &at, head, dues);
            queued = app.engine.write(write).await?;
        }
        self.read.insert(shop, head);
        Ok(queued)
    }
}

/// What the step from `from` to `head` is worth telling to each of those concerned.
async fn weigh(
    app: &App,
    shop: &ShopId,
    concerned: Vec<Concerned>,
    from: u64,
    head: u64,
) -> Result<Vec<Due>, Error> {
    let mut dues = Vec::new();
    let mut told: Option<(presso_core::id::OrderId, Vec<Event>)> = None;
    for Concerned {
        order,
        family,
        since,
    } in concerned
    {
        // Sorted by order: one browser after the other of the same customer.
        if told.as_ref().is_none_or(|(known, _)| *known != order) {
            let mut events = app.reader.events_of(order).await?;
            events.retain(|event| event.version <= head);
            told = Some((order, events));
        }
        let events = told.as_ref().map_or(&[][..], |(_, events)| events);
        let (before, after) = steps(shop, events, from.max(since));
        let Some(after) = after else { continue };
        let Some(alert) = alert(before.as_ref(), &after) else {
            continue;
        };
        dues.push(Due {
            family,
            shop: shop.clone(),
            order,
            version: after.version,
            until: alert.worth_until(&after, app.clock.now()),
            alert,
        });
    }
    Ok(dues)
}
