//! How urgent an order is: how much of its time is used up, and what colour that is.

use presso_core::board::OrderView;
use presso_core::order::OrderState;
use presso_core::time::Timestamp;

/// From calm to over. A screen shows it by colour, by shape and in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Less than half of its time is used up.
    Calm,
    /// Half of its time is used up.
    Soon,
    /// Four fifths of its time are used up.
    Pressing,
}

/// How far an order is on its way to its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds since the order came into its lane's time: since it was ordered, or is ready.
    pub waited_ms: i64,
    /// Milliseconds that are left; never negative.
    pub left_ms: i64,
    /// How much of its time is used up, 0 to 100.
    pub percent: u8,
    /// What that means.
    pub urgency: Urgency,
}

/// The clock of an order; none while it has no deadline to show (still choosing, ended).
#[must_use]
pub fn clock(order: &OrderView, now: Timestamp) -> Option<Clock> {
    let (from, until) = match order.state {
        OrderState::Queued | OrderState::Making => (order.submitted_at?, order.make_by?),
        OrderState::Ready => (order.ready_at?, order.sweep_at?),
        _ => return None,
    };
    let waited_ms = now.ms_since(from).max(0);
    let whole = until.ms_since(from).max(1);
    let percent = u8::try_from((waited_ms.saturating_mul(100) / whole).min(100)).unwrap_or(100);
    Some(Clock {
        waited_ms,
        left_ms: until.ms_since(now).max(0),
        percent,
        urgency: match percent {
            0..50 => Urgency::Calm,
            50..80 => Urgency::Soon,
            _ => Urgency::Pressing,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{order, queued};

    #[test]
    fn an_order_turns_amber_at_half_and_red_at_four_fifths_of_its_time() {
        let order = queued(7, 0, 1_000);
        let at = |s: i64| {
            let clock = clock(&order, Timestamp(s * 1000)).unwrap();
            (clock.percent, clock.urgency)
        };
        assert_eq!(at(0), (0, Urgency::Calm));
        assert_eq!(at(499), (49, Urgency::Calm));
        assert_eq!(at(500), (50, Urgency::Soon));
        assert_eq!(at(799), (79, Urgency::Soon));
        assert_eq!(at(800), (80, Urgency::Pressing));
        assert_eq!(at(5_000), (100, Urgency::Pressing));
    }

    #[test]
    fn a_ready_drink_is_measured_from_when_it_was_ready_to_when_it_is_swept() {
        let mut order = queued(7, 0, 1_000);
        order.state = OrderState::Ready;
        order.ready_at = Some(Timestamp(100_000));
        order.sweep_at = Some(Timestamp(700_000));
        let clock = clock(&order, Timestamp(400_000)).unwrap();
        assert_eq!((clock.waited_ms, clock.left_ms), (300_000, 300_000));
        assert_eq!(clock.percent, 50);
    }

    #[test]
    fn one_that_is_still_being_chosen_shows_no_clock() {
        assert_eq!(clock(&order(OrderState::Choosing), Timestamp(0)), None);
    }

    #[test]
    fn a_tablet_whose_clock_is_behind_shows_no_negative_time() {
        let clock = clock(&queued(7, 1_000, 1_000), Timestamp(0)).unwrap();
        assert_eq!((clock.waited_ms, clock.percent), (0, 0));
    }
}
