//! When two mornings are one: everything that is still to come lies equally far ahead, for people
//! who may be exchanged for each other.

use crate::morning::{Morning, What};
use crate::shop::{BARISTAS, CUSTOMERS, barista, customer};
use presso_core::id::StaffId;
use presso_core::order::{Actor, Order, OrderState};
use presso_core::time::Timestamp;
use presso_core::workflow::Verb;
use std::hash::{Hash, Hasher};

/// Somebody, as far as it matters who: the order's customer, or one of the baristas.
type Somebody = u8;
const CUSTOMER: Somebody = 100;

/// An order as far as it decides what may still happen.
#[derive(Hash, PartialEq, Eq, PartialOrd, Ord)]
struct Gist {
    state: OrderState,
    claim: Option<Somebody>,
    /// Whether its place was given back.
    place_returned: bool,
    submit_by: Option<i64>,
    make_by: Option<i64>,
    sweep_at: Option<i64>,
    undo: Option<Undo>,
    key: Option<KeyGist>,
}

#[derive(Hash, PartialEq, Eq, PartialOrd, Ord)]
struct Undo {
    verb: Verb,
    by: Somebody,
    /// Since when.
    ago: i64,
    state: OrderState,
    claim: Option<Somebody>,
    sweep_at: Option<i64>,
}

#[derive(Hash, PartialEq, Eq, PartialOrd, Ord)]
struct KeyGist {
    verb: Option<Verb>,
    by: Somebody,
    copies: u8,
    taken: bool,
    done: u8,
    answered: bool,
}

impl Hash for Morning {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.gist().hash(hasher);
        // Once no copy is on its way any more, a key and a crash have nothing more to say.
        let pending = self.key.filter(|key| key.copies > 0);
        (self.key.is_some(), pending.map(|_| self.crashed)).hash(hasher);
        self.books.broken.hash(hasher);
        for (window, taken) in &self.shop.places {
            // The one code there is outlives the morning.
            debug_assert!(ahead(self.now, window.dies_at(0)) > 0);
            taken.hash(hasher);
        }
    }
}

fn ahead(now: Timestamp, at: Timestamp) -> i64 {
    at.ms_since(now)
}

/// A key as it stands with who or what it is about.
type Customer = (u8, Option<KeyGist>, Vec<Gist>);

impl Morning {
    /// Every customer with their orders, sorted; and a key on an order that is gone.
    fn gist(&self) -> (Vec<Customer>, Option<KeyGist>) {
        let mut customers: Vec<Customer> = Vec::new();
        let mut key_found = false;
        for n in 0..CUSTOMERS {
            let Actor::Customer { customer, .. } = customer(n) else {
                continue;
            };
            let own = self.shop.orders.values().filter(|o| o.customer == customer);
            let mut orders: Vec<Gist> = Vec::new();
            for order in own {
                let about = |what| matches!(what, What::Verb(_, id) if id == order.id);
                let key = self.key.filter(|key| key.copies > 0 && about(key.what));
                if let Some(gist) = self.order(order, key.is_some()) {
                    key_found |= key.is_some();
                    orders.push(gist);
                }
            }
            orders.sort();
            let scans = |what| matches!(what, What::Scan(of) if of == n);
            let key = self.key.filter(|key| key.copies > 0 && scans(key.what));
            key_found |= key.is_some();
            let key = key.and_then(|_| self.key_gist());
            customers.push((self.scans[usize::from(n)], key, orders));
        }
        customers.sort();
        let stray = (!key_found).then(|| self.key_gist()).flatten();
        (customers, stray)
    }

    fn key_gist(&self) -> Option<KeyGist> {
        self.key.filter(|key| key.copies > 0).map(|key| KeyGist {
            verb: match key.what {
                What::Scan(_) => None,
                What::Verb(verb, _) => Some(verb),
            },
            by: somebody(&key.by),
            copies: key.copies,
            taken: key.taken,
            done: key.done,
            answered: key.answered,
        })
    }

    /// None for one that has ended and cannot be taken back: every verb is refused.
    fn order(&self, order: &Order, has_key: bool) -> Option<Gist> {
        let within_s = self.shop.settings.undo_within_s;
        let last = order.last.as_ref();
        let last = last.filter(|last| self.now < last.at.plus_s(within_s));
        if order.state.ended() && last.is_none() {
            return None;
        }
        let in_any = |states: &[OrderState]| {
            states.contains(&order.state)
                || last.is_some_and(|last| states.contains(&last.before.state))
        };
        let choosing = in_any(&[OrderState::Choosing]);
        let making = in_any(&[OrderState::Queued, OrderState::Making]);
        let ahead = |at: Timestamp| ahead(self.now, at);
        let claim =
            |claim: Option<presso_core::order::Claim>| claim.map(|claim| number(claim.staff));
        let claimed = order.state == OrderState::Making;
        Some(Gist {
            state: order.state,
            claim: claim(order.claim).filter(|_| claimed),
            place_returned: order.place_returned,
            submit_by: choosing.then(|| ahead(order.submit_by)),
            make_by: order.make_by.filter(|_| making).map(ahead),
            sweep_at: order
                .sweep_at
                .filter(|_| order.state == OrderState::Ready)
                .map(ahead),
            undo: last.map(|last| Undo {
                verb: last.verb,
                by: somebody(&last.by),
                ago: -ahead(last.at),
                state: last.before.state,
                claim: claim(last.before.claim),
                sweep_at: last.before.sweep_at.map(ahead),
            }),
            key: if has_key { self.key_gist() } else { None },
        })
    }
}

fn somebody(actor: &Actor) -> Somebody {
    match actor {
        Actor::Staff { staff, .. } => number(*staff),
        _ => CUSTOMER,
    }
}

fn number(staff: StaffId) -> Somebody {
    let is = |n: &u8| matches!(barista(*n), Actor::Staff { staff: own, .. } if own == staff);
    (0..BARISTAS).find(is).unwrap_or(0)
}
