//! One turn of the engine: decides commands on the speculative shops and gathers what they mean,
//! commits it, and only then lets anyone know.

mod finish;

use super::handle::Reply;
use super::machine::Machine;
use super::{Answer, Ask, Decided, Error, Key, Request, sortable_uuid};
use crate::hub::ShopNames;
use crate::journal::{Append, Batch, Journal, OrderRow, StoredAnswer, Write};
use presso_core::board::{Audience, NoNames, order_view};
use presso_core::code::CodeSecret;
use presso_core::id::{EventId, OrderId, ShopId};
use presso_core::order::Actor;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Event, EventKind, Rejection, decide, evolve};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// A shop in the engine's memory: ahead of the journal during a turn, equal to it between turns.
pub(super) struct Live {
    pub(super) shop: Shop,
    secret: CodeSecret,
    since_snapshot: u64,
}

impl Live {
    pub(super) fn new(shop: Shop, secret: CodeSecret, since_snapshot: u64) -> Self {
        Self {
            shop,
            secret,
            since_snapshot,
        }
    }
}

/// A key without the body it came with.
type Scope = (Uuid, String, Uuid);

fn scope(key: &Key) -> Scope {
    (key.principal, key.route.clone(), key.key)
}

/// One turn.
pub(super) struct Turn<'m, J> {
    machine: &'m mut Machine<J>,
    now: Timestamp,
    batch: Batch,
    appends: BTreeMap<ShopId, Append>,
    /// Orders as they go into their rows: as of that event, since the shop may forget an order
    /// within the same turn.
    rows: BTreeMap<OrderId, OrderRow>,
    /// Names of shops that are new in this turn.
    new_names: HashMap<ShopId, Arc<ShopNames>>,
    /// What was answered under which key in this turn.
    answered: HashMap<Scope, ([u8; 32], Vec<u8>)>,
    replies: Vec<(Reply<Answer>, Result<Answer, Error>)>,
    writers: Vec<Reply<()>>,
}

impl<'m, J: Journal> Turn<'m, J> {
    pub(super) fn new(machine: &'m mut Machine<J>, now: Timestamp) -> Self {
        Self {
            machine,
            now,
            batch: Batch {
                now,
                ..Batch::default()
            },
            appends: BTreeMap::new(),
            rows: BTreeMap::new(),
            new_names: HashMap::new(),
            answered: HashMap::new(),
            replies: Vec::new(),
            writers: Vec::new(),
        }
    }

    /// Decides a request; its reply waits for the commit, a refusal too, since what it was based
    /// on may not come to be.
    pub(super) async fn request(&mut self, request: Request, reply: Reply<Answer>) {
        let answer = match self.recall(&request).await {
            Ok(Some(body)) => Ok(self.answer(&request.shop, body, true)),
            Ok(None) => self.decide(request),
            Err(error) => Err(error),
        };
        self.replies.push((reply, answer));
    }

    pub(super) fn write(&mut self, write: Write, reply: Reply<()>) {
        self.batch.writes.push(write);
        self.writers.push(reply);
    }

    /// A command of time itself. That it is refused or changes nothing is fine.
    pub(super) fn of_itself(&mut self, shop: &ShopId, command: &Command) {
        if let Err(rejection) = self.apply(shop, &Actor::Clock, command) {
            tracing::warn!(%shop, %rejection, "time was refused");
        }
    }

    /// Lets deadlines take their effect, at most `limit` in each shop; the rest is for the next
    /// turn, which follows at once.
    pub(super) fn pass_deadlines(&mut self, limit: u32) {
        let due = |(at, _): &&(Timestamp, ShopId)| *at <= self.now;
        let due = self.machine.deadlines.iter().take_while(due);
        let shops: Vec<ShopId> = due.map(|(_, shop)| shop.clone()).collect();
        for shop in shops {
            self.of_itself(&shop, &Command::PassDeadlines { limit });
        }
    }

