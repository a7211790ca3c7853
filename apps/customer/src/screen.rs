//! Which screen is shown: a pure function of what the phone knows.

use crate::refusal::Refusal;
use crate::state::{Knock, Place, State};
use presso_core::board::OrderView;
use presso_core::id::OrderId;
use presso_core::order::OrderState;

/// A screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// No shop in the address, or none of this name.
    NoShop,
    /// Waiting for the first word of the server on an order.
    Loading,
    /// At the door: scan, or type.
    Door,
    /// The camera looks for a code.
    Camera,
    /// The code is typed.
    Typing,
    /// The server is asked for a place.
    Starting,
    /// It said no.
    Refused(Refusal),
    /// Pick a drink.
    Menu,
    /// Pick its options.
    Options,
    /// Look at it once more, and order.
    Review,
    /// Ordered: number, place in the queue, steps.
    Waiting,
    /// On the counter.
    Ready,
    /// Over.
    Ended,
    /// The server knows the order no more.
    Lost,
    /// Earlier orders.
    History,
    /// An order's journey.
    Journey(OrderId),
    /// A number or an address, and the code that came there.
    SignIn,
}

/// Which screen is shown.
#[must_use]
pub fn screen(state: &State) -> Screen {
    if state.shop.is_none() || state.shop_unknown {
        return Screen::NoShop;
    }
    match (&state.knock, state.place) {
        (Knock::Asking, _) => return Screen::Starting,
        (Knock::Refused(refusal), _) => return Screen::Refused(refusal.clone()),
        (Knock::Idle, Place::History) => return Screen::History,
        (Knock::Idle, Place::Journey(order)) => return Screen::Journey(order),
        (Knock::Idle, Place::SignIn) => return Screen::SignIn,
        (Knock::Idle, Place::Camera) => return Screen::Camera,
        (Knock::Idle, Place::Typing) => return Screen::Typing,
        (Knock::Idle, Place::Here) => {}
    }
    if state.lost {
        return Screen::Lost;
    }
    match (&state.followed, &state.order) {
        (None, _) => Screen::Door,
        (Some(_), None) => Screen::Loading,
        (Some(_), Some(order)) => of_order(state, order),
    }
}

fn of_order(state: &State, order: &OrderView) -> Screen {
    match order.state {
        OrderState::Choosing if state.draft.drink.is_none() => Screen::Menu,
        OrderState::Choosing if state.draft.reviewing => Screen::Review,
        OrderState::Choosing => Screen::Options,
        OrderState::Queued | OrderState::Making => Screen::Waiting,
        OrderState::Ready => Screen::Ready,
        _ => Screen::Ended,
    }
}

#[cfg(test)]
mod tests;
