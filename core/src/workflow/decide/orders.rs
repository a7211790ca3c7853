//! The verbs on one order. The table says whether a verb applies; here are each verb's conditions.

use super::returns_place;
use crate::menu::Choice;
use crate::order::{Actor, CancelReason, Claim, Order, OrderState, Role};
use crate::shop::Shop;
use crate::time::Timestamp;
use crate::workflow::{Command, EventKind, Rejection, Verb, transition};

type Decision = Result<Vec<EventKind>, Rejection>;

pub(super) fn on_order(shop: &Shop, actor: &Actor, command: &Command, now: Timestamp) -> Decision {
    let (verb, id) = command.verb().ok_or(Rejection::NotAllowed)?;
    let order = shop.orders.get(&id).ok_or(Rejection::OrderUnknown)?;
    may_know(actor, order)?;
    if verb == Verb::Undo {
        return undo(shop, actor, order, now);
    }
    applies(actor, order, verb)?;
    if order.deadline().is_some_and(|at| at <= now) {
        return Err(Rejection::DeadlinePassed);
    }
    match (command, actor) {
        (Command::Submit { choice, .. }, _) => submit(shop, actor, order, choice, now),
        (Command::Cancel { reason, .. }, _) => cancel(shop, actor, order, *reason, now),
        (_, Actor::Staff { staff, tablet, .. }) => {
            let claim = Claim {
                staff: *staff,
                tablet: *tablet,
                since: now,
            };
            by_staff(shop, order, verb, claim, now)
        }
        _ => Err(Rejection::NotAllowed),
    }
}

/// An order that is none of one's business does not exist.
fn may_know(actor: &Actor, order: &Order) -> Result<(), Rejection> {
    match actor {
        Actor::Customer { customer, .. } if *customer != order.customer => {
            Err(Rejection::OrderUnknown)
        }
        Actor::Customer { .. } | Actor::Staff { .. } => Ok(()),
        Actor::Clock | Actor::Operator => Err(Rejection::NotAllowed),
    }
}

/// Is there a row in the table? If not, which refusal helps most?
fn applies(actor: &Actor, order: &Order, verb: Verb) -> Result<(), Rejection> {
    let role = actor.role();
    if transition(order.state, verb, role).is_some() {
        return Ok(());
    }
    if !OrderState::ALL
        .iter()
        .any(|s| transition(*s, verb, role).is_some())
    {
        return Err(Rejection::NotAllowed);
    }
    Err(match (order.state, verb) {
        (state, _) if state.ended() => Rejection::OrderEnded { state },
        (OrderState::Making, Verb::Claim) => already_claimed(order),
        (OrderState::Making, Verb::Cancel) => Rejection::OrderBeingMade,
        (state, verb) => Rejection::WrongState { state, verb },
    })
}

fn already_claimed(order: &Order) -> Rejection {
    order
        .claim
        .map_or(Rejection::NotTakeable, |c| Rejection::OrderAlreadyClaimed {
            by: c.staff,
        })
}

fn submit(shop: &Shop, actor: &Actor, order: &Order, choice: &Choice, now: Timestamp) -> Decision {
    if !shop.settings.sign_in.admits(actor) {
        return Err(Rejection::SignInNeeded);
    }
    shop.menu
        .check(choice)
        .map_err(|why| Rejection::NotOnMenu { why })?;
    Ok(vec![EventKind::OrderSubmitted {
        order: order.id,
        choice: choice.clone(),
        ticket: crate::order::Ticket(shop.tickets.next),
        make_by: now.plus_s(shop.settings.make_within_s),
    }])
}

fn cancel(
    shop: &Shop,
    actor: &Actor,
    order: &Order,
    reason: CancelReason,
    now: Timestamp,
) -> Decision {
    let allowed: &[CancelReason] = match actor.role() {
        Role::Customer => &CancelReason::CUSTOMER,
        _ => &CancelReason::STAFF,
    };
    if !allowed.contains(&reason) {
        return Err(Rejection::ReasonNotYours);
    }
    let place_returned = returns_place(shop, order, now);
    Ok(vec![EventKind::OrderCancelled {
        order: order.id,
        reason,
        place_returned,
    }])
}

fn by_staff(shop: &Shop, order: &Order, verb: Verb, mine: Claim, now: Timestamp) -> Decision {
    let id = order.id;
    let is_mine = order.claim.is_none_or(|c| c.staff == mine.staff);
    let completed = || EventKind::OrderCompleted {
        order: id,
        sweep_at: now.plus_s(shop.settings.collect_within_s),
    };
    match verb {
        Verb::Claim => Ok(vec![EventKind::OrderClaimed {
            order: id,
            claim: mine,
        }]),
        Verb::Unclaim if !is_mine => Err(Rejection::NotYourClaim),
        Verb::Unclaim => Ok(vec![EventKind::OrderUnclaimed { order: id }]),
        Verb::TakeOver => match order.claim {
            Some(from) if shop.silent.contains(&from.tablet) && !is_mine => {
                Ok(vec![EventKind::OrderTakenOver {
                    order: id,
                    from,
                    claim: mine,
                }])
            }
            _ => Err(Rejection::NotTakeable),
        },
        Verb::Complete if !is_mine => Err(already_claimed(order)),
        Verb::Complete if order.claim.is_none() => Ok(vec![
            EventKind::OrderClaimed {
                order: id,
                claim: mine,
            },
            completed(),
        ]),
        Verb::Complete => Ok(vec![completed()]),
        Verb::Collect => Ok(vec![EventKind::OrderCollected { order: id }]),
        _ => Err(Rejection::NotAllowed),
    }
}

fn undo(shop: &Shop, actor: &Actor, order: &Order, now: Timestamp) -> Decision {
    let last = order
        .last
        .as_ref()
        .filter(|last| last.by.is_same_person(actor));
    let Some(last) = last else {
        return Err(Rejection::NothingToUndo);
    };
    if transition(order.state, Verb::Undo, actor.role()).is_none() {
        return Err(Rejection::NothingToUndo);
    }
    // What is due to be swept is swept, also where it could still be taken back.
    if order.deadline().is_some_and(|at| at <= now) {
        return Err(Rejection::DeadlinePassed);
    }
    let within_s = shop.settings.undo_within_s;
    let deadline = order.deadline_after_undo();
    if now >= last.at.plus_s(within_s) || deadline.is_some_and(|at| at <= now) {
        return Err(Rejection::UndoTooLate { within_s });
    }
    if !order.state.in_progress() && last.before.state.in_progress() {
        if shop.customer_is_at_limit(order.customer, Some(order.id)) {
            return Err(Rejection::CustomerHasOther);
        }
        if shop.is_full() {
            return Err(Rejection::ShopFull {
                capacity: shop.settings.capacity,
            });
        }
    }
    let dead = now >= order.window.dies_at(shop.settings.grace_s);
    let place_retaken = order.place_returned && !dead;
    if place_retaken && shop.places_left(order.window) == 0 {
        return Err(Rejection::CodeUsedUp {
            places: shop.settings.code_places,
        });
    }
    Ok(vec![EventKind::OrderUndone {
        order: order.id,
        verb: last.verb,
        place_retaken,
    }])
}
