//! One order as a screen sees it, redacted for who looks.

use crate::code::Window;
use crate::id::{OrderId, StaffId};
use crate::menu::Choice;
use crate::order::{Actor, Ending, LastVerb, Order, OrderState, Role, Ticket};
use crate::shop::Shop;
use crate::time::Timestamp;
use crate::workflow::Verb;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// The customer whose order it is: not who of the staff does what.
    Customer,
    /// The shop's staff: not the customer's pseudonym.
    Staff,
}

/// Names, kept beside the journal in rows that can be erased.
pub trait Names {
    /// The name to call for this order.
    fn on_cup(&self, order: OrderId) -> Option<String>;
    /// A member of staff's name.
    fn of_staff(&self, staff: StaffId) -> Option<String>;
}

/// Nobody has a name: after an erasure, and where names do not matter.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoNames;

impl Names for NoNames {
    fn on_cup(&self, _: OrderId) -> Option<String> {
        None
    }
    fn of_staff(&self, _: StaffId) -> Option<String> {
        None
    }
}

/// One order as a screen sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrderView {
    /// The order.
    pub order: OrderId,
    /// Version of the last event that touched it.
    pub version: u64,
    /// Where it is.
    pub state: OrderState,
    /// Its number, once ordered.
    pub ticket: Option<Ticket>,
    /// What was ordered.
    pub choice: Option<Choice>,
    /// The name to call.
    pub name: Option<String>,
    /// The code's window that admitted it.
    pub window: Window,
    /// When the code was scanned.
    pub started_at: Timestamp,
    /// By when it must be ordered.
    pub submit_by: Timestamp,
    /// When it was ordered.
    pub submitted_at: Option<Timestamp>,
    /// By when it must be made.
    pub make_by: Option<Timestamp>,
    /// Who makes it.
    pub claim: Option<ClaimView>,
    /// When it was ready.
    pub ready_at: Option<Timestamp>,
    /// When it leaves the board.
    pub sweep_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// What may be undone.
    pub undo: Option<UndoView>,
    /// Its place on the code was given back; undoing takes one again.
    pub place_returned: bool,
    /// The customer has as many other orders in progress as the shop allows.
    pub customer_has_other: bool,
}

/// A claim as a screen sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimView {
    /// Whose; hidden from customers.
    pub staff: Option<StaffId>,
    /// Their name; hidden from customers.
    pub name: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// Its tablet is silent: it can be taken over.
    pub takeable: bool,
}

impl ClaimView {
    /// Is it this actor's?
    #[must_use]
    pub fn is_of(&self, actor: &Actor) -> bool {
        matches!(actor, Actor::Staff { staff, .. } if self.staff == Some(*staff))
    }
}

/// What may be undone, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UndoView {
    /// The verb.
    pub verb: Verb,
    /// Which side did it.
    pub side: Role,
    /// Who of the staff did it; hidden from customers.
    pub staff: Option<StaffId>,
    /// When.
    pub at: Timestamp,
    /// The state it would go back to.
    pub back_to: OrderState,
    /// The deadline that would count again.
    pub deadline: Option<Timestamp>,
}

impl UndoView {
    /// Is it this actor's?
    #[must_use]
    pub fn is_of(&self, actor: &Actor) -> bool {
        match actor {
            Actor::Customer { .. } => self.side == Role::Customer,
            Actor::Staff { staff, .. } => self.staff == Some(*staff),
            Actor::Clock | Actor::Operator => false,
        }
    }
}

impl OrderView {
    /// Should time have ended it, and has not? There is never such an order, unless something is
    /// broken; a moment is allowed for what is under way.
    #[must_use]
    pub fn stuck(&self, now: Timestamp) -> bool {
        const MOMENT_MS: i64 = 5_000;
        self.deadline()
            .is_some_and(|deadline| now.ms_since(deadline) > MOMENT_MS)
    }
    /// What the order's customer may see of a view made for staff: not who of them does what.
    #[must_use]
    pub fn for_customer(mut self) -> Self {
        if let Some(claim) = &mut self.claim {
            (claim.staff, claim.name) = (None, None);
        }
        if let Some(undo) = &mut self.undo {
            undo.staff = None;
        }
        self
    }
}

/// This order for this audience.
#[must_use]
pub fn order_view(shop: &Shop, order: &Order, audience: Audience, names: &impl Names) -> OrderView {
    let staff = |id: StaffId| (audience == Audience::Staff).then_some(id);
    let claim = order
        .claim
        .filter(|_| order.state == OrderState::Making)
        .map(|c| ClaimView {
            staff: staff(c.staff),
            name: staff(c.staff).and_then(|id| names.of_staff(id)),
            since: c.since,
            takeable: shop.silent.contains(&c.tablet),
        });
    OrderView {
        order: order.id,
        version: order.version,
        state: order.state,
        ticket: order.ticket,
        choice: order.choice.clone(),
        name: names.on_cup(order.id),
        window: order.window,
        started_at: order.started_at,
        submit_by: order.submit_by,
        submitted_at: order.submitted_at,
        make_by: order.make_by,
        claim,
        ready_at: order.ready_at,
        sweep_at: order.sweep_at,
        ended_at: order.ended_at,
        ending: order.ending,
        undo: order
            .last
            .as_ref()
            .map(|last| undo_view(order, last, &staff)),
        place_returned: order.place_returned,
        // Asked only where it matters, so that a view changes only when its order is touched.
        customer_has_other: order.last.is_some()
            && shop.customer_is_at_limit(order.customer, Some(order.id)),
    }
}

fn undo_view(
    order: &Order,
    last: &LastVerb,
    staff: &impl Fn(StaffId) -> Option<StaffId>,
) -> UndoView {
    UndoView {
        verb: last.verb,
        side: last.by.role(),
        staff: match last.by {
            Actor::Staff { staff: id, .. } => staff(id),
            _ => None,
        },
        at: last.at,
        back_to: last.before.state,
        deadline: order.deadline_after_undo(),
    }
}
