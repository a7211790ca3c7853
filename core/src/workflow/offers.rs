//! `offers`: what this actor may do to this order now. Works on what a screen sees, so a button
//! exists because it was offered; the law that `decide` accepts exactly this keeps both honest.

use super::{Verb, transition};
use crate::board::{OrderView, ShopFacts};
use crate::order::{Actor, Role};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One thing that an actor may do to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Offer {
    /// The verb.
    pub verb: Verb,
    /// For [`Verb::Undo`]: what would be undone.
    pub undoes: Option<Verb>,
    /// Until when it stands, if time alone ends it.
    pub until: Option<Timestamp>,
}

/// One thing that an actor may do to the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShopOffer {
    /// Admit scans.
    Open,
    /// Admit no more.
    Close,
    /// Switch drinks and options.
    SwitchMenu,
    /// Change settings and the menu.
    Manage,
}

/// What this actor may do to this order now, in the order of [`Verb::ALL`].
#[must_use]
pub fn offers(order: &OrderView, facts: &ShopFacts, actor: &Actor, now: Timestamp) -> Vec<Offer> {
    let verbs = Verb::ALL.into_iter();
    verbs
        .filter_map(|verb| offer(order, facts, actor, now, verb))
        .collect()
}

fn offer(
    order: &OrderView,
    facts: &ShopFacts,
    actor: &Actor,
    now: Timestamp,
    verb: Verb,
) -> Option<Offer> {
    transition(order.state, verb, actor.role())?;
    if verb == Verb::Undo {
        return undo(order, facts, actor, now);
    }
    let until = order.deadline();
    if until.is_some_and(|at| at <= now) || matches!(actor.role(), Role::Clock | Role::Operator) {
        return None;
    }
    let mine = order.claim.as_ref().is_none_or(|c| c.is_of(actor));
    let takeable = order.claim.as_ref().is_some_and(|c| c.takeable);
    let stands = match verb {
        Verb::Unclaim | Verb::Complete => mine,
        Verb::TakeOver => takeable && !mine,
        Verb::Submit => facts.sign_in.admits(actor),
        _ => true,
    };
    stands.then_some(Offer {
        verb,
        undoes: None,
        until,
    })
}

fn undo(order: &OrderView, facts: &ShopFacts, actor: &Actor, now: Timestamp) -> Option<Offer> {
    let last = order.undo.as_ref().filter(|last| last.is_of(actor))?;
    let too_late = last.at.plus_s(facts.undo_within_s);
    // The deadline that would count again, and the one that counts now.
    let deadlines = [last.deadline, order.deadline()].into_iter().flatten();
    let until = deadlines.fold(too_late, Timestamp::min);
    if now >= until {
        return None;
    }
    let revives = !order.state.in_progress() && last.back_to.in_progress();
    if revives && (facts.full || order.customer_has_other) {
        return None;
    }
    let spent = |s: &&crate::board::SpentCode| s.window == order.window && now < s.dies_at;
    if order.place_returned && facts.spent_codes.iter().any(|s| spent(&s)) {
        return None;
    }
    Some(Offer {
        verb: Verb::Undo,
        undoes: Some(last.verb),
        until: Some(until),
    })
}

/// What this actor may do to the shop.
#[must_use]
pub fn shop_offers(facts: &ShopFacts, actor: &Actor) -> Vec<ShopOffer> {
    let staff = actor.manages() || actor.role() == Role::Barista;
    let door = if facts.open {
        ShopOffer::Close
    } else {
        ShopOffer::Open
    };
    let offers = [
        (door, staff),
        (ShopOffer::SwitchMenu, staff),
        (ShopOffer::Manage, actor.manages()),
    ];
    offers
        .into_iter()
        .filter(|(_, may)| *may)
        .map(|(offer, _)| offer)
        .collect()
}

impl OrderView {
    /// The instant at which time itself acts on it; none once ended.
    #[must_use]
    pub const fn deadline(&self) -> Option<Timestamp> {
        self.state
            .deadline(self.submit_by, self.make_by, self.sweep_at)
    }
}
