//! Which tickets have just become ready: what the screen animates and chimes for.

use presso_core::board::BoardView;
use presso_core::order::Ticket;
use presso_core::time::Timestamp;
use std::collections::BTreeSet;

/// Remembers which tickets stood on the counter, and since when: one that was taken back and is
/// ready again is called again.
#[derive(Debug, Default)]
pub struct Calls {
    seen: Option<BTreeSet<(Ticket, Option<Timestamp>)>>,
}

impl Calls {
    /// The tickets that became ready since the last look; none on the first one, when the screen
    /// was just switched on.
    pub fn look(&mut self, board: &BoardView) -> Vec<Ticket> {
        let now: BTreeSet<_> = board
            .ready()
            .iter()
            .map(|r| (r.ticket, r.ready_at))
            .collect();
        let before = self.seen.replace(now.clone());
        let Some(before) = before else {
            return Vec::new();
        };
        now.difference(&before).map(|(ticket, _)| *ticket).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{board, queued, ready};

    #[test]
    fn a_ticket_is_called_once_when_it_becomes_ready() {
        let mut calls = Calls::default();
        assert_eq!(calls.look(&board(vec![ready(1, 1), queued(2)])), []);
        let both = board(vec![ready(1, 1), ready(2, 9)]);
        assert_eq!(calls.look(&both), [Ticket(2)]);
        assert_eq!(
            calls.look(&both),
            [],
            "the same board again: rows are not doubled"
        );
    }

    #[test]
    fn one_that_was_taken_back_and_is_ready_again_is_called_again() {
        let mut calls = Calls::default();
        calls.look(&board(vec![ready(1, 1)]));
        calls.look(&board(vec![queued(1)]));
        assert_eq!(calls.look(&board(vec![ready(1, 5)])), [Ticket(1)]);
    }
}
