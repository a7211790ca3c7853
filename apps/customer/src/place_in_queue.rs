//! Where an order stands in the queue, reckoned on the phone from the public board.

use presso_core::board::{BoardRow, BoardView, WaitRange};
use presso_core::order::{OrderState, Ticket};

/// How long this order may still take, of the estimate for an order placed now: in proportion to
/// the drinks before it, of which there are none once it is being made. None before the shop has an estimate.
#[must_use]
pub fn wait_of(board: &BoardView, ticket: Ticket) -> Option<WaitRange> {
    let whole = board.facts.wait?;
    let mine = |row: &&BoardRow| row.ticket == ticket && row.state == OrderState::Making;
    let ahead = match board.rows.iter().any(|row| mine(&row)) {
        true => 0,
        false => board.ahead_of(ticket),
    };
    let turn = u32::try_from(ahead).unwrap_or(u32::MAX).saturating_add(1);
    let last = u32::try_from(board.preparing().count())
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    let part = |minutes: u32| {
        let part = u64::from(minutes) * u64::from(turn.min(last)) / u64::from(last);
        u32::try_from(part).unwrap_or(u32::MAX)
    };
    let low_min = part(whole.low_min);
    Some(WaitRange {
        low_min,
        high_min: part(whole.high_min).max(low_min + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples;

    #[test]
    fn the_next_in_the_queue_waits_less_than_the_last() {
        let board = examples::board(&[3, 4, 5, 6], Some((8, 20)));
        let high = |ticket| wait_of(&board, Ticket(ticket)).map(|w| w.high_min);
        assert_eq!(high(3), Some(4));
        assert_eq!(high(6), Some(16));
    }

    #[test]
    fn what_is_being_made_waits_for_nobody_before_it() {
        let mut board = examples::board(&[3, 4, 5, 6], Some((8, 20)));
        board.rows[3].state = OrderState::Making;
        assert_eq!(wait_of(&board, Ticket(6)).map(|w| w.high_min), Some(4));
    }

    #[test]
    fn without_an_estimate_there_is_no_guess() {
        assert_eq!(wait_of(&examples::board(&[3], None), Ticket(3)), None);
    }
}
