//! The whole page: letting in, or the screen.

use super::{enter::Enter, wall::Wall};
use leptos::prelude::*;
use presso_core::api::Who;
use presso_ui::entry::{Entry, by_link};

/// The whole page.
#[component]
pub(super) fn App() -> impl IntoView {
    presso_ui::host::stay_awake(true);
    let link = by_link(|who| matches!(who, Who::Display { .. }));
    move || match link.entry.get() {
        Entry::In(Who::Display { shop }) => view! { <Wall id=shop/> }.into_any(),
        Entry::In(_) => ().into_any(),
        not_in => view! { <Enter entry=not_in/> }.into_any(),
    }
}
