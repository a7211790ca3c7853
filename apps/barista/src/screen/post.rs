//! How a tap gets to the server: into the outbox, from there out one after the other while there
//! is a connection, and what came of it back to the screen.

use super::desk::{Desk, is_offline};
use super::keeping;
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_barista::deed::{Deed, Hand};
use presso_barista::outbox::{NotTaken, Tap, Why};
use presso_core::api::{Cancel, GetOrder, OrderAnswer, Problem, StaffVerb, Who};
use presso_core::client::seam;
use presso_core::id::OrderId;
use presso_core::order::Actor;
use presso_core::workflow::Verb;
use presso_ui::clock;
use presso_ui::host::{self, Status};
use std::time::Duration;

/// How long to wait after there was no answer although there is a connection. Sending itself has
/// tried for 20 s by then.
const PAUSE: Duration = Duration::from_secs(3);

impl Desk {
    /// Reads what was kept over a restart, and sends whatever can be sent, for as long as the
    /// current owner lives.
    pub(super) fn open_the_post(self) {
        let pumping = StoredValue::new(false);
        let read = RwSignal::new(false);
        spawn_local(async move {
            if let Some(text) = keeping::recall().await {
                // Not there any more when somebody signed out in the meantime.
                self.outbox.try_update(|outbox| outbox.restore(&text));
            }
            read.try_set(true);
        });
        Effect::new(move |_| {
            self.real.with(|queue| {
                if let Some(queue) = queue {
                    self.outbox.update(|outbox| outbox.look(queue));
                }
            });
        });
        Effect::new(move |_| {
            if is_offline(self.status.get()) {
                self.outbox.update(presso_barista::outbox::Outbox::lost);
            }
        });
        Effect::new(move |_| {
            let text = self.outbox.with(presso_barista::outbox::Outbox::written);
            if read.get() {
                keeping::keep(text, self.keeps);
            }
        });
        Effect::new(move |_| {
            let live = self.status.get() == Status::Live && read.get();
            let waits = self.outbox.with(presso_barista::outbox::Outbox::has_any);
            if live && waits && !pumping.get_value() {
                pumping.set_value(true);
                spawn_local(async move {
                    self.pump().await;
                    pumping.try_set_value(false);
                });
            }
        });
    }

    /// Takes what a barista asked of an order, once, however often the button is hit.
    pub(super) fn act(self, order: OrderId, deed: Deed) {
        let ticket = self.queue.with_untracked(|queue| {
            let mut orders = queue.iter().flat_map(|q| &q.orders);
            orders.find(|o| o.order == order).and_then(|o| o.ticket)
        });
        let (at, by) = (self.now.get_untracked(), self.hand.get_value());
        let tap = Tap::new(host::new_key(), order, ticket, deed, at, by);
        let live = !self.offline();
        if !live && deed == Deed::Verb(Verb::Undo) {
            self.decline(&tap, Why::UndoOffline);
            return;
        }
        let taken = self
            .outbox
            .try_update(|outbox| outbox.tap(tap.clone(), live));
        match taken {
            Some(Ok(())) => self.follow.set_value(Some(order)),
            Some(Err(NotTaken::Full)) => self.decline(&tap, Why::TooMany),
            Some(Err(NotTaken::Busy)) | None => {}
        }
    }

    fn decline(self, tap: &Tap, why: Why) {
        self.real.with_untracked(|queue| {
            self.outbox
                .update(|outbox| outbox.not_taken(tap, queue.as_ref(), why));
        });
    }

    /// Sends one after the other, until there is nothing to send, no connection, or nobody here
    /// who may.
    async fn pump(self) {
        while self.status.try_get_untracked() == Some(Status::Live) {
            let here = host::hands().await;
            let here: Vec<Hand> = here.into_iter().filter_map(signs).collect();
            // Telling everybody that nothing changed would begin this anew, for ever.
            let any = self
                .outbox
                .try_with_untracked(|outbox| outbox.has_next(&here));
            if any != Some(true) {
                return;
            }
            let now = host::now();
            let next = self.outbox.try_update(|outbox| {
                outbox.expire(now);
                outbox.send_next(&here)
            });
            let Some(tap) = next.flatten() else {
                return;
            };
            match send(&tap).await {
                Ok(done) => {
                    let version = done.order.version;
                    self.outbox
                        .try_update(|outbox| outbox.done(tap.key, version));
                }
                // Whoever is signed in next decides what becomes of it; of who is not at the tablet
                // now, it waits until they are here again.
                Err(problem) if matches!(problem.status, 401 | 426) => {
                    self.outbox.try_update(|outbox| outbox.unanswered(tap.key));
                    let own = self.hand.try_get_value();
                    if problem.status == 426 || own.is_none_or(|own| own.is(&tap.by)) {
                        return;
                    }
                    clock::wait(PAUSE).await;
                }
                Err(problem) if problem.retry() => {
                    self.outbox.try_update(|outbox| outbox.unanswered(tap.key));
                    clock::wait(PAUSE).await;
                }
                Err(problem) => self.was_refused(&tap, &problem).await,
            }
            // The update may have been here before the answer.
            if let Some(Some(queue)) = self.real.try_get_untracked() {
                self.outbox.try_update(|outbox| outbox.look(&queue));
            }
        }
    }

    /// Tells what came between, as far as it can be learnt.
    async fn was_refused(self, tap: &Tap, problem: &Problem) {
        let order = tap.order;
        let found = host::call(GetOrder { order }).await.ok();
        let found = found.map(|answer| answer.order);
        let actor = match self.actor {
            Actor::Staff { role, tablet, .. } => Actor::Staff {
                staff: tap.by.staff,
                role,
                tablet,
            },
            other => other,
        };
        let why = Why::of(problem, found.as_ref(), &actor);
        let queue = self.real.try_get_untracked().flatten();
        let at = host::now();
        self.outbox
            .try_update(|outbox| outbox.refused(tap.key, queue.as_ref(), why, at));
    }
}

/// As whom a session here signs taps.
fn signs(here: seam::Hand) -> Option<Hand> {
    match here.who {
        Who::Staff { shop, staff, .. } => Some(Hand {
            shop,
            staff,
            name: here.name,
        }),
        _ => None,
    }
}

async fn send(tap: &Tap) -> Result<OrderAnswer, Problem> {
    let order = tap.order;
    match tap.deed {
        Deed::Verb(verb) => {
            host::call_keyed(StaffVerb { order, verb }, tap.key, tap.by.staff).await
        }
        Deed::Cancel(reason) => {
            let reason = Some(reason);
            host::call_keyed(Cancel { order, reason }, tap.key, tap.by.staff).await
        }
    }
}
