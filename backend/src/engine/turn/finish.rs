//! The end of a turn: one commit, then the hub, the answers and the wake-ups, in this order, so
//! that whoever is answered or woken finds in the hub what they were told of.

use super::{InFlight, Live, Turn, Waiting};
use crate::engine::Error;
use crate::engine::machine::Machine;
use crate::hub::Bells;
use crate::journal::{self, Batch, Journal};
use crate::planted;
use presso_core::id::ShopId;
use presso_core::shop::Shop;

/// Time itself waits this long after a commit failed, milliseconds.
const RETRY_AFTER_MS: i64 = 1000;

/// What is on disk, and nobody knows yet.
pub(in crate::engine) struct Done {
    batch: Batch,
    written: Vec<Result<(), journal::Error>>,
    waiting: Waiting,
}

impl<J: Journal> Machine<J> {
    /// Sends what was decided to the disk. There is nothing on its way there.
    pub(in crate::engine) fn commit(&mut self) {
        let Turn {
            mut batch,
            appends,
            rows,
            waiting,
            ..
        } = std::mem::take(&mut self.turn);
        batch.now = self.now;
        batch.orders.extend(rows.into_values());
        for (id, append) in appends {
            if let Some(live) = self.shops.get_mut(&id) {
                live.since_snapshot += append.events.len() as u64;
                if live.wants_snapshot() {
                    batch.snapshots.push(live.shop.clone());
                    live.since_snapshot = 0;
                }
            }
            batch.appends.push(append);
        }
        if batch.is_empty() {
            return waiting.answer(Vec::new());
        }
        let ends = Box::pin(self.tally.commit(self.journal.commit(batch)));
        self.in_flight = Some(InFlight { ends, waiting });
    }

    /// Waits for the commit on its way, if there is one. When it failed, all of it is taken back,
    /// and everyone who waited for it is refused.
    pub(in crate::engine) async fn committed(&mut self) -> Option<Done> {
        let InFlight { ends, waiting } = self.in_flight.take()?;
        let (batch, outcome) = ends.await;
        match outcome {
            Ok(written) => Some(Done {
                batch,
                written,
                waiting,
            }),
            Err(error) if planted::is(planted::Fault::LostWrite) && !error.is_fatal() => {
                Some(Done {
                    batch,
                    written: Vec::new(),
                    waiting,
                })
            }
            Err(error) => {
                self.take_back(batch, waiting, &error);
                None
            }
        }
    }

    /// Lets everyone know.
    pub(in crate::engine) fn announce(&mut self, done: Done) {
        let Done {
            batch,
            written,
            waiting,
        } = done;
        let bells = self.publish(batch);
        let is_unheard = planted::is(planted::Fault::StaleScreen) && waiting.replies.is_empty();
        waiting.answer(written);
        if !is_unheard {
            bells.ring();
        }
    }

    fn publish(&mut self, batch: Batch) -> Bells {
        for (id, secret) in batch.secrets {
            let names = self.new_names.remove(&id).unwrap_or_default();
            self.hub.put(Shop::new(id), secret, names);
        }
        let appends = batch.appends.iter();
        appends.fold(Bells::default(), |bells, append| {
            self.tally.happened(&append.events);
            bells.and(self.hub.advance(&append.shop, &append.events))
        })
    }

    /// Nothing of this turn came to be: the shops are again what the hub shows, and everyone is
    /// refused, those refused anyway too, since that may have been for something that is not so.
    fn take_back(&mut self, batch: Batch, waiting: Waiting, error: &journal::Error) {
        tracing::error!(%error, answers = waiting.replies.len(), "a commit failed");
        for append in &batch.appends {
            self.take_back_shop(&append.shop);
            if let Some(names) = self.hub.names(&append.shop) {
                for (order, _) in &batch.names {
                    names.name_cup(*order, None);
                }
            }
        }
        // What is due stays due: not to try in a circle while a disk is full.
        self.retry_at = self.clock.now().plus_ms(RETRY_AFTER_MS);
        if let journal::Error::Conflict { shop, .. } = error {
            self.stale.insert(shop.clone());
        }
        waiting.refuse();
        if error.is_fatal() {
            (self.fatal)(error);
        }
    }

    fn take_back_shop(&mut self, id: &ShopId) {
        self.deadlines.retain(|(_, shop)| shop != id);
        self.new_names.remove(id);
        let committed = self.hub.committed(id);
        let (Some(shop), Some(live)) = (committed, self.shops.get_mut(id)) else {
            self.shops.remove(id);
            return;
        };
        let deadline = shop.next_deadline();
        self.deadlines.extend(deadline.map(|at| (at, id.clone())));
        *live = Live::new(shop, live.secret.clone(), live.since_snapshot);
    }
}

// Whoever does not wait any more needs no answer.
impl Waiting {
    fn answer(self, written: Vec<Result<(), journal::Error>>) {
        for (reply, answer) in self.replies {
            let _ = reply.send(answer);
        }
        for (then, written) in self.writers.into_iter().zip(written) {
            then(written.map_err(|error| {
                tracing::error!(%error, "rows were not written");
                Error::Storage
            }));
        }
    }

    fn refuse(self) {
        for (reply, _) in self.replies {
            let _ = reply.send(Err(Error::Storage));
        }
        for then in self.writers {
            then(Err(Error::Storage));
        }
    }
}
