//! Deciding: commands on the speculative shops, into the turn that is committed next.

use super::{Live, scope};
use crate::engine::handle::{Reply, Then};
use crate::engine::machine::Machine;
use crate::engine::{Answer, Ask, Decided, Error, Key, Request, sortable_uuid};
use crate::hub::ShopNames;
use crate::journal::{Append, Journal, OrderRow, Remembered, StoredAnswer, StoredRefusal, Write};
use crate::planted::{self, Fault};
use presso_core::board::{Audience, NoNames, order_view};
use presso_core::code::CodeSecret;
use presso_core::id::{EventId, OrderId, ShopId};
use presso_core::order::Actor;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Event, EventKind, Rejection, decide, evolve};
use std::sync::Arc;
use uuid::Uuid;

/// Most deadlines of one shop passed in one commit.
const DEADLINES: u32 = 1000;

impl<J: Journal> Machine<J> {
    /// Decides a request; its reply waits for the commit, a refusal too, since what it was based
    /// on may not come to be.
    pub(in crate::engine) async fn request(&mut self, request: Request, reply: Reply<Answer>) {
        let answer = match self.recall(&request).await {
            Ok(Some(Remembered::Done { answer, .. })) => {
                Ok(self.answer(&request.shop, answer, true))
            }
            Ok(Some(Remembered::Refused(why))) => Err(Error::Rejected(why)),
            Ok(None) => {
                let key = request.key.clone();
                let decided = self.decide(request);
                if let (Some(key), Err(Error::Rejected(why))) = (key, &decided) {
                    self.keep_refusal(key, why.clone());
                }
                decided
            }
            Err(error) => Err(error),
        };
        if let Err(Error::Rejected(rejection)) = &answer {
            self.tally.refused(rejection);
        }
        self.turn.waiting.replies.push((reply, answer));
    }

    pub(in crate::engine) fn write(&mut self, write: Write, then: Then) {
        self.turn.batch.writes.push(write);
        self.turn.waiting.writers.push(then);
    }

    /// A command of time itself. That it is refused or changes nothing is fine.
    pub(in crate::engine) fn of_itself(&mut self, shop: &ShopId, command: &Command) {
        if let Err(rejection) = self.apply(shop, &Actor::Clock, command) {
            tracing::warn!(%shop, %rejection, "time was refused");
        }
    }

    /// Lets deadlines take their effect, a bounded number in each shop; the rest is for the next
    /// turn, which follows at once.
    pub(in crate::engine) fn pass_deadlines(&mut self) {
        let due = |(at, _): &&(Timestamp, ShopId)| *at <= self.now;
        let due = self.deadlines.iter().take_while(due);
        let due = due.inspect(|(at, _)| self.tally.late(self.now.ms_since(*at)));
        let shops: Vec<ShopId> = due.map(|(_, shop)| shop.clone()).collect();
        for shop in shops {
            self.of_itself(&shop, &Command::PassDeadlines { limit: DEADLINES });
        }
    }

    /// A copy of it that comes later, when it might be taken, is refused alike: whoever was told no
    /// looks no further.
    fn keep_refusal(&mut self, key: Key, rejection: Rejection) {
        let refused = Remembered::Refused(rejection.clone());
        self.turn.known.insert(scope(&key), refused);
        let refusal = StoredRefusal { key, rejection };
        self.turn.batch.refusals.push(refusal);
    }

    async fn recall(&mut self, request: &Request) -> Result<Option<Remembered>, Error> {
        let keyed = request.key.as_ref();
        let Some(key) = keyed.filter(|_| !planted::is(Fault::DoubledDelivery)) else {
            return Ok(None);
        };
        let known = match self.turn.known.get(&scope(key)) {
            Some(known) => Some(known.clone()),
            None => self.journal.recall(key, self.now).await.map_err(|error| {
                tracing::error!(%error, "keys cannot be looked up");
                Error::Storage
            })?,
        };
        match known {
            Some(Remembered::Done { body_digest, .. }) if body_digest != key.body_digest => {
                Err(Error::KeyReused)
            }
            known => Ok(known),
        }
    }

    fn decide(&mut self, request: Request) -> Result<Answer, Error> {
        let Request {
            shop: id,
            actor,
            ask,
            key,
            name_on_cup,
            render,
        } = request;
        let command = self.command(&id, ask);
        let order = match &command {
            Command::Scan { order, .. } => Some(*order),
            other => other.verb().map(|(_, order)| order),
        };
        let events = self.apply(&id, &actor, &command).map_err(Error::Rejected)?;
        let names = self.names(&id);
        if let (Some(order), Some(name)) = (order, name_on_cup) {
            names.name_cup(order, Some(name.clone()));
            self.turn.batch.names.push((order, name));
        }
        let live = self.shops.get(&id);
        let shop = &live.ok_or(Error::Rejected(Rejection::ShopUnknown))?.shop;
        let body = render(&Decided {
            shop,
            events: &events,
            order,
            now: self.now,
            names: &names,
        });
        if let Some(key) = key {
            let (body_digest, answer) = (key.body_digest, body.clone());
            let done = Remembered::Done {
                body_digest,
                answer,
            };
            self.turn.known.insert(scope(&key), done);
            let body = body.clone();
            self.turn.batch.answers.push(StoredAnswer { key, body });
        }
        Ok(self.answer(&id, body, false))
    }

