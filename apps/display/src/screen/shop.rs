//! What the parts of the screen share: what is known of the shop.

use super::sound;
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_core::api::Problem;
use presso_core::board::{BoardView, CodeView, ShopFacts};
use presso_core::id::ShopId;
use presso_core::time::Timestamp;
use presso_display::panel::{Panel, panel, worth_a_word};
use presso_ui::host::{self, Status};
use presso_ui::{clock, page, t};
use std::time::Duration;

/// How long an outdated page waits before it loads itself again: nobody is there to do it.
const RELOAD: Duration = Duration::from_secs(20);

/// Under which key this screen keeps the shop's name, for when it starts without a network.
const NAME: &str = "shop-name";

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
    /// Its name; until the first connection the one that this screen remembers, if any.
    pub(super) name: Signal<String>,
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
        let name = remembered_name(board.view);
        Effect::new(move |_| {
            let name = name.get();
            page::set_title(&if name.is_empty() {
                t!("display-title")
            } else {
                name
            });
        });
        Self {
            name,
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

/// The shop's name: as it is, and before that is known as it was when this screen last knew it.
fn remembered_name(board: Signal<Option<BoardView>>) -> Signal<String> {
    let before = RwSignal::new(String::new());
    let current = Memo::new(move |_| board.with(|b| b.as_ref().map(|b| b.facts.name.clone())));
    spawn_local(async move {
        if let Some(name) = host::recall(NAME).await {
            // A screen that is gone needs none.
            before.try_set(name);
        }
    });
    Effect::new(move |_| {
        if let Some(name) = current.get() {
            spawn_local(async move {
                // Where nothing can be kept, the next start shows no name.
                let _ = host::keep(NAME, Some(&name)).await;
            });
        }
    });
    Signal::derive(move || current.get().unwrap_or_else(|| before.get()))
}
