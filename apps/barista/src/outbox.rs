//! The outbox: every tap on an order, from the tap until the screen shows what came of it. A tap
//! has one idempotency key for its whole life; taps go out one after the other, in the order in
//! which they were made, under the session of whoever made them, also when somebody else is at the
//! tablet by then. Without a network they wait.
//!
//! It also makes a double tap safe: a button is dead from the tap until the screen shows its result.

mod note;
mod stored;
#[cfg(test)]
mod tests;

pub use note::{NOTE_MS, Note, Why};

use crate::deed::{Deed, Hand};
use presso_core::board::{OrderView, QueueView};
use presso_core::id::OrderId;
use presso_core::order::Ticket;
use presso_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// So many taps are kept at most. A barista makes two or three for a drink.
pub const MOST_TAPS: usize = 200;
/// So many notes; older ones give way.
pub const MOST_NOTES: usize = 20;
/// A tap is kept for this long, milliseconds; by then its order is long over. Shorter than the
/// server remembers keys (24 h), so that nothing is done twice.
pub const KEPT_MS: i64 = 12 * 3_600_000;

/// One tap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tap {
    /// Its idempotency key.
    pub key: Uuid,
    /// On which order.
    pub order: OrderId,
    /// The order's number.
    pub ticket: Option<Ticket>,
    /// What was asked.
    pub deed: Deed,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Whose tap it was.
    pub by: Hand,
    /// It was sent at least once, so it may have been done.
    #[serde(default)]
    pub tried: bool,
    #[serde(skip)]
    phase: Phase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Phase {
    /// Tapped with a connection: it should be done in a moment.
    Fresh,
    /// Waits for the network. What was kept over a restart waits.
    #[default]
    Waiting,
    /// Done; the screen will show it with this version of the order.
    Done(u64),
}

/// Why a tap was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// Another tap on this order is on its way.
    Busy,
    /// [`MOST_TAPS`] wait already.
    Full,
}

/// All taps on their way, and what is to be told about those that failed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outbox {
    taps: Vec<Tap>,
    notes: Vec<Note>,
    sending: Option<Uuid>,
    /// A part of what was kept could not be read, and was not sent.
    pub damaged: bool,
}

