//! On the counter: the moment this is all for.

use super::journey::ToJourney;
use super::summary::{Summary, drink_name};
use crate::phone::Phone;
use leptos::prelude::*;
use presso_ui::{Countdown, Heading, t};

/// It is ready.
#[component]
pub(crate) fn Ready() -> impl IntoView {
    let phone = Phone::here();
    let order = phone.order();
    let drink = move || {
        let choice = order.with(|o| o.as_ref().and_then(|o| o.choice.clone()))?;
        Some(
            phone
                .menu
                .with(|menu| drink_name(menu.as_ref(), &choice.drink)),
        )
    };
    let title = Signal::derive(move || match drink() {
        Some(drink) => t!("ready-title", drink = drink),
        None => t!("ready-title-plain"),
    });
    let until = Signal::derive(move || order.with(|o| o.as_ref().and_then(|o| o.sweep_at)));
    let summary = move || {
        let (choice, name) =
            order.with(|o| o.as_ref().map(|o| (o.choice.clone(), o.name.clone())))?;
        choice.map(|choice| view! { <Summary choice=choice menu=phone.menu.get() name=name/> })
    };
    view! {
        <section class="ready-hero">
            <div class="ready-burst" aria-hidden="true"><span></span><span></span><span></span></div>
            <p class="ticket-label">{t!("your-number")}</p>
            <p class="ticket digits" data-test="ticket">{move || order.with(|o| o.as_ref().and_then(|o| o.ticket).map(|t| t.0))}</p>
            <Heading text=title/>
            <p class="ready-text">{t!("ready-text")}</p>
            <p class="ready-left">
                <span>{t!("ready-stays")}</span>
                " "
                <Countdown until=until/>
            </p>
        </section>
        {summary}
        <ToJourney/>
    }
}
