//! The three lanes, and who is still choosing.

use presso_core::board::{OrderView, QueueView};
use presso_core::id::OrderId;
use presso_core::order::{OrderState, Ticket};
use presso_core::time::Timestamp;

/// One of the three lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Ordered, nobody makes it yet.
    ToMake,
    /// Somebody makes it.
    Making,
    /// On the counter.
    Ready,
}

impl Lane {
    /// From left to right.
    pub const ALL: [Self; 3] = [Self::ToMake, Self::Making, Self::Ready];

    /// The lane that shows orders in this state, if one does.
    #[must_use]
    pub const fn of(state: OrderState) -> Option<Self> {
        match state {
            OrderState::Queued => Some(Self::ToMake),
            OrderState::Making => Some(Self::Making),
            OrderState::Ready => Some(Self::Ready),
            _ => None,
        }
    }
    /// Its name in the words and the style sheet.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ToMake => "to-make",
            Self::Making => "making",
            Self::Ready => "ready",
        }
    }
}

/// The orders of one lane, in the order in which they are shown: by ticket, and on the counter the
/// longest waiting first.
#[must_use]
pub fn in_lane(queue: &QueueView, lane: Lane) -> Vec<OrderId> {
    let mut orders: Vec<&OrderView> = queue
        .orders
        .iter()
        .filter(|o| Lane::of(o.state) == Some(lane))
        .collect();
    orders.sort_by_key(|o| place(o, lane));
    orders.into_iter().map(|o| o.order).collect()
}

/// Since when on the counter (elsewhere nothing), then the ticket.
fn place(order: &OrderView, lane: Lane) -> (Option<Timestamp>, Option<Ticket>, OrderId) {
    let since = order.ready_at.filter(|_| lane == Lane::Ready);
    (since, order.ticket, order.order)
}

/// How many have scanned the code and are still choosing: what is about to come.
#[must_use]
pub fn choosing(queue: &QueueView) -> usize {
    count(queue, |state| state == OrderState::Choosing)
}

/// How many are to be made or being made: the number in the page's title.
#[must_use]
pub fn open_orders(queue: &QueueView) -> usize {
    count(queue, |state| {
        matches!(state, OrderState::Queued | OrderState::Making)
    })
}

fn count(queue: &QueueView, which: impl Fn(OrderState) -> bool) -> usize {
    queue.orders.iter().filter(|o| which(o.state)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{making, order, queue, queued, ready};

    fn tickets(view: &QueueView, lane: Lane) -> Vec<u32> {
        let ticket = |id: &OrderId| view.orders.iter().find(|o| o.order == *id)?.ticket;
        in_lane(view, lane)
            .iter()
            .filter_map(ticket)
            .map(|t| t.0)
            .collect()
    }

    #[test]
    fn ticket_2_stands_before_9_and_10_before_100() {
        let view = queue(
            [100, 2, 11, 10, 9]
                .map(|t| queued(t, 0, 900))
                .into_iter()
                .collect(),
        );
        assert_eq!(tickets(&view, Lane::ToMake), [2, 9, 10, 11, 100]);
    }

    #[test]
    fn on_the_counter_the_longest_waiting_is_first() {
        let view = queue(vec![ready(1, 300), ready(2, 100), ready(3, 100)]);
        assert_eq!(tickets(&view, Lane::Ready), [2, 3, 1]);
    }

    #[test]
    fn each_order_is_in_one_lane_and_ended_ones_in_none() {
        let mut over = queued(4, 0, 900);
        over.state = OrderState::Collected;
        let view = queue(vec![queued(1, 0, 900), making(2), ready(3, 0), over]);
        let lanes = Lane::ALL.map(|lane| tickets(&view, lane));
        assert_eq!(lanes, [vec![1], vec![2], vec![3]]);
    }

    #[test]
    fn those_still_choosing_are_counted_but_are_not_open_orders() {
        let choosing_one = order(OrderState::Choosing);
        let view = queue(vec![
            queued(1, 0, 900),
            making(2),
            ready(3, 0),
            choosing_one,
        ]);
        assert_eq!((choosing(&view), open_orders(&view)), (1, 2));
    }
}
