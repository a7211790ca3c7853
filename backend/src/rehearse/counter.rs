//! Baristas: each does one thing after the other, on a tablet that may fail.

use super::Error;
use super::chance::Chance;
use super::world::{Next, World};
use presso_core::id::{OrderId, StaffId, TabletId};
use presso_core::order::{Actor, StaffRole};
use presso_core::workflow::Command;
use uuid::Uuid;

/// How much longer than a practised hand the slow one takes, in hundredths.
const SLOW: i64 = 160;

/// Somebody who makes coffee.
pub(super) struct Barista {
    pub(super) actor: Actor,
    pub(super) tablet: TabletId,
    /// Their own pace, in hundredths of a practised hand's time.
    pace: i64,
    /// They are at it since then.
    busy_since: Option<i64>,
    /// Their tablet is dark until then.
    dark_until: Option<i64>,
    /// What is done, and could not be tapped.
    untapped: Option<OrderId>,
}

impl Barista {
    pub(super) fn new(nth: u32, of: u32, chance: &mut Chance) -> Self {
        let tablet = TabletId(Uuid::from_u128(0x7000 + u128::from(nth)));
        let slow = of >= 3 && nth + 1 == of;
        Self {
            actor: Actor::Staff {
                staff: StaffId(Uuid::from_u128(0x5000 + u128::from(nth))),
                role: StaffRole::Barista,
                tablet,
            },
            tablet,
            pace: if slow {
                SLOW
            } else {
                chance.about_ms(0, 30) / 1000 + 85
            },
            busy_since: None,
            dark_until: None,
            untapped: None,
        }
    }

    pub(super) fn is_dark(&self) -> bool {
        self.dark_until.is_some()
    }

    fn is_idle(&self) -> bool {
        self.busy_since.is_none() && !self.is_dark()
    }
}

impl World<'_> {
    /// Whoever is idle turns to what is most urgent: people at the counter, orders of tablets that
    /// fell silent, the oldest in the queue.
    pub(super) async fn work(&mut self) -> Result<(), Error> {
        for nth in 0..self.baristas.len() {
            while self.baristas[nth].is_idle() && self.begins(nth).await? {}
        }
        Ok(())
    }

    /// Turns to one thing; false when there is none.
    async fn begins(&mut self, nth: usize) -> Result<bool, Error> {
        let actor = self.baristas[nth].actor;
        if let Some(order) = self.fetching.pop_front() {
            self.busy(nth);
            let takes = self.chance.about_ms(4, 12);
            self.after(takes, Next::Handed(nth, order));
            return Ok(true);
        }
        let mut orphans = std::mem::take(&mut self.orphans);
        let taken = loop {
            let Some(order) = orphans.pop() else {
                break None;
            };
            if self.tell(actor, Command::TakeOver { order }).await?.is_ok() {
                break Some(order);
            }
        };
        self.orphans.extend(orphans);
        let order = match taken {
            Some(order) => Some(order),
            None => self.claims(actor).await?,
        };
        let Some(order) = order else {
            return Ok(false);
        };
        self.busy(nth);
        let practised = self.drinks.get(&order).copied().unwrap_or(60);
        let pace = practised * self.baristas[nth].pace;
        let takes = self.chance.about_ms(pace * 7 / 1000, pace * 14 / 1000);
        self.after(takes, Next::Made(nth, order));
        Ok(true)
    }

    /// Claims the oldest that can be claimed: others were cancelled, or time was quicker.
    async fn claims(&mut self, actor: Actor) -> Result<Option<OrderId>, Error> {
        while let Some(order) = self.queued.pop_front() {
            if self.tell(actor, Command::Claim { order }).await?.is_ok() {
                return Ok(Some(order));
            }
        }
        Ok(None)
    }

    pub(super) async fn made(&mut self, nth: usize, order: OrderId) -> Result<(), Error> {
        if self.baristas[nth].is_dark() {
            self.baristas[nth].untapped = Some(order);
            return Ok(());
        }
        self.completes(nth, order).await
    }

    async fn completes(&mut self, nth: usize, order: OrderId) -> Result<(), Error> {
        self.idle(nth);
        let actor = self.baristas[nth].actor;
        // Refused when it timed out, or somebody took it over.
        if self.tell(actor, Command::Complete { order }).await?.is_ok() {
            self.rings(order);
        }
        Ok(())
    }

    pub(super) async fn handed(&mut self, nth: usize, order: OrderId) -> Result<(), Error> {
        self.idle(nth);
        let actor = self.baristas[nth].actor;
        // Refused when it was swept a moment ago: then it is handed over all the same.
        let _ = self.tell(actor, Command::Collect { order }).await?;
        Ok(())
    }

    /// A tablet fails: what it has claimed is for others, once it has been silent for long enough.
    pub(super) fn goes_dark(&mut self, nth: usize) {
        if self.baristas[nth].is_dark() {
            return;
        }
        self.figures.dark += 1;
        let lasts = self.chance.about_ms(30, 480);
        self.baristas[nth].dark_until = Some(self.now + lasts);
        self.after(lasts, Next::Lit(nth));
    }

    pub(super) async fn lit(&mut self, nth: usize) -> Result<(), Error> {
        let barista = &mut self.baristas[nth];
        barista.dark_until = None;
        let (tablet, untapped) = (barista.tablet, barista.untapped.take());
        self.engine.heard(tablet);
        match untapped {
            Some(order) => self.completes(nth, order).await,
            None => Ok(()),
        }
    }

    fn busy(&mut self, nth: usize) {
        self.baristas[nth].busy_since = Some(self.now);
    }

    fn idle(&mut self, nth: usize) {
        if let Some(since) = self.baristas[nth].busy_since.take() {
            self.figures.worked(since, self.now);
        }
    }
}
