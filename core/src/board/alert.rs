//! What to alert a customer about: decided here, so that a phone with its screen off and a page
//! agree. The words are the apps'.

use super::{Audience, NoNames, OrderView, order_view};
use crate::id::ShopId;
use crate::order::{CancelReason, Ending, OrderState, Role, Ticket, TimeOutCause};
use crate::shop::Shop;
use crate::time::Timestamp;
use crate::workflow::{Event, evolve};
use serde::{Deserialize, Serialize};

/// Something to be told of at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "alert", rename_all = "snake_case")]
pub enum Alert {
    /// It stands on the counter.
    Ready {
        /// Its number.
        ticket: Ticket,
    },
    /// A correction: it was called ready and is not.
    NotReadyAfterAll {
        /// Its number.
        ticket: Ticket,
    },
    /// The shop called it off.
    Cancelled {
        /// Why.
        reason: CancelReason,
    },
    /// A deadline passed.
    TimedOut {
        /// Who let it pass.
        cause: TimeOutCause,
    },
}

/// How long news that an order is over, or not ready after all, is worth telling, seconds.
const NEWS_S: u32 = 3600;

impl Alert {
    /// Every alert there can be, of this ticket: what words are kept ready for.
    #[must_use]
    pub fn all(ticket: Ticket) -> Vec<Self> {
        let reasons = CancelReason::STAFF.into_iter();
        let causes = [TimeOutCause::Customer, TimeOutCause::Barista].into_iter();
        let mut all = vec![Self::Ready { ticket }, Self::NotReadyAfterAll { ticket }];
        all.extend(reasons.map(|reason| Self::Cancelled { reason }));
        all.extend(causes.map(|cause| Self::TimedOut { cause }));
        all
    }
    /// Is it still so? What is told late may have been overtaken.
    #[must_use]
    pub const fn holds(&self, order: &OrderView) -> bool {
        match self {
            Self::Ready { .. } => matches!(order.state, OrderState::Ready),
            Self::NotReadyAfterAll { .. } => order.state.in_progress(),
            Self::Cancelled { .. } => matches!(order.state, OrderState::Cancelled),
            Self::TimedOut { .. } => matches!(order.state, OrderState::TimedOut),
        }
    }
    /// Until when it is worth telling: a drink until it leaves the counter, the rest for an hour.
    #[must_use]
    pub fn worth_until(&self, order: &OrderView, now: Timestamp) -> Timestamp {
        let news = now.plus_s(NEWS_S);
        match self {
            Self::Ready { .. } => order.sweep_at.unwrap_or(news),
            _ => news,
        }
    }
}

/// One order as its customer sees it, without names, folded from its own events alone, first thing
/// first: as of version `seen` (as it began, when that was later), and as of the last of them. Both
/// are none when there is no event.
///
/// For consumers of the journal that hold no shop. That it agrees with the whole shop is a law.
#[must_use]
pub fn steps(shop: &ShopId, events: &[Event], seen: u64) -> (Option<OrderView>, Option<OrderView>) {
    let Some(id) = events.first().and_then(|event| event.kind.order()) else {
        return (None, None);
    };
    // The shop around it matters for limits only, which are past; nor may it forget an ended order
    // that is taken back under a longer undo than the default.
    let mut shop = Shop::new(shop.clone());
    shop.settings.undo_within_s = u32::MAX;
    let (mut before, mut after) = (None, None);
    for event in events {
        evolve(&mut shop, event);
        let order = shop.orders.get(&id);
        after = order.map(|order| order_view(&shop, order, Audience::Customer, &NoNames));
        if event.version <= seen || before.is_none() {
            before.clone_from(&after);
        }
    }
    (before, after)
}

/// What the step from one view of an order to the next means for its customer. `before` is none
/// on a first sight, which alerts of nothing: one sees it on the screen.
#[must_use]
pub fn alert(before: Option<&OrderView>, after: &OrderView) -> Option<Alert> {
    let before = before.filter(|b| b.order == after.order && b.version < after.version)?;
    if before.state == after.state {
        return None;
    }
    match (after.state, after.ticket, after.ending) {
        (OrderState::Ready, Some(ticket), _) if !before.state.ended() => {
            Some(Alert::Ready { ticket })
        }
        (state, Some(ticket), _) if state.in_progress() && before.state == OrderState::Ready => {
            Some(Alert::NotReadyAfterAll { ticket })
        }
        (
            _,
            _,
            Some(Ending::Cancelled {
                by: Role::Barista,
                reason,
            }),
        ) => Some(Alert::Cancelled { reason }),
        (_, _, Some(Ending::TimedOut { cause })) => Some(Alert::TimedOut { cause }),
        _ => None,
    }
}
