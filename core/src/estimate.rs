//! Waiting time as a range, from how fast the counter has been.

use crate::board::WaitRange;
use crate::shop::Shop;

/// How long an order placed now would take. The median pace of the last drinks times the orders in
/// front (those being chosen included, since most of them will come first), a third less to a half
/// more. None before the first drink: better no answer than a guess.
#[must_use]
pub fn wait(shop: &Shop) -> Option<WaitRange> {
    let paces = &shop.paces_ms;
    // The median, by counting: asked around every event, and there are ten at the most.
    let rank = |pace: i64| paces.iter().filter(|p| **p < pace).count();
    let middle = paces.len() / 2;
    let reaches = |pace: i64| paces.iter().filter(|p| **p <= pace).count() > middle;
    let mut medians = paces.iter().copied();
    let pace_ms = medians.find(|pace| rank(*pace) <= middle && reaches(*pace))?;
    let wait_ms = pace_ms.saturating_mul(i64::from(shop.in_progress) + 1);
    let minutes = |ms: i64| u32::try_from((ms.max(0) + 30_000) / 60_000).unwrap_or(u32::MAX);
    let low_min = minutes(wait_ms / 3 * 2);
    Some(WaitRange {
        low_min,
        high_min: minutes(wait_ms.saturating_mul(3) / 2).max(low_min + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ShopId;

    #[test]
    fn the_wait_grows_with_the_queue_and_is_unknown_before_the_first_drink() {
        let mut shop = Shop::new(ShopId::parse("demo").unwrap());
        assert_eq!(wait(&shop), None);
        shop.paces_ms.extend([60_000, 60_000, 600_000]);
        assert_eq!(
            wait(&shop),
            Some(WaitRange {
                low_min: 1,
                high_min: 2
            })
        );
        shop.in_progress = 5;
        assert_eq!(
            wait(&shop),
            Some(WaitRange {
                low_min: 4,
                high_min: 9
            })
        );
    }
}
