//! What people do: mostly what the screen offers them, sometimes what it does not.

use crate::chance::Chance;
use crate::device::{Device, Kind, Life};
use crate::errand::Wish;
use crate::shop;
use presso_core::board::{BoardView, OrderView, QueueView, ShopFacts, Topic, View};
use presso_core::code::Code;
use presso_core::id::OrderId;
use presso_core::order::{Actor, CancelReason};
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Verb, offers};

/// What somebody does next.
pub(crate) enum Deed {
    Nothing,
    Ask(Wish),
    /// The order is over: it is watched no more.
    Forget(OrderId),
    /// Leaves for good.
    Vanish,
}

impl Device {
    /// What its person does now. `code` is what the shop's screen shows.
    pub(crate) fn deed(&mut self, code: Option<&Code>, now: i64, may_vanish: bool) -> Deed {
        let server_now = self.server_now(now);
        match self.kind {
            Kind::Customer(life) => self.customer(life, code, server_now, may_vanish),
            Kind::Tablet => self.barista(server_now),
            Kind::Display => Deed::Nothing,
            Kind::Operator => self.operator(),
        }
    }

    fn customer(
        &mut self,
        life: Life,
        code: Option<&Code>,
        now: Timestamp,
        may_vanish: bool,
    ) -> Deed {
        if !self.open.is_empty() {
            return Deed::Nothing;
        }
        let Some(order) = life.order else {
            let code = code.cloned();
            return code.map_or(Deed::Nothing, |code| Deed::Ask(Wish::Scan(code)));
        };
        let Some(View::Order(view)) = self.view(&Topic::Order(order)) else {
            return Deed::Nothing;
        };
        let view = view.clone();
        if view.state.ended() && !self.chance.in_1000(200) {
            return Deed::Forget(order);
        }
        if may_vanish {
            return Deed::Vanish;
        }
        let Some(facts) = self.board().map(|board| board.facts.clone()) else {
            return Deed::Nothing;
        };
        let verb = self.wanted(&view, &facts, now, 900);
        verb.map_or(Deed::Nothing, |verb| self.order(verb, order))
    }

    fn barista(&mut self, now: Timestamp) -> Deed {
        if self.open.len() > 1 {
            return Deed::Nothing;
        }
        let Some(queue) = self.queue() else {
            return Deed::Nothing;
        };
        let (orders, facts) = (queue.orders.clone(), queue.facts.clone());
        let Some(view) = self.chance.pick(&orders).cloned() else {
            return Deed::Nothing;
        };
        let verb = self.wanted(&view, &facts, now, 960);
        verb.map_or(Deed::Nothing, |verb| self.order(verb, view.order))
    }

    /// One of the verbs on offer, work before second thoughts; so many times in a thousand none
    /// that is not.
    fn wanted(
        &mut self,
        view: &OrderView,
        facts: &ShopFacts,
        now: Timestamp,
        honest: u32,
    ) -> Option<Verb> {
        if !self.chance.in_1000(honest) {
            return self.chance.pick(&Verb::ALL).copied();
        }
        let offers = offers(view, facts, &self.actor, now);
        let offered: Vec<Verb> = offers.into_iter().map(|offer| offer.verb).collect();
        let work = [
            Verb::Submit,
            Verb::Claim,
            Verb::TakeOver,
            Verb::Complete,
            Verb::Collect,
        ];
        let work: Vec<Verb> = offered
            .iter()
            .copied()
            .filter(|verb| work.contains(verb))
            .collect();
        let of = if self.chance.in_1000(750) {
            &work
        } else {
            &offered
        };
        self.chance.pick(of).copied()
    }

    fn order(&mut self, verb: Verb, order: OrderId) -> Deed {
        let reasons = match self.actor {
            Actor::Customer { .. } => &CancelReason::CUSTOMER[..],
            _ => &CancelReason::STAFF[..],
        };
        let command = match verb {
            Verb::Submit => Command::Submit {
                order,
                choice: shop::choice(&mut self.chance),
            },
            Verb::Cancel => {
                let reason = self.chance.pick(reasons).copied();
                let reason = reason.unwrap_or(CancelReason::Other);
                Command::Cancel { order, reason }
            }
            Verb::Claim => Command::Claim { order },
            Verb::Unclaim => Command::Unclaim { order },
            Verb::TakeOver => Command::TakeOver { order },
            Verb::Complete => Command::Complete { order },
            Verb::Collect => Command::Collect { order },
            Verb::Undo => Command::Undo { order },
            // Time's own; nobody can ask for them.
            Verb::TimeOut | Verb::Sweep => return Deed::Nothing,
        };
        Deed::Ask(Wish::Do(command))
    }

    fn operator(&mut self) -> Deed {
        if !self.open.is_empty() {
            return Deed::Nothing;
        }
        let available = self.chance.in_1000(500);
        Deed::Ask(Wish::Do(match self.chance.next() % 10 {
            0 | 1 => Command::CloseShop,
            2 => Command::StartPeriod,
            3 | 4 => Command::SwitchDrink {
                drink: "tea".parse().expect("a slug"),
                available,
            },
            5 => Command::ChangeSettings {
                settings: shop::settings(&mut self.chance),
            },
            _ => Command::OpenShop,
        }))
    }

    fn board(&self) -> Option<&BoardView> {
        match self.view(&Topic::Board(shop::id()))? {
            View::Board(board) => Some(board),
            _ => None,
        }
    }

    fn queue(&self) -> Option<&QueueView> {
        match self.view(&Topic::Queue(shop::id()))? {
            View::Queue(queue) => Some(queue),
            _ => None,
        }
    }

    /// How long until they look again, milliseconds.
    pub(crate) fn pause_ms(&mut self) -> i64 {
        let mean_ms = match &self.kind {
            Kind::Customer(Life { order: None, .. }) => 40_000,
            Kind::Customer(_) => 12_000,
            Kind::Tablet => 6_000,
            Kind::Display => 600_000,
            Kind::Operator => 120_000,
        };
        pause(&mut self.chance, mean_ms)
    }
}

/// People come in flocks, and press twice.
fn pause(chance: &mut Chance, mean_ms: i64) -> i64 {
    50 + chance.wait_ms(mean_ms)
}
