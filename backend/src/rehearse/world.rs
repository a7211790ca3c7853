//! What happens next, and the clock that jumps to it.

use super::chance::Chance;
use super::counter::Barista;
use super::figures::Figures;
use super::guests::Guest;
use super::{DOORS, Error, Plan, day};
use crate::engine::{Engine, Key, ManualClock, Request};
use crate::hub::Hub;
use presso_core::id::OrderId;
use presso_core::order::Actor;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Rejection};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Tablets say that they are there.
const PULSE_MS: i64 = 10_000;
/// A tablet fails about so often, with faults.
const DARK_EVERY_MS: i64 = 45 * 60_000;
/// Of a thousand requests: those that need a second try, with faults.
const LOST: u64 = 60;
/// After the doors close everything ends within the longest life that an order has here, and a day
/// that does not is told as one with orders stuck.
const LATEST_MS: i64 = 26 * 3_600_000;

/// Something that comes at its time.
#[derive(Debug, Clone, Copy)]
pub(super) enum Next {
    Arrive(usize),
    Choose(usize),
    GiveUp(usize, bool),
    Fetch(OrderId),
    Made(usize, OrderId),
    Handed(usize, OrderId),
    Dark(usize),
    Lit(usize),
    Pulse,
    Close,
}

pub(super) struct World<'a> {
    plan: &'a Plan,
    pub(super) engine: Engine,
    pub(super) hub: Hub,
    clock: ManualClock,
    pub(super) now: i64,
    agenda: BTreeMap<(i64, u64), Next>,
    noted: u64,
    pub(super) chance: Chance,
    pub(super) guests: Vec<Guest>,
    pub(super) baristas: Vec<Barista>,
    /// Ordered, oldest first; at the counter, and whose barista's tablet is dark.
    pub(super) queued: VecDeque<OrderId>,
    pub(super) fetching: VecDeque<OrderId>,
    pub(super) orphans: Vec<OrderId>,
    /// How long each takes, seconds, and whose it is.
    pub(super) drinks: HashMap<OrderId, i64>,
    pub(super) whose: HashMap<OrderId, usize>,
    pub(super) figures: Figures,
}

impl<'a> World<'a> {
    pub(super) fn new(plan: &'a Plan, engine: Engine, clock: ManualClock) -> Self {
        let mut chance = Chance::new(plan.seed);
        let arrivals = day::arrivals(plan, &mut chance);
        let people = arrivals.iter().enumerate();
        let guests = people.map(|(nth, at)| Guest::new(nth, *at, &mut chance));
        let guests = guests.collect();
        let baristas = (0..plan.baristas).map(|n| Barista::new(n, plan.baristas, &mut chance));
        let mut world = Self {
            baristas: baristas.collect(),
            plan,
            hub: engine.hub(),
            engine,
            clock,
            now: DOORS.0 - 60_000,
            agenda: BTreeMap::new(),
            noted: 0,
            guests,
            queued: VecDeque::new(),
            fetching: VecDeque::new(),
            orphans: Vec::new(),
            drinks: HashMap::new(),
            whose: HashMap::new(),
            figures: Figures::new(plan, &arrivals),
            chance,
        };
        for (nth, at) in arrivals.into_iter().enumerate() {
            world.at(at, Next::Arrive(nth));
        }
        world.at(world.closes_at(), Next::Close);
        world.after(0, Next::Pulse);
        if plan.faults {
            for nth in 0..world.baristas.len() {
                let first = world.chance.about_ms(600, 2 * DARK_EVERY_MS / 1000);
                world.after(first, Next::Dark(nth));
            }
        }
        world
    }

    fn closes_at(&self) -> i64 {
        DOORS.0 + i64::from(self.plan.minutes) * 60_000
    }

    pub(super) fn after(&mut self, ms: i64, next: Next) {
        self.at(self.now + ms, next);
    }

    fn at(&mut self, at: i64, next: Next) {
        self.noted += 1;
        self.agenda.insert((at, self.noted), next);
    }

    pub(super) fn queue(&mut self, order: OrderId, drink: &str) {
        let takes = super::DRINKS.iter().find(|(id, ..)| *id == drink);
        self.drinks.insert(order, takes.map_or(60, |(.., s)| *s));
        self.queued.push_back(order);
    }

    /// Plays it until everything has ended.
    pub(super) async fn play(mut self) -> Result<Figures, Error> {
        let settings = self.plan.settings.clone();
        let menu = super::menu();
        let create = Command::CreateShop { settings, menu };
        for command in [create, Command::OpenShop] {
            let done = self.tell(Actor::Operator, command).await?;
            done.map_err(|no| Error::Plan(no.to_string()))?;
        }
        let (start, began) = (Instant::now(), self.now);
        while let Some(at) = self.next() {
            self.pace(start, at - began).await;
            self.now = self.now.max(at);
            self.clock.advance_to(Timestamp(self.now));
            self.let_time_act().await?;
            while let Some(next) = self.due() {
                self.happens(next).await?;
            }
            self.work().await?;
            if self.is_over() || self.now > self.closes_at() + LATEST_MS {
                break;
            }
        }
        self.figures.ended(self.now, start.elapsed());
        Ok(self.figures)
    }

