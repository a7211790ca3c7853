//! How many tickets fit, and which page is up.

use presso_core::time::Timestamp;

/// How long a page is up, milliseconds.
pub const PAGE_MS: i64 = 8_000;

/// Columns and rows of one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// At least one.
    pub columns: usize,
    /// At least one.
    pub rows: usize,
}

impl Grid {
    /// What fits into an area of this size, given a ticket's size and the gap between two; all in
    /// the same unit. One ticket always fits: better cut than missing.
    #[must_use]
    pub fn fitting(area: (f64, f64), ticket: (f64, f64), gap: f64) -> Self {
        Self {
            columns: times(area.0, ticket.0, gap),
            rows: times(area.1, ticket.1, gap),
        }
    }
    /// How many tickets a page shows.
    #[must_use]
    pub const fn places(self) -> usize {
        self.columns * self.rows
    }
}

fn times(room: f64, one: f64, gap: f64) -> usize {
    let times = ((room + gap) / (one + gap).max(1.0)).floor();
    // Beyond any screen, and never below one; `as` cuts what is left of it.
    times.clamp(1.0, 200.0) as usize
}

/// All of `tickets` in pages of this many places; one empty page when there are none.
#[must_use]
pub fn pages<T: Clone>(tickets: &[T], places: usize) -> Vec<Vec<T>> {
    if tickets.is_empty() {
        return vec![Vec::new()];
    }
    let chunks = tickets.chunks(places.max(1));
    chunks.map(<[T]>::to_vec).collect()
}

/// Which of `count` pages is up at `now`, when the first one came up at `since`.
#[must_use]
pub fn page_at(since: Timestamp, now: Timestamp, count: usize) -> usize {
    let turns = now.ms_since(since).max(0) / PAGE_MS;
    usize::try_from(turns).unwrap_or(0) % count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_only_between_tickets() {
        let grid = Grid::fitting((210.0, 100.0), (100.0, 100.0), 10.0);
        let fits = Grid {
            columns: 2,
            rows: 1,
        };
        assert_eq!(grid, fits);
    }

    #[test]
    fn one_ticket_fits_on_any_screen() {
        assert_eq!(Grid::fitting((0.0, 0.0), (100.0, 100.0), 10.0).places(), 1);
        assert!(Grid::fitting((f64::MAX, 1.0), (0.0, 0.0), 0.0).places() <= 40_000);
    }

    #[test]
    fn the_fifteenth_order_is_on_the_second_page() {
        let tickets: Vec<u32> = (1..=15).collect();
        let pages = pages(&tickets, 14);
        assert_eq!(pages.len(), 2);
        assert_eq!(pages[1], [15]);
    }

    #[test]
    fn pages_turn_every_eight_seconds_and_start_again() {
        let at = |s: i64| page_at(Timestamp(1_000), Timestamp(1_000 + s * 1000), 3);
        assert_eq!(
            [at(-5), at(0), at(7), at(8), at(16), at(24)],
            [0, 0, 0, 1, 2, 0]
        );
        assert_eq!(page_at(Timestamp(0), Timestamp(99_000), 0), 0);
    }
}
