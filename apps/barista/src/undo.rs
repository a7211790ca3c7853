//! What this barista can still take back, and for how many seconds.

use presso_core::board::QueueView;
use presso_core::id::OrderId;
use presso_core::order::{Actor, Ticket};
use presso_core::time::Timestamp;
use presso_core::workflow::{Verb, offers};

/// One verb that can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undoable {
    /// On which order.
    pub order: OrderId,
    /// Its number, if it has one.
    pub ticket: Option<Ticket>,
    /// What would be undone.
    pub undoes: Verb,
    /// Until when.
    pub until: Timestamp,
}

/// All that `actor` can take back, the newest first.
#[must_use]
pub fn undoable(queue: &QueueView, actor: &Actor, now: Timestamp) -> Vec<Undoable> {
    let mut all: Vec<Undoable> = queue
        .orders
        .iter()
        .filter_map(|order| {
            let offers = offers(order, &queue.facts, actor, now);
            let undo = offers.into_iter().find(|o| o.verb == Verb::Undo)?;
            Some(Undoable {
                order: order.order,
                ticket: order.ticket,
                undoes: undo.undoes?,
                until: undo.until?,
            })
        })
        .collect();
    all.sort_by_key(|u| (std::cmp::Reverse(u.until), u.order));
    all
}

/// Whole seconds from `now` until `until`, rounded up, so that 0 means over.
#[must_use]
pub fn seconds_left(until: Timestamp, now: Timestamp) -> u32 {
    let ms = until.ms_since(now).max(0);
    u32::try_from((ms + 999) / 1000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{making, queue};
    use presso_core::board::{OrderView, UndoView};
    use presso_core::id::{StaffId, TabletId};
    use presso_core::order::{OrderState, Role, StaffRole};
    use uuid::Uuid;

    fn barista(n: u128) -> Actor {
        Actor::Staff {
            staff: StaffId(Uuid::from_u128(n)),
            role: StaffRole::Barista,
            tablet: TabletId(Uuid::from_u128(n)),
        }
    }

    fn claimed_by(ticket: u32, staff: u128, at_s: i64) -> OrderView {
        OrderView {
            undo: Some(UndoView {
                verb: Verb::Claim,
                side: Role::Barista,
                staff: Some(StaffId(Uuid::from_u128(staff))),
                at: Timestamp(at_s * 1000),
                back_to: OrderState::Queued,
                deadline: Some(Timestamp(900_000)),
            }),
            ..making(ticket)
        }
    }

    #[test]
    fn only_ones_own_verbs_are_offered_the_newest_first_and_only_for_ten_seconds() {
        let view = queue(vec![
            claimed_by(1, 7, 0),
            claimed_by(2, 7, 5),
            claimed_by(3, 8, 5),
        ]);
        let tickets = |s: i64| -> Vec<u32> {
            let all = undoable(&view, &barista(7), Timestamp(s * 1000));
            all.iter().filter_map(|u| u.ticket).map(|t| t.0).collect()
        };
        assert_eq!(tickets(6), [2, 1]);
        assert_eq!(tickets(10), [2]);
        assert_eq!(tickets(15), [0; 0]);
    }

    #[test]
    fn the_last_second_is_shown_as_one_and_not_as_none() {
        let at = |ms| seconds_left(Timestamp(10_000), Timestamp(ms));
        assert_eq!((at(0), at(9_001), at(10_000), at(20_000)), (10, 1, 0, 0));
    }
}