    fn command(&mut self, shop: &ShopId, ask: Ask) -> Command {
        match ask {
            Ask::Command(command) => command,
            Ask::Scan { code } => {
                let live = self.shops.get(shop);
                let window = live.and_then(|live| {
                    let now = self.now.max(live.shop.at);
                    live.shop.window_of(&live.secret, &code, now)
                });
                let order = OrderId(self.draw(self.now));
                Command::Scan { window, order }
            }
        }
    }

    /// Decides, and folds what happens into the speculative shop.
    fn apply(
        &mut self,
        id: &ShopId,
        actor: &Actor,
        command: &Command,
    ) -> Result<Vec<Event>, Rejection> {
        if !self.shops.contains_key(id) {
            return self.create(id, actor, command);
        }
        let live = &self.shops[id].shop;
        // Time never runs backwards within a shop.
        let (now, version) = (self.now.max(live.at), live.version);
        let by = match command {
            Command::PassDeadlines { .. } if planted::is(Fault::EarlyDeadline) => now.plus_s(2),
            _ => now,
        };
        let kinds = match command {
            Command::Scan { .. } if planted::is(Fault::CapacityRace) => {
                let committed = self.hub.committed(id);
                decide(committed.as_ref().unwrap_or(live), actor, command, now)?
            }
            _ => decide(live, actor, command, by)?,
        };
        let mut events = Vec::with_capacity(kinds.len());
        for (kind, version) in kinds.into_iter().zip(version + 1..) {
            events.push(Event {
                id: EventId(self.draw(now)),
                version,
                at: now,
                actor: *actor,
                kind,
            });
        }
        self.fold(id, &events);
        Ok(events)
    }

    /// A shop that is not there yet comes to be with a secret, if the command creates it.
    fn create(
        &mut self,
        id: &ShopId,
        actor: &Actor,
        command: &Command,
    ) -> Result<Vec<Event>, Rejection> {
        let shop = Shop::new(id.clone());
        decide(&shop, actor, command, self.now)?;
        let mut secret = [0; 32];
        self.randomness.fill(&mut secret);
        let secret = CodeSecret(secret);
        self.turn.batch.secrets.push((id.clone(), secret.clone()));
        let names = self.hub.names_for(Vec::new());
        self.new_names.insert(id.clone(), names);
        self.shops.insert(id.clone(), Live::new(shop, secret, 0));
        self.apply(id, actor, command)
    }

    fn fold(&mut self, id: &ShopId, events: &[Event]) {
        let live = self.shops.get_mut(id).filter(|_| !events.is_empty());
        let Some(live) = live else {
            return;
        };
        let shop = &mut live.shop;
        let appends = &mut self.turn.appends;
        let append = appends.entry(id.clone()).or_insert_with(|| Append {
            shop: id.clone(),
            expected: shop.version,
            events: Vec::new(),
            next_deadline: None,
        });
        let before = shop.next_deadline();
        for event in events {
            let touched = evolve(shop, event);
            // While it is alive an order is read from memory: its row is written when it begins,
            // when it ends, when it is taken back from its end, and when it is another's.
            let revived = matches!(
                event.kind,
                EventKind::OrderUndone { .. } | EventKind::OrderHandedOver { .. }
            );
            let orders = touched.orders.iter();
            let orders = orders.filter_map(|(order, before)| {
                let order = shop.orders.get(order)?;
                (*before == 0 || revived || order.state.ended()).then_some(order)
            });
            self.turn.rows.extend(orders.map(|order| {
                let row = OrderRow {
                    shop: id.clone(),
                    customer: order.customer,
                    view: order_view(shop, order, Audience::Staff, &NoNames),
                };
                (order.id, row)
            }));
        }
        append.events.extend_from_slice(events);
        append.next_deadline = shop.next_deadline();
        if before != append.next_deadline {
            before.map(|at| self.deadlines.remove(&(at, id.clone())));
            let next = append.next_deadline;
            next.map(|at| self.deadlines.insert((at, id.clone())));
        }
    }

    fn names(&self, shop: &ShopId) -> Arc<ShopNames> {
        let new = self.new_names.get(shop).cloned();
        new.or_else(|| self.hub.names(shop)).unwrap_or_default()
    }

    fn answer(&self, shop: &ShopId, body: Vec<u8>, repeated: bool) -> Answer {
        let version = self.shops.get(shop).map_or(0, |l| l.shop.version);
        Answer {
            body,
            version,
            repeated,
        }
    }

    fn draw(&mut self, now: Timestamp) -> Uuid {
        sortable_uuid(now, self.randomness.as_mut())
    }
}
