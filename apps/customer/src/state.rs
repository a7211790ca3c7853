//! What the phone knows, and how it changes: pure, so that every step can be tested without one.

use crate::draft::Draft;
use crate::refusal::Refusal;
use presso_core::board::{Alert, OrderView, alert};
use presso_core::id::{OrderId, ShopId};

/// What the phone knows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// The shop of this page's address.
    pub shop: Option<ShopId>,
    /// The server knows no shop of this name.
    pub shop_unknown: bool,
    /// Where its user went.
    pub place: Place,
    /// How the request to come in stands.
    pub knock: Knock,
    /// The order being followed, also over a reload.
    pub followed: Option<OrderId>,
    /// That order, as of the last word from the server.
    pub order: Option<OrderView>,
    /// That word was said before the page was opened.
    pub recalled: bool,
    /// What is being chosen.
    pub draft: Draft,
    /// The server knows the followed order no more, or not the session that ordered it.
    pub lost: bool,
    /// It was called ready and then was not.
    pub corrected: bool,
}

/// Where the user of the phone went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// Nowhere: what matters is shown.
    #[default]
    Here,
    /// Scanning with the camera.
    Camera,
    /// Typing the code.
    Typing,
    /// Looking at earlier orders.
    History,
    /// Looking at an order's journey.
    Journey(OrderId),
    /// Signing in.
    SignIn,
}

/// How the request to come in stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Knock {
    /// None under way.
    #[default]
    Idle,
    /// The server is being asked.
    Asking,
    /// It said no.
    Refused(Refusal),
}

impl State {
    /// Follows this order from now on; the choice made for another one is forgotten.
    pub fn follow(&mut self, order: OrderId) {
        if self.lost || self.followed != Some(order) {
            self.order = None;
            self.recalled = false;
            self.corrected = false;
        }
        self.lost = false;
        if self.draft.order != Some(order) {
            self.draft = Draft {
                order: Some(order),
                ..Draft::default()
            };
        }
        self.followed = Some(order);
        self.knock = Knock::Idle;
        self.place = Place::Here;
    }

    /// Follows no order any more: back to the door.
    pub fn leave(&mut self) {
        *self = Self {
            shop: self.shop.take(),
            shop_unknown: self.shop_unknown,
            ..Self::default()
        };
    }

    /// Shows what was known of the followed order when the page was left, until there is news.
    pub fn recall(&mut self, order: OrderView) {
        if self.followed == Some(order.order) {
            self.order = Some(order);
            self.recalled = true;
        }
    }

    /// Takes news of the followed order; older ones than the last, and those of other orders,
    /// change nothing. Answers what to alert about, and then shows it.
    pub fn take(&mut self, news: OrderView) -> Option<Alert> {
        let known = self.order.as_ref();
        if self.followed != Some(news.order) {
            return None;
        }
        self.lost = false; // whoever sends news of it knows it
        // A server that was put back to an earlier day is believed at the next visit.
        let older = known.is_some_and(|o| o.version >= news.version);
        if older && !std::mem::take(&mut self.recalled) {
            return None;
        }
        self.recalled = false;
        let alert = alert(known, &news);
        match &alert {
            Some(Alert::NotReadyAfterAll { .. }) => self.corrected = true,
            Some(_) => self.corrected = false,
            None => {}
        }
        if alert.is_some() {
            self.show();
        }
        self.order = Some(news);
        alert
    }

    /// Whoever is rung at sees why, wherever they went, and whatever refusal they left on the
    /// screen when they pocketed the phone.
    fn show(&mut self) {
        self.place = Place::Here;
        if matches!(self.knock, Knock::Refused(_)) {
            self.knock = Knock::Idle;
        }
    }

    /// The order to watch: the followed one, unless the server does not know it.
    #[must_use]
    pub fn watched(&self) -> Option<OrderId> {
        self.followed.filter(|_| !self.lost)
    }

    /// The server does not know this order (any more), or not whose it is. What was known of it is
    /// not true any more, unless it was over before. Answers whether somebody was waiting for it,
    /// and is to be called; then it is shown at once.
    pub fn lose(&mut self, order: OrderId) -> bool {
        let over = self.order.as_ref().is_some_and(|o| o.state.ended());
        if self.watched() != Some(order) || over {
            return false;
        }
        self.lost = true;
        let waiting = self.order.is_some();
        if waiting {
            self.show();
        }
        waiting
    }
}

#[cfg(test)]
mod tests;
