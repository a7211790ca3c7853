//! What the parts of the screen share: what is known of the shop.

use super::sound;
use leptos::prelude::*;
use presso_core::api::Problem;
use presso_core::board::{BoardView, CodeView, ShopFacts};
use presso_core::id::ShopId;
use presso_core::time::Timestamp;
use presso_display::panel::{Panel, panel, worth_a_word};
use presso_ui::host::{self, Status};
use presso_ui::{clock, page};
use std::time::Duration;

/// How long an outdated page waits before it loads itself again: nobody is there to do it.
const RELOAD: Duration = Duration::from_secs(20);

/// What is known; the parts find it in their context.
#[derive(Clone, Copy)]
pub(super) struct Shop {
    /// Tickets, and what everybody may know.
    pub(super) board: Signal<Option<BoardView>>,
    /// The server does not show these to this screen (any more).
    pub(super) refused: Memo<Option<Problem>>,
    /// The code.
    pub(super) code: Signal<Option<CodeView>>,
    /// The server's time, by the second.
    pub(super) now: Signal<Timestamp>,
    /// Does this screen chime when tickets are called?
    pub(super) chimes: RwSignal<bool>,
    /// Since when none of this is sure.
    stale_since: Memo<Option<Timestamp>>,
}

impl Shop {
    /// Watches the shop, for as long as the current owner lives.
    pub(super) fn watch(id: ShopId) -> Self {
        let status = host::status();
        let now = clock::now();
        Effect::new(move |_| {
            if status.get() == Status::UpdateNeeded {
                set_timeout(page::reload, RELOAD);
            }
        });
        let (board, code) = (host::watch_board(id.clone()), host::watch_code(id));
        Self {
            board: board.view,
            code: code.view,
            refused: Memo::new(move |_| code.refused.get().or_else(|| board.refused.get())),
            now,
            chimes: RwSignal::new(sound::at_the_start()),
            stale_since: Memo::new(move |_| match status.get() {
                Status::Live | Status::Connecting => None,
                Status::Stale { since } => Some(since),
                Status::UpdateNeeded => Some(now.get_untracked()),
            }),
        }
    }
    /// The shop of this screen.
    pub(super) fn here() -> Self {
        expect_context()
    }
    /// What everybody may know of it.
    pub(super) fn facts(self) -> Memo<Option<ShopFacts>> {
        Memo::new(move |_| {
            self.board
                .with(|board| board.as_ref().map(|b| b.facts.clone()))
        })
    }
    /// What stands where the code stands.
    pub(super) fn panel(self) -> Memo<Panel> {
        Memo::new(move |_| {
            self.board.with(|board| {
                self.code.with(|code| {
                    let facts = board.as_ref().map(|b| &b.facts);
                    panel(facts, code.as_ref(), self.stale_since.get(), self.now.get())
                })
            })
        })
    }
    /// Since when the screen has been stale, once that is worth a word.
    pub(super) fn stale(self) -> Memo<Option<Timestamp>> {
        Memo::new(move |_| {
            let since = self.stale_since.get()?;
            worth_a_word(since, self.now.get()).then_some(since)
        })
    }
}
