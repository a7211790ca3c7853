//! Ticket numbers from 1 again: for a new day.

use super::super::desk::Desk;
use super::{Read, Refused};
use leptos::prelude::*;
use presso_core::api::StartPeriod;
use presso_ui::{Button, ButtonKind, Dialog, t, toast};

/// The button, and its question.
#[component]
pub(super) fn NewTickets() -> impl IntoView {
    let desk = Desk::here();
    let asks = Read::<()>::new();
    let asking = RwSignal::new(false);
    let start = move |()| {
        asking.set(false);
        let shop = desk.shop.get_value();
        asks.does(StartPeriod { shop }, |_| toast(t!("manage-tickets-done")));
    };
    view! {
        <section class="panel" aria-labelledby="tickets-title">
            <h2 id="tickets-title">{t!("manage-tickets")}</h2>
            <p class="soft">{t!("manage-tickets-body")}</p>
            <Refused sentence=asks.refused/>
            <div><Button label=t!("manage-tickets-do") kind=ButtonKind::Quiet on_press=move |()| asking.set(true) test="new-tickets"/></div>
        </section>
        <Dialog open=asking title=t!("manage-tickets-ask") dismiss=t!("manage-tickets-no")>
            <Button label=t!("manage-tickets-do") class="wide" on_press=start test="new-tickets-yes"/>
        </Dialog>
    }
}
