//! Customers: they come, scan, choose, wait, fetch; or do not.

use super::chance::Chance;
use super::world::{Next, World};
use super::{Error, figures::Lost};
use crate::engine;
use presso_core::code::Code;
use presso_core::id::{CustomerId, OrderId};
use presso_core::menu::Choice;
use presso_core::order::{Actor, CancelReason};
use presso_core::workflow::{Command, Rejection};
use uuid::Uuid;

/// Of a thousand: who never chooses, thinks better of it while choosing, or once it is ordered, and
/// who never comes for their drink.
const DREAMS: u64 = 25;
const LEAVES: u64 = 15;
const REGRETS: u64 = 15;
const FORGETS: u64 = 20;

/// Somebody.
pub(super) struct Guest {
    pub(super) actor: Actor,
    pub(super) came_at: i64,
    pub(super) order: Option<OrderId>,
    /// How long they try to get a place, and wait for their drink, before they go.
    tries_ms: i64,
    waits_ms: i64,
}

impl Guest {
    pub(super) fn new(nth: usize, came_at: i64, chance: &mut Chance) -> Self {
        let customer = CustomerId(Uuid::from_u128(0xC0_0000 + nth as u128));
        Self {
            actor: Actor::guest(customer),
            came_at,
            order: None,
            tries_ms: chance.about_ms(180, 600),
            waits_ms: chance.about_ms(360, 1_080),
        }
    }
}

impl World<'_> {
    /// Scans what the display shows; whoever finds no place tries again for a while.
    pub(super) async fn scan(&mut self, who: usize) -> Result<(), Error> {
        let shop = super::shop();
        let shown = self.hub.code(&shop).map(|view| view.code);
        let code = shown.unwrap_or_else(|| Code::parse("0000000000").expect("ten of its signs"));
        let scan = crate::engine::Request::scan(shop, self.guests[who].actor, code);
        let refusal = match self.ask(scan).await? {
            Ok(order) => {
                self.guests[who].order = order;
                if let Some(order) = order {
                    self.whose.insert(order, who);
                }
                if !self.chance.in_1000(DREAMS) {
                    let chooses = self.chance.about_ms(15, 95);
                    self.after(chooses, Next::Choose(who));
                }
                return Ok(());
            }
            Err(refusal) => refusal,
        };
        let guest = &self.guests[who];
        let again = self.chance.about_ms(15, 60);
        let comes_again = !matches!(refusal, Rejection::ShopClosed)
            && self.now + again < guest.came_at + guest.tries_ms;
        if comes_again {
            self.after(again, Next::Arrive(who));
        } else {
            let why = match refusal {
                Rejection::CodeUsedUp { .. } | Rejection::CodeExpired => Lost::NoPlace,
                Rejection::ShopFull { .. } => Lost::ShopFull,
                _ => Lost::Closed,
            };
            self.figures.lost(self.now, why);
        }
        Ok(())
    }

    pub(super) async fn choose(&mut self, who: usize) -> Result<(), Error> {
        let Some(order) = self.guests[who].order else {
            return Ok(());
        };
        let actor = self.guests[who].actor;
        if self.chance.in_1000(LEAVES) {
            let reason = CancelReason::ChangedMind;
            // Refused when time was quicker.
            let _ = self.tell(actor, Command::Cancel { order, reason }).await?;
            return Ok(());
        }
        let (drink, _, _) = super::DRINKS[self.chance.below(super::DRINKS.len())];
        let choice = Choice {
            drink: presso_core::id::DrinkId::parse(drink).expect("a slug"),
            options: vec![],
        };
        let submit = Command::Submit { order, choice };
        if self.tell(actor, submit).await?.is_err() {
            return Ok(()); // too late: time was quicker
        }
        self.queue(order, drink);
        let regrets = self.chance.in_1000(REGRETS);
        let leaves = match regrets {
            true => self.chance.about_ms(10, 120),
            false => self.guests[who].waits_ms,
        };
        self.after(leaves, Next::GiveUp(who, regrets));
        Ok(())
    }

    /// Cancels, unless it is being made already: then the server says so, and they stay.
    pub(super) async fn give_up(&mut self, who: usize, regrets: bool) -> Result<(), Error> {
        let guest = &self.guests[who];
        let (actor, Some(order)) = (guest.actor, guest.order) else {
            return Ok(());
        };
        let reason = match regrets {
            true => CancelReason::ChangedMind,
            false => CancelReason::TooLong,
        };
        let _ = self.tell(actor, Command::Cancel { order, reason }).await?;
        Ok(())
    }

    /// It is on the counter: most come for it.
    pub(super) fn rings(&mut self, order: OrderId) {
        if !self.chance.in_1000(FORGETS) {
            let comes = self.chance.about_ms(5, 80);
            self.after(comes, Next::Fetch(order));
        }
    }

    /// What somebody asks, by a phone or tablet that may have to ask twice: the order that it was
    /// about, or the refusal.
    pub(super) async fn ask(
        &mut self,
        request: engine::Request,
    ) -> Result<Result<Option<OrderId>, Rejection>, Error> {
        let request = request.answering(|decided| decided.order);
        self.figures.asked += 1;
        match self.engine.command(request).await {
            Ok(answer) => Ok(Ok(serde_json::from_slice(&answer.body).unwrap_or(None))),
            Err(engine::Error::Rejected(refusal)) => {
                self.figures.refused += 1;
                Ok(Err(refusal))
            }
            Err(error) => Err(Error::Engine(error)),
        }
    }
}
