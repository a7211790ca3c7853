//! The phone: its state as a signal, and what the server shows, for every screen to use.

use crate::{actions, memory, memory::Kind, screen::Screen, screen::screen, state::State};
use leptos::{prelude::*, task::spawn_local};
use presso_core::api::GetOrder;
use presso_core::board::{Alert, BoardView, OrderView};
use presso_core::id::{CustomerId, OrderId, ShopId};
use presso_core::menu::Menu;
use presso_core::order::Actor;
use presso_core::settings::SignIn;
use presso_core::workflow::{Offer, Verb, offers};
use presso_ui::attention::{Tune, call_out};
use presso_ui::host::Watched;
use presso_ui::{clock, host, page};
use serde::{Serialize, de::DeserializeOwned};

/// What every screen can use; a context.
#[derive(Clone, Copy)]
pub(crate) struct Phone {
    /// What the phone knows.
    pub(crate) state: RwSignal<State>,
    /// The shop's menu, live.
    pub(crate) menu: Signal<Option<Menu>>,
    /// The shop's public board, live.
    pub(crate) board: Signal<Option<BoardView>>,
}

impl Phone {
    /// The phone of this page; every screen is below one.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Picks up the shop from the address and what was remembered, and starts watching.
    pub(crate) fn start() -> Self {
        let shop = page::path()
            .strip_prefix("/s/")
            .and_then(|id| ShopId::parse(id.trim_end_matches('/')).ok());
        let mut state = State {
            shop: shop.clone(),
            draft: memory::draft().unwrap_or_default(),
            ..State::default()
        };
        if let Some(order) = shop.as_ref().and_then(memory::followed) {
            state.follow(order);
        }
        if let Some(last) = shop
            .as_ref()
            .and_then(|shop| memory::last(shop, Kind::Order))
        {
            host::recalled_from(last.at);
            state.recall(last.view);
        }
        let state = RwSignal::new(state);
        let (menu, board) = match shop {
            Some(shop) => (
                or_recalled(&shop, Kind::Menu, host::watch_menu(shop.clone())),
                or_recalled(&shop, Kind::Board, watch_board(shop.clone(), state)),
            ),
            None => (Signal::from(None), Signal::from(None)),
        };
        let phone = Self { state, menu, board };
        phone.keep_memory();
        phone.follow_order();
        actions::arrive(phone);
        phone
    }

    /// Which screen is shown now; changes only when the screen does.
    pub(crate) fn screen(self) -> Memo<Screen> {
        Memo::new(move |_| self.state.with(screen))
    }

    /// The followed order.
    pub(crate) fn order(self) -> Memo<Option<OrderView>> {
        Memo::new(move |_| self.state.with(|s| s.order.clone()))
    }

    /// The offer of a verb on the followed order, while it stands: buttons exist because of it.
    pub(crate) fn offer(self, verb: Verb) -> Memo<Option<Offer>> {
        let now = clock::now();
        // This shop's pseudonym of this phone is the server's business; it is one's own order.
        let customer = CustomerId(Default::default());
        let signed_in = self.verified();
        Memo::new(move |_| {
            let verified = signed_in.get();
            let actor = Actor::Customer { customer, verified };
            let order = self.state.with(|s| s.order.clone())?;
            let facts = self.board.with(|b| b.as_ref().map(|b| b.facts.clone()))?;
            let offers = offers(&order, &facts, &actor, now.get());
            offers.into_iter().find(|offer| offer.verb == verb)
        })
    }

    /// Has this phone's user signed in at this shop?
    pub(crate) fn verified(self) -> Memo<bool> {
        let who = host::who();
        Memo::new(move |_| {
            let shop = self.state.with(|s| s.shop.clone());
            let who = who.get();
            shop.is_some_and(|shop| who.is_some_and(|who| who.verified_at(&shop).is_some()))
        })
    }

    /// Does this shop ask them to, before they order?
    pub(crate) fn must_sign_in(self) -> Memo<bool> {
        let verified = self.verified();
        Memo::new(move |_| {
            let asks = |board: &BoardView| board.facts.sign_in == SignIn::Verified;
            !verified.get() && self.board.with(|b| b.as_ref().is_some_and(asks))
        })
    }

    /// Takes news of the followed order, and calls out what it means.
    pub(crate) fn take(self, news: OrderView) {
        let taken = self.state.try_update(|state| {
            let alert = state.take(news);
            if let (Some(shop), Some(order)) = (&state.shop, &state.order) {
                memory::keep_last(shop, Kind::Order, order);
            }
            alert
        });
        let alert = taken.flatten();
        match alert {
            Some(Alert::Ready { .. }) => call_out(Tune::Ready),
            Some(_) => call_out(Tune::Sorry),
            None => {}
        }
    }

    fn keep_memory(self) {
        Effect::new(move |_| self.state.with(|s| memory::keep_draft(&s.draft)));
        let followed = Memo::new(move |_| self.state.with(|s| (s.shop.clone(), s.followed)));
        Effect::new(move |_| {
            if let (Some(shop), order) = followed.get() {
                memory::keep_followed(&shop, order);
            }
        });
    }

    fn follow_order(self) {
        let wanted = Memo::new(move |_| self.state.with(State::watched));
        Effect::new(move |_| {
            let Some(order) = wanted.get() else { return };
            let watched = host::watch_order(order);
            Effect::new(move |_| {
                if let Some(news) = watched.view.get() {
                    self.take(news);
                }
            });
            // An order long over is watched no more, but can still be read. With the session gone
            // too, this is where it shows.
            Effect::new(move |_| {
                if watched.refused.get().is_some() {
                    self.look_up(order);
                }
            });
        });
    }

    fn look_up(self, order: OrderId) {
        spawn_local(async move {
            match host::call(GetOrder { order }).await {
                Ok(answer) => self.take(answer.order),
                Err(problem) if matches!(problem.status, 401 | 403 | 404) => {
                    let waiting = self.state.try_update(|state| state.lose(order));
                    if waiting.unwrap_or_default() {
                        call_out(Tune::Sorry);
                    }
                }
                Err(_) => {} // offline: the watch goes on trying
            }
        });
    }
}

/// What is live, or else what the server last said before the page was opened; and keeps what it
/// says for the next time.
fn or_recalled<V>(shop: &ShopId, kind: Kind, watched: Watched<V>) -> Signal<Option<V>>
where
    V: Clone + PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    let Watched {
        view: live,
        refused,
    } = watched;
    let last = memory::last::<V>(shop, kind);
    if let Some(last) = &last {
        host::recalled_from(last.at);
    }
    let recalled = StoredValue::new(last.map(|last| last.view));
    let shop = shop.clone();
    Effect::new(move |_| {
        live.with(|live| {
            if let Some(view) = live {
                memory::keep_last(&shop, kind, view);
            }
        });
    });
    // What one may not see any more one does not go on seeing.
    let is_refused = move || refused.with(Option::is_some);
    let recalled = move || (!is_refused()).then(|| recalled.get_value()).flatten();
    Memo::new(move |_| live.get().or_else(recalled)).into()
}

fn watch_board(shop: ShopId, state: RwSignal<State>) -> Watched<BoardView> {
    let watched = host::watch_board(shop);
    Effect::new(move |_| {
        let unknown = watched
            .refused
            .with(|p| p.as_ref().is_some_and(|p| p.status == 404));
        if unknown != state.with_untracked(|s| s.shop_unknown) {
            state.update(|s| s.shop_unknown = unknown);
        }
    });
    watched
}
