//! The whole page: letting in, or the work.

use super::{alone::Alone, enter::Enter, hands::Hands, shops::Shops};
use leptos::prelude::*;
use presso_core::api::Who;
use presso_ui::Toasts;
use presso_ui::entry::{Entry, by_link};
use presso_ui::page;

/// The code of a device that waits to be let in, as its picture brought it.
#[derive(Clone, Copy)]
pub(super) struct Scanned(pub(super) RwSignal<Option<String>>);

/// The whole page.
#[component]
pub(super) fn App() -> impl IntoView {
    let link = by_link(|who| who.member().is_some());
    // A device's code that was scanned: the devices open with it.
    let code = RwSignal::new(page::take_fragment("p"));
    provide_context(Scanned(code));
    provide_context(Hands::set_up());
    let page = move || match link.entry.get() {
        Entry::In(who) => match (&who, who.actor()) {
            (Who::Staff { shop, .. }, Some(actor)) => {
                view! { <Alone shop=shop.clone() actor=actor/> }.into_any()
            }
            (Who::Organiser { .. }, Some(actor)) => view! { <Shops actor=actor/> }.into_any(),
            _ => ().into_any(),
        },
        not_in => view! { <Enter entry=not_in again=link.again/> }.into_any(),
    };
    view! {
        {page}
        <Toasts/>
    }
}
