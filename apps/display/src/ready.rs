//! The "ready" column: newest first, and a fresh ticket is on every page, since somebody is
//! looking for it right now.

use crate::paging::pages;
use presso_core::board::BoardRow;
use presso_core::order::{OrderState, Ticket};
use presso_core::time::Timestamp;

/// For how long a ticket is fresh, milliseconds.
pub const FRESH_MS: i64 = 30_000;

/// A ticket on the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Called {
    /// Its number.
    pub ticket: Ticket,
    /// It was called a moment ago.
    pub fresh: bool,
}

/// The column's pages. While not all tickets fit, fresh ones are on each page (unless they alone
/// fill one); the others take turns.
#[must_use]
pub fn ready_pages(rows: &[BoardRow], places: usize, now: Timestamp) -> Vec<Vec<Called>> {
    let mut ready: Vec<&BoardRow> = rows
        .iter()
        .filter(|r| r.state == OrderState::Ready)
        .collect();
    ready.sort_by_key(|r| (std::cmp::Reverse(r.ready_at), r.ticket));
    let called: Vec<Called> = ready.iter().map(|row| call(row, now)).collect();
    let (fresh, others): (Vec<_>, Vec<_>) = called.iter().copied().partition(|c| c.fresh);
    if called.len() <= places || fresh.len() >= places {
        return pages(&called, places);
    }
    let turns = pages(&others, places - fresh.len());
    turns
        .into_iter()
        .map(|page| fresh.iter().copied().chain(page).collect())
        .collect()
}

fn call(row: &BoardRow, now: Timestamp) -> Called {
    Called {
        ticket: row.ticket,
        fresh: row.ready_at.is_some_and(|at| now.ms_since(at) < FRESH_MS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{queued, ready};

    const NOW: Timestamp = Timestamp(100_000);

    fn numbers(rows: &[BoardRow], places: usize) -> Vec<Vec<u32>> {
        let pages = ready_pages(rows, places, NOW);
        let numbers = |page: &Vec<Called>| page.iter().map(|c| c.ticket.0).collect();
        pages.iter().map(numbers).collect()
    }

    #[test]
    fn the_newest_comes_first_and_those_being_made_are_elsewhere() {
        let rows = [ready(1, 10), queued(2), ready(3, 30), ready(4, 20)];
        assert_eq!(numbers(&rows, 5), [vec![3, 4, 1]]);
    }

    #[test]
    fn a_fresh_ticket_is_on_every_page() {
        let rows = [ready(1, 1), ready(2, 2), ready(3, 3), ready(9, 95)];
        assert_eq!(numbers(&rows, 2), [vec![9, 3], vec![9, 2], vec![9, 1]]);
    }

    #[test]
    fn when_fresh_ones_alone_fill_a_page_all_take_turns() {
        let rows = [ready(1, 1), ready(8, 94), ready(9, 95)];
        assert_eq!(numbers(&rows, 2), [vec![9, 8], vec![1]]);
        assert_eq!(numbers(&rows, 1), [vec![9], vec![8], vec![1]]);
    }

    #[test]
    fn every_ticket_is_on_some_page() {
        let rows: Vec<_> = (1..=40).map(|t| ready(t, i64::from(t) * 2)).collect();
        for places in 1..50 {
            let shown: std::collections::BTreeSet<u32> =
                numbers(&rows, places).into_iter().flatten().collect();
            assert_eq!(shown.len(), 40, "{places} places");
        }
    }
}
