//! New orders: what the tablet makes a sound for.

use presso_core::board::QueueView;
use presso_core::id::OrderId;
use std::collections::BTreeSet;

/// Remembers which orders it has seen with a ticket.
#[derive(Debug, Default)]
pub struct Arrivals {
    seen: Option<BTreeSet<OrderId>>,
}

impl Arrivals {
    /// How many orders came since the last look. None of them on the first look: those one sees.
    /// An order that comes back (an undo, an unclaim) is no news.
    pub fn look(&mut self, queue: &QueueView) -> usize {
        let ordered = queue.orders.iter().filter(|o| o.ticket.is_some());
        let now: BTreeSet<OrderId> = ordered.map(|o| o.order).collect();
        let Some(seen) = &mut self.seen else {
            self.seen = Some(now);
            return 0;
        };
        let alive = |o: &&presso_core::board::OrderView| o.state.in_progress();
        let fresh = queue
            .orders
            .iter()
            .filter(alive)
            .filter(|o| o.ticket.is_some() && !seen.contains(&o.order))
            .count();
        *seen = now;
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{making, order, queue, queued};
    use presso_core::order::OrderState;

    #[test]
    fn an_order_is_news_once_when_it_gets_its_ticket() {
        let mut arrivals = Arrivals::default();
        assert_eq!(arrivals.look(&queue(vec![queued(1, 0, 900)])), 0);
        let choosing = order(OrderState::Choosing);
        assert_eq!(arrivals.look(&queue(vec![queued(1, 0, 900), choosing])), 0);
        let both = queue(vec![queued(1, 0, 900), queued(2, 0, 900)]);
        assert_eq!(arrivals.look(&both), 1);
        assert_eq!(arrivals.look(&both), 0);
    }

    #[test]
    fn an_order_that_is_given_back_is_no_news() {
        let mut arrivals = Arrivals::default();
        arrivals.look(&queue(vec![making(1)]));
        assert_eq!(arrivals.look(&queue(vec![queued(1, 0, 900)])), 0);
    }

    #[test]
    fn what_came_while_the_tablet_was_away_is_news() {
        let mut arrivals = Arrivals::default();
        arrivals.look(&queue(vec![]));
        assert_eq!(
            arrivals.look(&queue(vec![queued(1, 0, 900), queued(2, 0, 900)])),
            2
        );
    }
}