impl Outbox {
    /// Takes a tap; `live` says whether there is a connection.
    ///
    /// # Errors
    /// [`NotTaken`], and then nothing is to be sent.
    pub fn tap(&mut self, mut tap: Tap, live: bool) -> Result<(), NotTaken> {
        if self.deed(tap.order).is_some() {
            return Err(NotTaken::Busy);
        }
        if self.taps.len() >= MOST_TAPS {
            return Err(NotTaken::Full);
        }
        let rests_on = |before: &Tap| before.order == tap.order && before.by.is(&tap.by);
        let waits = !live || self.taps.iter().any(rests_on);
        tap.phase = if waits { Phase::Waiting } else { Phase::Fresh };
        self.notes.retain(|note| note.order != tap.order);
        self.taps.push(tap);
        Ok(())
    }
    /// The connection is lost: what was on its way waits.
    pub fn lost(&mut self) {
        for tap in &mut self.taps {
            if tap.phase == Phase::Fresh {
                tap.phase = Phase::Waiting;
            }
        }
    }
    /// The next one to send of these people, the oldest first; none while one is being sent.
    pub fn send_next(&mut self, by: &[Hand]) -> Option<Tap> {
        if self.sending.is_some() {
            return None;
        }
        let next = self.taps.iter_mut().find(|tap| tap.is_to_be_sent(by))?;
        next.tried = true;
        self.sending = Some(next.key);
        Some(next.clone())
    }
    /// Is there anything to send for these people?
    #[must_use]
    pub fn has_next(&self, by: &[Hand]) -> bool {
        self.taps.iter().any(|tap| tap.is_to_be_sent(by))
    }
    /// Is there anything to send, whoever tapped it?
    #[must_use]
    pub fn has_any(&self) -> bool {
        let done = |tap: &Tap| matches!(tap.phase, Phase::Done(_));
        self.taps.iter().any(|tap| !done(tap))
    }
    /// It was done, and made the order what it is at `version`.
    pub fn done(&mut self, key: Uuid, version: u64) {
        self.sending = None;
        if let Some(tap) = self.taps.iter_mut().find(|tap| tap.key == key) {
            tap.phase = Phase::Done(version);
        }
    }
    /// There was no answer: it is sent again later, under the same key.
    pub fn unanswered(&mut self, key: Uuid) {
        self.sending = None;
        if let Some(tap) = self.taps.iter_mut().find(|tap| tap.key == key) {
            tap.phase = Phase::Waiting;
        }
    }
    /// It was refused. Later taps on the same order rested on it, and are not sent.
    pub fn refused(&mut self, key: Uuid, queue: Option<&QueueView>, why: Why, at: Timestamp) {
        self.sending = None;
        let Some(from) = self.taps.iter().position(|tap| tap.key == key) else {
            return;
        };
        let first = self.taps[from].clone();
        let mut deeds = Vec::new();
        let mut index = 0;
        self.taps.retain(|tap| {
            let goes = index >= from && tap.order == first.order && tap.by.is(&first.by);
            index += 1;
            if goes {
                deeds.push(tap.deed);
            }
            !goes
        });
        let lasting = first.phase == Phase::Waiting;
        self.say(&first, queue, why, deeds, at, lasting);
    }
    /// It was not even taken.
    pub fn not_taken(&mut self, tap: &Tap, queue: Option<&QueueView>, why: Why) {
        let at = tap.at;
        self.say(tap, queue, why, vec![tap.deed], at, false);
    }
    fn say(
        &mut self,
        tap: &Tap,
        queue: Option<&QueueView>,
        why: Why,
        deeds: Vec<Deed>,
        at: Timestamp,
        lasting: bool,
    ) {
        let seen = queue.and_then(|queue| seen(queue, tap.order));
        self.notes.retain(|note| note.order != tap.order);
        self.notes.push(Note {
            order: tap.order,
            ticket: tap.ticket,
            why,
            deeds,
            at,
            lasting,
            version: seen.map_or(0, |o| o.version),
        });
        let over = self.notes.len().saturating_sub(MOST_NOTES);
        self.notes.drain(..over);
    }
    /// What the screen shows has changed: taps whose result it shows have arrived.
    pub fn look(&mut self, queue: &QueueView) {
        let version = |id: OrderId| seen(queue, id).map(|o| o.version);
        self.taps.retain(|tap| match tap.phase {
            Phase::Fresh | Phase::Waiting => true,
            Phase::Done(at) => version(tap.order).is_some_and(|seen| seen < at),
        });
        self.notes.retain(|note| {
            note.lasting || version(note.order).is_none_or(|seen| seen == note.version)
        });
    }
    /// Gives up what waited too long, with what rested on it, and says so. `now` is the server's
    /// time: only to be called with a connection, since a device's own clock may be anywhere.
    pub fn expire(&mut self, now: Timestamp) {
        let old = |tap: &Tap| now.ms_since(tap.at) >= KEPT_MS && tap.phase == Phase::Waiting;
        while self.sending.is_none()
            && let Some(key) = self.taps.iter().find(|tap| old(tap)).map(|tap| tap.key)
        {
            self.refused(key, None, Why::TooOld, now);
        }
    }
    /// What is on its way for this order and keeps its buttons dead; waiting taps do not.
    #[must_use]
    pub fn deed(&self, order: OrderId) -> Option<Deed> {
        let flies = |tap: &&Tap| tap.phase != Phase::Waiting || self.sending == Some(tap.key);
        let mut taps = self.taps.iter().filter(|tap| tap.order == order);
        taps.find(flies).map(|tap| tap.deed)
    }
    /// What waits for the network on this order that this person tapped, in order.
    #[must_use]
    pub fn waiting(&self, order: OrderId, by: &Hand) -> Vec<&Tap> {
        let waits = |tap: &&Tap| tap.waits_on(order, by);
        self.taps.iter().filter(waits).collect()
    }
    /// All taps whose result the screen does not show yet, but is to show as if they were done: of
    /// this person, in order.
    pub(crate) fn ahead<'a>(&'a self, by: &'a Hand) -> impl Iterator<Item = &'a Tap> {
        let ahead = |tap: &&Tap| tap.phase != Phase::Fresh && tap.by.is(by);
        self.taps.iter().filter(ahead)
    }
    /// How many wait that this person tapped.
    #[must_use]
    pub fn waiting_of(&self, by: &Hand) -> usize {
        let waits = |tap: &&Tap| tap.phase == Phase::Waiting && tap.by.is(by);
        self.taps.iter().filter(waits).count()
    }
    /// Those who tapped something that is not sent because they are not `by` (or nobody is signed
    /// in), and how many taps each.
    #[must_use]
    pub fn strangers(&self, by: Option<&Hand>) -> Vec<(Hand, usize)> {
        let mut all: Vec<(Hand, usize)> = Vec::new();
        let of_others = |tap: &&Tap| by.is_none_or(|by| !tap.by.is(by));
        for tap in self.taps.iter().filter(of_others) {
            match all.iter_mut().find(|(hand, _)| hand.is(&tap.by)) {
                Some((_, count)) => *count += 1,
                None => all.push((tap.by.clone(), 1)),
            }
        }
        all
    }
    /// Gives up what this person tapped.
    pub fn give_up(&mut self, by: &Hand) {
        let sending = self.sending;
        self.taps
            .retain(|tap| !tap.by.is(by) || sending == Some(tap.key));
    }
    /// Can the last tap of this person's that waits on this order be taken back? One that was sent
    /// may have been done.
    #[must_use]
    pub fn can_take_back(&self, order: OrderId, by: &Hand) -> bool {
        let last = self.waiting(order, by).pop();
        last.is_some_and(|tap| !tap.tried)
    }
    /// Takes that tap back, as if it had never been made; does nothing where it cannot be.
    pub fn take_back(&mut self, order: OrderId, by: &Hand) {
        if !self.can_take_back(order, by) {
            return;
        }
        if let Some(at) = self.taps.iter().rposition(|tap| tap.waits_on(order, by)) {
            self.taps.remove(at);
        }
    }
    /// What is to be told about this order.
    #[must_use]
    pub fn note(&self, order: OrderId) -> Option<&Note> {
        self.notes.iter().find(|note| note.order == order)
    }
    /// What is to be told about orders that no lane shows, oldest first.
    #[must_use]
    pub fn homeless(&self, queue: &QueueView, now: Timestamp) -> Vec<Note> {
        let in_lane = |id: OrderId| {
            seen(queue, id).is_some_and(|o| crate::lanes::Lane::of(o.state).is_some())
        };
        let homeless = |note: &&Note| !in_lane(note.order) && note.fresh(now);
        self.notes.iter().filter(homeless).cloned().collect()
    }
    /// The person has read it.
    pub fn dismiss(&mut self, order: OrderId) {
        self.notes.retain(|note| note.order != order);
    }
}

impl Tap {
    /// A tap that was just made.
    #[must_use]
    pub const fn new(
        key: Uuid,
        order: OrderId,
        ticket: Option<Ticket>,
        deed: Deed,
        at: Timestamp,
        by: Hand,
    ) -> Self {
        Self {
            key,
            order,
            ticket,
            deed,
            at,
            by,
            tried: false,
            phase: Phase::Fresh,
        }
    }
    fn is_to_be_sent(&self, by: &[Hand]) -> bool {
        !matches!(self.phase, Phase::Done(_)) && by.iter().any(|hand| self.by.is(hand))
    }
    fn waits_on(&self, order: OrderId, by: &Hand) -> bool {
        self.order == order && self.phase == Phase::Waiting && self.by.is(by)
    }
}

fn seen(queue: &QueueView, id: OrderId) -> Option<&OrderView> {
    queue.orders.iter().find(|order| order.order == id)
}
