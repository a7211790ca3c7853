//! What stands where the code stands: the code, or why there is none.

use presso_core::board::{CodeView, ShopFacts};
use presso_core::time::Timestamp;

/// For how long a lost connection is not worth a word, milliseconds.
pub const QUIET_MS: i64 = 3_000;
/// For how long a code that has rotated stays up while its successor is on its way, milliseconds.
/// It is still redeemed then; longer, and somebody may scan it in vain.
pub const LATE_MS: i64 = 3_000;

/// What stands where the code stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// Nothing is known yet.
    Starting,
    /// The connection is lost: what one would scan may not be true any more.
    Stale {
        /// Since when.
        since: Timestamp,
    },
    /// The shop admits nobody.
    Closed,
    /// It has as many orders as it can take.
    Full,
    /// Every place of this code is taken.
    UsedUp {
        /// Seconds to the next one.
        next_in_s: u32,
    },
    /// The code has rotated and the next one is not here yet.
    Changing,
    /// The code.
    Code,
}

/// What to show, by what is known. The more general reason wins: who stands before a closed shop
/// does not care that its code is used up.
#[must_use]
pub fn panel(
    facts: Option<&ShopFacts>,
    code: Option<&CodeView>,
    stale_since: Option<Timestamp>,
    now: Timestamp,
) -> Panel {
    if let Some(since) = stale_since.filter(|since| worth_a_word(*since, now)) {
        return Panel::Stale { since };
    }
    let (Some(facts), Some(code)) = (facts, code) else {
        return Panel::Starting;
    };
    if !facts.open {
        Panel::Closed
    } else if facts.full {
        Panel::Full
    } else if now.ms_since(code.rotates_at) >= LATE_MS {
        Panel::Changing
    } else if code.places_left == 0 {
        let next_in_s = crate::code::seconds_left(code, now);
        Panel::UsedUp { next_in_s }
    } else {
        Panel::Code
    }
}

/// Has the connection been lost for long enough to say so?
#[must_use]
pub fn worth_a_word(stale_since: Timestamp, now: Timestamp) -> bool {
    now.ms_since(stale_since) >= QUIET_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{code, facts};

    const NOW: Timestamp = Timestamp(100_000);

    #[test]
    fn closed_full_used_up_and_changing_are_told_apart() {
        let (mut facts, mut code) = (facts(), code());
        let at = |f: &ShopFacts, c: &CodeView, now| panel(Some(f), Some(c), None, now);
        assert_eq!(at(&facts, &code, NOW), Panel::Code);
        assert_eq!(at(&facts, &code, Timestamp(302_999)), Panel::Code);
        assert_eq!(at(&facts, &code, Timestamp(303_000)), Panel::Changing);
        code.places_left = 0;
        assert_eq!(at(&facts, &code, NOW), Panel::UsedUp { next_in_s: 200 });
        facts.full = true;
        assert_eq!(at(&facts, &code, NOW), Panel::Full);
        facts.open = false;
        assert_eq!(at(&facts, &code, NOW), Panel::Closed);
    }

    #[test]
    fn a_code_that_may_be_wrong_is_covered_after_a_few_seconds_whatever_else_is_true() {
        let facts = facts();
        let since = NOW.plus_ms(-2_999);
        let at = |since| panel(Some(&facts), Some(&code()), Some(since), NOW);
        assert_eq!(at(since), Panel::Code);
        let since = NOW.plus_ms(-3_000);
        assert_eq!(at(since), Panel::Stale { since });
        assert_eq!(
            panel(None, None, Some(since), NOW),
            Panel::Stale { since },
            "and before anything was known"
        );
    }

    #[test]
    fn a_screen_that_knows_half_shows_no_code_yet() {
        assert_eq!(panel(Some(&facts()), None, None, NOW), Panel::Starting);
        assert_eq!(panel(None, Some(&code()), None, NOW), Panel::Starting);
    }
}