    /// When something happens next: of what people do, or of what time does by itself.
    fn next(&self) -> Option<i64> {
        let agenda = self.agenda.first_key_value().map(|((at, _), _)| *at);
        let shop = self.hub.committed(&super::shop());
        let deadline = shop.and_then(|shop| shop.next_deadline()).map(|at| at.0);
        [agenda, deadline].into_iter().flatten().min()
    }

    fn due(&mut self) -> Option<Next> {
        let first = self.agenda.first_entry()?;
        (first.key().0 <= self.now).then(|| first.remove())
    }

    /// The engine sees that it is later before anybody else does: it is asked something that
    /// changes nothing, and answers that once what was due is on disk.
    async fn let_time_act(&self) -> Result<(), Error> {
        let order = OrderId(Uuid::nil());
        let nothing = Command::Collect { order };
        let asked = Request::new(super::shop(), Actor::Operator, nothing);
        match self.engine.command(asked).await {
            Ok(_) | Err(crate::engine::Error::Rejected(_)) => Ok(()),
            Err(error) => Err(Error::Engine(error)),
        }
    }

    /// No faster than was asked for.
    async fn pace(&self, start: Instant, passed_ms: i64) {
        let Some(speed) = self.plan.speed else { return };
        let due = Duration::from_millis(passed_ms.max(0).unsigned_abs()) / speed;
        tokio::time::sleep(due.saturating_sub(start.elapsed())).await;
    }

    async fn happens(&mut self, next: Next) -> Result<(), Error> {
        match next {
            Next::Arrive(who) => self.scan(who).await?,
            Next::Choose(who) => self.choose(who).await?,
            Next::GiveUp(who, regrets) => self.give_up(who, regrets).await?,
            Next::Fetch(order) => self.fetching.push_back(order),
            Next::Made(nth, order) => self.made(nth, order).await?,
            Next::Handed(nth, order) => self.handed(nth, order).await?,
            Next::Lit(nth) => self.lit(nth).await?,
            Next::Dark(nth) => {
                self.goes_dark(nth);
                let again = self.chance.about_ms(600, 2 * DARK_EVERY_MS / 1000);
                self.after(again, Next::Dark(nth));
            }
            Next::Pulse => self.pulse(),
            Next::Close => {
                self.tell(Actor::Operator, Command::CloseShop).await?.ok();
            }
        }
        Ok(())
    }

    fn pulse(&mut self) {
        for barista in self.baristas.iter().filter(|one| !one.is_dark()) {
            self.engine.heard(barista.tablet);
        }
        let dark = self.baristas.iter().filter(|one| one.is_dark());
        let dark: Vec<_> = dark.map(|one| one.tablet).collect();
        if !dark.is_empty()
            && let Some(shop) = self.hub.committed(&super::shop())
        {
            let left = shop.orders.values().filter(|order| {
                let claim = order.claim.filter(|claim| dark.contains(&claim.tablet));
                claim.is_some_and(|claim| shop.silent.contains(&claim.tablet))
                    && !order.state.ended()
                    && order.ready_at.is_none()
            });
            self.orphans = left.map(|order| order.id).collect();
        }
        self.after(PULSE_MS, Next::Pulse);
    }

    fn is_over(&self) -> bool {
        let people = |next: &Next| !matches!(next, Next::Pulse | Next::Dark(_) | Next::GiveUp(..));
        let shop = self.hub.committed(&super::shop());
        let alive = shop.is_some_and(|shop| shop.orders.values().any(|one| !one.state.ended()));
        self.now >= self.closes_at() && !alive && !self.agenda.values().any(people)
    }

    /// A command, by a device whose network may swallow the answer: it asks again under the same key.
    pub(super) async fn tell(
        &mut self,
        actor: Actor,
        command: Command,
    ) -> Result<Result<(), Rejection>, Error> {
        let request = || Request::new(super::shop(), actor, command.clone());
        if !self.plan.faults || !self.chance.in_1000(LOST) {
            return Ok(self.ask(request()).await?.map(|_| ()));
        }
        self.figures.repeated += 1;
        let key = Key {
            principal: Uuid::from_u128(u128::from(self.noted)),
            route: format!("rehearsal {}", self.figures.repeated),
            key: Uuid::from_u128(u128::from(self.chance.next())),
            body_digest: [0; 32],
        };
        let first = self.ask(request().keyed(key.clone())).await?;
        let again = self.ask(request().keyed(key)).await?;
        if first.is_ok() != again.is_ok() {
            self.figures.unlike += 1;
        }
        Ok(again.map(|_| ()))
    }
}
