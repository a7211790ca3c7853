//! Why one cannot come in: each a screen of its own.

use presso_core::api::Problem;
use presso_core::id::OrderId;
use presso_core::workflow::Rejection;

/// Why one cannot come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The shop is closed.
    Closed,
    /// It has as many orders as it can take.
    Full,
    /// All places of this code are taken.
    UsedUp,
    /// The code has rotated.
    Expired,
    /// Not a code of this shop.
    UnknownCode,
    /// There is an order already.
    AlreadyOrdered(OrderId),
    /// This many drinks a day, and no more.
    DailyLimit(u32),
    /// No such shop.
    UnknownShop,
    /// No network.
    Offline,
    /// Something else, with its stable code.
    Other(String),
}

impl Refusal {
    /// Would the same code do when tried again?
    #[must_use]
    pub const fn same_code_again(&self) -> bool {
        matches!(self, Self::Full | Self::Offline | Self::Other(_))
    }
}

/// The refusal that a problem means.
#[must_use]
pub fn refusal(problem: &Problem) -> Refusal {
    match &problem.rejection {
        Some(Rejection::ShopClosed) => Refusal::Closed,
        Some(Rejection::ShopFull { .. }) => Refusal::Full,
        Some(Rejection::CodeUsedUp { .. }) => Refusal::UsedUp,
        Some(Rejection::CodeExpired) => Refusal::Expired,
        Some(Rejection::CodeUnknown) => Refusal::UnknownCode,
        Some(Rejection::AlreadyOrdered { order }) => Refusal::AlreadyOrdered(*order),
        Some(Rejection::DailyLimit { limit }) => Refusal::DailyLimit(*limit),
        Some(Rejection::ShopUnknown) => Refusal::UnknownShop,
        _ if problem.code == "offline" => Refusal::Offline,
        _ => Refusal::Other(problem.code.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_full_used_up_expired_and_already_ordered_are_five_different_answers() {
        let order = OrderId(uuid::Uuid::from_u128(7));
        let of = |rejection: Rejection| refusal(&Problem::from(rejection));
        assert_eq!(of(Rejection::ShopClosed), Refusal::Closed);
        assert_eq!(of(Rejection::ShopFull { capacity: 20 }), Refusal::Full);
        assert_eq!(of(Rejection::CodeUsedUp { places: 10 }), Refusal::UsedUp);
        assert_eq!(of(Rejection::CodeExpired), Refusal::Expired);
        assert_eq!(
            of(Rejection::AlreadyOrdered { order }),
            Refusal::AlreadyOrdered(order)
        );
    }

    #[test]
    fn an_unknown_problem_keeps_its_code() {
        let problem = Problem::new(500, "moon_phase", "");
        assert_eq!(refusal(&problem), Refusal::Other("moon_phase".into()));
    }
}