    async fn recall(&mut self, request: &Request) -> Result<Option<Vec<u8>>, Error> {
        let Some(key) = &request.key else {
            return Ok(None);
        };
        let known = match self.answered.get(&scope(key)) {
            Some((digest, answer)) => Some((*digest, answer.clone())),
            None => match self.machine.journal.recall(key, self.now).await {
                Ok(known) => known.map(|known| (known.body_digest, known.answer)),
                Err(error) => {
                    tracing::error!(%error, "keys cannot be looked up");
                    return Err(Error::Storage);
                }
            },
        };
        match known {
            Some((digest, _)) if digest != key.body_digest => Err(Error::KeyReused),
            known => Ok(known.map(|(_, answer)| answer)),
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
            self.batch.names.push((order, name));
        }
        let live = self.machine.shops.get(&id);
        let shop = &live.ok_or(Error::Rejected(Rejection::ShopUnknown))?.shop;
        let body = render(&Decided {
            shop,
            events: &events,
            order,
            now: self.now,
            names: &names,
        });
        if let Some(key) = key {
            let body = body.clone();
            self.answered
                .insert(scope(&key), (key.body_digest, body.clone()));
            self.batch.answers.push(StoredAnswer { key, body });
        }
        Ok(self.answer(&id, body, false))
    }

    fn command(&mut self, shop: &ShopId, ask: Ask) -> Command {
        match ask {
            Ask::Command(command) => command,
            Ask::Scan { code } => {
                let live = self.machine.shops.get(shop);
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
        if !self.machine.shops.contains_key(id) {
            return self.create(id, actor, command);
        }
        let live = &self.machine.shops[id].shop;
        // Time never runs backwards within a shop.
        let (now, version) = (self.now.max(live.at), live.version);
        let kinds = decide(live, actor, command, now)?;
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
        self.machine.randomness.fill(&mut secret);
        let secret = CodeSecret(secret);
        self.batch.secrets.push((id.clone(), secret.clone()));
        let names = self.machine.hub.names_for(Vec::new());
        self.new_names.insert(id.clone(), names);
        let live = Live::new(shop, secret, 0);
        self.machine.shops.insert(id.clone(), live);
        self.apply(id, actor, command)
    }

    fn fold(&mut self, id: &ShopId, events: &[Event]) {
        let Some(live) = self
            .machine
            .shops
            .get_mut(id)
            .filter(|_| !events.is_empty())
        else {
            return;
        };
        let shop = &mut live.shop;
        let append = self.appends.entry(id.clone()).or_insert_with(|| Append {
            shop: id.clone(),
            expected: shop.version,
            events: Vec::new(),
            next_deadline: None,
        });
        let before = shop.next_deadline();
        for event in events {
            let touched = evolve(shop, event);
            // While it is alive an order is read from memory: its row is written when it begins,
            // when it ends, and when it is taken back from its end.
            let revived = matches!(event.kind, EventKind::OrderUndone { .. });
            let orders = touched.orders.iter();
            let orders = orders.filter_map(|(order, before)| {
                let order = shop.orders.get(order)?;
                (*before == 0 || revived || order.state.ended()).then_some(order)
            });
            self.rows.extend(orders.map(|order| {
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
        let deadlines = &mut self.machine.deadlines;
        if before != append.next_deadline {
            before.map(|at| deadlines.remove(&(at, id.clone())));
            append
                .next_deadline
                .map(|at| deadlines.insert((at, id.clone())));
        }
    }

    fn names(&self, shop: &ShopId) -> Arc<ShopNames> {
        let new = self.new_names.get(shop).cloned();
        new.or_else(|| self.machine.hub.names(shop))
            .unwrap_or_default()
    }

    fn answer(&self, shop: &ShopId, body: Vec<u8>, repeated: bool) -> Answer {
        let version = self.machine.shops.get(shop).map_or(0, |l| l.shop.version);
        Answer {
            body,
            version,
            repeated,
        }
    }

    fn draw(&mut self, now: Timestamp) -> Uuid {
        sortable_uuid(now, self.machine.randomness.as_mut())
    }
}
