//! Topics as signals: watched while the component that asked is alive.

use super::{browser, host, in_window, window};
use leptos::prelude::*;
use presso_core::api::Problem;
use presso_core::board::{BoardView, CodeView, OrderView, QueueView, Topic, View};
use presso_core::client::Seen;
use presso_core::id::{OrderId, ShopId};
use presso_core::menu::Menu;

/// A topic as a screen sees it.
#[derive(Debug, Clone, Copy)]
pub struct Watched<T: Send + Sync + 'static> {
    /// As of the last update; none before the first.
    pub view: Signal<Option<T>>,
    /// The server does not let one watch this.
    pub refused: Signal<Option<Problem>>,
}

/// The signals of a watched topic, and how news gets into them.
#[derive(Default)]
pub(super) struct Taking {
    view: ArcRwSignal<Option<View>>,
    refused: ArcRwSignal<Option<Problem>>,
}

impl Taking {
    pub(super) fn watched(&self) -> Watched<View> {
        Watched {
            view: self.view.clone().into(),
            refused: self.refused.clone().into(),
        }
    }
    pub(super) fn take(&self, seen: Seen) {
        match seen {
            Seen::View { view, .. } => {
                self.refused.set(None);
                crate::clock::step_now();
                self.view.set(Some(view));
            }
            Seen::Refused(problem) => self.refused.set(Some(problem)),
        }
    }
}

/// Watches a topic until the current owner is cleaned up.
#[must_use]
pub fn watch(topic: Topic) -> Watched<View> {
    host!(watch(topic))
}

/// Narrows to one kind of view, and wakes readers only when it really changed.
fn of_kind<T: Clone + PartialEq + Send + Sync + 'static>(
    topic: Topic,
    pick: impl Fn(&View) -> Option<&T> + Send + Sync + 'static,
) -> Watched<T> {
    let Watched { view, refused } = watch(topic);
    let picked = Memo::new(move |_| view.with(|view| view.as_ref().and_then(|v| pick(v).cloned())));
    Watched {
        view: picked.into(),
        refused,
    }
}

/// The public board of a shop: numbers, states, and what everybody may know of it.
#[must_use]
pub fn watch_board(shop: ShopId) -> Watched<BoardView> {
    of_kind(Topic::Board(shop), |view| match view {
        View::Board(board) => Some(board),
        _ => None,
    })
}

/// A shop's menu.
#[must_use]
pub fn watch_menu(shop: ShopId) -> Watched<Menu> {
    of_kind(Topic::Menu(shop), |view| match view {
        View::Menu(menu) => Some(menu),
        _ => None,
    })
}

/// The staff's queue.
#[must_use]
pub fn watch_queue(shop: ShopId) -> Watched<QueueView> {
    of_kind(Topic::Queue(shop), |view| match view {
        View::Queue(queue) => Some(queue),
        _ => None,
    })
}

/// A shop's code.
#[must_use]
pub fn watch_code(shop: ShopId) -> Watched<CodeView> {
    of_kind(Topic::Code(shop), |view| match view {
        View::Code(code) => Some(code),
        _ => None,
    })
}

/// One order.
#[must_use]
pub fn watch_order(order: OrderId) -> Watched<OrderView> {
    of_kind(Topic::Order(order), |view| match view {
        View::Order(order) => Some(order.as_ref()),
        _ => None,
    })
}
