//! Ordered: the number, how far it is, how long it may take, a way out while there is one.

use super::{alerts::Alerts, cancel::CancelDialog, journey::ToJourney, summary::Summary};
use crate::{phone::Phone, place_in_queue::wait_of};
use leptos::prelude::*;
use presso_core::order::OrderState;
use presso_core::workflow::Verb;
use presso_ui::{Button, ButtonKind, Heading, t};

/// The order on its way.
#[component]
pub(crate) fn Waiting() -> impl IntoView {
    let phone = Phone::here();
    let order = phone.order();
    let ticket = Memo::new(move |_| order.with(|o| o.as_ref().and_then(|o| o.ticket)));
    let making = Memo::new(move |_| {
        order.with(|o| o.as_ref().is_some_and(|o| o.state == OrderState::Making))
    });
    let title = Signal::derive(move || {
        if making.get() {
            t!("making-title")
        } else {
            t!("queued-title")
        }
    });
    let corrected = Memo::new(move |_| phone.state.with(|s| s.corrected));
    let ahead = move || {
        let ticket = ticket.get()?;
        let count = phone
            .board
            .with(|b| b.as_ref().map(|b| b.ahead_of(ticket)))?;
        Some(match (making.get(), count) {
            (true, _) => t!("queue-now"),
            (false, 0) => t!("queue-next"),
            (false, count) => t!("queue-ahead", count = count),
        })
    };
    let wait = move || {
        let ticket = ticket.get()?;
        let wait = phone
            .board
            .with(|b| b.as_ref().and_then(|b| wait_of(b, ticket)))?;
        Some(t!("wait-range", low = wait.low_min, high = wait.high_min))
    };
    let may_cancel = phone.offer(Verb::Cancel);
    let asking = RwSignal::new(false);
    let summary = move || {
        let (choice, name) =
            order.with(|o| o.as_ref().map(|o| (o.choice.clone(), o.name.clone())))?;
        choice.map(|choice| view! { <Summary choice=choice menu=phone.menu.get() name=name/> })
    };
    view! {
        <Show when=move || corrected.get()>
            <p class="banner" role="alert">{t!("not-ready-after-all")}</p>
        </Show>
        <section class="ticket-card">
            <p class="ticket-label">{t!("your-number")}</p>
            <p class="ticket digits" data-test="ticket">{move || ticket.get().map(|t| t.0)}</p>
            <Heading text=title/>
            <p class="ticket-place" role="status">
                <span>{ahead}</span>
                {move || wait().map(|text| view! { <span class="soft">{text}</span> })}
            </p>
        </section>
        <Steps making=making/>
        {summary}
        <Alerts/>
        <ToJourney/>
        <Show
            when=move || may_cancel.get().is_some()
            fallback=move || making.get().then(|| view! { <p class="soft small center">{t!("too-late-to-cancel")}</p> })
        >
            <Button label=t!("cancel-order") kind=ButtonKind::DangerQuiet class="wide" on_press=move |()| asking.set(true) test="cancel"/>
        </Show>
        <CancelDialog open=asking/>
    }
}

/// Ordered, being made, ready.
#[component]
fn Steps(making: Memo<bool>) -> impl IntoView {
    let step = move |name: String, at: u8| {
        let now = move || if making.get() { 1 } else { 0 };
        view! {
            <li
                class="step" class:done=move || at < now() class:now=move || at == now()
                aria-current=move || (at == now()).then_some("step")
            >
                <span class="step-dot" aria-hidden="true"></span>
                <span>{name}</span>
            </li>
        }
    };
    view! {
        <ol class="steps" aria-label=t!("steps")>
            {step(t!("step-ordered"), 0)}
            {step(t!("step-making"), 1)}
            {step(t!("step-ready"), 2)}
        </ol>
    }
}
