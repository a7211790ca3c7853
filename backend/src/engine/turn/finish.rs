//! The end of a turn: one commit, then the hub, the answers and the wake-ups, in this order, so
//! that whoever is answered or woken finds in the hub what they were told of.

use super::{Live, Turn};
use crate::engine::Error;
use crate::hub::Bells;
use crate::journal::{self, Journal};
use presso_core::shop::Shop;

/// Time itself waits this long after a commit failed, milliseconds.
const RETRY_AFTER_MS: i64 = 1000;

impl<J: Journal> Turn<'_, J> {
    /// Commits and lets everyone know; or, when that fails, takes it all back.
    pub(in crate::engine) async fn finish(mut self) {
        self.gather();
        if self.batch.is_empty() {
            return self.answer_all(Vec::new());
        }
        match self.machine.journal.commit(&mut self.batch).await {
            Ok(written) => {
                let bells = self.publish();
                self.answer_all(written);
                bells.ring();
            }
            Err(error) => self.take_back(&error),
        }
    }

    fn gather(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        self.batch.orders.extend(rows.into_values());
        for (id, append) in std::mem::take(&mut self.appends) {
            if let Some(live) = self.machine.shops.get_mut(&id) {
                live.since_snapshot += append.events.len() as u64;
                if live.wants_snapshot() {
                    self.batch.snapshots.push(live.shop.clone());
                    live.since_snapshot = 0;
                }
            }
            self.batch.appends.push(append);
        }
    }

    fn publish(&mut self) -> Bells {
        let hub = &self.machine.hub;
        for (id, secret) in self.batch.secrets.drain(..) {
            let names = self.new_names.remove(&id).unwrap_or_default();
            hub.put(Shop::new(id), secret, names);
        }
        let appends = self.batch.appends.iter();
        appends.fold(Bells::default(), |bells, append| {
            bells.and(hub.advance(&append.shop, &append.events))
        })
    }

    fn answer_all(&mut self, written: Vec<Result<(), journal::Error>>) {
        // Whoever does not wait any more needs no answer.
        for (reply, answer) in self.replies.drain(..) {
            let _ = reply.send(answer);
        }
        for (reply, written) in self.writers.drain(..).zip(written) {
            let _ = reply.send(written.map_err(|error| {
                tracing::error!(%error, "rows were not written");
                Error::Storage
            }));
        }
    }

    /// Nothing of this turn came to be: the shops are again what the hub shows, and everyone is
    /// refused, those refused anyway too, since that may have been for something that is not so.
    fn take_back(&mut self, error: &journal::Error) {
        tracing::error!(%error, answers = self.replies.len(), "a commit failed");
        for append in &self.batch.appends {
            let id = &append.shop;
            let machine = &mut *self.machine;
            machine.deadlines.retain(|(_, shop)| shop != id);
            let committed = machine.hub.committed(id);
            if let (Some(shop), Some(live)) = (committed, machine.shops.get_mut(id)) {
                let deadline = shop.next_deadline();
                machine
                    .deadlines
                    .extend(deadline.map(|at| (at, id.clone())));
                *live = Live::new(shop, live.secret.clone(), live.since_snapshot);
            } else {
                machine.shops.remove(id);
            }
            if let Some(names) = machine.hub.names(id) {
                for (order, _) in &self.batch.names {
                    names.name_cup(*order, None);
                }
            }
        }
        // What is due stays due: not to try in a circle while a disk is full.
        self.machine.retry_at = self.now.plus_ms(RETRY_AFTER_MS);
        if let journal::Error::Conflict { shop, .. } = error {
            self.machine.stale.insert(shop.clone());
        }
        for (reply, _) in self.replies.drain(..) {
            let _ = reply.send(Err(Error::Storage));
        }
        for reply in self.writers.drain(..) {
            let _ = reply.send(Err(Error::Storage));
        }
        if error.is_fatal() {
            (self.machine.fatal)(error);
        }
    }
}

impl Live {
    /// Folding a thousand events takes milliseconds; a shop with many orders is written less
    /// often, since that costs more.
    fn wants_snapshot(&self) -> bool {
        self.since_snapshot >= 1000 + 10 * self.shop.orders.len() as u64
    }
}
